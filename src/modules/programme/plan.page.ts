import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuseNotFound } from '../../platform/http/refusal.ts'
import { compareText } from '../../platform/text/index.ts'
import { type PlanTargetsAnswer, planTargetsAtOnce } from './plans.contract.ts'
import { judgeAll, targetRow, unitsOf } from './programme.overview.ts'
import { findPlan, namesOf } from './programme.views.ts'
import { planTargets, planUnits } from './target.views.ts'

/**
 * The targets that a plan has on a day, as far as the reader may see them, the plan's own unit first, the others by name: a page of them, judged
 * at the end of a day. Without a day, today in the plan's own year, else the last day of that year.
 */
export async function planPage(
  tx: Tx,
  ask: { planId: string; unitId?: string | undefined; asOf?: string | undefined; page: number },
): Promise<PlanTargetsAnswer> {
  const plan = (await findPlan(tx, { planId: ask.planId })) ?? refuseNotFound()
  const now = await today(tx)
  const asOf = ask.asOf ?? (now.startsWith(`${plan.year}-`) ? now : `${plan.year}-12-31`)
  const counted = await planUnits(tx, plan.id, asOf)
  const names = await namesOf(
    tx,
    counted.map(({ unitId }) => unitId),
    asOf,
  )
  const units = counted
    .map(({ unitId, targets }) => ({ id: unitId, name: names.get(unitId)?.name ?? '', targets }))
    .toSorted(
      (a, b) => Number(b.id === plan.unitId) - Number(a.id === plan.unitId) || compareText(a.name, b.name),
    )
  const chosen = units.filter(({ id }) => ask.unitId === undefined || id === ask.unitId)
  const found = await planTargets(tx, {
    planId: plan.id,
    unitIds: chosen.map(({ id }) => id),
    asOf,
    offset: (ask.page - 1) * planTargetsAtOnce,
    most: planTargetsAtOnce,
  })
  const judged = await judgeAll(tx, found, asOf)
  const others = await namesOf(tx, found.flatMap(unitsOf), asOf)
  return {
    plan: {
      id: plan.id,
      name: plan.name,
      year: plan.year,
      unit: { id: plan.unitId, name: plan.unitName },
      targets: units.reduce((sum, unit) => sum + unit.targets, 0),
    },
    asOf,
    readAt: new Date().toISOString(),
    units,
    matching: chosen.reduce((sum, unit) => sum + unit.targets, 0),
    targets: judged.map(({ target, judgement }) => ({
      ...targetRow(target, judgement, others),
      unit: { id: target.bearing.heirId, name: names.get(target.bearing.heirId)?.name ?? '' },
    })),
  }
}

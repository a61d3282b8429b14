import type { z } from 'zod'
import type { Actor } from '../../platform/actor/actor.ts'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuseField, refuseNotFound } from '../../platform/http/refusal.ts'
import { figure } from '../../platform/measures/figures.ts'
import { requireUnit } from '../../platform/units/index.ts'
import type { PreviewAnswer, PreviewTarget } from './contract.ts'
import { requireChange } from './programme.actions.ts'
import { askOf, judgementOf, knownMeasure } from './programme.measured.ts'
import { findFlaw, findOddity } from './programme.terms.ts'
import { findPlan } from './programme.views.ts'
import { ownBearing } from './target.bearing.ts'

/** How a target would stand if it were laid down so; nothing is written. Refuses terms that could not stand. */
export async function previewTarget(
  tx: Tx,
  actor: Actor,
  draft: z.output<typeof PreviewTarget>,
): Promise<PreviewAnswer> {
  const asOf = draft.asOf ?? (await today(tx))
  await requireUnit(tx, draft.unitId, asOf)
  await requireChange(tx, actor, draft.unitId)
  const known = knownMeasure(draft.measure)
  const asPercent = known?.percent ?? false
  const plan = draft.planId === undefined ? null : await findPlan(tx, { planId: draft.planId })
  if (draft.planId !== undefined && plan === null) refuseNotFound()
  const year = plan?.year ?? Number(draft.startsOn.slice(0, 4))
  const flaw = findFlaw({ ...draft, valueUnit: asPercent ? '%' : '' }, year, known)
  if (flaw) refuseField(flaw.code, flaw.path, flaw.words)
  const target = { ...draft, asPercent, bearing: ownBearing(draft.unitId) }
  const ask = askOf(target, asOf)
  const asked = ask ? { ask, figure: await figure(tx, ask) } : null
  return { ...judgementOf(target, asOf, asked), asOf, asPercent, warning: findOddity(draft) }
}

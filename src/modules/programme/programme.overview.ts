import type { Actor } from '../../platform/actor/actor.ts'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuseNotFound } from '../../platform/http/refusal.ts'
import { type Ask, figures } from '../../platform/measures/figures.ts'
import type { Known } from '../../platform/measures/known.ts'
import { endOf, findUnit, settlingOf, unitPath } from '../../platform/units/index.ts'
import type { JudgementAnswer, OverviewAnswer, TargetRowAnswer } from './contract.ts'
import { askOf, judgementOf, measureWords } from './programme.measured.ts'
import { mayChangeProgramme, mayViewProgramme } from './programme.policy.ts'
import { countStatuses, rankByMet } from './programme.rules.ts'
import { lifeOf, namesOf, type UnitFound, unitsAbove } from './programme.views.ts'
import { originOf } from './target.bearing.ts'
import { targetsOf } from './target.held.views.ts'
import {
  highestOf,
  plansOf,
  type StoredTarget,
  unitsBelowWithTargets,
  unitsWithTargets,
} from './target.views.ts'

/** No district or province has more units directly below it; further ones are counted in `belowMore`. */
const mostUnitsBelow = 200

/**
 * Judges many targets by one question to counting, in the snapshot of `tx`. `map`: the day of another map, on which the
 * targets were read; `known`: by what had been written until then, `hour`: and up to which hour.
 */
export async function judgeAll(
  tx: Tx,
  targets: readonly StoredTarget[],
  asOf: string,
  { map, known = null, hour }: { map?: string | undefined; known?: Known; hour?: number | undefined } = {},
): Promise<{ target: StoredTarget; judgement: JudgementAnswer }[]> {
  const asks = targets.map((target) => askOf(target, asOf, map))
  const asked: Ask[] = asks.filter((ask) => ask !== null)
  const answers = await figures(tx, asked, { known, ...(hour !== undefined && { hour }) })
  const found = new Map(asked.map((ask, at) => [ask, answers[at]]))
  return targets.map((target, at) => {
    const ask = asks[at]
    const figure = ask ? found.get(ask) : undefined
    return { target, judgement: judgementOf(target, asOf, ask && figure ? { ask, figure } : null) }
  })
}

/** A target as lists show it. */
export function targetRow(
  target: StoredTarget,
  judgement: JudgementAnswer,
  names: ReadonlyMap<string, UnitFound>,
): TargetRowAnswer {
  const { id, code, title, direction, valueUnit, asPercent, endValue, endsOn } = target
  const { answerableName, answerablePosition, isAssumption } = target
  const words = { answerableName, answerablePosition, isAssumption, measure: measureWords(target.measure) }
  const origin = originOf(target.bearing, (unitId) => names.get(unitId)?.name ?? '')
  return {
    id,
    code,
    title,
    direction,
    valueUnit,
    asPercent,
    endValue,
    endsOn,
    ...words,
    ...judgement,
    origin,
  }
}

/**
 * Where a unit stands with its targets at the end of a day, and the units below it: all of one snapshot. Without a unit,
 * the highest one in which the reader sees targets of that year, else the highest one given to them.
 */
export async function overview(
  tx: Tx,
  actor: Actor,
  ask: { unitId?: string | undefined; asOf?: string | undefined },
): Promise<OverviewAnswer> {
  const now = await today(tx)
  const asOf = ask.asOf ?? now
  const year = Number(asOf.slice(0, 4))
  const unitId = ask.unitId ?? (await firstUnit(tx, actor, year, asOf))
  const path = await unitPath(tx, unitId)
  if (!mayViewProgramme(actor, path)) refuseNotFound()
  const below = await unitsBelowWithTargets(tx, { unitId, year, asOf, most: mostUnitsBelow })
  const targets = await targetsOf(tx, { unitIds: [unitId, ...below.ids], year, asOf })
  const judged = await judgeAll(tx, targets, asOf)
  const names = await namesOf(tx, [unitId, ...below.ids, ...targets.flatMap(unitsOf)], asOf)
  const unit = names.get(unitId) ?? refuseNotFound()
  const own = judged.filter(({ target }) => target.bearing.heirId === unitId)
  const countsOf = (id: string) =>
    countStatuses(
      judged.filter(({ target }) => target.bearing.heirId === id).map((one) => one.judgement.status),
    )
  const life = await lifeOf(tx, unitId, asOf)
  const ended = await endOf(tx, unitId, asOf)
  return {
    unit,
    ended,
    begins: life.begins,
    settling: ended === null || ended.isWhole ? null : await settlingOf(tx, unitId, ended.on),
    above: (await unitsAbove(tx, unitId, asOf)).filter(({ id }) => !ended?.into.some((one) => one.id === id)),
    asOf,
    today: now,
    readAt: new Date().toISOString(),
    year,
    plans: await plansOf(
      tx,
      unitId,
      year,
      own.map(({ target }) => target.planId),
    ),
    counts: countsOf(unitId),
    fields: byField(own, names),
    below: rankByMet(
      below.ids.map((id) => {
        const { name = '', lastOn = null } = names.get(id) ?? {}
        return { id, name, lastOn, counts: countsOf(id) }
      }),
    ),
    belowMore: below.more,
    mayChange: mayChangeProgramme(actor, path) && (await findUnit(tx, unitId, now)) !== null,
  }
}

async function firstUnit(tx: Tx, actor: Actor, year: number, asOf: string): Promise<string> {
  const given = actor.held
    .filter((grant) => grant.capability === 'programme.view' || grant.capability === '*')
    .map((grant) => grant.unitId)
  const first = (await highestOf(tx, await unitsWithTargets(tx, year, asOf))) ?? (await highestOf(tx, given))
  return first ?? refuseNotFound()
}

/** The units whose names a target is shown with. */
export function unitsOf({ bearing }: StoredTarget): string[] {
  return [bearing.heirId, bearing.originId, bearing.areaId]
}

function byField(
  judged: readonly { target: StoredTarget; judgement: JudgementAnswer }[],
  names: ReadonlyMap<string, UnitFound>,
) {
  const fields = new Map<string, OverviewAnswer['fields'][number]>()
  for (const { target, judgement } of judged) {
    const field = fields.get(target.fieldId) ?? { id: target.fieldId, name: target.fieldName, targets: [] }
    field.targets.push(targetRow(target, judgement, names))
    fields.set(target.fieldId, field)
  }
  return [...fields.values()]
}

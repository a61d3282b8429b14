import type { Actor } from '../../platform/actor/actor.ts'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Ask, figures } from '../../platform/measures/figures.ts'
import { highestFirst } from '../../platform/measures/index.ts'
import { settlingOf, unitPath } from '../../platform/units/index.ts'
import type { FigureAnswer, TargetPageAnswer, TargetTermsInput } from './contract.ts'
import { askOf, figureAnswer, judgementOf } from './programme.measured.ts'
import { targetRow, unitsOf } from './programme.overview.ts'
import { mayChangeProgramme } from './programme.policy.ts'
import { decimalText, judgedOn, monthEnds, plannedOn } from './programme.rules.ts'
import { namesOf } from './programme.views.ts'
import { areaOn, isClosed } from './target.bearing.ts'
import { refuseGone } from './target.gone.ts'
import {
  areasBelow,
  fieldNames,
  readTarget,
  replacementOf,
  revisionsOf,
  type StoredTarget,
} from './target.views.ts'

const mostUnitsBelow = 200

/** One target whole: how it stands, its way there against the plan, the units below it, its history. One snapshot. */
export async function targetPage(
  tx: Tx,
  actor: Actor,
  ask: { targetId: string; asOf?: string | undefined; map?: string | undefined },
): Promise<TargetPageAnswer> {
  const now = await today(tx)
  const asOf = ask.asOf ?? now
  const map = ask.map === asOf ? undefined : ask.map
  const target = (await readTarget(tx, ask.targetId, map ?? asOf)) ?? (await refuseGone(tx, ask.targetId))
  const { heirId, originId, since } = target.bearing
  const upTo = judgedOn(target, asOf)
  const area = areaOn(target.bearing, upTo, map)
  const below = await areasBelow(tx, area.unitId, area.map ?? upTo, mostUnitsBelow)
  const whole = askOf(target, asOf, map)
  // One question to counting: the target, its months, the units below, in this order.
  const days = whole ? monthEnds(target.startsOn, upTo) : []
  const asks: Ask[] = whole
    ? [
        whole,
        ...days.map((day) => askOf(target, day, map) ?? whole),
        ...below.units.map((unit) => ({ ...whole, unitId: unit.id })),
      ]
    : []
  const found = (await figures(tx, asks)).map((figure, at) => ({ ask: asks[at] as Ask, figure }))
  const answers = found.map(({ ask: asked, figure }): FigureAnswer => figureAnswer(asked, figure))
  const names = await namesOf(tx, unitsOf(target), map ?? asOf)
  return {
    target: {
      ...targetRow(target, judgementOf(target, asOf, found[0] ?? null), names),
      baseline: target.baseline,
      startsOn: target.startsOn,
      answerableAccountId: target.answerableAccountId,
      legalBasis: target.legalBasis,
      note: target.note,
      path: target.path,
      fieldId: target.fieldId,
      fieldName: target.fieldName,
      planId: target.planId,
      planName: target.planName,
      unit: { id: heirId, name: names.get(heirId)?.name ?? '' },
      settling: since !== null && heirId === originId ? await settlingOf(tx, originId, since) : null,
      removedAt: target.removedAt,
      closedOn: isClosed(target, asOf) ? target.closedOn : null,
      replacedById: await replacementOf(tx, target.id),
      replaces: await replaced(tx, target),
      revisionId: target.revisionId,
    },
    asOf,
    map: map ?? null,
    today: now,
    readAt: new Date().toISOString(),
    planned: plannedLine(target),
    actual: answers.slice(1, 1 + days.length),
    below: whole
      ? highestFirst(
          below.units.map((unit, at) => ({ unit, figure: answers[1 + days.length + at] as FigureAnswer })),
        )
      : [],
    belowMore: whole ? below.more : 0,
    history: await history(tx, target.id),
    mayChange: await mayChange(tx, actor, target, now),
  }
}

/** Whoever carries it on today changes it, as long as it is in its plan. */
async function mayChange(tx: Tx, actor: Actor, target: StoredTarget, now: string): Promise<boolean> {
  const current = (await readTarget(tx, target.id)) ?? target
  if (current.removedAt !== null || isClosed(current, now)) return false
  return mayChangeProgramme(actor, await unitPath(tx, current.bearing.heirId))
}

/** What a target was set in place of. */
async function replaced(tx: Tx, { replacesId, beginsOn }: StoredTarget) {
  const before = replacesId === null ? null : await readTarget(tx, replacesId)
  if (before === null || beginsOn === null) return null
  const { originId } = before.bearing
  const names = await namesOf(tx, [originId], beginsOn)
  return { id: before.id, unitName: names.get(originId)?.name ?? '', on: beginsOn }
}

/** The plan as it is drawn, from the first day to the last; a straight line is read at the ends of the months. */
function plannedLine(target: StoredTarget): TargetPageAnswer['planned'] {
  const { startsOn, endsOn, path } = target
  const terms = { ...target, percent: target.asPercent }
  const laidDown = path.length > 0
  const days = laidDown ? path.map((point) => point.dueOn) : monthEnds(startsOn, endsOn)
  return {
    shape: laidDown ? 'steps' : 'line',
    points: [...new Set([startsOn, ...days, endsOn])].map((on) => ({
      on,
      value: decimalText(plannedOn(terms, on)),
    })),
  }
}

async function history(tx: Tx, targetId: string): Promise<TargetPageAnswer['history']> {
  const revisions = await revisionsOf(tx, targetId)
  const names = await fieldNames(
    tx,
    revisions.flatMap(({ before, after }) =>
      [before?.fieldId, after?.fieldId].filter((id) => id !== undefined),
    ),
  )
  return revisions.map(({ before, after, unitBefore, unitAfter, ...rest }) => ({
    ...rest,
    changes:
      rest.deed === 'moved'
        ? [{ key: 'unit', before: unitBefore, after: unitAfter }]
        : rest.deed === 'changed'
          ? differences(readable(before, names), readable(after, names))
          : [],
  }))
}

type Readable = Record<string, string | null>

/** Terms as texts that can stand side by side; days and numbers stay as they are kept. */
function readable(terms: TargetTermsInput | null, fields: ReadonlyMap<string, string>): Readable {
  if (terms === null) return {}
  const { path, fieldId, isAssumption, answerableAccountId: _, ...rest } = terms
  return {
    ...rest,
    field: fields.get(fieldId) ?? fieldId,
    isAssumption: String(isAssumption),
    path: path.map((point) => `${point.dueOn} ${point.value}`).join(', '),
  }
}

function differences(before: Readable, after: Readable): TargetPageAnswer['history'][number]['changes'] {
  return Object.keys({ ...before, ...after })
    .filter((key) => (before[key] ?? null) !== (after[key] ?? null))
    .map((key) => ({ key, before: before[key] || null, after: after[key] || null }))
}

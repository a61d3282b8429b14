import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { type Asked, firstDayAsked, placeAsked, requireMeasure } from './asked.ts'
import { basesOf, tablesOf } from './bases.ts'
import type { Amount, Changes, ChangesQueryInput, History, HistoryQueryInput } from './change.contract.ts'
import { changedItems } from './change.judged.ts'
import { changedRows } from './change.rows.ts'
import type { FigureQueryInput } from './contract.ts'
import type { Measure } from './declare.ts'
import { type Ask, type Figure, figure } from './figures.ts'
import { type Known, knownSnapshot, mapChangedSince, mapDiffers } from './known.ts'
import { unitAnswer } from './measures.views.ts'
import { measureAnswer } from './registry.ts'
import { knownSince } from './seen.ts'

/** What has changed of a figure since an earlier answer: the number then and now, and the rows that came and left. */
export async function changesSince(
  tx: Tx,
  actor: Actor,
  name: string,
  query: ChangesQueryInput,
): Promise<Changes> {
  const { measure, asked, ask } = await question(tx, actor, name, query)
  const since = knownSince(query.since, asked.answered.seen)
  const known = { ...since, mapChanged: await mapChangedSince(tx, since) }
  const isToday = ask.asOf === asked.now.today
  const hourThen = isToday ? known.hour : asked.now.hourNow
  const atThen = { ...asked.now, hourNow: hourThen }
  const then = await figure(tx, ask, { now: atThen, known })
  const thenNow = hourThen === asked.now.hourNow ? then : await figure(tx, ask, { now: asked.now, known })
  const moved = amountOf(thenNow)
  const alone = amountOf(then)
  return {
    ...(await compared(tx, measure, asked, ask, known)),
    before: alone,
    byTime: moved.numerator === alone.numerator && moved.denominator === alone.denominator ? null : moved,
  }
}

/** A figure by the records as they are now, beside what would have been printed by what had been written until then. */
export async function history(
  tx: Tx,
  actor: Actor,
  name: string,
  query: HistoryQueryInput,
): Promise<History> {
  const { measure, asked, ask } = await question(tx, actor, name, query)
  const kept = measure.kind === 'share' ? measure.kept : []
  const known = await knownSnapshot(tx, query.knownAt, tablesOf(measure), kept)
  const then = await figure(tx, ask, { now: asked.now, known })
  return {
    ...(await compared(tx, measure, asked, ask, known)),
    before: amountOf(then),
    ...instantsTold(query.knownAt, known?.at ?? query.knownAt, asked.answered.readAt),
  }
}

/** While anything is written a mark is kept each minute, so after an older one nothing was. */
const betweenMarks = 2 * 60_000

function instantsTold(asked: string, mark: string, readAt: string): Pick<History, 'knownAt' | 'markAt'> {
  const knownAt = new Date(Math.min(Date.parse(asked), Date.parse(readAt)))
  const isClose = knownAt.getTime() - Date.parse(mark) < betweenMarks
  return { knownAt: knownAt.toISOString(), markAt: isClose ? mark : null }
}

async function question(tx: Tx, actor: Actor, name: string, query: FigureQueryInput) {
  const measure = requireMeasure(name)
  const asked = await placeAsked(tx, actor, query, [measure])
  const { unit, asOf, map } = asked
  const ask: Ask = { measure, unitId: unit.id, asOf, from: firstDayAsked(measure, query, asOf), map }
  return { measure, asked, ask }
}

async function compared(tx: Tx, measure: Measure, asked: Asked, ask: Ask, known: Known) {
  const bases = measure.kind === 'duration' ? [basesOf(measure)] : basesOf(measure).map((base) => [base])
  const lists =
    measure.kind === 'share'
      ? [await changedItems(tx, measure, ask, { now: asked.now, known })]
      : await changedRows(tx, ask, bases, asked, known)
  return {
    measure: measureAnswer(measure),
    unit: unitAnswer(asked),
    ...asked.answered,
    now: amountOf(await figure(tx, ask, asked)),
    lists,
    hasLists: lists.length > 0,
    mapChanged: await mapDiffers(tx, known, ask.unitId, asked.mapDay),
  }
}

function amountOf({ value, numerator, denominator, upTo, atLeast }: Figure): Amount {
  return {
    numerator: value === null ? null : numerator,
    denominator,
    ...(upTo !== undefined && { upTo }),
    ...(atLeast === true && { atLeast }),
  }
}

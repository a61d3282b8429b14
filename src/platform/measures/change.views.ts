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
import {
  type Given,
  type Known,
  knownSnapshot,
  mapChangedSince,
  mapDiffers,
  stoodOnMapKnown,
} from './known.ts'
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
  const { measure, asked, ask } = await question(tx, actor, requireMeasure(name), query)
  const since = knownSince(query.since, asked.answered.seen)
  const known = { ...since, mapChanged: await mapChangedSince(tx, since) }
  const isToday = ask.asOf === asked.now.today
  const hourThen = isToday ? known.hour : asked.now.hourNow
  const atThen = { ...asked.now, hourNow: hourThen }
  const answer = await compared(tx, { measure, asked, ask }, known, { now: atThen, known })
  const { before, onMap } = answer
  const moved =
    hourThen === asked.now.hourNow || !onMap.before
      ? before
      : amountOf(await figure(tx, ask, { now: asked.now, known }))
  return { ...answer, byTime: isSame(moved, before) ? null : moved }
}

/** A figure by the records as they are now, beside what would have been printed by what had been written until then. */
export async function history(
  tx: Tx,
  actor: Actor,
  name: string,
  query: HistoryQueryInput,
): Promise<History> {
  const measure = requireMeasure(name)
  const kept = measure.kind === 'share' ? measure.kept : []
  const snapshot = () => knownSnapshot(tx, query.knownAt, tablesOf(measure), kept)
  const place = await question(tx, actor, measure, query, async (day) =>
    stoodOnMapKnown(tx, await snapshot(), query.unitId, day),
  )
  const { asked } = place
  const known = await snapshot()
  return {
    ...(await compared(tx, place, known, { now: asked.now, known })),
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

type Place = { measure: Measure; asked: Asked; ask: Ask }

async function question(
  tx: Tx,
  actor: Actor,
  measure: Measure,
  query: FigureQueryInput,
  stoodThen?: (day: string) => Promise<boolean>,
): Promise<Place> {
  const asked = await placeAsked(tx, actor, query, [measure], stoodThen)
  const { unit, asOf, map } = asked
  const ask: Ask = { measure, unitId: unit.id, asOf, from: firstDayAsked(measure, query, asOf), map }
  return { measure, asked, ask }
}

/** `given`: what had been written then, and the moment of then. */
async function compared(tx: Tx, { measure, asked, ask }: Place, known: Known, given: Given) {
  const { unitId } = ask
  const { isOnMap, mapDay } = asked
  const stood = known?.mapChanged ? await stoodOnMapKnown(tx, known, unitId, mapDay) : isOnMap
  const onMap = { before: stood, now: isOnMap }
  const before = stood ? amountOf(await figure(tx, ask, given)) : noAmount
  const bases = measure.kind === 'duration' ? [basesOf(measure)] : basesOf(measure).map((base) => [base])
  const lists =
    measure.kind === 'share'
      ? [await changedItems(tx, measure, ask, { now: asked.now, known }, onMap)]
      : await changedRows(tx, ask, bases, asked, known)
  return {
    measure: measureAnswer(measure),
    unit: unitAnswer(asked),
    ...asked.answered,
    before,
    now: isOnMap ? amountOf(await figure(tx, ask, asked)) : noAmount,
    lists,
    hasLists: lists.length > 0,
    mapChanged: onMap.before !== onMap.now || (await mapDiffers(tx, known, unitId, mapDay)),
    byMap: await byMapAlone(tx, ask, given, before),
    onMap,
  }
}

/** What the rows of then come to on the map as it is known now. What is judged as a whole says by its items what has changed. */
async function byMapAlone(tx: Tx, ask: Ask, given: Given, before: Amount): Promise<Amount | null> {
  if (!given.known?.mapChanged || ask.measure.kind === 'share') return null
  const moved = amountOf(await figure(tx, ask, { ...given, known: { ...given.known, mapChanged: false } }))
  return isSame(moved, before) ? null : moved
}

const noAmount: Amount = { numerator: null, denominator: null }

function isSame(one: Amount, other: Amount): boolean {
  return (
    one.numerator === other.numerator &&
    one.denominator === other.denominator &&
    one.upTo === other.upTo &&
    one.atLeast === other.atLeast
  )
}

function amountOf({ value, numerator, denominator, upTo, atLeast }: Figure): Amount {
  return {
    numerator: value === null ? null : numerator,
    denominator,
    ...(upTo !== undefined && { upTo }),
    ...(atLeast === true && { atLeast }),
  }
}

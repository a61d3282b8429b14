import type { Tx } from '../db/database.ts'
import { basesOf, isOverPeriod, partsTaken, tablesOf } from './bases.ts'
import { type CellAsk, readCells } from './cells.ts'
import { readCoverage } from './cover.ts'
import type { BaseMeasure, CoverageMeasure, DistinctMeasure, Measure, ShareMeasure } from './declare.ts'
import { readDistinct } from './distinct.ts'
import { percentileOf, type Span } from './duration.ts'
import { add, decimal, divide, type Fraction, fraction, subtract } from './fraction.ts'
import { type Given, type Known, knownSnapshot } from './known.ts'
import { hourAsOf, hourOfDay, isToCome, type MapChoice, mapDay, type Reading, reading } from './reading.ts'
import { readShares } from './share.ts'

/** A question: what is this measure for a unit, read at the end of a day, or summed from a day to a day. */
export type Ask = {
  measure: Measure
  unitId: string
  /** The last day that counts; a stock is read at its end, today at this hour. */
  asOf: string
  /** First day of the period; only what happens in a period has one. Without it, since the start. */
  from?: string | null
  /** Which map places the records; that of `asOf` unless said otherwise. */
  map?: MapChoice
  /** ISO instant: by what had been written until then; without it by all that is written. */
  knownAt?: string | null
}

/** The answer. `value` is null where nothing was captured, which is not zero. */
export type Figure = {
  value: Fraction | null
  numerator: string | null
  /** Only for coverage and ratio. */
  denominator: string | null
  /** For a duration: how many were measured. */
  counted?: string | null
} & Span

/** What a base measure comes to: the sum, the rows that ever began to feed it, and those in force or in the period. */
export type Cell = { amount: string | null; rows: string | null; held: string | null }

const notCaptured: Figure = { value: null, numerator: null, denominator: null }
const nothing: Cell = { amount: null, rows: null, held: null }

/**
 * Answers many questions in the snapshot of `tx`, each exact to the row: totals plus what is not folded yet. What the
 * reader may not see the totals of is not captured for them. `given`: what has been read in `tx` already.
 */
export async function figures(tx: Tx, asks: readonly Ask[], given: Given = {}): Promise<Figure[]> {
  if (asks.length === 0) return []
  const measures = asks.map(({ measure }) => measure)
  const read = given.now ?? (await reading(tx, measures))
  const now = given.hour === undefined ? read : { ...read, hourNow: given.hour }
  const cellAsks: CellAsk[] = []
  const owners: number[] = []
  const covered: { at: number; ask: CellAsk; coverage: CoverageMeasure }[] = []
  const counted: { at: number; ask: CellAsk; distinct: DistinctMeasure }[] = []
  const judged: { at: number; ask: Ask; share: ShareMeasure }[] = []
  const known = given.known ?? (await knownFor(tx, asks))
  for (const [at, ask] of asks.entries()) {
    const { measure } = ask
    if (measure.kind === 'coverage')
      covered.push({ at, coverage: measure, ask: cellAsk(ask, measure.of, now) })
    else if (measure.kind === 'share') judged.push({ at, share: measure, ask })
    else if (measure.kind === 'distinct')
      counted.push({ at, distinct: measure, ask: cellAsk(ask, measure, now) })
    else
      for (const base of basesOf(measure)) {
        cellAsks.push(cellAsk(ask, base, now))
        owners.push(at)
      }
  }
  const cells = (await readCells(tx, cellAsks, known)).map((cell, at) =>
    isToCome(cellAsks[at]?.before ?? null, now) && Number(cell.held ?? 0) === 0 ? nothing : cell,
  )
  const byAsk = asks.map(() => [] as Cell[])
  for (const [at, cell] of cells.entries()) byAsk[owners[at] ?? 0]?.push(cell)
  const answers = asks.map((ask, at) => combine(ask.measure, byAsk[at] ?? []))
  for (const [at, figure] of await readCoverage(tx, covered, known)) answers[at] = figure
  for (const [at, figure] of await readDistinct(tx, counted, known, now)) answers[at] = figure
  for (const [at, figure] of await readShares(tx, judged, { ...given, known })) answers[at] = figure
  return answers
}

/** What had been written up to the instant that is asked for. */
async function knownFor(tx: Tx, asks: readonly Ask[]): Promise<Known> {
  const knownAt = asks[0]?.knownAt ?? null
  if (knownAt === null) return null
  return knownSnapshot(
    tx,
    knownAt,
    asks.flatMap(({ measure }) => tablesOf(measure)),
    asks.flatMap(({ measure }) => (measure.kind === 'share' ? measure.kept : [])),
  )
}

/** One figure; see {@link figures}. */
export async function figure(tx: Tx, ask: Ask, given: Given = {}): Promise<Figure> {
  return (await figures(tx, [ask], given))[0] ?? notCaptured
}

/** The question to the totals of one base measure, or keys, behind a question. */
export function cellAsk(ask: Ask, counted: BaseMeasure | DistinctMeasure, now: Reading): CellAsk {
  const from = isOverPeriod(counted) ? (ask.from ?? null) : null
  return {
    standing: now.standing(counted),
    counted,
    unitId: ask.unitId,
    mapDay: mapDay(ask.map, ask.asOf, now.today),
    hour: hourAsOf(ask.asOf, now),
    // What happened before the first hour of the period is taken away.
    before: from === null ? null : hourOfDay(from) - 1,
  }
}

/** A figure from the cells of its base measures. */
export function combine(measure: Measure, cells: readonly Cell[]): Figure {
  if (measure.kind === 'duration') return percentileOf(measure, cells)
  const values = cells.map((cell) =>
    cell.rows === null || Number(cell.rows) === 0 ? null : fraction(plain(cell.amount ?? '0')),
  )
  const text = (index: number) => (values[index] ? plain(cells[index]?.amount ?? '0') : null)
  if (measure.kind === 'ratio') {
    const [numerator, denominator] = values
    const value = numerator && denominator ? divide(numerator, denominator) : null
    return { value, numerator: text(0), denominator: text(1) }
  }
  if (measure.kind === 'difference') {
    const parts = partsTaken(measure, values, fraction('0'))
    if (parts === null) return notCaptured
    const value = subtract(...parts)
    return { value, numerator: decimal(value), denominator: null }
  }
  const captured = values.filter((value) => value !== null)
  if (captured.length === 0) return notCaptured
  const value = captured.reduce(add)
  return { value, numerator: values.length === 1 ? text(0) : decimal(value), denominator: null }
}

/** '12.500' → '12.5': PostgreSQL keeps the scale of a numeric sum. */
function plain(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount
}

/** How many rows stand behind a base measure, whether the reader may open them or not. */
export async function rowsHeld(
  tx: Tx,
  ask: Omit<Ask, 'measure'> & { measure: BaseMeasure },
): Promise<number> {
  const now = await reading(tx)
  const [cell] = await readCells(
    tx,
    [cellAsk(ask, ask.measure, now)],
    await knownSnapshot(tx, ask.knownAt ?? null, tablesOf(ask.measure)),
  )
  return Number(cell?.held ?? 0)
}

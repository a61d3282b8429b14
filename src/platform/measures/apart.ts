import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { basesOf } from './bases.ts'
import type { CellAsk } from './cells.ts'
import { columnsOf } from './columns.ts'
import { addsUp } from './contract.ts'
import type { BaseMeasure } from './declare.ts'
import { type Ask, type Cell, cellAsk, combine, type Figure } from './figures.ts'
import { fraction, less } from './fraction.ts'
import type { Reading } from './reading.ts'

/** What of a unit stands in none of the units below it: recorded for itself, or given to nobody by a split or an end. */
export const apartParts = ['own', 'unassigned'] as const
export type ApartPart = (typeof apartParts)[number]

/** What of a figure stands apart, and the rows behind it. */
export type Apart = { part: ApartPart; figure: Figure; held: number }

/** The parts of a figure that stand in no unit below, those without any row left out. */
export async function readApart(tx: Tx, ask: Ask, now: Reading): Promise<Apart[]> {
  return (await readAparts(tx, [ask], now))[0] ?? []
}

/**
 * The parts of the breakdown of any measure. A coverage counts units, and they add up by themselves; what it leaves to
 * nobody is the rows that would count in a unit once they are settled.
 */
export async function partsOfBreakdown(tx: Tx, ask: Ask, now: Reading): Promise<Apart[]> {
  if (ask.measure.kind !== 'coverage') return readApart(tx, ask, now)
  const rows = await readApart(tx, { ...ask, measure: ask.measure.of }, now)
  return rows.filter(({ part }) => part === 'unassigned')
}

/** The parts of many measures of one unit, as of one day on one map; nothing for what neither adds up nor counts keys. */
export async function readAparts(tx: Tx, asks: readonly Ask[], now: Reading): Promise<Apart[][]> {
  const found: Apart[][] = asks.map(() => [])
  const cells: OneCell[] = []
  for (const [at, ask] of asks.entries()) {
    if (ask.measure.kind === 'distinct') found[at] = await readKeys(tx, cellAsk(ask, ask.measure, now))
    else if (addsUp(ask.measure))
      for (const [place, base] of basesOf(ask.measure).entries())
        cells.push({ at, place, base, cell: cellAsk(ask, base, now) })
  }
  const read = await readCells(tx, cells)
  for (const [at, own] of Map.groupBy(cells, (one) => one.at)) {
    const measure = (asks[at] as Ask).measure
    found[at] = apartParts.flatMap((part) => {
      const parts = own.toSorted((a, b) => a.place - b.place).map((one) => read(one, part))
      const held = parts.reduce((sum, cell) => sum + Number(cell.held ?? 0), 0)
      // What once was recorded and holds no longer is no row to show.
      return held === 0 ? [] : [{ part, figure: combine(measure, parts), held }]
    })
  }
  return found
}

/** A base measure of one of the questions. */
type OneCell = { at: number; place: number; base: BaseMeasure; cell: CellAsk }

const nothing: Cell = { amount: null, rows: null, held: null }

/** One statement for all blocks; answers how to read from it. */
async function readCells(
  tx: Tx,
  cells: readonly OneCell[],
): Promise<(one: OneCell, part: ApartPart) => Cell> {
  const counted = cells.filter(({ cell }) => cell.standing !== undefined)
  const [first] = counted
  if (!first) return () => nothing
  const { unitId, mapDay, hour } = first.cell
  const before = counted.find(({ cell }) => cell.before !== null)?.cell.before ?? null
  const names = ({ base, cell }: OneCell) => columnsOf(cell.standing?.id ?? 0, base)
  const columns = new Map<number, string[]>()
  for (const [block, group] of Map.groupBy(counted, ({ cell }) => cell.standing?.block ?? 0))
    columns.set(block, [...new Set(group.flatMap((one) => Object.values(names(one))))])
  const { rows } = await sql<{ block: number; place: number; part: ApartPart; sums: (string | null)[] }>`
    select block, place, part, sums from measures.read_apart_in(${[...columns.keys()]}::int[],
      ${JSON.stringify([...columns.values()])}::jsonb, ${unitId}::bigint, ${mapDay}::date,
      ${before === null ? [hour] : [hour, before]}::int[])`.execute(tx)
  const sums = new Map(rows.map((row) => [`${row.block} ${row.place} ${row.part}`, row.sums]))
  return (one, part) => {
    const block = one.cell.standing?.block ?? 0
    const value = (place: number, name: string) =>
      sums.get(`${block} ${place} ${part}`)?.[columns.get(block)?.indexOf(name) ?? -1] ?? null
    const between = (name: string) =>
      one.cell.before === null ? value(1, name) : less(value(1, name), value(2, name))
    const { amount, rows: all, held } = names(one)
    return { amount: between(amount), rows: value(1, all), held: between(held) }
  }
}

/** Keys that are counted once, on the rows of each part by themselves. */
async function readKeys(tx: Tx, { standing, unitId, mapDay, hour, before }: CellAsk): Promise<Apart[]> {
  if (!standing) return []
  const name = `counting.distinct_apart_${standing.block}`
  // Figures that an older program built do not know it.
  const { rows: made } = await sql<{ is: boolean }>`select to_regproc(${name}) is not null as is`.execute(tx)
  if (!made[0]?.is) return []
  const { rows } = await sql<{ part: ApartPart; keys: string }>`
    select part, keys::text as keys from ${sql.raw(name)}(${standing.id}::int, ${unitId}::bigint, ${mapDay}::date,
      ${before === null ? null : before + 1}::int, ${hour}::int)`.execute(tx)
  return apartParts.flatMap((part) => {
    const keys = rows.find((row) => row.part === part)?.keys ?? '0'
    if (keys === '0') return []
    return [
      { part, figure: { value: fraction(keys), numerator: keys, denominator: null }, held: Number(keys) },
    ]
  })
}

/** What of a whole neither the units listed nor its parts account for; null where that is nothing. */
export function restOf(whole: string | null, rows: readonly (string | null)[]): string | null {
  if (whole === null) return null
  const left = rows.reduce<string | null>((all, one) => less(all, one), whole)
  return left === null || Number(left) === 0 ? null : left.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
}

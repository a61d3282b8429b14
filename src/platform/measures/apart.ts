import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { basesOf } from './bases.ts'
import type { CellAsk } from './cells.ts'
import { columnsOf } from './columns.ts'
import type { BaseMeasure, Measure } from './declare.ts'
import { type Ask, type Cell, cellAsk, combine, type Figure } from './figures.ts'
import { less } from './fraction.ts'
import type { Reading } from './reading.ts'

/** What of a unit stands in none of the units below it: recorded for itself, or given to nobody by a split or an end. */
export const apartParts = ['own', 'unassigned'] as const
export type ApartPart = (typeof apartParts)[number]

/** What of a figure stands apart, and the rows behind it. */
export type Apart = { part: ApartPart; figure: Figure; held: number }

/** True where the figures of the units below add up to that of the unit. */
export function addsUp(measure: Measure): boolean {
  return ['flow', 'stock', 'sum', 'difference'].includes(measure.kind)
}

/** The parts of a figure that stand in no unit below, those without any row left out. */
export async function readApart(tx: Tx, ask: Ask, now: Reading): Promise<Apart[]> {
  if (!addsUp(ask.measure)) return []
  const bases = basesOf(ask.measure)
  const byPart = new Map(apartParts.map((part) => [part, bases.map(() => nothing)]))
  const blocks = Map.groupBy(
    bases.map((base, at) => ({ base, at, cell: cellAsk(ask, base, now) })),
    ({ cell }) => cell.standing?.block ?? null,
  )
  for (const [block, group] of blocks) {
    if (block === null) continue
    for (const { part, at, cell } of await readBlock(tx, block, group)) byPart.get(part)?.splice(at, 1, cell)
  }
  return apartParts.flatMap((part) => {
    const cells = byPart.get(part) ?? []
    const figure = combine(ask.measure, cells)
    const held = cells.reduce((sum, cell) => sum + Number(cell.held ?? 0), 0)
    // What once was recorded and holds no longer is no row to show.
    return held === 0 ? [] : [{ part, figure, held }]
  })
}

const nothing: Cell = { amount: null, rows: null, held: null }

type OneCell = { base: BaseMeasure; at: number; cell: CellAsk }

async function readBlock(tx: Tx, block: number, group: readonly OneCell[]) {
  const [first] = group
  if (!first) return []
  const { unitId, mapDay, hour, before } = first.cell
  const hours = before === null ? [hour] : [hour, before]
  const columns = [
    ...new Set(group.flatMap(({ base, cell }) => Object.values(columnsOf(cell.standing?.id ?? 0, base)))),
  ]
  const { rows } = await sql<{ place: number; part: ApartPart; sums: (string | null)[] }>`
    select place, part, sums from measures.read_apart(${block}::int, ${columns}::text[], ${unitId}::bigint,
      ${mapDay}::date, ${hours}::int[])`.execute(tx)
  const value = (part: ApartPart, place: number, name: string) =>
    rows.find((row) => row.part === part && row.place === place)?.sums[columns.indexOf(name)] ?? null
  return apartParts.flatMap((part) =>
    group.map(({ base, at, cell }) => {
      const names = columnsOf(cell.standing?.id ?? 0, base)
      const between = (name: string) => less(value(part, 1, name), value(part, 2, name))
      return {
        part,
        at,
        cell: { amount: between(names.amount), rows: value(part, 1, names.rows), held: between(names.held) },
      }
    }),
  )
}

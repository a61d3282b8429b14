import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { less } from './apart.ts'
import { basesOf } from './bases.ts'
import { columnsOf } from './columns.ts'
import type { Measure } from './declare.ts'
import { type Cell, cellAsk, combine, type Figure, figures } from './figures.ts'
import type { MapChoice, Reading } from './reading.ts'

/** Many measures of many units on one map at one moment. */
export type GridAsk = {
  measures: readonly { measure: Measure; from: string | null }[]
  unitIds: readonly string[]
  asOf: string
  map: MapChoice
}

type Amounts = Pick<Figure, 'numerator' | 'denominator'>

/**
 * What `figures` answers, measure by measure and unit by unit, for grids of thousands of numbers: one statement a table,
 * whose sums come as one text a unit, and no exact arithmetic where a number is only handed on.
 */
export async function readGrid(tx: Tx, ask: GridAsk, now: Reading): Promise<Amounts[][]> {
  const inColumns = ask.measures.map(
    ({ measure }) => !['coverage', 'distinct', 'share', 'duration'].includes(measure.kind),
  )
  const grid = await readColumns(tx, ask, inColumns, now)
  const rest = ask.measures.flatMap(({ measure, from }, at) =>
    inColumns[at]
      ? []
      : ask.unitIds.map((unitId) => ({ measure, unitId, asOf: ask.asOf, from, map: ask.map })),
  )
  const answered = await figures(tx, rest, { now })
  let next = 0
  return ask.measures.map((_, at) => {
    if (inColumns[at]) return grid[at] ?? []
    const own = answered.slice(next, next + ask.unitIds.length)
    next += ask.unitIds.length
    return own.map(amountsOf)
  })
}

function amountsOf({ value, numerator, denominator }: Figure): Amounts {
  return { numerator: value === null ? null : numerator, denominator }
}

type Wanted = { columns: Map<string, number>; mapDay: string; hour: number; before: number | null }

async function readColumns(
  tx: Tx,
  { measures, unitIds, asOf, map }: GridAsk,
  inColumns: readonly boolean[],
  now: Reading,
): Promise<Amounts[][]> {
  const blocks = new Map<number, Wanted>()
  const placed = measures.map(({ measure, from }, at) => {
    if (!inColumns[at]) return []
    return basesOf(measure).map((base) => {
      const cell = cellAsk({ measure, unitId: '', asOf, from, map }, base, now)
      if (!cell.standing) return null
      const { id, block } = cell.standing
      const wanted = blocks.get(block) ?? {
        columns: new Map(),
        mapDay: cell.mapDay,
        hour: cell.hour,
        before: null,
      }
      blocks.set(block, wanted)
      wanted.before ??= cell.before
      const { columns } = wanted
      const place = (name: string) => columns.get(name) ?? columns.set(name, columns.size).size - 1
      const names = columnsOf(id, base)
      return {
        block,
        amount: place(names.amount),
        rows: place(names.rows),
        held: place(names.held),
        isOverPeriod: cell.before !== null,
      }
    })
  })
  const texts = new Map<number, (readonly string[] | undefined)[]>()
  for (const [block, wanted] of blocks) texts.set(block, await readBlock(tx, block, wanted, unitIds))
  return measures.map(({ measure }, at) =>
    unitIds.map((_, unit) => {
      const cells = (placed[at] ?? []).map((base): Cell => {
        const rows = base && texts.get(base.block)
        if (!base || !rows) return { amount: null, rows: null, held: null }
        const of = (place: number) => rows[unit]?.[place] || null
        const before = (place: number) =>
          base.isOverPeriod ? rows[unitIds.length + unit]?.[place] || null : null
        return { amount: between(of(base.amount), before(base.amount)), rows: of(base.rows), held: null }
      })
      return handedOn(measure, cells)
    }),
  )
}

/** Sums of the columns wanted: for each unit at the hour, then for each before the period. */
async function readBlock(tx: Tx, block: number, wanted: Wanted, unitIds: readonly string[]) {
  const { columns, mapDay, hour, before } = wanted
  const sums = [...columns.keys()].map((name) => `sum(${name})`).join(', ')
  const ids = before === null ? unitIds : [...unitIds, ...unitIds]
  const hours = ids.map((_, at) => (at < unitIds.length ? hour : before))
  const { rows } = await sql<{ place: number; sums: string }>`
    select place, array_to_string(array[${sql.raw(sums)}], ',', '') as sums
    from counting.${sql.raw(`read_${block}`)}(
      ${ids}::bigint[], array_fill(${mapDay}::date, array[${ids.length}::int]), ${hours}::int[])
    group by place`.execute(tx)
  const found: (readonly string[] | undefined)[] = []
  for (const row of rows) found[row.place - 1] = row.sums.split(',')
  return found
}

const short = (text: string) => text.length <= 15 && !text.includes('.')

/** What came between two running totals; exact. */
function between(until: string | null, before: string | null): string | null {
  if (before === null) return until
  return until !== null && short(until) && short(before)
    ? String(Number(until) - Number(before))
    : less(until, before)
}

/** A base measure is handed on as it is; whatever is made of several is worked out. */
function handedOn(measure: Measure, cells: readonly Cell[]): Amounts {
  const [cell] = cells
  if (measure.kind !== 'flow' && measure.kind !== 'stock') return amountsOf(combine(measure, cells))
  if (!cell || cell.rows === null || cell.rows === '0') return { numerator: null, denominator: null }
  const amount = cell.amount ?? '0'
  return { numerator: amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount, denominator: null }
}

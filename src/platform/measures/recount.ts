import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Counted } from './bases.ts'
import type { Ask } from './figures.ts'
import { hourAsOf, hourOfDay, mapDay, type Reading, reading } from './reading.ts'

/** For which unit, map and hours rows are wanted. */
export type RowsAsk = Omit<Ask, 'measure'>

/**
 * The rows of a measure that hold for a unit and day, as a table `counted` in SQL: whole spells, not events, so that it can
 * disagree. `leaves`: SQL of the units whose rows are meant; all that count in the unit unless given.
 */
export function rowsBehind(counted: Counted, ask: RowsAsk, now: Reading, leaves?: RawBuilder<unknown>) {
  const within =
    leaves ??
    sql`select p.leaf_id from units.place p where p.unit_id = ${ask.unitId}::bigint
        and p.days @> ${mapDay(ask.map, ask.asOf, now.today)}::date`
  const where = counted.where ? sql.raw(`(${counted.where})`) : sql.raw('true')
  const hour = hourAsOf(ask.asOf, now)
  const at = (expression: string) => sql.raw(`measures.hour_of(${expression})`)
  const first = ask.from ? hourOfDay(ask.from) : null
  const key = counted.kind === 'distinct' ? sql.raw(`and (${counted.key}) is not null`) : sql.raw('')
  const days =
    'from' in counted
      ? sql`${at(counted.from)} <= ${hour}::int and (${sql.raw(counted.until)} is null or ${at(counted.until)} > greatest(${hour}::int, ${at(counted.from)}))`
      : sql`${at(counted.on)} <= ${hour}::int and (${first}::int is null or ${at(counted.on)} >= ${first}::int)`
  // Of a key that is counted once the list shows its newest row.
  const keyed = counted.kind === 'distinct' ? `distinct on ((${counted.key})::text)` : ''
  const order = counted.kind === 'distinct' ? `order by (${counted.key})::text, counted.id desc` : ''
  return sql`(select ${sql.raw(keyed)} counted.* from ${sql.raw(counted.of.table)} as counted
    where ${where} ${key} and ${days} and ${sql.raw(counted.of.unit)} in (${within}) ${sql.raw(order)}) as counted`
}

/** Counts a base measure, or keys, anew from the rows that the reader of `tx` may see: `{ amount, rows }`. */
export async function recount(
  tx: Tx,
  counted: Counted,
  ask: RowsAsk,
): Promise<{ amount: string; rows: string }> {
  const now = await reading(tx)
  const amount =
    counted.kind === 'distinct'
      ? sql.raw(`count(distinct (${counted.key})::text)`)
      : sql.raw(`coalesce(sum((${counted.value})::numeric), 0)`)
  const { rows } = await sql<{ amount: string; rows: string }>`
    select ${amount}::text as amount, count(*)::text as rows from ${rowsBehind(counted, ask, now)}`.execute(
    tx,
  )
  return rows[0] ?? { amount: '0', rows: '0' }
}

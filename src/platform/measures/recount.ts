import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { BaseMeasure } from './declare.ts'

/** The rows of a base measure that hold for a unit and day, as SQL: whole spells, not events, so that it can disagree. */
export function rowsBehind(base: BaseMeasure, ask: { unitId: string; asOf: string; from?: string | null }) {
  const where = base.where ? sql.raw(`(${base.where})`) : sql.raw('true')
  const days =
    base.kind === 'flow'
      ? sql`${sql.raw(base.on)} <= ${ask.asOf}::date and (${ask.from ?? null}::date is null or ${sql.raw(base.on)} >= ${ask.from ?? null}::date)`
      : sql`${sql.raw(base.from)} <= ${ask.asOf}::date and (${sql.raw(base.until)} is null or ${sql.raw(base.until)} > ${ask.asOf}::date)`
  return sql`${sql.raw(base.of.table)} as counted
    where ${where} and ${days} and ${sql.raw(base.of.unit)} in (
      select a.unit_id from units.ancestry a where a.ancestor_id = ${ask.unitId}::bigint
        and a.valid_from <= ${ask.asOf}::date
        and (a.valid_until is null or a.valid_until > ${ask.asOf}::date or a.stays))`
}

/** Counts a base measure anew from the rows that the reader of `tx` may see: `{ amount, rows }`. */
export async function recount(
  tx: Tx,
  base: BaseMeasure,
  ask: { unitId: string; asOf: string; from?: string | null },
): Promise<{ amount: string; rows: string }> {
  const { rows } = await sql<{ amount: string; rows: string }>`
    select coalesce(sum(${sql.raw(`(${base.value})::numeric`)}), 0)::text as amount, count(*)::text as rows
    from ${rowsBehind(base, ask)}`.execute(tx)
  return rows[0] ?? { amount: '0', rows: '0' }
}

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { RecordCountAnswer } from './change.contract.ts'
import { recordTables } from './records.ts'

/** How many records of each kind point at some units, nought left out; for whoever may change all of them. */
export async function countRecords(tx: Tx, unitIds: readonly string[]): Promise<RecordCountAnswer[]> {
  const tables = recordTables()
  if (unitIds.length === 0 || tables.length === 0) return []
  const { rows } = await sql<{ table: string; count: number }>`
    select table_name as table, records::int as count
    from units.count_records(${tables.map((one) => one.table)}::text[], ${tables.map((one) => one.unit)}::text[],
      ${tables.map((one) => one.unless)}::text[], ${unitIds}::bigint[])`.execute(tx)
  return named(rows)
}

/** Records that were given to a half of what an event split. */
export async function settledBelow(tx: Tx, eventId: string): Promise<RecordCountAnswer[]> {
  const { rows: parts } = await sql<{ id: string }>`
    select distinct part.unit_id::text as id from units.succession s
    join units.unit_version part on part.unit_id = s.from_unit_id and part.kind = 'part'
    where s.event_id = ${eventId}::bigint`.execute(tx)
  return countRecords(
    tx,
    parts.map((row) => row.id),
  )
}

const named = (rows: readonly { table: string; count: number }[]): RecordCountAnswer[] =>
  rows.flatMap(({ table, count }) => {
    const noun = recordTables().find((one) => one.table === table)?.noun
    return noun && count > 0 ? [{ table, noun, count }] : []
  })

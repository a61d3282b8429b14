import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { RecordCountAnswer } from './change.contract.ts'
import { nounFor, recordTables } from './records.ts'

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

/**
 * Records that a person gave to parts of units that an event ended, or that went to what it made, each kind with the
 * units; for whoever may undo the event.
 */
export async function settledBelow(
  tx: Tx,
  eventId: string,
  made: readonly string[],
): Promise<{ unitIds: string[]; records: RecordCountAnswer[] }> {
  const tables = recordTables()
  const { rows } = await sql<{ table: string; unitId: string; count: number }>`
    select table_name as table, unit_id::text as "unitId", records::int as count
    from units.count_given(${tables.map((one) => one.table)}::text[], ${tables.map((one) => one.unit)}::text[],
      ${tables.map((one) => one.unless)}::text[], ${eventId}::bigint, ${made}::bigint[])
    order by unit_id`.execute(tx)
  const records = [...Map.groupBy(rows, (row) => row.table)].map(([table, own]) => ({
    table,
    count: own.reduce((sum, row) => sum + row.count, 0),
  }))
  return { unitIds: [...new Set(rows.map((row) => row.unitId))], records: named(records) }
}

const named = (rows: readonly { table: string; count: number }[]): RecordCountAnswer[] =>
  rows.flatMap(({ table, count }) => {
    const found = recordTables().find((one) => one.table === table)
    return found && count > 0 ? [{ table, noun: nounFor(found, count), count }] : []
  })

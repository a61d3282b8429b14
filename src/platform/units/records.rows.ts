import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { RecordCountAnswer, RecordListAnswer } from './change.contract.ts'
import { countedTableOf, type RecordTable, recordTables, settledTableOf } from './records.ts'

/** Records of one kind that are listed; a count says how many there are. */
export const mostListed = 50

/** The records that were counted; `unitsOf`: the units that those of a table point at. */
export async function listed(
  tx: Tx,
  counts: readonly RecordCountAnswer[],
  unitsOf: (table: string) => readonly string[],
): Promise<RecordListAnswer[]> {
  const lists: RecordListAnswer[] = []
  for (const one of counts) {
    const table = recordTables().find(({ table: name }) => name === one.table)
    const wanted = { column: table?.unit ?? '', ids: unitsOf(one.table), limit: mostListed }
    lists.push({ ...one, rows: table ? await labelledRows(tx, table, wanted) : [] })
  }
  return lists
}

/** Which rows are meant: those whose `column` holds one of `ids`. */
type Wanted = { column: string; ids: readonly string[]; limit: number }

/** Rows of a table that still matter, as far as the reader may open them, each by what it is called and with its page. */
export async function labelledRows(
  tx: Tx,
  { table, unless, ...own }: RecordTable,
  { column, ids, limit }: Wanted,
): Promise<{ id: string; label: string; href: string | null }[]> {
  const counted = countedTableOf(table)
  const declared = settledTableOf(table)
  const said = counted?.columns.find((one) => one.kind === 'text')?.key
  const label = declared?.label ?? (said ? [said] : ['id'])
  const texts =
    own.label === null ? sql.join(label.map((one) => sql`t.${sql.ref(one)}::text`)) : sql.raw(own.label)
  const lasting = unless === null ? sql`true` : sql`t.${sql.ref(unless)} is null`
  const { rows } = await sql<{ row: Record<string, string | number | null>; id: string; label: string }>`
    select to_jsonb(t) as row, t.id::text as id, coalesce(nullif(concat_ws(' · ', ${texts}), ''), t.id::text) as label
    from ${sql.table(table)} t where t.${sql.ref(column)} = any(${ids}::bigint[]) and ${lasting}
    order by 3, t.id limit ${limit}::int`.execute(tx)
  const href = declared?.href ?? counted?.href ?? own.href
  return rows.map(({ row, id, label: text }) => ({
    id,
    label: text,
    href: href?.replace(/\{(\w+)\}/g, (_, key: string) => String(row[key] ?? '')) ?? null,
  }))
}

import type pg from 'pg'
import type { Counted } from './bases.ts'
import { imageColumns, imageTable, type Ledger } from './ledger.sql.ts'

/** What is counted, by table. */
export function byTable(counted: readonly Counted[]): Map<string, Counted[]> {
  const tables = new Map<string, Counted[]>()
  for (const one of counted) tables.set(one.of.table, [...(tables.get(one.of.table) ?? []), one])
  return tables
}

/** Columns of a table with their types, in order. */
export async function columnsOfTable(client: pg.ClientBase, table: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [table],
  )
  return new Map(rows.map((row) => [row.name, row.type]))
}

/** The columns of an image that every row has, whatever is counted. */
const ownColumns = ['tx', 'epoch', 'sign', 'row_id']

/** The ledger of a table as these measures want it. A table that is counted for the first time gets its number. */
export async function ledgerOf(
  client: pg.ClientBase,
  table: string,
  counts: readonly Counted[],
  epoch: number,
): Promise<Ledger> {
  const { rows } = await client.query<{ id: number }>(
    `with known as (select id from measures.counted where name = $1),
          made as (insert into measures.counted (name) select $1 where not exists (select from known) returning id)
     select id from known union all select id from made`,
    [table],
  )
  const id = rows[0]?.id ?? 0
  const unit = counts[0]?.of.unit ?? 'unit_id'
  const now = await columnsOfTable(client, table)
  // A column that only an older declaration read keeps being written: an older program may still run.
  const kept = [...(await columnsOfTable(client, imageTable({ id }))).keys()]
    .filter((name) => now.has(name) && !ownColumns.includes(name))
    .map((name) => [name, now.get(name) ?? 'text'] as const)
  return { id, table, unit, columns: new Map([...kept, ...imageColumns(counts, now)]), epoch }
}

/** Transaction numbers of another server, or of one restored to an older state, mean nothing here. */
export async function currentEpoch(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ number: number | null; same: boolean }>(
    `select max(e.number) as number,
       coalesce(bool_or(e.server = (select system_identifier::text from pg_control_system())), false)
         and not exists (select from measures.block b
           where pg_snapshot_xmin(b.folded) > pg_snapshot_xmax(pg_current_snapshot())) as same
     from (select * from measures.epoch order by number desc limit 1) e`,
  )
  const { number, same } = rows[0] ?? { number: null, same: false }
  if (number !== null && same) return number
  const next = (number ?? 0) + 1
  await client.query(
    `insert into measures.epoch (number, server) select $1, system_identifier::text from pg_control_system()`,
    [next],
  )
  // Totals of before were summed up to a snapshot that no longer says anything.
  await client.query(`update measures.block set retired_at = clock_timestamp() where retired_at is null`)
  return next
}

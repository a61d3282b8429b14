import type pg from 'pg'
import type { Counted } from './bases.ts'
import { spellOfDays } from './bases.ts'
import type { Ledger } from './ledger.sql.ts'

/**
 * Gives each day column that measures count by an index behind the unit, where the table has none: figures of a day
 * within a past month look at the rows of the rest of that month and at no others. Writers of the table wait meanwhile.
 */
export async function indexDays(
  client: pg.ClientBase,
  ledger: Ledger,
  counts: readonly Counted[],
): Promise<void> {
  const days = new Set(counts.flatMap(spellOfDays))
  for (const [column, type] of ledger.columns) {
    if (!days.has(column) || !(type === 'date' || type === 'timestamp with time zone')) continue
    const { rows } = await client.query(
      `select from pg_index i
       join pg_attribute u on u.attrelid = i.indrelid and u.attnum = i.indkey[0] and u.attname = $2
       join pg_attribute d on d.attrelid = i.indrelid and d.attnum = i.indkey[1] and d.attname = $3
       where i.indrelid = $1::regclass and i.indisvalid
         and (i.indpred is null or i.indexrelid::regclass::text like '%counted_by_%')`,
      [ledger.table, ledger.unit, column],
    )
    if (rows.length > 0) continue
    await client.query(`set maintenance_work_mem = '256MB'`)
    // New rows come to all units: pages that are full from the start would each be split by the next of them.
    await client.query(
      `create index if not exists "counted_by_${column}_${ledger.id}" on ${ledger.table} (${ledger.unit}, ${column})
       with (fillfactor = 70) where ${column} is not null`,
    )
    await client.query('reset maintenance_work_mem')
  }
}

import { sql } from 'kysely'
import pg from 'pg'
import type { Database } from '../db/database.ts'
import { countedOf } from './bases.ts'
import { buildFigures } from './install.ts'
import { byTable } from './ledger.state.ts'
import { declaredMeasures } from './registry.ts'

/**
 * Looks whether somebody has touched the triggers that count a table: rows may have been written past them. They are installed
 * again, the figures of that table built from its rows, and the audit told. Answers the tables. Several processes may look;
 * one does the work, and the others find it done.
 */
export async function mendCounting(database: Pick<Database, 'owner' | 'ownerUrl'>): Promise<string[]> {
  const measures = declaredMeasures()
  const { rows } = await sql<{ name: string }>`
    select name from measures.counted
    where name = any(${[...byTable(countedOf(measures)).keys()]}::text[])
      and triggers is not null and triggers is distinct from measures.triggers_of(name)`.execute(
    database.owner,
  )
  if (rows.length === 0) return []
  const client = new pg.Client({ connectionString: database.ownerUrl, application_name: 'banlang guardian' })
  client.on('error', () => {})
  try {
    await client.connect()
    await buildFigures(client, [{ measures }])
  } finally {
    await client.end().catch(() => {})
  }
  return rows.map(({ name }) => name)
}

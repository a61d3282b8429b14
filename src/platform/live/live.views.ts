import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

/** The state of the database from which the next look begins. */
export async function currentSnapshot(database: Database): Promise<string> {
  const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(
    database.owner,
  )
  return rows[0]?.snapshot ?? ''
}

/**
 * The topics of what has become visible since `since`, and the snapshot to ask with next time, in one statement.
 * By snapshots and not by ids or times: a transaction that began earlier may commit later, and would be missed.
 */
export async function topicsSince(
  database: Database,
  since: string,
): Promise<{ topics: string[]; snapshot: string }> {
  const { rows } = await sql<{ topics: string[]; snapshot: string }>`
    select pg_current_snapshot()::text as snapshot,
      array(select distinct split_part(e.action, '.', 1) from audit.entry e
        where e.transaction >= pg_snapshot_xmin(${since}::pg_snapshot)
          and not pg_visible_in_snapshot(e.transaction, ${since}::pg_snapshot) order by 1) as topics
    `.execute(database.owner)
  return rows[0] ?? { topics: [], snapshot: since }
}

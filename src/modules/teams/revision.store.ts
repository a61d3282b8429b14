import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { refuseChanged } from './teams.refusals.ts'

/** Refuses to write over a record that has changed since the person saw it; says who changed it and when. */
export async function requireRevision(
  tx: Tx,
  subject: 'teams.team' | 'teams.member' | 'teams.activity',
  row: { id: string; revision: number },
  seen: number,
): Promise<void> {
  if (row.revision === seen) return
  const { rows } = await sql<{ name: string | null; time: string; day: string }>`
    select done_by as name, to_char(done_at at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI') as time,
           to_char(done_at at time zone 'Asia/Ho_Chi_Minh', 'FMDD/FMMM/YYYY') as day
    from teams.last_deed(${subject}, ${row.id})`.execute(tx)
  refuseChanged(rows[0] ?? null)
}

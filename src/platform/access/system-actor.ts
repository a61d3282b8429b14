import { sql } from 'kysely'
import type { Actor } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'

/** The program itself as an actor: it loads the demonstration, runs jobs, and makes the first administrator. */
export async function systemActor(database: Database): Promise<Actor> {
  const { rows } = await sql<{ id: string; name: string; unitId: string }>`
    select a.id, a.display_name as name, a.unit_id as "unitId"
    from access.account a where a.kind = 'system' order by a.id limit 1`.execute(database.owner)
  const account = rows[0]
  if (!account) throw new Error('Thiếu tài khoản hệ thống. / The account of the system is missing.')
  return {
    accountId: account.id,
    displayName: account.name,
    held: [{ capability: '*', unitId: account.unitId }],
    requestId: null,
    address: null,
  }
}

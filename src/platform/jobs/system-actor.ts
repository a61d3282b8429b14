import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Database } from '../db/database.ts'

/** The program itself, as it acts in jobs; what it does is audited as «Hệ thống». */
export async function systemActor(database: Database): Promise<Actor> {
  const { rows } = await sql<{ id: string; name: string; unit: string }>`
    select a.id::text as id, a.display_name as name, a.unit_id::text as unit
    from access.account a where a.login_name = 'he-thong' and a.kind = 'system'`.execute(database.owner)
  const [account] = rows
  if (!account)
    throw new Error('Thiếu tài khoản của hệ thống. / The account of the program itself is missing.')
  return {
    accountId: account.id,
    displayName: account.name,
    held: [{ capability: '*', unitId: account.unit }],
    requestId: null,
    address: null,
  }
}

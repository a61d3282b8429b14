import { sql } from 'kysely'
import { createAccount, giveGrant, systemActor } from '../access/index.ts'
import type { Database, Tx } from '../db/database.ts'

/**
 * Whether nobody has been added to this installation yet. Processes that start at once on one empty database ask one
 * after the other: the next is answered when the transaction of the one before has ended.
 */
export async function isFirstStart(tx: Tx): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(4711004)`.execute(tx)
  const { rows } = await sql<{ people: boolean }>`
    select exists (select 1 from access.account where kind = 'person') as people`.execute(tx)
  return rows[0]?.people === false
}

/**
 * Makes the first administrator of an empty installation, over everything, with a one-time password that is answered
 * here once and kept only as a hash. Null where there are people already.
 */
export async function firstAdministrator(
  database: Database,
): Promise<{ name: string; password: string; role: string } | null> {
  const actor = await systemActor(database)
  return database.write(actor, async (tx) => {
    if (!(await isFirstStart(tx))) return null
    const { rows } = await sql<{ rootId: string; on: string }>`
      select calendar.today() as on, (select unit_id from units.unit_version where parent_id is null order by valid_from limit 1) as "rootId"`.execute(
      tx,
    )
    const installation = rows[0]
    if (!installation) return null
    const made = await createAccount(tx, actor, {
      loginName: 'quantri',
      displayName: 'Quản trị hệ thống',
      unitId: installation.rootId,
    })
    await giveGrant(tx, actor, {
      accountId: made.accountId,
      role: 'administrator',
      unitId: installation.rootId,
      validFrom: installation.on,
      reason: 'Người quản trị đầu tiên',
    })
    return { name: made.loginName, password: made.oneTimePassword ?? '', role: 'Quản trị / Administrator' }
  })
}

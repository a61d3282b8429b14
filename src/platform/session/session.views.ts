import { sql } from 'kysely'
import type { Actor } from '../actor/actor.ts'
import { demoDay, today } from '../calendar/index.ts'
import type { Database, Tx } from '../db/database.ts'
import { refuseNotFound } from '../http/refusal.ts'
import type { DemoHintAnswer, DevicesAnswer, MeAnswer } from './contract.ts'

const nameOf = (unitId: ReturnType<typeof sql.ref>) => sql<string>`coalesce((
  select v.name from units.unit_version v where v.unit_id = ${unitId} and v.valid_from <= calendar.today()
  order by v.valid_from desc limit 1), '')`

/** The signed-in person, what they may do where, and whether this is a demonstration. */
export async function viewMe(database: Database, actor: Actor): Promise<MeAnswer> {
  return snapshot(database, async (tx) => {
    const { rows } = await sql<MeAnswer['account']>`
      select a.id, a.login_name as "loginName", a.display_name as "displayName", a.position,
        ${nameOf(sql.ref('a.unit_id'))} as "unitName", coalesce(p.must_change, false) as "mustChangePassword"
      from access.account a left join access.password p on p.account_id = a.id
      where a.id = ${actor.accountId}`.execute(tx)
    const may = await sql<MeAnswer['may'][number]>`
      select h.capability, h.unit_id as "unitId", ${nameOf(sql.ref('h.unit_id'))} as "unitName"
      from (select distinct capability, unit_id from access.held where account_id = ${actor.accountId}) h
      order by 1, 2`.execute(tx)
    const workingOn = await demoDay(tx)
    return {
      today: await today(tx),
      account: rows[0] ?? refuseNotFound(),
      may: may.rows,
      demo: { isDemo: workingOn !== null, workingOn },
    }
  })
}

/** The actor's open sessions, the latest first. */
export async function listDevices(
  database: Database,
  actor: Actor,
  tokenHash: Buffer,
): Promise<DevicesAnswer> {
  const { rows } = await sql<DevicesAnswer['devices'][number]>`
    select s.id, coalesce(s.device, '') as device, s.address,
      to_json(s.started_at) #>> '{}' as "startedAt", to_json(s.last_seen_at) #>> '{}' as "lastSeenAt",
      s.token_hash = ${tokenHash} as "isThisOne"
    from access.session s
    where s.account_id = ${actor.accountId} and s.expires_at > now() and s.last_seen_at > now() - interval '12 hours'
    order by s.last_seen_at desc limit 100`.execute(database.owner)
  return { devices: rows }
}

/** The accounts to try a demonstration with; none where the product is at work. */
export async function viewDemoHint(database: Database): Promise<DemoHintAnswer> {
  return snapshot(database, async (tx) => {
    const workingOn = await demoDay(tx)
    if (workingOn === null) return { isDemo: false, workingOn, accounts: [] }
    const { rows } = await sql<DemoHintAnswer['accounts'][number]>`
      select a.login_name as "loginName", p.shown_in_demo as password, a.display_name as "displayName", a.position
      from access.account a join access.password p on p.account_id = a.id
      where a.is_demo and a.status = 'active' and p.shown_in_demo is not null
      order by a.id limit 30`.execute(tx)
    return { isDemo: true, workingOn, accounts: rows }
  })
}

function snapshot<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return database.owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(work)
}

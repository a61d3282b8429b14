import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

export type AccountRow = {
  id: string
  unitId: string
  loginName: string
  displayName: string
  status: 'active' | 'suspended'
  managedWhole: boolean
}

/** An account the actor may see; null otherwise. */
export async function findAccount(tx: Tx, accountId: string): Promise<AccountRow | null> {
  const { rows } = await sql<AccountRow>`
    select a.id, a.unit_id as "unitId", a.login_name as "loginName", a.display_name as "displayName", a.status,
           coalesce(access.manages_whole(a.id), false) as "managedWhole"
    from access.account a where a.id = ${accountId} and a.kind = 'person'`.execute(tx)
  return rows[0] ?? null
}

/** True if the actor holds `capability` over the unit today. */
export async function permits(tx: Tx, capability: string, unitId: string): Promise<boolean> {
  const { rows } = await sql<{
    yes: boolean
  }>`select access.permits(${capability}, ${unitId}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

/** The unit in which a role over a unit is held today, where that unit has gone into another; null where it is held there. */
export async function heldElsewhere(
  tx: Tx,
  unitId: string,
): Promise<{ id: string; name: string; oldName: string } | null> {
  const { rows } = await sql<{ id: string; name: string; oldName: string }>`
    select h.id::text as id, now.name, was.name as "oldName"
    from (select access.held_in(${unitId}::bigint, calendar.today()) as id) h
    cross join lateral units.shown(h.id, calendar.today()) now
    cross join lateral units.shown(${unitId}::bigint, calendar.today()) was
    where h.id <> ${unitId}::bigint`.execute(tx)
  return rows[0] ?? null
}

/** A unit and its ancestors as rights see them; empty if there is no such unit. */
export async function pathOf(tx: Tx, unitId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.ancestor_id as id from units.standing s where s.unit_id = ${unitId}
    group by s.ancestor_id order by min(s.depth)`.execute(tx)
  return rows.map((row) => row.id)
}

export async function capabilitiesOf(tx: Tx, role: string): Promise<string[]> {
  const { rows } = await sql<{ capability: string }>`
    select capability from access.role_capability where role = ${role}`.execute(tx)
  return rows.map((row) => row.capability)
}

export async function loginNameTaken(tx: Tx, loginName: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select access.login_name_taken(${loginName}) as yes`.execute(
    tx,
  )
  return rows[0]?.yes ?? false
}

export async function insertAccount(
  tx: Tx,
  account: {
    unitId: string
    loginName: string
    displayName: string
    sortKey: string
    search: string
    position: string | null
    isDemo: boolean
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into access.account (unit_id, login_name, display_name, sort_key, search, position, is_demo)
    values (${account.unitId}, ${account.loginName}, ${account.displayName}, ${account.sortKey}, ${account.search},
            ${account.position}, ${account.isDemo})
    returning id`.execute(tx)
  return rows[0]?.id ?? ''
}

export async function setStatus(tx: Tx, accountId: string, status: 'active' | 'suspended'): Promise<boolean> {
  const done = await sql`
    update access.account set status = ${status} where id = ${accountId} and status <> ${status}`.execute(tx)
  return done.numAffectedRows === 1n
}

/** `shown`: the password itself, for the sign-in page of a demonstration. */
export async function setPassword(
  tx: Tx,
  accountId: string,
  password: { hash: string; changeFirst: boolean; shown?: string | null },
): Promise<void> {
  await sql`select access.set_password(${accountId}, ${password.hash}, ${password.changeFirst},
    ${password.shown ?? null})`.execute(tx)
}

/** Ends the sessions of an account, but for the one with this token hash; says how many. */
export async function endSessions(tx: Tx, accountId: string, but: Uint8Array | null): Promise<number> {
  const { rows } = await sql<{ ended: string }>`
    select access.end_sessions(${accountId}, ${but}) as ended`.execute(tx)
  return Number(rows[0]?.ended ?? 0)
}

/** Forgives the failed attempts to sign in with the account's name, so that it need not wait; says how many. */
export async function forgiveFailures(tx: Tx, accountId: string): Promise<number> {
  const { rows } = await sql<{ forgiven: string }>`
    select access.forgive_failures(${accountId}) as forgiven`.execute(tx)
  return Number(rows[0]?.forgiven ?? 0)
}

export type GrantRow = {
  id: string
  accountId: string
  role: string
  unitId: string
  validFrom: string
  validUntil: string | null
  revokedAt: Date | null
  isOverAll: boolean
}

const grantColumns = sql`
  g.id, g.account_id as "accountId", g.role, g.unit_id as "unitId", g.valid_from as "validFrom",
  g.valid_until as "validUntil", g.revoked_at as "revokedAt",
  exists (select 1 from units.unit_version v where v.unit_id = g.unit_id and v.parent_id is null) as "isOverAll"`

export async function findGrant(tx: Tx, grantId: string): Promise<GrantRow | null> {
  const { rows } =
    await sql<GrantRow>`select ${grantColumns} from access.grant g where g.id = ${grantId}`.execute(tx)
  return rows[0] ?? null
}

/** A grant of the same role over the same unit whose period meets this one, or null. */
export async function grantMeeting(
  tx: Tx,
  grant: Omit<GrantRow, 'id' | 'revokedAt' | 'isOverAll'>,
): Promise<GrantRow | null> {
  const { rows } = await sql<GrantRow>`
    select ${grantColumns} from access.grant g
    where g.account_id = ${grant.accountId} and g.role = ${grant.role} and g.unit_id = ${grant.unitId}
      and g.revoked_at is null
      and daterange(g.valid_from, g.valid_until) && daterange(${grant.validFrom}::date, ${grant.validUntil}::date)
    limit 1`.execute(tx)
  return rows[0] ?? null
}

export async function insertGrant(
  tx: Tx,
  grant: {
    accountId: string
    role: string
    unitId: string
    validFrom: string
    validUntil: string | null
    reason: string | null
    grantedBy: string | null
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into access.grant (account_id, role, unit_id, valid_from, valid_until, reason, granted_by)
    values (${grant.accountId}, ${grant.role}, ${grant.unitId}, ${grant.validFrom}, ${grant.validUntil},
            ${grant.reason}, ${grant.grantedBy})
    returning id`.execute(tx)
  return rows[0]?.id ?? ''
}

/** False if it was revoked before. */
export async function markRevoked(
  tx: Tx,
  grantId: string,
  by: { accountId: string | null; reason: string | null },
): Promise<boolean> {
  const done = await sql`
    update access.grant set revoked_at = now(), revoked_by = ${by.accountId}, revoke_reason = ${by.reason}
    where id = ${grantId} and revoked_at is null`.execute(tx)
  return done.numAffectedRows === 1n
}

/** Puts changes of administrators of the whole one after the other: two could otherwise remove each other at once. */
export async function queueForRootAdministrators(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(4711003)`.execute(tx)
}

/** How many people hold access.manage over the whole installation today, `besides` not counted. */
export async function rootAdministrators(tx: Tx, besides: string | null): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select access.root_administrators(${besides}::bigint) as count`.execute(tx)
  return Number(rows[0]?.count ?? 0)
}

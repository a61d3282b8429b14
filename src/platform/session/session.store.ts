import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { limits, minutesToWait } from './throttle.rules.ts'

/** Minutes without a request after which a session ends; it ends after seven days in any case. */
export const idleMinutes = 12 * 60

// Nobody is let in for longer than seven days: what ends two days later than that was opened by a clock far ahead.
const live = sql`s.expires_at > now() and s.expires_at < now() + interval '9 days' and s.last_seen_at > now() - make_interval(mins => ${sql.lit(idleMinutes)})
  and a.status = 'active' and a.kind = 'person'`

/**
 * Notes an attempt as failed before the password is looked at, so that attempts made at once all count; says how many
 * minutes to wait instead where too many failed before. A success wipes the failures of its name, never of its address.
 */
export async function noteAttempt(
  tx: Tx,
  loginName: string,
  address: string,
): Promise<{ attemptId: string } | { waitMinutes: number }> {
  // Names before addresses, always: two attempts that wait for each other would never end.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in name ${loginName}`}, 0))`.execute(tx)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in address ${address}`}, 0))`.execute(tx)
  const byName = await minutesAgo(
    tx,
    sql`login_name = ${loginName} and not t.forgiven and t.attempted_at > coalesce((select max(o.attempted_at)
      from access.sign_in_attempt o where o.login_name = ${loginName} and o.succeeded and o.attempted_at <= clock_timestamp()), '-infinity')`,
    limits.perName,
  )
  const byAddress = await minutesAgo(tx, sql`address = ${address}`, limits.perAddress)
  const waitMinutes = Math.max(
    minutesToWait(byName, limits.perName),
    minutesToWait(byAddress, limits.perAddress),
  )
  if (waitMinutes > 0) return { waitMinutes }
  const { rows } = await sql<{ id: string }>`
    insert into access.sign_in_attempt (login_name, address) values (${loginName}, ${address}) returning id`.execute(
    tx,
  )
  return { attemptId: rows[0]?.id ?? '' }
}

async function minutesAgo(tx: Tx, of: ReturnType<typeof sql>, limit: number): Promise<number[]> {
  const { rows } = await sql<{ minutes: number }>`
    select (extract(epoch from clock_timestamp() - t.attempted_at) / 60)::float8 as minutes
    from access.sign_in_attempt t
    where ${of} and not t.succeeded and t.attempted_at <= clock_timestamp()
      and t.attempted_at > clock_timestamp() - make_interval(mins => ${sql.lit(limits.minutes)})
    order by t.attempted_at desc limit ${limit}`.execute(tx)
  return rows.map((row) => row.minutes)
}

export async function markSucceeded(tx: Tx, attemptId: string): Promise<void> {
  await sql`update access.sign_in_attempt set succeeded = true where id = ${attemptId}`.execute(tx)
}

export async function markSignedIn(tx: Tx, accountId: string): Promise<void> {
  await sql`update access.account set last_signed_in_at = now() where id = ${accountId}`.execute(tx)
}

export type Credentials = {
  accountId: string
  unitId: string
  displayName: string
  loginName: string
  status: 'active' | 'suspended'
  hash: string | null
  mustChange: boolean
}

const credentials = sql`
  select a.id as "accountId", a.unit_id as "unitId", a.display_name as "displayName", a.login_name as "loginName",
         a.status, p.hash, coalesce(p.must_change, false) as "mustChange"
  from access.account a left join access.password p on p.account_id = a.id
  where a.kind = 'person'`

export async function credentialsByName(tx: Tx, loginName: string): Promise<Credentials | null> {
  const { rows } = await sql<Credentials>`${credentials} and a.login_name = ${loginName}`.execute(tx)
  return rows[0] ?? null
}

export async function credentialsById(tx: Tx, accountId: string): Promise<Credentials | null> {
  const { rows } = await sql<Credentials>`${credentials} and a.id = ${accountId}`.execute(tx)
  return rows[0] ?? null
}

export async function homeUnit(tx: Tx, accountId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select a.unit_id as id from access.account a where a.id = ${accountId}`.execute(tx)
  return rows[0]?.id ?? null
}

export async function rootUnit(tx: Tx): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select a.unit_id as id from access.account a where a.kind = 'system' order by a.id limit 1`.execute(tx)
  return rows[0]?.id ?? ''
}

export async function insertSession(
  tx: Tx,
  session: { tokenHash: Buffer; accountId: string; address: string; device: string | null },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into access.session (token_hash, account_id, expires_at, address, device)
    values (${session.tokenHash}, ${session.accountId}, now() + interval '7 days', ${session.address}, ${session.device})
    returning id`.execute(tx)
  return rows[0]?.id ?? ''
}

/** True if there was such a session of that account. */
export async function deleteSession(
  tx: Tx,
  accountId: string,
  which: { tokenHash: Buffer } | { id: string },
): Promise<boolean> {
  const key = 'id' in which ? sql`id = ${which.id}` : sql`token_hash = ${which.tokenHash}`
  const done = await sql`delete from access.session where account_id = ${accountId} and ${key}`.execute(tx)
  return done.numAffectedRows === 1n
}

export type LiveSession = {
  accountId: string
  displayName: string
  mustChange: boolean
  stale: boolean
  held: { capability: string; unitId: string }[]
}

/** The account behind a token and what it may do today, in one query; null if the session does not hold. */
export async function findLiveSession(
  tx: Pick<Tx, 'getExecutor'>,
  tokenHash: Buffer,
): Promise<LiveSession | null> {
  const { rows } = await sql<Omit<LiveSession, 'held'> & { held: string[] }>`
    select a.id as "accountId", a.display_name as "displayName", coalesce(p.must_change, false) as "mustChange",
      s.last_seen_at < now() - interval '1 minute' as stale,
      array(select h.capability || ' ' || h.unit_id from access.held h where h.account_id = a.id) as held
    from access.session s
    join access.account a on a.id = s.account_id
    left join access.password p on p.account_id = a.id
    where s.token_hash = ${tokenHash} and ${live}`.execute(tx)
  const session = rows[0]
  return session ? { ...session, held: [...new Set(session.held)].map(heldFrom) } : null
}

function heldFrom(text: string): LiveSession['held'][number] {
  const [capability = '', unitId = ''] = text.split(' ')
  return { capability, unitId }
}

/** Which of these token hashes (hex) still stand for a session that holds. */
export async function holdingSessions(
  tx: Pick<Tx, 'getExecutor'>,
  tokenHashes: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ hash: string }>`
    select encode(s.token_hash, 'hex') as hash
    from access.session s join access.account a on a.id = s.account_id
    where s.token_hash in (select decode(h, 'hex') from unnest(${tokenHashes}::text[]) h) and ${live}`.execute(
    tx,
  )
  return new Set(rows.map((row) => row.hash))
}

/** At most once a minute, whichever process asks. */
export async function touchSession(tx: Pick<Tx, 'getExecutor'>, tokenHash: Buffer): Promise<void> {
  await sql`
    update access.session set last_seen_at = now()
    where token_hash = ${tokenHash} and last_seen_at < now() - interval '1 minute'`.execute(tx)
}

/** Removes sessions that ended, and attempts older than half a year (kept that long to follow up an incident). */
export async function sweep(tx: Pick<Tx, 'getExecutor'>): Promise<void> {
  await sql`
    delete from access.session
    where expires_at < now() or last_seen_at < now() - make_interval(mins => ${sql.lit(idleMinutes)})`.execute(
    tx,
  )
  await sql`delete from access.sign_in_attempt where attempted_at < now() - interval '180 days'`.execute(tx)
}

import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { hashPassword } from '../access/passwords.ts'
import { systemActor } from '../access/system-actor.ts'
import type { RoleKey } from '../actor/capability.ts'
import { audit } from '../audit/index.ts'
import type { Database, Tx } from '../db/database.ts'
import { fold, nameSortKey } from '../text/index.ts'

/** key: [kind, code, name, parent key] */
export const unitRows = {
  province: ['province', 'T1', 'Tỉnh Thử', 'root'],
  districtA: ['district', 'T1A', 'Huyện An', 'province'],
  a1: ['commune', 'T1A1', 'Xã An Một', 'districtA'],
  a11: ['village', 'T1A11', 'Bản Một Một', 'a1'],
  a12: ['village', 'T1A12', 'Bản Một Hai', 'a1'],
  a2: ['commune', 'T1A2', 'Xã An Hai', 'districtA'],
  a21: ['village', 'T1A21', 'Bản Hai Một', 'a2'],
  officeA: ['office', 'T1A.VP', 'Phòng Văn hóa An', 'districtA'],
  officeA1: ['committee', 'T1A1.UB', 'Ủy ban nhân dân xã An Một', 'a1'],
  districtB: ['district', 'T1B', 'Huyện Bình', 'province'],
  b1: ['commune', 'T1B1', 'Xã Bình Một', 'districtB'],
  b11: ['village', 'T1B11', 'Thôn Bình Một', 'b1'],
} as const satisfies Record<string, readonly [kind: string, code: string, name: string, parent: string]>

export type UnitKey = keyof typeof unitRows | 'root'

type AccountRow = {
  role: RoleKey | null
  unit: UnitKey
  status?: 'suspended'
  /** Days from today; a grant that has ended, or not begun, or was taken back. */
  grant?: 'ended' | 'future' | 'revoked'
}

/** One account per role at commune A1, and those whose rights lie elsewhere or no longer hold. */
export const accountRows = {
  administrator: { role: 'administrator', unit: 'a1' },
  leader: { role: 'leader', unit: 'a1' },
  standing_office: { role: 'standing_office', unit: 'a1' },
  commune_officer: { role: 'commune_officer', unit: 'a1' },
  village_head: { role: 'village_head', unit: 'a1' },
  auditor: { role: 'auditor', unit: 'a1' },
  root_administrator: { role: 'administrator', unit: 'root' },
  district_leader: { role: 'leader', unit: 'districtA' },
  district_officer: { role: 'standing_office', unit: 'districtA' },
  suspended: { role: 'commune_officer', unit: 'a1', status: 'suspended' },
  expired: { role: 'commune_officer', unit: 'a1', grant: 'ended' },
  future: { role: 'commune_officer', unit: 'a1', grant: 'future' },
  revoked: { role: 'commune_officer', unit: 'a1', grant: 'revoked' },
  without_grants: { role: null, unit: 'a1' },
} as const satisfies Record<string, AccountRow>

export type AccountKey = keyof typeof accountRows

export type PlantedAccount = {
  accountId: string
  loginName: string
  token: string
  role: RoleKey | null
  unit: UnitKey
}

export type World = {
  units: Record<UnitKey, string>
  accounts: Record<AccountKey, PlantedAccount>
  /** Today in the planted database. */
  today: string
}

/** The password of every planted account. */
export const worldPassword = 'mot-cau-de-nho'

let passwordHash: Promise<string> | undefined

/** Fills an empty database with a small territory and its people, each with an open session. */
export async function plantWorld(database: Database): Promise<World> {
  const system = await systemActor(database)
  passwordHash ??= hashPassword(worldPassword)
  const hash = await passwordHash
  return database.owner.transaction().execute(async (tx) => {
    const units = await plantUnits(tx)
    await audit(tx, system, {
      action: 'units.planted',
      subject: 'units.unit',
      subjectId: units.root,
      unitId: units.root,
    })
    const accounts = {} as Record<AccountKey, PlantedAccount>
    for (const [key, row] of Object.entries(accountRows) as [AccountKey, AccountRow][]) {
      accounts[key] = await plantAccount(tx, key, row, units, hash)
    }
    const { rows } = await sql<{ today: string }>`select calendar.today() as today`.execute(tx)
    return { units, accounts, today: rows[0]?.today ?? '' }
  })
}

async function plantUnits(tx: Tx): Promise<Record<UnitKey, string>> {
  const root = await sql<{
    id: string
  }>`select unit_id as id from units.unit_version where code = 'VN'`.execute(tx)
  const units = { root: root.rows[0]?.id ?? '' } as Record<UnitKey, string>
  for (const [key, [kind, code, name, parent]] of Object.entries(unitRows)) {
    const made = await sql<{ id: string }>`insert into units.unit default values returning id`.execute(tx)
    const id = made.rows[0]?.id ?? ''
    await sql`
      insert into units.unit_version (unit_id, kind, code, name, parent_id, valid_from, search)
      values (${id}, ${kind}, ${code}, ${name}, ${units[parent]}, '2000-01-01', ${`${fold(name)} ${fold(code)}`})`.execute(
      tx,
    )
    units[key as UnitKey] = id
  }
  return units
}

async function plantAccount(
  tx: Tx,
  key: string,
  row: AccountRow,
  units: Record<UnitKey, string>,
  hash: string,
): Promise<PlantedAccount> {
  const loginName = `thu.${key.replaceAll('_', '.')}`
  const displayName = `Người Thử ${key.replaceAll('_', ' ')}`
  const unitId = units[row.unit]
  const { rows } = await sql<{ id: string }>`
    insert into access.account (unit_id, login_name, display_name, sort_key, search, status)
    values (${unitId}, ${loginName}, ${displayName}, ${nameSortKey(displayName)}, ${`${fold(displayName)} ${loginName}`},
            ${row.status ?? 'active'}) returning id`.execute(tx)
  const accountId = rows[0]?.id ?? ''
  await sql`insert into access.password (account_id, hash, must_change) values (${accountId}, ${hash}, false)`.execute(
    tx,
  )
  if (row.role) {
    await sql`
      insert into access.grant (account_id, role, unit_id, valid_from, valid_until, revoked_at)
      values (${accountId}, ${row.role}, ${unitId},
        calendar.today() + ${row.grant === 'future' ? 5 : -30}::int,
        case when ${row.grant === 'ended'}::boolean then calendar.today() end,
        case when ${row.grant === 'revoked'}::boolean then now() end)`.execute(tx)
  }
  return { accountId, loginName, token: await openSession(tx, accountId), role: row.role, unit: row.unit }
}

/** Opens a session without a password; answers the token of its cookie. */
export async function openSession(tx: Tx, accountId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await sql`
    insert into access.session (token_hash, account_id, expires_at, address, device)
    values (${createHash('sha256').update(token).digest()}, ${accountId}, now() + interval '7 days', '127.0.0.1', 'test')`.execute(
    tx,
  )
  return token
}

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../platform/access/index.ts'
import { type Actor, nobody } from '../../platform/actor/actor.ts'
import type { AccountKey, TestServer } from '../../platform/testing/server.ts'
import { addMember, addMemberAtOnce } from './member.actions.ts'
import { lockTeamForMember } from './member.store.ts'
import { lockTeam } from './teams.store.ts'
import { serverAtYearEnd } from './teams.testing.ts'

let server: TestServer
const teamIds: string[] = []

beforeAll(async () => {
  server = await serverAtYearEnd()
  const formers = { a11: 'commune_officer', a21: 'district_officer' } as const
  for (const [unit, who] of Object.entries(formers) as [keyof typeof formers, AccountKey][]) {
    const unitId = server.world.units[unit]
    const body = { unitId, kind: 'community_team', formedOn: '2022-05-10' }
    teamIds.push((await server.as(who).post('/api/teams', body)).body.id)
  }
})
afterAll(() => server?.close())

const person = (fullName: string, phone: string, role: 'head' | 'member' = 'member') => ({
  fullName,
  phone,
  role,
  joinedOn: '2022-06-01',
  note: '',
})

const asActor = (key: AccountKey): Actor => ({
  ...nobody,
  accountId: server.world.accounts[key].accountId,
  requestId: 'thu-nghiem',
  address: '127.0.0.1',
})

const atOnce = (actor: Actor, teamId: string, input: ReturnType<typeof person>) =>
  addMemberAtOnce((text, values) => server.database.askOnce(actor, text, values), actor, teamId, input)

test('a team is given for a new member exactly where the policies give it to be changed', async () => {
  const keys = Object.keys(server.world.accounts) as AccountKey[]
  const people: [string, Actor][] = keys.map((key) => [
    key,
    { ...nobody, accountId: server.world.accounts[key].accountId },
  ])
  people.push(['nobody', nobody], ['system', await systemActor(server.database)])
  const given: string[] = []
  for (const [key, actor] of people) {
    for (const teamId of [...teamIds, '999999']) {
      const [locked, forMember] = await server.database.write(actor, async (tx) => [
        await lockTeam(tx, teamId),
        await lockTeamForMember(tx, teamId, { name_folded: '', phone: null, role: 'member' }),
      ])
      expect(forMember === null, `${key}, team ${teamId}`).toBe(locked === null)
      if (!locked || !forMember) continue
      given.push(key)
      expect(locked.team).toMatchObject(forMember.team)
      expect([forMember.today, forMember.path.toSorted()]).toEqual([locked.today, locked.path.toSorted()])
    }
  }
  expect(given.filter((key) => key === 'commune_officer' || key === 'district_officer')).toHaveLength(3)
  expect(given).not.toContain('auditor')
})

test('of two who add the same person at once, the second is told that the person is there already', async () => {
  const body = person('Lò Thị Hai', '0912 000 111')
  const add = () => server.as('commune_officer').post(`/api/teams/${teamIds[0]}/members`, body)
  const answers = await Promise.all([add(), add(), add()])
  const codes = answers.map((answer) => answer.body.error?.code ?? 'added').sort((a, b) => (a < b ? -1 : 1))
  expect(codes).toEqual(['added', 'teams.already_member', 'teams.already_member'])
})

test('a member is added at once by exactly those who may change the team', async () => {
  const keys = Object.keys(server.world.accounts) as AccountKey[]
  for (const [at, key] of keys.entries())
    for (const teamId of [...teamIds, '999999']) {
      const actor = asActor(key)
      const input = person(
        `Giàng A ${key}`,
        `0988 00${String(at).padStart(2, '0')} ${teamId.padStart(2, '0').slice(-2)}`,
      )
      const locked = await server.database.write(actor, (tx) => lockTeam(tx, teamId))
      const added = await atOnce(actor, teamId, input)
      expect(added === null, `${key}, team ${teamId}`).toBe(locked === null)
    }
  expect(await atOnce(nobody, teamIds[0] ?? '', person('Giàng A Không', '0988 111 111'))).toBeNull()
})

/** What is on record of a member, and of the deed that added them, save for what differs from one deed to the next. */
async function onRecord(memberId: string | undefined) {
  const { rows } = await sql<{ member: object; entry: object }>`
    select to_jsonb(m) - 'id' as member, to_jsonb(e) - '{id,transaction,at,subject_id}'::text[] as entry
    from teams.member m join audit.entry e on e.subject = 'teams.member' and e.subject_id = m.id::text
    where m.id = ${memberId}::bigint`.execute(server.database.owner)
  return rows
}

test('a member added at once is on record, with the deed, as one added in steps', async () => {
  const [teamId = '', otherId = ''] = teamIds
  const held = [{ capability: 'teams.change', unitId: server.world.units.a11 }]
  const actor = { ...asActor('commune_officer'), held }
  const input = { ...person('Hoàng  thị Ba', '+84 912 345 678', 'head'), note: ' Dạy học ' }
  const one = await atOnce(actor, teamId, input)
  const found = await onRecord(one?.id)
  expect(found).toHaveLength(1)
  await server.as('commune_officer').delete(`/api/teams/members/${one?.id}`)
  const other = await server.database.write(actor, (tx) => addMember(tx, actor, teamId, input))
  expect(await onRecord(other.id)).toEqual(found)
  expect(one?.fullName).toBe(other.fullName)
  // Where anything stands in the way nothing is written: a second head, the same person, a day before the team or to come.
  const before = await sql`select count(*) from teams.member`.execute(server.database.owner)
  const refused = [
    person('Lý Văn Tư', '', 'head'),
    person('Hoàng Thị Ba', ''),
    person('Hoàng Thị Ba', '0912345678'),
    { ...person('Lý Văn Tư', ''), joinedOn: '2022-05-09' },
    { ...person('Lý Văn Tư', ''), joinedOn: '2023-01-01' },
    person('Lý Văn Tư', '12'),
    person('?', ''),
  ]
  for (const input of refused) expect(await atOnce(actor, teamId, input), JSON.stringify(input)).toBeNull()
  expect(await atOnce(actor, otherId, person('Lý Văn Tư', ''))).toBeNull()
  expect((await sql`select count(*) from teams.member`.execute(server.database.owner)).rows).toEqual(
    before.rows,
  )
  // A namesake with another telephone is somebody else.
  expect(await atOnce(actor, teamId, person('Hoàng Thị Ba', '0912345679'))).not.toBeNull()
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../platform/access/index.ts'
import { type Actor, nobody } from '../../platform/actor/actor.ts'
import type { AccountKey, TestServer } from '../../platform/testing/server.ts'
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
        await lockTeamForMember(tx, teamId, ''),
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
  const body = {
    fullName: 'Lò Thị Hai',
    phone: '0912 000 111',
    role: 'member',
    joinedOn: '2022-06-01',
    note: '',
  }
  const add = () => server.as('commune_officer').post(`/api/teams/${teamIds[0]}/members`, body)
  const answers = await Promise.all([add(), add(), add()])
  const codes = answers.map((answer) => answer.body.error?.code ?? 'added').sort((a, b) => (a < b ? -1 : 1))
  expect(codes).toEqual(['added', 'teams.already_member', 'teams.already_member'])
})

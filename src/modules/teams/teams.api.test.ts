import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestServer } from '../../platform/testing/server.ts'
import { behindTheScenes, serverAtYearEnd } from './teams.testing.ts'

let server: TestServer
let teamId = ''
let headId = ''

beforeAll(async () => {
  server = await serverAtYearEnd()
})
afterAll(() => server?.close())

const officer = () => server.as('commune_officer')
const page = async () => (await officer().get(`/api/teams/${teamId}`)).body
const figure = async (name: string, unit: 'a1' | 'a11' = 'a1') => {
  const { body } = await officer().get(`/api/measures/${name}?unitId=${server.world.units[unit]}`)
  return body.figure
}
const add = (body: object) =>
  officer().post(`/api/teams/${teamId}/members`, { joinedOn: '2022-06-01', ...body })

describe('forming a team', () => {
  it('names the team after its village and takes its level from the unit', async () => {
    const unitId = server.world.units.a11
    const formed = await officer().post('/api/teams', {
      unitId,
      kind: 'community_team',
      formedOn: '2022-05-10',
    })
    expect(formed.status, formed.text).toBe(201)
    teamId = formed.body.id
    const { team } = await page()
    expect(team).toMatchObject({
      name: 'Tổ công nghệ số cộng đồng bản Một Một',
      level: 'village',
      formedOn: '2022-05-10',
    })
    expect(await figure('teams.villages_with_team')).toMatchObject({ numerator: '1', denominator: '2' })
  })

  const wrong = [
    [
      'a second team of the kind in the village',
      { kind: 'community_team', formedOn: '2022-06-01' },
      'unitId',
    ],
    ['a club in a village', { kind: 'digital_club', formedOn: '2022-06-01' }, 'kind'],
    ['a day that has not come', { kind: 'project06_group', formedOn: '2023-01-01' }, 'formedOn'],
  ] as const
  it.each(wrong)('refuses %s and names the field', async (_, body, field) => {
    const refused = await officer().post('/api/teams', { unitId: server.world.units.a11, ...body })
    expect(refused.status).toBe(422)
    expect(refused.body.error.fields[0].path).toBe(field)
  })
})

describe('a unit that is no more', () => {
  it('is said to have ended, and when', async () => {
    const unitId = server.world.units.a12
    const from = (on: string | null) =>
      behindTheScenes(server, (tx) =>
        sql`update units.unit_version set valid_until = ${on}::date where unit_id = ${unitId}::bigint`.execute(
          tx,
        ),
      )
    await from('2022-09-01')
    const body = { unitId, kind: 'community_team', formedOn: '2022-06-01' }
    const refused = await officer().post('/api/teams', body)
    await from(null)
    expect([refused.status, refused.body.error.code]).toEqual([422, 'teams.unit_ended'])
    expect(refused.body.error.message).toContain('từ ngày 1/9/2022')
  })
})

describe('members', () => {
  it('joins a person whose name and phone are tidied', async () => {
    const added = await add({
      fullName: 'VÀNG A LỬ'.normalize('NFD'),
      role: 'head',
      phone: '+84 912 345 678',
    })
    expect(added.status, added.text).toBe(201)
    headId = added.body.id
    expect(added.body.fullName).toBe('Vàng A Lử')
    expect((await page()).members).toMatchObject([
      { fullName: 'Vàng A Lử', role: 'head', phone: '0912345678' },
    ])
    expect((await figure('teams.village_team_members')).numerator).toBe('1')
  })

  const wrong = [
    ['a second head', { fullName: 'Lò Thị Hoa', role: 'head' }, 'role'],
    ['the same person again', { fullName: 'vang a lu' }, 'fullName'],
    ['a phone with lost digits', { fullName: 'Lò Thị Hoa', phone: '91234' }, 'phone'],
    ['a name with digits', { fullName: 'Lò Thị Hoa 2' }, 'fullName'],
    ['a name of one letter', { fullName: 'H' }, 'fullName'],
    ['a formula for a name', { fullName: '=Lò Thị Hoa' }, 'fullName'],
    ['a name in angle brackets', { fullName: '<b>Hoa' }, 'fullName'],
    ['a name that turns the writing', { fullName: 'Lò \u202eHoa' }, 'fullName'],
    ['joining before the team was formed', { fullName: 'Lò Thị Hoa', joinedOn: '2022-05-09' }, 'joinedOn'],
  ] as const
  it.each(wrong)('refuses %s', async (_, body, field) => {
    const refused = await add(body)
    expect(refused.status).toBe(422)
    expect(refused.body.error.fields[0].path).toBe(field)
  })

  it('names the field in which a NUL stands', async () => {
    const refused = await add({ fullName: 'Lò Thị Hoa', note: 'a\u0000b' })
    expect([refused.status, refused.body.error.fields[0].path]).toEqual([400, 'note'])
  })

  it('lets two people of one name be members when their phones tell them apart', async () => {
    expect((await add({ fullName: 'Vàng A Lử', phone: '0987654321' })).status).toBe(201)
  })

  it('ends a membership from a day on, and takes that back on the same day', async () => {
    const ended = await officer().post(`/api/teams/members/${headId}/end`, {
      on: '2022-12-31',
      reason: 'Chuyển nơi ở',
    })
    expect(ended.status, ended.text).toBe(200)
    expect((await figure('teams.village_team_members')).numerator).toBe('1')
    const after = await page()
    expect(after.formerMembers).toMatchObject([
      { fullName: 'Vàng A Lử', leftOn: '2022-12-31', mayReopen: true },
    ])
    expect((await officer().post(`/api/teams/members/${headId}/reopen`)).status).toBe(200)
    expect((await figure('teams.village_team_members')).numerator).toBe('2')
  })

  it('keeps the past when a role changes: the old membership ends and a new one begins', async () => {
    const [, other] = (await page()).members
    const refused = await officer().post(`/api/teams/members/${other.id}/role`, {
      role: 'head',
      on: '2022-12-01',
    })
    expect(refused.body.error.fields[0].path).toBe('role')
    await officer().post(`/api/teams/members/${headId}/role`, { role: 'member', on: '2022-12-01' })
    const changed = await officer().post(`/api/teams/members/${other.id}/role`, {
      role: 'head',
      on: '2022-12-01',
    })
    expect(changed.status, changed.text).toBe(200)
    const after = await page()
    expect(after.members[0]).toMatchObject({ role: 'head', phone: '0987654321', joinedOn: '2022-12-01' })
    expect(after.formerMembers).toHaveLength(2)
    expect((await figure('teams.village_team_members')).numerator).toBe('2')
  })
})

describe('Zalo groups and activities', () => {
  it('counts the village as one with a Zalo group while the group is open', async () => {
    const opened = await officer().post(`/api/teams/${teamId}/channels`, {
      url: 'zalo.me/g/abc',
      openedOn: '2022-06-01',
    })
    expect(opened.status, opened.text).toBe(201)
    expect((await figure('teams.villages_with_zalo')).numerator).toBe('1')
    await officer().post(`/api/teams/channels/${opened.body.id}/close`, { on: '2022-12-31' })
    expect((await figure('teams.villages_with_zalo')).numerator).toBe('0')
  })

  it('refuses links that are not https of Zalo', async () => {
    for (const url of [
      'http://zalo.me/g/a',
      'https://zalo.me.evil.vn/g',
      'javascript:alert(1)',
      'nhóm zalo',
    ]) {
      const refused = await officer().post(`/api/teams/${teamId}/channels`, { url, openedOn: '2022-06-01' })
      expect(refused.body.error.fields[0].path, url).toBe('url')
    }
  })

  it('adds up the people helped; who was not counted is not zero', async () => {
    const deed = { heldOn: '2022-07-01', title: 'Cài VNeID', topic: 'vneid' }
    const made = await officer().post(`/api/teams/${teamId}/activities`, deed)
    expect((await figure('teams.activities')).numerator).toBe('1')
    expect((await figure('teams.people_helped')).numerator).toBeNull()
    await officer().patch(`/api/teams/activities/${made.body.id}`, {
      ...deed,
      peopleHelped: 37,
      revision: 1,
    })
    expect((await figure('teams.people_helped')).numerator).toBe('37')
  })
})

describe('dissolving a team', () => {
  it('refuses when the numbers shown no longer hold, and before the last record', async () => {
    const moved = await officer().post(`/api/teams/${teamId}/dissolve`, {
      on: '2022-12-31',
      members: 5,
      channels: 0,
    })
    expect(moved.status).toBe(409)
    expect(moved.body.error.message).toContain('2 thành viên')
    const early = await officer().post(`/api/teams/${teamId}/dissolve`, {
      on: '2022-07-01',
      members: 2,
      channels: 0,
    })
    expect(early.body.error.fields[0].path).toBe('on')
  })

  it('ends members and groups on that day, and can be taken back today', async () => {
    const body = { on: '2022-12-31', members: 2, channels: 0 }
    const done = await officer().post(`/api/teams/${teamId}/dissolve`, body)
    expect(done.status, done.text).toBe(200)
    expect((await figure('teams.village_team_members')).numerator).toBe('0')
    expect((await add({ fullName: 'Lò Thị Hoa' })).body.error.code).toBe('teams.dissolved')
    expect((await officer().post(`/api/teams/${teamId}/restore`)).status).toBe(200)
    expect((await figure('teams.village_team_members')).numerator).toBe('2')
    expect((await page()).channels[0].closedOn).toBe('2022-12-31')
  })
})

describe('correcting and removing', () => {
  it('moves the day of forming with everything below it, but not past the first record', async () => {
    const { revision } = (await page()).team
    const change = {
      revision,
      name: 'Tổ số bản Một Một',
      decisionNo: '12/QĐ-UBND',
      decisionOn: '2022-04-30',
      note: '',
    }
    const late = await officer().patch(`/api/teams/${teamId}`, { ...change, formedOn: '2022-06-02' })
    expect(late.body.error.fields[0].path).toBe('formedOn')
    expect(
      (await officer().patch(`/api/teams/${teamId}`, { ...change, formedOn: '2022-05-01' })).status,
    ).toBe(200)
    expect((await page()).team).toMatchObject({ formedOn: '2022-05-01', name: 'Tổ số bản Một Một' })
  })

  it('removes what was entered today; older records only by the standing office', async () => {
    const today = await add({ fullName: 'Nhập Nhầm' })
    expect((await officer().delete(`/api/teams/members/${today.body.id}`)).status).toBe(200)
    const earlier = await add({ fullName: 'Nhầm Hôm Qua' })
    await behindTheScenes(server, (tx) =>
      sql`update teams.member set recorded_on = '2022-12-30' where id = ${earlier.body.id}::bigint`.execute(
        tx,
      ),
    )
    const refused = await officer().delete(`/api/teams/members/${earlier.body.id}`)
    expect(refused.body.error.code).toBe('teams.too_late_to_remove')
    expect((await server.as('standing_office').delete(`/api/teams/members/${earlier.body.id}`)).status).toBe(
      200,
    )
  })

  it('does not remove a team that has a history', async () => {
    expect((await officer().delete(`/api/teams/${teamId}`)).body.error.code).toBe('teams.not_empty')
  })
})

describe('lists', () => {
  it('finds teams without accents, by member and by unit', async () => {
    for (const search of ['to so ban', 'Vang A Lu', '0987654321', 'T1A11']) {
      const { body } = await officer().get(`/api/teams?search=${encodeURIComponent(search)}`)
      expect(
        body.teams.map((team: { id: string }) => team.id),
        search,
      ).toContain(teamId)
    }
    const other = await officer().get(`/api/teams?unitId=${server.world.units.a12}`)
    expect(other.body).toMatchObject({ total: 0, teams: [] })
  })

  it('lets a leader look and not change', async () => {
    const stranger = server.as('district_leader')
    expect((await stranger.get(`/api/teams/${teamId}`)).status).toBe(200)
    expect(
      (await stranger.post(`/api/teams/${teamId}/members`, { fullName: 'A B', joinedOn: '2022-06-01' }))
        .status,
    ).toBe(403)
  })

  it('exports members as a file and writes that down', async () => {
    const file = await officer().get(`/api/teams/export.csv?rows=members&unitId=${server.world.units.a1}`)
    expect(file.status).toBe(200)
    expect(file.text).toContain('Vàng A Lử')
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from audit.entry where action = 'teams.list_exported'`.execute(
      server.database.owner,
    )
    expect(rows[0]?.n).toBe(1)
  })
})

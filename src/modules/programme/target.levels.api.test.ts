import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../platform/access/system-actor.ts'
import { type Client, startTestServer, type TestServer } from '../../platform/testing/server.ts'
import { loadTeams } from '../teams/index.ts'
import { People, Preview, TargetPage } from './contract.ts'
import { PlanList, PlanTargets } from './plans.contract.ts'

let server: TestServer
let district: Client
let office: Client
let plan: { planId: string; fieldId: string }

beforeAll(async () => {
  server = await startTestServer()
  district = server.as('district_officer')
  office = server.as('standing_office')
  const { districtA } = server.world.units
  const programme = await district.post('/api/programme/programmes', {
    unitId: districtA,
    name: 'Chương trình của huyện An',
    fromYear: 2021,
    untilYear: 2025,
  })
  const programmeId = programme.body.id
  const field = await district.post('/api/programme/fields', { programmeId, name: 'Nông nghiệp' })
  const made = await district.post('/api/programme/plans', {
    programmeId,
    unitId: districtA,
    year: 2022,
    name: 'Kế hoạch năm 2022',
  })
  plan = { fieldId: field.body.id, planId: made.body.id }
})
afterAll(() => server.close())

let lastCode = 0
function draft(change: object = {}) {
  lastCode += 1
  return {
    unitId: server.world.units.districtA,
    ...plan,
    code: `M-${String(lastCode).padStart(3, '0')}`,
    title: 'Bản có tổ công nghệ số cộng đồng',
    measure: 'teams.villages_with_team' as string | null,
    direction: 'at_least',
    valueUnit: '%',
    baseline: null as string | null,
    endValue: '100',
    startsOn: '2022-01-01',
    endsOn: '2022-12-31',
    path: [] as { dueOn: string; value: string }[],
    answerableName: 'Lò Văn Thử',
    ...change,
  }
}

function tried(change: object) {
  const { unitId, planId, measure, direction, baseline, endValue, startsOn, endsOn, path } = draft(change)
  return { unitId, planId, measure, direction, baseline, endValue, startsOn, endsOn, path }
}

const counted = { measure: 'teams.village_teams', valueUnit: 'tổ' }

describe('a level that makes no sense', () => {
  const rows: [string, object, string][] = [
    ['a share above all', { endValue: '101' }, 'endValue'],
    ['a share below nothing', { endValue: '-1' }, 'endValue'],
    ['a share above all to begin with', { baseline: '100.5' }, 'baseline'],
    ['a step above all', { path: [{ dueOn: '2022-06-30', value: '140' }] }, 'path'],
    ['a count below nothing', { ...counted, endValue: '-5' }, 'endValue'],
    [
      'a count below nothing on the way',
      { ...counted, path: [{ dueOn: '2022-06-30', value: '-1' }] },
      'path',
    ],
    ['a count below nothing to begin with', { ...counted, baseline: '-0.5' }, 'baseline'],
    ['a step of another year', { path: [{ dueOn: '2023-01-01', value: '50' }] }, 'path'],
    ['a period of another year', { startsOn: '2021-01-01', endsOn: '2021-12-31' }, 'startsOn'],
  ]
  it.each(rows)('%s is refused at its field, when given and when tried out', async (_, change, path) => {
    const given = await district.post('/api/programme/targets', draft(change))
    const shown = await district.post('/api/programme/preview', tried(change))
    for (const answer of [given, shown]) {
      expect(answer.status, answer.text).toBe(422)
      expect(answer.body.error.fields[0].path, answer.text).toBe(path)
    }
  })

  it('but a count may be above 100, and what is not measured above 100 %', async () => {
    for (const change of [
      { ...counted, endValue: '213' },
      { measure: null, endValue: '110' },
    ]) {
      expect((await district.post('/api/programme/targets', draft(change))).status).toBe(201)
    }
  })

  it('is warned of where a level to reach lies below where it begins', async () => {
    const odd = await district.post('/api/programme/preview', tried({ baseline: '80', endValue: '60' }))
    expect(Preview.parse(odd.body).warning?.vi).toContain('thấp hơn mức ban đầu 80')
    const usual = await district.post('/api/programme/preview', tried({ baseline: '60', endValue: '80' }))
    expect(Preview.parse(usual.body).warning).toBeNull()
  })
})

describe('who answers for a target', () => {
  it('is found among the people of the unit and below, without accents', async () => {
    const { districtA, a1 } = server.world.units
    const found = async (client: Client, unitId: string, q: string) =>
      People.parse((await client.get(`/api/programme/people?unitId=${unitId}&q=${q}`)).body).people
    const leader = server.world.accounts.district_leader
    expect((await found(district, districtA, 'nguoi thu district leader')).map((one) => one.id)).toEqual([
      leader.accountId,
    ])
    // The commune does not offer people of the district, and nobody an account that is locked.
    expect((await found(office, a1, 'district leader')).length).toBe(0)
    expect((await found(district, districtA, 'suspended')).length).toBe(0)
    expect((await office.get(`/api/programme/people?unitId=${districtA}`)).status).toBe(403)
  })

  it('may be one of them, and nobody from elsewhere', async () => {
    const { district_leader: leader, root_administrator: stranger } = server.world.accounts
    const made = await district.post(
      '/api/programme/targets',
      draft({ answerableAccountId: leader.accountId }),
    )
    expect(made.status, made.text).toBe(201)
    const page = TargetPage.parse((await district.get(`/api/programme/targets/${made.body.id}`)).body)
    expect(page.target.answerableAccountId).toBe(leader.accountId)
    for (const answerableAccountId of [stranger.accountId, '999999']) {
      const refused = await district.post('/api/programme/targets', draft({ answerableAccountId }))
      expect([refused.status, refused.body.error.fields[0].path]).toEqual([422, 'answerableAccountId'])
    }
  })
})

describe('the units below a target', () => {
  it('stand highest first, and equal ones as a dictionary has their names', async () => {
    const { districtA } = server.world.units
    const system = await systemActor(server.database)
    const admin = server.as('root_administrator')
    for (const [name, code] of [
      ['Xã Đại Lịch', 'T1A7'],
      ['Xã Chấn Thịnh', 'T1A8'],
      ['Xã Cát Thịnh', 'T1A9'],
    ]) {
      const made = await admin.post('/api/units/changes', {
        kind: 'create',
        legalBasis: 'Nghị quyết 1/NQ-HĐND',
        on: '2020-01-01',
        made: { name, code, kind: 'commune', parentId: districtA },
      })
      expect(made.status, made.text).toBe(201)
    }
    await server.database.write(system, (tx) =>
      loadTeams(tx, system, [
        {
          unitId: server.world.units.a21,
          kind: 'community_team',
          name: 'Tổ',
          formedOn: '2022-02-01',
          members: [],
          channels: [],
          activities: [],
        },
      ]),
    )
    const made = await district.post('/api/programme/targets', draft({ ...counted, endValue: '3' }))
    const page = TargetPage.parse(
      (await district.get(`/api/programme/targets/${made.body.id}?asOf=2022-12-31`)).body,
    )
    const names = ['Xã An Hai', 'Xã An Một', 'Xã Cát Thịnh', 'Xã Chấn Thịnh', 'Xã Đại Lịch']
    expect(page.below.map(({ unit }) => unit.name)).toEqual(names)
    const measure = await district.get(
      `/api/measures/teams.village_teams?unitId=${districtA}&asOf=2022-12-31`,
    )
    expect(measure.body.below.map((one: { unit: { name: string } }) => one.unit.name)).toEqual(names)
  })
})

describe('a plan', () => {
  it('opens to exactly the targets that it says it has, unit by unit', async () => {
    const { a1, districtA } = server.world.units
    for (let at = 0; at < 27; at += 1) {
      expect((await district.post('/api/programme/targets', draft({ unitId: a1 }))).status).toBe(201)
    }
    const list = PlanList.parse((await district.get('/api/programme/plans')).body)
    const number = list.programmes[0]?.plans[0]?.targets ?? 0
    const path = `/api/programme/plans/${plan.planId}/targets`
    const read = async (client: Client, query: string) =>
      PlanTargets.parse((await client.get(path + query)).body)
    const first = await read(district, '?asOf=2022-08-30')
    const second = await read(district, '?asOf=2022-08-30&page=2')
    const ids = [...first.targets, ...second.targets].map(({ id }) => id)
    expect([first.plan.targets, first.matching, new Set(ids).size]).toEqual([number, number, number])
    expect(first.targets).toHaveLength(25)
    expect(first.units.map(({ id, targets }) => [id, targets])).toEqual([
      [districtA, number - 27],
      [a1, 27],
    ])
    const ofCommune = await read(district, `?unitId=${a1}`)
    expect([ofCommune.matching, ofCommune.plan.targets]).toEqual([27, number])
    expect(ofCommune.targets.every(({ unit }) => unit.id === a1)).toBe(true)
    // Who sees the commune only is told of its 27, by the list of plans and by the list of targets.
    const own = PlanList.parse((await office.get('/api/programme/plans')).body)
    expect([own.programmes[0]?.plans[0]?.targets, (await read(office, '')).matching]).toEqual([27, 27])
    expect((await district.get('/api/programme/plans/999999/targets')).status).toBe(404)
  })
})

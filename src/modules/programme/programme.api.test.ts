import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../platform/access/system-actor.ts'
import { type Client, startTestServer, type TestServer } from '../../platform/testing/server.ts'
import { loadTeams } from '../teams/index.ts'
import { Overview, TargetPage } from './contract.ts'
import { PlanList } from './plans.contract.ts'

let server: TestServer
let office: Client
let district: Client
let plan: { planId: string; fieldId: string; programmeId: string }

const year = 2022
const day = (on: string) => `${year}-${on}`

beforeAll(async () => {
  server = await startTestServer()
  office = server.as('standing_office')
  district = server.as('district_officer')
  const { units } = server.world
  const programme = await district.post('/api/programme/programmes', {
    unitId: units.districtA,
    name: 'Chương trình của huyện An',
    fromYear: 2021,
    untilYear: 2025,
  })
  const programmeId = programme.body.id
  const field = await district.post('/api/programme/fields', { programmeId, name: 'Nông nghiệp' })
  const made = await district.post('/api/programme/plans', {
    programmeId,
    unitId: units.districtA,
    year,
    name: 'Kế hoạch năm 2022',
  })
  plan = { programmeId, fieldId: field.body.id, planId: made.body.id }
})

afterAll(() => server.close())

let lastCode = 0
function draft(change: object = {}) {
  lastCode += 1
  return {
    unitId: server.world.units.a1,
    planId: plan.planId,
    fieldId: plan.fieldId,
    code: `CT-${lastCode}`,
    title: 'Bản có tổ công nghệ số cộng đồng',
    measure: 'teams.villages_with_team',
    direction: 'at_least',
    valueUnit: '%',
    baseline: null,
    endValue: '100',
    startsOn: day('01-01'),
    endsOn: day('12-31'),
    path: [
      { dueOn: day('06-30'), value: '40' },
      { dueOn: day('12-31'), value: '100' },
    ],
    answerableName: 'Lò Văn Thử',
    ...change,
  }
}

async function formTeam(unitId: string, formedOn: string) {
  const system = await systemActor(server.database)
  await server.database.write(system, (tx) =>
    loadTeams(tx, system, [
      {
        unitId,
        kind: 'community_team',
        name: `Tổ ${unitId}`,
        formedOn,
        members: [],
        channels: [],
        activities: [],
      },
    ]),
  )
}

describe('giving a target', () => {
  it('is refused in words that name the field', async () => {
    const rows: [object, string][] = [
      [{ endsOn: day('01-01'), startsOn: day('02-01') }, 'endsOn'],
      [{ startsOn: '2021-12-31' }, 'startsOn'],
      [{ measure: 'teams.no_such_measure' }, 'measure'],
      [{ valueUnit: 'tổ' }, 'valueUnit'],
      [{ measure: 'teams.village_teams' }, 'valueUnit'],
      [{ fieldId: '999999' }, 'fieldId'],
      [{ path: [{ dueOn: day('12-31'), value: '90' }] }, 'path'],
      [{ unitId: server.world.units.b1 }, 'unitId'],
      [{ title: '  ' }, 'title'],
      [{ endValue: '1e5' }, 'endValue'],
      [{ endValue: 70 }, 'endValue'],
      [{ surprise: 1 }, 'surprise'],
    ]
    for (const [change, path] of rows) {
      const who = path === 'unitId' ? server.as('root_administrator') : district
      const answer = await who.post('/api/programme/targets', draft(change))
      if (path === 'unitId') {
        expect(answer.status).toBe(403)
        continue
      }
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true])
      expect(answer.body.error.fields[0]?.path, answer.text).toBe(path)
      expect(answer.body.error.fields[0].message).not.toBe('')
    }
  })

  it('is refused outside the unit, and for who only looks', async () => {
    const elsewhere = await office.post('/api/programme/targets', draft({ unitId: server.world.units.a2 }))
    expect([elsewhere.status, elsewhere.body.error.code]).toEqual([403, 'programme.not_yours'])
    expect((await server.as('leader').post('/api/programme/targets', draft())).status).toBe(403)
  })

  it('takes a code once in a plan and unit', async () => {
    const first = draft()
    expect((await office.post('/api/programme/targets', first)).status).toBe(201)
    const again = await office.post('/api/programme/targets', first)
    expect(again.body.error.fields[0].path).toBe('code')
    const other = await district.post('/api/programme/targets', { ...first, unitId: server.world.units.a2 })
    expect(other.status).toBe(201)
  })
})

describe('a target and its records', () => {
  it('moves from not captured to late, on course and met as teams are formed', async () => {
    const made = await office.post('/api/programme/targets', draft())
    const path = `/api/programme/targets/${made.body.id}`
    const at = async (on: string) => TargetPage.parse((await office.get(`${path}?asOf=${on}`)).body)
    expect((await at(day('07-15'))).target.status).toBe('not_captured')
    await formTeam(server.world.units.a11, day('07-01'))
    const half = await at(day('07-15'))
    expect(half.target.status).toBe('on_course')
    expect(half.target.figure).toMatchObject({ numerator: '1', denominator: '2', percent: true })
    expect(half.target.reason.vi).toContain('1/2')
    expect(half.target.reason.vi).toContain('50 %')
    expect(half.actual.map((figure) => figure.numerator)).toEqual([null, null, null, null, null, null, '1'])
    expect(half.below.map(({ unit, figure }) => [unit.name, figure.numerator])).toEqual([
      ['Bản Một Một', '1'],
      ['Bản Một Hai', null],
    ])
    expect((await at(day('12-31'))).target.status).toBe('not_met')
    await formTeam(server.world.units.a12, day('11-01'))
    expect((await at(day('12-31'))).target.status).toBe('met')
    expect((await at(day('07-15'))).target.status).toBe('on_course')
  })

  it('is changed with a reason, and the history says what, when and why', async () => {
    const made = await office.post('/api/programme/targets', draft())
    const path = `/api/programme/targets/${made.body.id}`
    const before = TargetPage.parse((await office.get(path)).body)
    const { unitId: _, planId: __, ...terms } = draft({ endValue: '90', path: [] })
    const change = {
      ...terms,
      code: before.target.code,
      reason: 'Cấp trên điều chỉnh',
      revisionId: before.target.revisionId,
    }
    expect((await office.put(path, { ...change, reason: ' ' })).body.error.fields[0].path).toBe('reason')
    expect((await office.put(path, change)).status).toBe(200)
    const stale = await office.put(path, change)
    expect([stale.status, stale.body.error.code]).toEqual([409, 'programme.changed_meanwhile'])
    const after = TargetPage.parse((await office.get(path)).body)
    expect(after.target.endValue).toBe('90')
    expect(after.planned.shape).toBe('line')
    expect(after.history[0]).toMatchObject({
      deed: 'changed',
      reason: 'Cấp trên điều chỉnh',
      byName: 'Người Thử standing office',
    })
    expect(after.history[0]?.changes).toContainEqual({ key: 'endValue', before: '100', after: '90' })
    const { rows } = await sql<{ action: string; before: object; after: object }>`
      select action, before, after from audit.entry where subject = 'programme.target' and subject_id = ${made.body.id}
      order by id`.execute(server.database.owner)
    expect(rows.map((row) => row.action)).toEqual(['programme.target_set', 'programme.target_changed'])
    expect(rows[1]).toMatchObject({
      before: { endValue: '100' },
      after: { endValue: '90', reason: 'Cấp trên điều chỉnh' },
    })
  })

  it('leaves the plan with a reason and keeps its history', async () => {
    const made = await office.post('/api/programme/targets', draft())
    const path = `/api/programme/targets/${made.body.id}`
    expect((await office.post(`${path}/remove`, { reason: 'Giao nhầm' })).status).toBe(200)
    const page = TargetPage.parse((await office.get(path)).body)
    expect(page.target.removedAt).not.toBeNull()
    expect(page.mayChange).toBe(false)
    expect(page.history.map((one) => one.deed)).toEqual(['removed', 'set'])
    expect((await office.post(`${path}/remove`, { reason: 'Lần nữa' })).body.error.code).toBe(
      'programme.target_removed',
    )
    const overview = Overview.parse((await office.get(`/api/programme/overview?asOf=${day('12-31')}`)).body)
    expect(overview.fields.flatMap((field) => field.targets).map((target) => target.id)).not.toContain(
      made.body.id,
    )
  })

  it('is not there for who may not see the unit', async () => {
    const made = await district.post('/api/programme/targets', draft({ unitId: server.world.units.a2 }))
    for (const path of [`/api/programme/targets/${made.body.id}`, '/api/programme/targets/999999']) {
      const answer = await office.get(path)
      expect([answer.status, answer.body.error.code]).toEqual([404, 'http.not_found'])
    }
    expect((await office.get(`/api/programme/overview?unitId=${server.world.units.districtA}`)).status).toBe(
      404,
    )
  })
})

describe('a target that is tried out', () => {
  it('shows how it would stand and writes nothing', async () => {
    const { unitId, measure, direction, baseline, endValue, startsOn, endsOn, path } = draft()
    const tried = {
      unitId,
      measure,
      direction,
      baseline,
      endValue,
      startsOn,
      endsOn,
      path,
      asOf: day('12-31'),
    }
    const answer = await office.post('/api/programme/preview', tried)
    expect(answer.body).toMatchObject({ status: 'met', asPercent: true })
    const wrong = await office.post('/api/programme/preview', {
      ...tried,
      endsOn: day('01-01'),
      startsOn: day('02-01'),
    })
    expect(wrong.body.error.fields[0].path).toBe('endsOn')
  })
})

describe('the plans', () => {
  it('refuse a year outside the programme, a second plan of a year and a field twice', async () => {
    const { programmeId } = plan
    const unitId = server.world.units.districtA
    const post = (path: string, body: object) => district.post(`/api/programme/${path}`, body)
    const outside = await post('plans', { programmeId, unitId, year: 2030, name: 'Xa' })
    expect(outside.body.error.fields[0].path).toBe('year')
    const second = await post('plans', { programmeId, unitId, year, name: 'Hai' })
    expect(second.body.error.code).toBe('programme.plan_there')
    const field = await post('fields', { programmeId, name: 'Nông nghiệp' })
    expect(field.body.error.code).toBe('programme.field_there')
    const years = await post('programmes', { unitId, name: 'Ngược', fromYear: 2025, untilYear: 2021 })
    expect(years.body.error.fields[0].path).toBe('untilYear')
  })
  it('are listed with their fields', async () => {
    const list = PlanList.parse((await office.get('/api/programme/plans')).body)
    expect(list.programmes[0]).toMatchObject({ name: 'Chương trình của huyện An', mayChange: false })
    expect(list.programmes[0]?.plans[0]).toMatchObject({ year, name: 'Kế hoạch năm 2022' })
  })
})

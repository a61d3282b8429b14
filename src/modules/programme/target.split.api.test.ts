import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Client, startTestServer, type TestServer } from '../../platform/testing/server.ts'

let server: TestServer
let root: Client
let district: Client
let plan: { planId: string; fieldId: string }
beforeAll(async () => {
  server = await startTestServer()
  root = server.as('root_administrator')
  district = server.as('district_officer')
  const unitId = server.world.units.districtA
  const programme = await district.post('/api/programme/programmes', {
    unitId,
    name: 'Chương trình của huyện An',
    fromYear: 2021,
    untilYear: 2025,
  })
  const programmeId = programme.body.id
  const field = await district.post('/api/programme/fields', { programmeId, name: 'Nông nghiệp' })
  const made = await district.post('/api/programme/plans', {
    programmeId,
    unitId,
    year: 2022,
    name: 'Kế hoạch',
  })
  plan = { fieldId: field.body.id, planId: made.body.id }
})
afterAll(() => server.close())

const target = async (unitId: string, code: string): Promise<string> => {
  const { body } = await district.post('/api/programme/targets', {
    ...plan,
    unitId,
    code,
    title: `Chỉ tiêu ${code}`,
    measure: null,
    direction: 'at_least',
    valueUnit: 'hộ',
    baseline: null,
    endValue: '10',
    startsOn: '2022-01-01',
    endsOn: '2022-12-31',
    path: [{ dueOn: '2022-12-31', value: '10' }],
    answerableName: 'Lò Văn Thử',
  })
  return body.id
}
const targetsOf = async (unitId: string): Promise<string[]> => {
  const { body } = await district.get(`/api/programme/overview?unitId=${unitId}&asOf=2022-12-31`)
  return body.fields.flatMap((field: { targets: { code: string }[] }) => field.targets.map((one) => one.code))
}
const saying = (answer: Answer): string => answer.body.error.message

describe('the targets of a commune that was split', () => {
  it('wait, are given to a successor with their history, and go back', async () => {
    const { a1, a11, a12, a2, districtA } = server.world.units
    const ids = [await target(a1, 'MOT'), await target(a1, 'HAI'), await target(a1, 'BA')]
    await target(a2, 'BA')
    const removed = await target(a1, 'BO')
    await district.post(`/api/programme/targets/${removed}/remove`, { reason: 'Giao nhầm' })
    const change = {
      kind: 'split',
      on: '2022-06-01',
      unitId: a1,
      stays: false,
      halves: [
        { unitId: a2, belowIds: [a11] },
        {
          made: { name: 'Xã An Ba', code: 'T1A3', kind: 'commune', parentId: districtA },
          belowIds: [a12],
        },
      ],
    }
    const said = await root.post('/api/units/changes/preview', change)
    expect(said.body.unassigned).toContainEqual({
      table: 'programme.target',
      noun: { vi: 'chỉ tiêu', en: 'targets' },
      count: 3,
    })
    const staying = said.body.staying.map((one: { noun: { vi: string } }) => one.noun.vi)
    expect(staying).toEqual(['tài khoản', 'vai trò đã giao'])
    const applied = await root.post('/api/units/changes', change)
    const made = applied.body.madeIds[0]

    const list = await root.get('/api/units/unassigned')
    expect(list.body.splits).toMatchObject([
      { id: a1, piles: [{ table: 'programme.target', noun: { vi: 'chỉ tiêu' }, open: 3 }] },
    ])
    const page = await root.get(`/api/units/unassigned/${a1}`)
    const shown = page.body.lists.find((one: { table: string }) => one.table === 'programme.target')
    expect(shown.rows[1]).toEqual({ id: ids[1], label: 'HAI · Chỉ tiêu HAI', href: `/targets/${ids[1]}` })

    const to = (toUnitId: string, rowIds?: string[]) => ({ table: 'programme.target', toUnitId, rowIds })
    const settle = `/api/units/unassigned/${a1}/settle`
    const twice = await root.post(settle, to(a2))
    expect([twice.status, saying(twice)]).toEqual([422, expect.stringMatching(/mang mã của một chỉ tiêu/)])
    expect((await root.post(settle, to(a2, ids.slice(0, 1)))).body).toEqual({ count: 1 })
    expect((await root.post(settle, to(made))).body).toEqual({ count: 2 })
    expect(await targetsOf(a2)).toEqual(['BA', 'MOT'])
    expect(await targetsOf(made)).toEqual(['BA', 'HAI'])

    const { body } = await district.get(`/api/programme/targets/${ids[0]}`)
    expect(body.history[0]).toMatchObject({
      deed: 'moved',
      changes: [{ key: 'unit', before: 'Xã An Một', after: 'Xã An Hai' }],
    })
    const undo = `/api/units/changes/${applied.body.eventId}/undo`
    expect(saying(await root.post(undo))).toMatch(/đã có .*chỉ tiêu/)

    const giveBack = `/api/units/unassigned/${a1}/return`
    expect((await root.post(giveBack, to(a2))).body).toEqual({ count: 1 })
    expect((await root.post(giveBack, to(a2))).status).toBe(422)
    expect((await root.post(giveBack, to(made))).body).toEqual({ count: 2 })
    expect(await targetsOf(a2)).toEqual(['BA'])
    expect((await root.post(undo)).status).toBe(200)
    expect(await targetsOf(a1)).toEqual(['BA', 'HAI', 'MOT'])
  })

  it('are given by nobody who does not manage both units', async () => {
    const { a1, a2 } = server.world.units
    const answer = await server
      .as('administrator')
      .post(`/api/units/unassigned/${a1}/settle`, { table: 'programme.target', toUnitId: a2 })
    expect([answer.status, saying(answer)]).toEqual([403, expect.stringMatching(/trên «Xã An Hai»/)])
  })
})

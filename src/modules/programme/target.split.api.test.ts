import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Client } from '../../platform/testing/server.ts'
import { type Planned, plannedDistrict } from './target.heirs.fixtures.ts'

let here: Planned
let root: Client
beforeAll(async () => {
  here = await plannedDistrict()
  root = here.root
})
afterAll(() => here.server.close())

const [before, from, atLast] = ['2022-05-31', '2022-06-01', '2022-12-31']
const saying = (answer: Answer): string => answer.body.error.message
const to = (toUnitId: string, rowIds?: string[]) => ({ table: 'programme.target', toUnitId, rowIds })

describe('the targets of a commune that was split', () => {
  it('wait, are given to a half from that day on, keep the past, and go back', async () => {
    const { a1, a11, a12, a2, a21, districtA } = here.server.world.units
    const listed: Planned['listed'] = (unitId, asOf) => here.listed(unitId, asOf)
    await here.team(a11, '2022-03-01')
    await here.team(a21, '2022-03-01')
    const ids = [await here.target(a1, 'MOT', 1), await here.target(a1, 'HAI'), await here.target(a1, 'BA')]
    await here.target(a2, 'BA')
    const removed = await here.target(a1, 'BO')
    await here.district.post(`/api/programme/targets/${removed}/remove`, { reason: 'Giao nhầm' })
    const asTheyWere = ['BA late', 'HAI late', 'MOT met']
    expect(await listed(a1, before)).toEqual(asTheyWere)
    const change = {
      kind: 'split',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: from,
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
    const waiting = said.body.unassigned.find((one: { table: string }) => one.table === 'programme.target')
    expect(waiting).toMatchObject({ noun: { vi: 'chỉ tiêu', en: 'targets' }, count: 3 })
    expect(waiting.rows).toHaveLength(3)
    const staying = said.body.staying.map((one: { noun: { vi: string } }) => one.noun.vi)
    expect(staying).toEqual(['tài khoản'])
    const applied = await root.post('/api/units/changes', change)
    const made = applied.body.madeIds[0]

    // Nobody has them yet: they stand with the commune that ended, on its area as it last was, and below the district.
    expect(await listed(a1, from)).toEqual([
      'BA late left Xã An Một',
      'HAI late left Xã An Một',
      'MOT met left Xã An Một',
    ])
    const above = await here.district.get(`/api/programme/overview?unitId=${districtA}&asOf=${from}`)
    expect(
      above.body.below.map((one: { id: string; lastOn: string | null; counts: { total: number } }) => [
        one.id,
        one.lastOn,
        one.counts.total,
      ]),
    ).toEqual([
      [a2, null, 1],
      [a1, before, 3],
    ])
    const list = await root.get('/api/units/unassigned')
    expect(list.body.splits).toMatchObject([
      { id: a1, piles: [{ table: 'programme.target', noun: { vi: 'chỉ tiêu' }, open: 3 }] },
    ])
    const page = await root.get(`/api/units/unassigned/${a1}`)
    const shown = page.body.lists.find((one: { table: string }) => one.table === 'programme.target')
    expect(shown.rows[1]).toEqual({ id: ids[1], label: 'HAI · Chỉ tiêu HAI', href: `/targets/${ids[1]}` })

    const settle = `/api/units/unassigned/${a1}/settle`
    expect((await root.post(settle, to(a2, [ids[0] ?? '', ids[2] ?? '']))).body).toEqual({ count: 2 })
    expect((await root.post(settle, to(made))).body).toEqual({ count: 1 })
    expect(await listed(a1, before)).toEqual(asTheyWere)
    expect(await listed(a1, from)).toEqual([])
    expect(await listed(a2, before)).toEqual(['BA late'])
    expect(await listed(a2, from)).toEqual([
      'BA met',
      'BA met given Xã An Một',
      'MOT exceeded given Xã An Một',
    ])
    expect(await listed(made, from)).toEqual(['HAI not_captured given Xã An Một'])
    expect(await listed(made, before)).toEqual([])

    const { body } = await here.district.get(`/api/programme/targets/${ids[0]}`)
    expect(body.target.unit.name).toBe('Xã An Hai')
    expect(body.history[0]).toMatchObject({
      deed: 'moved',
      changes: [{ key: 'unit', before: 'Xã An Một', after: 'Xã An Hai' }],
    })
    const past = await here.district.get(`/api/programme/targets/${ids[0]}?asOf=${before}`)
    expect([past.body.target.unit.name, past.body.target.origin]).toEqual(['Xã An Một', null])
    const undo = `/api/units/changes/${applied.body.eventId}/undo`
    expect(saying(await root.post(undo))).toMatch(/đã phân bổ 3 chỉ tiêu của «Xã An Một»/)

    const giveBack = `/api/units/unassigned/${a1}/return`
    expect((await root.post(giveBack, to(a2))).body).toEqual({ count: 2 })
    expect((await root.post(giveBack, to(a2))).status).toBe(422)
    expect((await root.post(giveBack, to(made))).body).toEqual({ count: 1 })
    expect(await listed(a2, from)).toEqual(['BA met'])
    expect((await root.post(undo)).status).toBe(200)
    expect(await listed(a1, from)).toEqual(asTheyWere)
  })

  it('are given by nobody who does not manage both units', async () => {
    const { a1, a2 } = here.server.world.units
    const answer = await here.server
      .as('administrator')
      .post(`/api/units/unassigned/${a1}/settle`, { table: 'programme.target', toUnitId: a2 })
    expect([answer.status, saying(answer)]).toEqual([403, expect.stringMatching(/trên «Xã An Hai»/)])
  })

  it('are seen and changed by the people of the half; what these change goes back to nobody', async () => {
    const { a1, a2, a21, districtA } = here.server.world.units
    const office = here.server.as('standing_office')
    const id = await here.target(a2, 'BON')
    const seen = async () => (await office.get(`/api/programme/targets/${id}`)).status
    expect(await seen()).toBe(404)
    await root.post('/api/units/changes', {
      kind: 'split',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: from,
      unitId: a2,
      stays: false,
      halves: [
        { unitId: a1, belowIds: [a21] },
        { made: { name: 'Xã An Bốn', code: 'T1A4', kind: 'commune', parentId: districtA }, belowIds: [] },
      ],
    })
    expect(await seen()).toBe(404)
    const toA1 = to(a1, [id])
    await root.post(`/api/units/unassigned/${a2}/settle`, toA1)
    expect(await seen()).toBe(200)
    expect(await here.listed(a1, from, office)).toContain('BON met given Xã An Hai')
    // The past of the commune that was split stays with those who had it.
    expect((await office.get(`/api/programme/overview?unitId=${a2}&asOf=${before}`)).status).toBe(404)
    await root.post(`/api/units/unassigned/${a2}/return`, toA1)
    expect(await seen()).toBe(404)

    await root.post(`/api/units/unassigned/${a2}/settle`, toA1)
    const terms = await here.termsOf(office, id)
    const changed = await office.put(`/api/programme/targets/${id}`, {
      ...terms,
      code: 'NAM',
      endValue: '1',
      reason: 'Địa bàn nhỏ hơn',
    })
    expect(changed.status, changed.text).toBe(200)
    expect(await here.listed(a1, atLast)).toContain('NAM exceeded')
    expect(await here.listed(a1, '2022-12-30')).toContain('BON met given Xã An Hai')
    expect(await here.listed(a2, before)).toContain('BON late')
    const back = await root.post(`/api/units/unassigned/${a2}/return`, toA1)
    expect([back.status, saying(back)]).toEqual([422, expect.stringMatching(/không trở lại được/)])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Planned, plannedDistrict } from './target.heirs.fixtures.ts'

let here: Planned
beforeAll(async () => {
  here = await plannedDistrict()
})
afterAll(() => here.server.close())

describe('the targets of a commune that ended without a successor', () => {
  it('stay with it, change no more, and are taken out of the plan from today on by those above', async () => {
    const { a1, a2, a21, districtA } = here.server.world.units
    const [before, from, yesterday, atLast] = ['2022-05-31', '2022-06-01', '2022-12-30', '2022-12-31']
    await here.team(a21, '2022-03-01')
    const id = await here.target(a2, 'MOT', 1)
    const change = {
      kind: 'abolish',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: from,
      unitId: a2,
      belowToId: a1,
    }
    const said = await here.root.post('/api/units/changes/preview', change)
    expect([said.body.inherited, said.body.left.map((one: { count: number }) => one.count)]).toEqual([
      [],
      [1],
    ])
    const applied = await here.root.post('/api/units/changes', change)
    expect(applied.status, applied.text).toBe(201)

    expect(await here.listed(a2, before)).toEqual(['MOT met'])
    expect(await here.listed(a2, from)).toEqual(['MOT met left Xã An Hai'])
    expect(await here.listed(a1, from)).toEqual([])
    const above = await here.district.get(`/api/programme/overview?unitId=${districtA}&asOf=${from}`)
    expect(above.body.below.map((one: { id: string; lastOn: string }) => [one.id, one.lastOn])).toEqual([
      [a2, before],
    ])
    // The village went to another commune; who has that one has not the targets of the one that ended.
    expect((await here.server.as('standing_office').get(`/api/programme/targets/${id}`)).status).toBe(404)

    const terms = await here.termsOf(here.district, id)
    const asked = { ...terms, endValue: '2', reason: 'Thử' }
    const changed = await here.district.put(`/api/programme/targets/${id}`, asked)
    expect([changed.status, changed.body.error.message, changed.body.error.links]).toEqual([
      422,
      expect.stringMatching(/đã kết thúc.*vai trò «Quản trị» ở «Huyện An»/),
      [expect.objectContaining({ href: `/units/unassigned/${a2}` })],
    ])
    const page = await here.district.get(`/api/programme/targets/${id}`)
    expect(page.body.target.settling).toEqual({ maySettle: false, maySee: true, askAt: 'Huyện An' })
    const closed = await here.district.post(`/api/programme/targets/${id}/remove`, { reason: 'Hết việc' })
    expect(closed.status, closed.text).toBe(200)
    expect(await here.listed(a2, yesterday)).toEqual(['MOT met left Xã An Hai'])
    expect(await here.listed(a2, atLast)).toEqual([])

    const undone = await here.root.post(`/api/units/changes/${applied.body.eventId}/undo`)
    expect(undone.status, undone.text).toBe(200)
    expect(await here.listed(a2, atLast)).toEqual(['MOT met'])
  })

  it('are given to a unit that was there by those who manage both, from that day on, and go back', async () => {
    const { a1, a2, b1 } = here.server.world.units
    const [before, from, atLast] = ['2022-05-31', '2022-06-01', '2022-12-31']
    const id = await here.target(a2, 'HAI', 1)
    const applied = await here.root.post('/api/units/changes', {
      kind: 'abolish',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: from,
      unitId: a2,
      belowToId: a1,
    })
    const list = await here.root.get('/api/units/unassigned')
    expect(list.body.splits).toMatchObject([
      { id: a2, kind: 'ended', within: 'Huyện An', maySettle: true, piles: [{ noun: { vi: 'chỉ tiêu' } }] },
    ])
    // Whoever reads figures of the district reads what waits, and settles nothing.
    const leader = here.server.as('district_leader')
    expect((await leader.get('/api/units/unassigned')).body.splits).toMatchObject([
      { id: a2, maySettle: false },
    ])
    expect((await here.server.as('leader').get('/api/units/unassigned')).body.splits).toEqual([])
    const settle = `/api/units/unassigned/${a2}/settle`
    const to = (toUnitId: string) => ({ table: 'programme.target', toUnitId, rowIds: [id] })
    expect((await leader.post(settle, to(a1))).status).toBe(403)
    expect((await here.root.post(settle, to(b1))).body.error.message).toMatch(/«Xã Bình Một» không thuộc/)
    expect((await here.root.post(settle, to(a1))).body).toEqual({ count: 1 })
    expect(await here.listed(a2, before)).toContain('HAI met')
    expect(await here.listed(a2, from)).not.toContain('HAI late left Xã An Hai')
    expect(await here.listed(a1, from)).toEqual(['HAI met given Xã An Hai'])
    const seen = await here.server.as('standing_office').get(`/api/programme/targets/${id}`)
    expect([seen.body.target.unit.name, seen.body.target.settling, seen.body.mayChange]).toEqual([
      'Xã An Một',
      null,
      true,
    ])
    const undo = `/api/units/changes/${applied.body.eventId}/undo`
    expect((await here.root.post(undo)).body.error.links).toMatchObject([{ href: `/units/unassigned/${a2}` }])
    expect((await here.root.post(`/api/units/unassigned/${a2}/return`, to(a1))).body).toEqual({ count: 1 })
    expect(await here.listed(a1, from)).toEqual([])
    expect((await here.root.post(undo)).status).toBe(200)
    expect(await here.listed(a2, atLast)).toContain('HAI met')
  })
})

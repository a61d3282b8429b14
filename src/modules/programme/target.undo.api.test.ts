import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Planned, plannedDistrict } from './target.heirs.fixtures.ts'

let here: Planned
beforeAll(async () => {
  here = await plannedDistrict()
})
afterAll(() => here.server.close())

const [from, atLast] = ['2022-06-01', '2022-12-31']

describe('the undo of a merger with which targets have gone on', () => {
  it('says which targets come back, leads to those that keep it from being undone, and where one is now', async () => {
    const { a1, a2, districtA } = here.server.world.units
    const [changed, closed, kept] = [
      await here.target(a1, 'MOT'),
      await here.target(a1, 'HAI'),
      await here.target(a2, 'BA'),
    ]
    const applied = await here.root.post('/api/units/changes', {
      kind: 'merge',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: from,
      fromIds: [a1, a2],
      made: { name: 'Xã An Chung', code: 'T1A9', kind: 'commune', parentId: districtA },
    })
    expect(applied.status, applied.text).toBe(201)
    const undo = `/api/units/changes/${applied.body.eventId}/undo`
    const merged = applied.body.madeIds[0]
    expect((await here.root.get(undo)).body).toEqual({ back: [] })

    const terms = await here.termsOf(here.district, changed)
    const { body: own } = await here.district.put(`/api/programme/targets/${changed}`, {
      ...terms,
      code: 'BON',
      reason: 'Đặt cho cả xã mới',
    })
    const remove = (id: string) =>
      here.district.post(`/api/programme/targets/${id}/remove`, { reason: 'Không còn cần' })
    await remove(closed)
    const written = await here.target(merged, 'NAM')

    const said = await here.root.get(undo)
    expect(said.body.back).toEqual([
      {
        table: 'programme.target',
        noun: { vi: 'chỉ tiêu', en: 'targets' },
        count: 2,
        rows: [
          { id: closed, label: 'HAI · Chỉ tiêu HAI', href: `/targets/${closed}` },
          { id: changed, label: 'MOT · Chỉ tiêu MOT', href: `/targets/${changed}` },
        ],
      },
    ])
    expect((await here.server.as('administrator').get(undo)).status).toBe(403)

    const refused = await here.root.post(undo)
    expect(refused.status).toBe(422)
    expect(refused.body.error.message).toMatch(/đã có 2 chỉ tiêu .* Hãy đưa từng chỉ tiêu ra khỏi kế hoạch/)
    expect(
      refused.body.error.links.map((one: { href: string; label: string }) => [one.href, one.label]),
    ).toEqual([
      [`/targets/${own.id}`, 'BON · Chỉ tiêu MOT'],
      [`/targets/${written}`, 'NAM · Chỉ tiêu NAM'],
    ])
    await remove(own.id)
    await remove(written)
    const undone = await here.root.post(undo)
    expect(undone.status, undone.text).toBe(200)
    expect(await here.listed(a1, atLast)).toEqual(['HAI not_captured', 'MOT not_captured'])
    expect(await here.listed(a2, atLast)).toEqual(['BA not_captured'])

    const gone = await here.district.get(`/api/programme/targets/${own.id}`)
    expect([gone.status, gone.body.error.message]).toEqual([
      404,
      expect.stringMatching(/là của Xã An Chung.*đã được hủy.*nay lại ở Xã An Một/),
    ])
    expect(gone.body.error.links[0]).toMatchObject({ href: `/targets/${changed}` })
    const alone = await here.district.get(`/api/programme/targets/${written}`)
    expect(alone.body.error.links.map((one: { href: string }) => one.href)).toEqual([
      `/?unitId=${a1}`,
      `/?unitId=${a2}`,
      '/units/changes',
    ])
    // Whoever had nothing to do with it learns nothing of it.
    expect(
      (await here.server.as('leader').get(`/api/programme/targets/${own.id}`)).body.error.links,
    ).toBeUndefined()
    expect((await here.district.get(`/api/programme/targets/${kept}`)).status).toBe(200)
  })
})

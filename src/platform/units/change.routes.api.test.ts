import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let root: Client
beforeAll(async () => {
  server = await startTestServer()
  root = server.as('root_administrator')
})
afterAll(() => server.close())

const splitOf = (unitId: string, parentId: string, belowIds: string[]) => ({
  kind: 'split',
  legalBasis: 'Nghị quyết 1/NQ-HĐND',
  on: '2022-06-01',
  unitId,
  stays: true,
  halves: [{ made: { name: 'Xã Nửa', code: 'T1NUA', kind: 'commune', parentId }, belowIds }],
})

describe('taking a change back', () => {
  test('beyond one’s rights is refused in words that name the right and the unit', async () => {
    const { a1, a12, a2 } = server.world.units
    const { body } = await root.post('/api/units/changes', {
      kind: 'move',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: '2022-06-01',
      unitId: a12,
      parentId: a2,
    })
    const undo = `/api/units/changes/${body.eventId}/undo`
    const refused = await server.as('administrator').post(undo)
    expect(refused.status).toBe(403)
    expect(refused.body.error.message).toBe(
      'Việc này cần quyền «Quản lý danh mục đơn vị» trên «Huyện An», mà anh/chị chưa được giao. Hãy nhờ người có vai trò «Quản trị» ở «Huyện An» hoặc ở đơn vị cấp trên của nó.',
    )
    const planned = await server.as('administrator').post('/api/units/changes/preview', {
      kind: 'merge',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: '2022-07-01',
      fromIds: [a2],
      intoId: a1,
    })
    expect([planned.status, planned.body.error.fields[0].path]).toEqual([403, 'fromIds'])
    expect(planned.body.error.message).toMatch(/trên «Xã An Hai»/)
    expect((await root.post(undo)).status).toBe(200)
  })

  test('keeps the names of what it unmade in the list of changes', async () => {
    const { a1, districtA } = server.world.units
    const { body } = await root.post('/api/units/changes', splitOf(a1, districtA, []))
    await root.post(`/api/units/changes/${body.eventId}/undo`)
    const { body: event } = await root.get(`/api/units/changes/${body.eventId}`)
    expect([event.from, event.to]).toMatchObject([
      [{ id: a1, name: 'Xã An Một', isThere: true }],
      [{ id: body.madeIds[0], name: 'Xã Nửa', isThere: false }],
    ])
    expect(event.undoneAt).not.toBeNull()
  })
})

describe('whoever has been given one commune only', () => {
  test('is told over which unit the right is wanted to undo what joins it with another', async () => {
    const { a1, a2 } = server.world.units
    const { body } = await root.post('/api/units/changes', {
      kind: 'merge',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: '2024-01-01',
      fromIds: [a2],
      intoId: a1,
    })
    const seen = async (client: Client) => {
      const { body: event } = await client.get(`/api/units/changes/${body.eventId}`)
      return [event.mayUndo, event.undoTakes]
    }
    expect(await seen(root)).toEqual([true, null])
    expect(await seen(server.as('administrator'))).toEqual([false, 'Huyện An'])
    expect((await root.post(`/api/units/changes/${body.eventId}/undo`)).status).toBe(200)
  })

  test('may rename it and create below it, and hears that a merger takes the right over the unit above', async () => {
    const { a1, a11 } = server.world.units
    const own = server.as('administrator')
    const { body: commune } = await own.get(`/api/units/${a1}`)
    const { body: village } = await own.get(`/api/units/${a11}`)
    const rights = (page: { mayChange: boolean; mayChangeAbove: boolean }) => [
      page.mayChange,
      page.mayChangeAbove,
    ]
    expect([rights(commune), rights(village)]).toEqual([
      [true, false],
      [true, true],
    ])
  })
})

describe('an earlier change by whoever has been given the commune only', () => {
  test('of a village that goes into another later makes halves that go there, and is taken back', async () => {
    const { a1, a11, a12 } = server.world.units
    const commune = server.as('administrator')
    const later = await commune.post('/api/units/changes', {
      kind: 'merge',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: '2025-07-01',
      fromIds: [a12],
      intoId: a11,
    })
    const half = (name: string) => ({
      made: { name, code: name, kind: 'village', parentId: a1 },
      belowIds: [],
    })
    const split = await commune.post('/api/units/changes', {
      kind: 'split',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: '2023-01-01',
      unitId: a12,
      halves: [half('Thôn Trên'), half('Thôn Dưới')],
    })
    expect(split.status).toBe(201)
    const { body: page } = await commune.get(`/api/units/${split.body.madeIds[0]}?asOf=2026-01-01`)
    expect(page.ended).toMatchObject({ on: '2025-07-01', isWhole: true, into: [{ id: a11 }] })
    for (const { body } of [split, later]) {
      expect((await commune.post(`/api/units/changes/${body.eventId}/undo`)).status).toBe(200)
    }
  })
})

describe('the legal basis of a change', () => {
  const renaming = (legalBasis?: string) => ({
    kind: 'rename',
    on: '2022-06-01',
    unitId: server.world.units.a12,
    name: 'Bản Mới',
    ...(legalBasis !== undefined && { legalBasis }),
  })

  test.each([
    ...[undefined, '', '   ', 'chưa có', '1', 'abc 1', 'Theo công văn năm 2022', 'ngày 24/10/2024'],
  ])('%s is refused with the way out', async (basis) => {
    for (const path of ['/api/units/changes/preview', '/api/units/changes']) {
      const { status, body } = await root.post(path, renaming(basis))
      expect([status, body.error.fields]).toMatchObject([
        400,
        [
          {
            path: 'legalBasis',
            message: expect.stringMatching(/^Chưa ghi số văn bản làm căn cứ\. Hãy ghi số và ngày/),
          },
        ],
      ])
    }
  })

  test.each([
    'Nghị quyết 1278/NQ-UBTVQH15',
    '15/QĐ-UBND',
    'Luật số 72/2025/QH15',
    'QĐ 19/2025/QĐ-TTg',
    '60-NQ/TW',
  ])('%s names a document', async (basis) => {
    const { status, text } = await root.post('/api/units/changes/preview', renaming(basis))
    expect(status, text).toBe(200)
  })

  test('stands with the change', async () => {
    const { body } = await root.post('/api/units/changes', renaming(' Nghị quyết 12/NQ-HĐND '))
    const { body: event } = await root.get(`/api/units/changes/${body.eventId}`)
    expect(event.legalBasis).toBe('Nghị quyết 12/NQ-HĐND')
    expect((await root.post(`/api/units/changes/${body.eventId}/undo`)).status).toBe(200)
  })
})

describe('a merger into a unit that is there and a new one at once', () => {
  test('is refused with the choice between the two', async () => {
    const { a1, a2, districtA } = server.world.units
    const { status, body } = await root.post('/api/units/changes/preview', {
      kind: 'merge',
      legalBasis: 'Nghị quyết 1/NQ-HĐND',
      on: '2022-07-01',
      fromIds: [a2],
      intoId: a1,
      made: { name: 'Xã Chung', code: 'T1CH', kind: 'commune', parentId: districtA },
    })
    expect([status, body.error.fields]).toMatchObject([
      400,
      [{ path: 'intoId', message: expect.stringMatching(/^Vừa chọn .* Hãy chọn một trong hai/) }],
    ])
  })
})

describe('an empty form of a split', () => {
  test('is refused field by field', async () => {
    const { a1, districtA } = server.world.units
    const empty = { name: '', code: '', kind: 'commune', parentId: districtA }
    const { body } = await root.post('/api/units/changes/preview', {
      kind: 'split',
      on: null,
      unitId: a1,
      halves: [{ made: empty }, { unitId: undefined }],
    })
    expect(body.error.fields.map((one: { path: string }) => one.path).toSorted()).toEqual([
      'halves.0.made.code',
      'halves.0.made.name',
      'halves.1.unitId',
      'legalBasis',
      'on',
    ])
    expect(body.error.fields.find((one: { path: string }) => one.path === 'halves.1.unitId').message).toMatch(
      /Chưa chọn đơn vị nhận/,
    )
  })
})

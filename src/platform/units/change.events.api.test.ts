import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChangeInput } from './change.contract.ts'
import { eventsOf } from './change.views.ts'
import { type ChangingTerritory, changingTerritory } from './changing.fixtures.ts'

let here: ChangingTerritory
beforeAll(async () => {
  here = await changingTerritory()
})
beforeEach(() => here.next())
afterAll(() => here.close())

const rename = (on: string, name: string, more: { code?: string } = {}): ChangeInput => ({
  kind: 'rename',
  on,
  unitId: here.id('A'),
  name,
  ...more,
})
const listed = async (unitId = here.id('A')) =>
  (await here.database.read(here.system, (tx) => eventsOf(tx, { unitId, limit: 20 }))).map(
    ({ kind, on, from, to }) => ({ kind, on, from, to }),
  )
const names = async () => (await listed()).map(({ on, from }) => [on, from[0]?.name, from[0]?.after?.name])

describe('the list of changes', () => {
  test('says of a renaming the name before it and the name since, whatever is recorded later', async () => {
    await here.apply(rename('2023-01-01', 'Xã Giữa'))
    await here.apply(rename('2024-01-01', 'Xã Sau'))
    expect(await names()).toEqual([
      ['2024-01-01', 'Xã Giữa', 'Xã Sau'],
      ['2023-01-01', 'Xã Án', 'Xã Giữa'],
    ])
    await here.apply(rename('2022-01-01', 'Xã Trước'))
    expect(await names()).toEqual([
      ['2024-01-01', 'Xã Giữa', 'Xã Sau'],
      ['2023-01-01', 'Xã Trước', 'Xã Giữa'],
      ['2022-01-01', 'Xã Án', 'Xã Trước'],
    ])
  })

  test('keeps both names of a renaming that was undone', async () => {
    const { eventId } = await here.apply(rename('2023-01-01', 'Xã Nhầm'))
    await here.undo(eventId)
    expect(await names()).toEqual([['2023-01-01', 'Xã Án', 'Xã Nhầm']])
  })

  test('says of a change of code both codes, and of a move where the unit stands since', async () => {
    await here.apply(rename('2023-01-01', 'Xã Án', { code: here.code('AA') }))
    await here.apply({ kind: 'move', on: '2024-01-01', unitId: here.id('A'), parentId: here.id('K') })
    const [move, coded] = await listed()
    expect([coded?.from[0]?.code, coded?.from[0]?.after?.code]).toEqual([here.code('A'), here.code('AA')])
    expect(move?.from[0]?.after?.parentName).toBe('Huyện Khe')
  })

  test('names in a merger what went in that day: halves of a commune that was split before it', async () => {
    const made = (name: string) => ({
      name,
      code: here.code(name),
      kind: 'commune',
      parentId: here.id('H'),
    })
    const merger = await here.apply({
      kind: 'merge',
      on: '2025-07-01',
      fromIds: [here.id('A'), here.id('B')],
      made: made('Xã Mới'),
    })
    const split = await here.apply({
      kind: 'split',
      on: '2023-01-01',
      unitId: here.id('A'),
      stays: false,
      halves: [
        { made: made('Xã Trên'), belowIds: [here.id('A1')] },
        { made: made('Xã Dưới'), belowIds: [here.id('A2'), here.id('TRA')] },
      ],
    })
    const wentIn = async () => (await listed(merger.madeIds[0])).at(-1)?.from.map((one) => one.name)
    expect(await wentIn()).toEqual(['Xã Bến', 'Xã Trên', 'Xã Dưới'])
    await here.undo(split.eventId)
    expect(await wentIn()).toEqual(['Xã Án', 'Xã Bến'])
  })
})

describe('the preview of a renaming', () => {
  test('says until when the name lasts where a later one is recorded, and by what it is followed', async () => {
    await here.apply(rename('2024-01-01', 'Xã Sau'))
    expect((await here.preview(rename('2022-01-01', 'Xã Trước'))).nameUntil).toEqual({
      on: '2024-01-01',
      name: 'Xã Sau',
    })
    expect((await here.preview(rename('2025-01-01', 'Xã Cuối'))).nameUntil).toBeNull()
  })
})

describe('undoing a change on which another stands', () => {
  test('names that other change, its day and its units', async () => {
    const { eventId } = await here.apply(rename('2023-01-01', 'Xã Giữa'))
    await here.apply({ kind: 'merge', on: '2024-01-01', fromIds: [here.id('A')], intoId: here.id('B') })
    await expect(here.undo(eventId)).rejects.toThrow(
      /có hiệu lực từ 1\/1\/2024 \(«Nhập»: Xã Giữa\)\. Hãy hủy thay đổi đó trước/,
    )
  })
})

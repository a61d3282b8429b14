import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ChangingTerritory, changingTerritory } from './changing.fixtures.ts'
import { requireUnit } from './index.ts'
import { endOf } from './units.views.ts'

let here: ChangingTerritory
let newId = ''
beforeAll(async () => {
  here = await changingTerritory()
})
beforeEach(async () => {
  await here.next()
  const { madeIds } = await here.apply({
    kind: 'merge',
    on: '2025-07-01',
    fromIds: [here.id('A'), here.id('B')],
    made: { name: 'Xã Mới', code: here.code('M'), kind: 'commune', parentId: here.id('K') },
  })
  newId = madeIds[0] ?? ''
  await here.apply({ kind: 'abolish', on: '2025-07-01', unitId: here.id('H') })
})
afterAll(() => here.close())

const required = (id: string, day: string) =>
  here.database.read(here.system, (tx) => requireUnit(tx, id, day))

describe('a unit that is not there on the day chosen', () => {
  test('names the commune into which one that has ended went', async () => {
    await expect(
      here.preview({ kind: 'merge', on: '2026-01-01', fromIds: [here.id('A')], intoId: here.id('C') }),
    ).rejects.toThrow(
      '«Xã Án» đã kết thúc từ 1/7/2025 và nhập vào «Xã Mới», nên không có vào ngày 1/1/2026. Hãy chọn đơn vị đó, hoặc một ngày trước 1/7/2025.',
    )
    await expect(required(here.id('A'), '2026-01-01')).rejects.toThrow(/nhập vào «Xã Mới»/)
  })

  test('names the one that is there by now, through all that came between', async () => {
    await here.apply({ kind: 'merge', on: '2026-01-01', fromIds: [newId], intoId: here.id('C') })
    await expect(required(here.id('A'), '2026-06-01')).rejects.toThrow(/và nhập vào «Xã Cò»/)
    await expect(required(here.id('A'), '2025-12-31')).rejects.toThrow(/và nhập vào «Xã Mới»/)
  })

  test('says since when one that is to come exists, and which there were before it', async () => {
    const sentence =
      '«Xã Mới» có từ 1/7/2025, nên không có vào ngày 31/12/2022. Trước đó là «Xã Án», «Xã Bến». Hãy chọn một trong các đơn vị đó, hoặc ngày từ 1/7/2025 trở đi.'
    await expect(required(newId, '2022-12-31')).rejects.toThrow(sentence)
    await expect(
      here.preview({ kind: 'rename', on: '2022-12-31', unitId: newId, name: 'Xã Khác' }),
    ).rejects.toThrow(sentence)
  })

  test('of a district whose communes came to another names that district', async () => {
    await expect(required(here.id('H'), '2025-07-01')).rejects.toThrow(
      '«Huyện Hát» đã kết thúc từ 1/7/2025 và thay bằng «Huyện Khe», nên không có vào ngày 1/7/2025.',
    )
    const end = await here.database.read(here.system, (tx) => endOf(tx, here.id('H'), '2025-07-01'))
    expect(end).toMatchObject({ on: '2025-07-01', into: [], tookPlace: [{ name: 'Huyện Khe' }] })
  })

  test('of a commune that was handed to another names that one, and not its villages', async () => {
    await here.apply({ kind: 'abolish', on: '2026-01-01', unitId: newId, belowToId: here.id('C') })
    await expect(required(newId, '2026-01-01')).rejects.toThrow(/và thay bằng «Xã Cò»/)
  })

  test('of a commune that was split before does not name it for the commune it would have gone into', async () => {
    const half = (name: string, below: string[]) => ({
      made: { name, code: here.code(name), kind: 'commune', parentId: here.id('H') },
      belowIds: below.map(here.id),
    })
    await here.apply({
      kind: 'split',
      on: '2023-01-01',
      unitId: here.id('A'),
      stays: false,
      halves: [half('Xã Trên', ['A1']), half('Xã Dưới', ['A2', 'TRA'])],
    })
    await expect(required(newId, '2024-01-01')).rejects.toThrow(
      /Trước đó là «Xã Bến», «Xã Dưới», «Xã Trên»\./,
    )
    await expect(required(here.id('A'), '2024-01-01')).rejects.toThrow(/được chia cho «Xã Dưới», «Xã Trên»/)
    await expect(required(here.id('A'), '2026-01-01')).rejects.toThrow(/và được chia cho «Xã Mới»/)
  })
})

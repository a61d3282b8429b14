import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ChangingTerritory, changingTerritory } from './changing.fixtures.ts'
import { nameOfKind } from './kind-word.contract.ts'

let here: ChangingTerritory
beforeAll(async () => {
  here = await changingTerritory()
})
afterAll(() => here.close())
beforeEach(() => here.next())

const on = '2022-06-01'
const made = (name: string, parent = 'H') => ({
  name,
  code: here.code(`moi ${name}`),
  kind: 'commune',
  parentId: here.id(parent),
})

describe('a second unit of one name below one unit', () => {
  const warned = async (change: Parameters<ChangingTerritory['preview']>[0]) =>
    (await here.preview(change)).namesakes.map((one) => [one.name, one.parentName, one.id, one.otherCode])

  test('is told with the one that is there, and can be recorded all the same', async () => {
    const change = { kind: 'create' as const, on, made: { ...made('xã  Bến'), nameIsOurs: false } }
    expect(await warned(change)).toEqual([['xã  Bến', 'Huyện Hát', here.id('B'), here.code('B')]])
    expect((await here.apply(change)).madeIds).toHaveLength(1)
  })

  test('is told of a renaming, a move and halves of one name; a name in another district is no matter', async () => {
    expect(await warned({ kind: 'rename', on, unitId: here.id('A'), name: 'Xã Bến' })).toHaveLength(1)
    expect(await warned({ kind: 'rename', on, unitId: here.id('A'), name: 'Xã Cò' })).toEqual([])
    const { madeIds } = await here.apply({
      kind: 'create',
      on,
      made: { ...made('Xã Bến', 'K'), nameIsOurs: false },
    })
    expect(
      await warned({ kind: 'move', on: '2022-07-01', unitId: madeIds[0] ?? '', parentId: here.id('H') }),
    ).toEqual([['Xã Bến', 'Huyện Hát', here.id('B'), here.code('B')]])
    const half = (code: string, belowIds: string[]) => ({
      made: { ...made('Xã Đôi'), code: here.code(code) },
      belowIds,
    })
    const halves = [half('D1', [here.id('A1'), here.id('TRA')]), half('D2', [here.id('A2')])]
    expect(await warned({ kind: 'split', on, unitId: here.id('A'), stays: false, halves })).toEqual([
      ['Xã Đôi', 'Huyện Hát', null, here.code('D2')],
    ])
  })

  test('is told of villages that a merger brings together; what was so before is not', async () => {
    const village = { ...made('Thôn Một'), kind: 'village', parentId: here.id('B'), nameIsOurs: false }
    const { madeIds } = await here.apply({ kind: 'create', on: '2022-01-01', made: village })
    const merger = { kind: 'merge' as const, on, fromIds: [here.id('A')], intoId: here.id('B') }
    expect(await warned(merger)).toEqual([['Thôn Một', 'Xã Bến', madeIds[0], village.code]])
    await here.apply(merger)
    expect(
      await warned({ kind: 'rename', on: '2022-08-01', unitId: here.id('B'), name: 'Xã Bến Mới' }),
    ).toEqual([])
  })

  test('is not told where the other one gives its name up or ends on that day', async () => {
    const merger = { kind: 'merge' as const, on, fromIds: [here.id('A'), here.id('B')], made: made('Xã Bến') }
    expect(await warned(merger)).toEqual([])
  })
})

describe('the word of the kind in a name', () => {
  test('follows the kind, in the preview and on record; a name that is given stays', async () => {
    const change = { kind: 'change_kind' as const, on, unitId: here.id('A'), toKind: 'township' }
    expect((await here.preview({ ...change, name: 'Xã Án' })).changed[0]?.after.name).toBe('Thị trấn Án')
    await here.apply(change)
    expect(await here.nameOn(here.id('A'), on)).toBe('Thị trấn Án')
    expect(await here.nameOn(here.id('A'), '2022-05-31')).toBe('Xã Án')
    await here.apply({ ...change, on: '2022-09-01', toKind: 'ward', name: 'Phường Án Mới' })
    expect(await here.nameOn(here.id('A'), '2022-09-01')).toBe('Phường Án Mới')
  })

  const kinds = [
    'Thành phố trực thuộc trung ương',
    'Tỉnh',
    'Xã',
    'Thị xã',
    'Thị trấn',
    'Thôn, bản',
    'Tổ dân phố',
  ]
  test.each([
    ['Xã Cát Thịnh', 'Thị trấn', 'Thị trấn Cát Thịnh'],
    ['Thị xã Nghĩa Lộ', 'Xã', 'Xã Nghĩa Lộ'],
    ['Tỉnh Huế', 'Thành phố trực thuộc trung ương', 'Thành phố Huế'],
    ['Bản Lướt', 'Tổ dân phố', 'Tổ dân phố Lướt'],
    ['Tổ dân phố 3', 'Thôn, bản', 'Thôn 3'],
    ['Bản Lướt', 'Thôn, bản', 'Bản Lướt'],
    ['Cát Thịnh', 'Thị trấn', 'Cát Thịnh'],
    ['Trạm Y tế', 'Cơ quan', 'Trạm Y tế'],
  ])('%s as «%s»: %s', (name, kind, expected) => expect(nameOfKind(name, kinds, kind)).toBe(expected))
})

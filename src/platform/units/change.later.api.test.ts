import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../http/refusal.ts'
import type { ChangeInput } from './change.contract.ts'
import { type ChangingTerritory, changingTerritory } from './changing.fixtures.ts'

let here: ChangingTerritory
beforeAll(async () => {
  here = await changingTerritory()
})
beforeEach(() => here.next())
afterAll(() => here.close())

const made = (key: string, kind = 'commune', parent = 'H') => ({
  name: `Xã ${key}`,
  code: here.code(key),
  kind,
  parentId: here.id(parent),
})
const splitOfA = (on: string): ChangeInput => ({
  kind: 'split',
  on,
  unitId: here.id('A'),
  stays: false,
  halves: [
    { made: made('Nửa Một'), belowIds: [here.id('A1')] },
    { made: made('Nửa Hai'), belowIds: [here.id('A2'), here.id('TRA')] },
  ],
})

/** What a change is refused with: its field, and the sentence in both languages. */
async function refusalOf(change: ChangeInput): Promise<{ path: string; vi: string; en: string }> {
  const thrown = await here.preview(change).then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof Refusal)) throw new Error('not refused')
  return { path: thrown.fields[0]?.path ?? '', vi: thrown.words.vi, en: thrown.words.en }
}

describe('a change dated before a later one of the same unit', () => {
  test('does not let a later move vanish: it names that move, its day and the way out', async () => {
    const { eventId } = await here.apply({
      kind: 'move',
      on: '2024-01-01',
      unitId: here.id('A'),
      parentId: here.id('K'),
    })
    const ending: ChangeInput[] = [
      { kind: 'merge', on: '2022-01-01', fromIds: [here.id('A')], intoId: here.id('B') },
      {
        kind: 'abolish',
        on: '2022-01-01',
        unitId: here.id('A'),
        belowToId: here.id('B'),
      },
    ]
    for (const change of ending) {
      const said = await refusalOf(change)
      expect(said.vi).toMatch(/«Xã Án».*đã có thay đổi từ 1\/1\/2024 \(«Chuyển nơi trực thuộc»\).*Hãy hủy/)
      expect(said.en).toMatch(/1\/1\/2024 \(“Move”\).*Undo that first, or choose a day after/)
    }
    expect((await refusalOf(splitOfA('2024-01-01'))).vi).toMatch(/đã có thay đổi từ 1\/1\/2024/)
    await here.undo(eventId)
    await here.apply(splitOfA('2022-01-01'))
    expect(await here.below(here.id('H'), '2024-06-01')).toEqual(['Xã Bến', 'Xã Nửa Hai', 'Xã Nửa Một'])
  })

  test('does not end a unit that others are recorded to go into, or to come out of, later', async () => {
    await here.apply({ kind: 'merge', on: '2024-01-01', fromIds: [here.id('B')], intoId: here.id('C') })
    expect(
      (
        await refusalOf({
          kind: 'merge',
          on: '2022-01-01',
          fromIds: [here.id('C')],
          intoId: here.id('A'),
        })
      ).vi,
    ).toMatch(/«Xã Cò».*đã có thay đổi từ 1\/1\/2024 \(«Nhập»\)/)
    await here.apply({ ...splitOfA('2024-01-01'), stays: true } as ChangeInput)
    expect((await refusalOf(splitOfA('2022-01-01'))).vi).toMatch(/đã có thay đổi từ 1\/1\/2024 \(«Tách»\)/)
  })

  test('of a unit that a reform ends later says to undo that first, and no day on which it is gone', async () => {
    await here.apply({
      kind: 'merge',
      on: '2025-07-01',
      fromIds: [here.id('A'), here.id('B')],
      made: made('Án Bến'),
    })
    const said = await refusalOf({
      kind: 'abolish',
      on: '2023-01-01',
      unitId: here.id('A'),
      belowToId: here.id('C'),
    })
    expect(said.vi).toMatch(
      /thay đổi từ 1\/7\/2025 \(«Nhập»\).*Hãy hủy thay đổi đó trước, ghi thay đổi này, rồi ghi lại/,
    )
    expect(said.en).toMatch(/Undo that first, record this change, then record that one again/)
    expect(said.vi).not.toMatch(/chọn ngày sau/)
  })

  test('ends a unit that a reform of the same day takes a part of first', async () => {
    await here.apply({
      ...splitOfA('2025-07-01'),
      stays: true,
      halves: [{ unitId: here.id('C'), belowIds: [here.id('A1')] }],
    } as ChangeInput)
    await here.apply({ kind: 'merge', on: '2025-07-01', fromIds: [here.id('A')], intoId: here.id('B') })
    expect(await here.below(here.id('C'), '2025-07-01')).toEqual(['Thôn Một'])
    expect(await here.below(here.id('B'), '2025-07-01')).toEqual(['Thôn Ba', 'Thôn Hai', 'Trường Án'])
  })

  test('a school with a move of its own does not end with its commune unsaid', async () => {
    await here.apply({ kind: 'move', on: '2024-01-01', unitId: here.id('TRA'), parentId: here.id('B') })
    await here.apply({ kind: 'merge', on: '2021-06-01', fromIds: [here.id('A1')], intoId: here.id('A2') })
    await here.apply({ kind: 'move', on: '2021-07-01', unitId: here.id('A2'), parentId: here.id('B') })
    const said = await refusalOf({ kind: 'abolish', on: '2022-01-01', unitId: here.id('A') })
    expect(said.vi).toMatch(/«Trường Án».*đã có thay đổi từ 1\/1\/2024/)
  })

  test('a name that was given back later stays given back', async () => {
    await here.apply({ kind: 'rename', on: '2023-01-01', unitId: here.id('A'), name: 'Xã Giữa' })
    await here.apply({ kind: 'rename', on: '2024-01-01', unitId: here.id('A'), name: 'Xã Án' })
    await here.apply({ kind: 'rename', on: '2022-01-01', unitId: here.id('A'), name: 'Xã Trước' })
    const names = ['2021-12-31', '2022-01-01', '2023-01-01', '2024-01-01']
    expect(await Promise.all(names.map((day) => here.nameOn(here.id('A'), day)))).toEqual([
      'Xã Án',
      'Xã Trước',
      'Xã Giữa',
      'Xã Án',
    ])
  })

  test('a change of kind and a later renaming both last', async () => {
    await here.apply({ kind: 'rename', on: '2024-01-01', unitId: here.id('A'), name: 'Phường Sau' })
    await here.apply({
      kind: 'change_kind',
      on: '2022-01-01',
      unitId: here.id('A'),
      toKind: 'ward',
      name: 'Phường Án',
    })
    expect(await here.nameOn(here.id('A'), '2023-01-01')).toBe('Phường Án')
    expect(await here.nameOn(here.id('A'), '2024-01-01')).toBe('Phường Sau')
  })

  test('a kind that could not stand where the unit moves later is refused', async () => {
    await here.apply({ kind: 'move', on: '2024-01-01', unitId: here.id('A1'), parentId: here.id('C') })
    await here.apply({
      kind: 'move',
      on: '2021-01-01',
      unitId: here.id('A2'),
      parentId: here.id('H'),
    })
    await here.apply({ kind: 'move', on: '2024-01-01', unitId: here.id('A2'), parentId: here.id('B') })
    const said = await refusalOf({
      kind: 'change_kind',
      on: '2022-01-01',
      unitId: here.id('A2'),
      toKind: 'commune',
      name: 'Xã Hai',
    })
    expect([said.path, said.vi]).toEqual([
      'toKind',
      expect.stringMatching(/không nằm trong xã «Xã Bến» \(từ 1\/1\/2024/),
    ])
  })

  test('a unit that comes to stand below an ended one later stands below what took it in', async () => {
    await here.apply({ kind: 'move', on: '2024-01-01', unitId: here.id('B'), parentId: here.id('K') })
    const before = await here.everything()
    const { eventId } = await here.apply({
      kind: 'abolish',
      on: '2023-01-01',
      unitId: here.id('K'),
      belowToId: here.id('H'),
    })
    expect(await here.below(here.id('H'), '2024-06-01')).toEqual(['Xã Bến', 'Xã Cò', 'Xã Án'])
    await here.undo(eventId)
    expect(await here.everything()).toBe(before)
  })
})

describe('what a change is refused with', () => {
  test('a merger of one unit alone names the field and the way out', async () => {
    const said = await refusalOf({
      kind: 'merge',
      on: '2023-01-01',
      fromIds: [here.id('A')],
      made: made('Xã Khác'),
    })
    expect([said.path, said.vi, said.en]).toEqual([
      'fromIds',
      expect.stringMatching(/từ hai đơn vị trở lên\. Hãy thêm đơn vị/),
      expect.stringMatching(/two units or more\. Add another/),
    ])
  })

  test('a half of a commune is no village', async () => {
    const change = splitOfA('2023-01-01') as Extract<ChangeInput, { kind: 'split' }>
    const [first, second] = change.halves
    const said = await refusalOf({
      ...change,
      halves: [first, { ...second, made: made('Thôn Nửa', 'village') }],
    } as ChangeInput)
    expect([said.path, said.vi]).toEqual(['halves.1.made.kind', expect.stringMatching(/cùng cấp: xã, /)])
  })

  test('the code of another unit is said at the half that was to have it', async () => {
    const change = splitOfA('2023-01-01') as Extract<ChangeInput, { kind: 'split' }>
    const [first, second] = change.halves
    const half = { ...second, made: { ...made('Nửa Hai'), code: here.code('C') } }
    expect((await refusalOf({ ...change, halves: [first, half] } as ChangeInput)).path).toBe(
      'halves.1.made.code',
    )
  })

  test('a commune created before its district ends says why, from when, and both ways out in both languages', async () => {
    await here.apply({ kind: 'merge', on: '2025-07-01', fromIds: [here.id('A')], intoId: here.id('C') })
    await here.apply({ kind: 'move', on: '2025-07-01', unitId: here.id('B'), parentId: here.id('K') })
    await here.apply({ kind: 'abolish', on: '2025-07-01', unitId: here.id('H') })
    const said = await refusalOf({
      kind: 'create',
      on: '2023-01-01',
      made: { ...made('Bến Một'), nameIsOurs: false },
    })
    expect(said.path).toBe('on')
    expect(said.vi).toMatch(/«Huyện Hát» đã được ghi là kết thúc từ 1\/7\/2025.*trở đi.*hủy việc kết thúc/)
    expect(said.en).toMatch(/to end on 1\/7\/2025.*or a later day.*undo the end of “Huyện Hát” first/)
  })
})

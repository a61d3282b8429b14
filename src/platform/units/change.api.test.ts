import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChangeInput } from './change.contract.ts'
import { type ChangingTerritory, changingTerritory } from './changing.fixtures.ts'

let here: ChangingTerritory
beforeAll(async () => {
  here = await changingTerritory()
})
beforeEach(() => here.next())
afterAll(() => here.close())

const merge = (): ChangeInput => ({
  kind: 'merge',
  on: '2025-07-01',
  legalBasis: 'Nghị quyết thử',
  fromIds: [here.id('A'), here.id('B')],
  made: { name: 'Xã Án Bến', code: here.code('A'), kind: 'commune', parentId: here.id('H') },
})

describe('a merger', () => {
  test('ends the old units, makes the new one with one of their codes, and takes all below along', async () => {
    const { madeIds } = await here.apply(merge())
    const made = madeIds[0] ?? ''
    expect(await here.below(here.id('H'), '2025-06-30')).toEqual(['Xã Bến', 'Xã Án'])
    expect(await here.below(here.id('H'), '2025-07-01')).toEqual(['Xã Án Bến'])
    expect(await here.below(made, '2025-07-01')).toEqual(['Thôn Ba', 'Thôn Hai', 'Thôn Một', 'Trường Án'])
    expect(await here.nameOn(here.id('UBA'), '2025-07-01')).toBeNull()
  })

  test('into a unit that stays leaves that unit as it is', async () => {
    await here.apply({ kind: 'merge', on: '2022-07-01', fromIds: [here.id('A')], intoId: here.id('B') })
    expect(await here.below(here.id('B'), '2022-07-01')).toEqual([
      'Thôn Ba',
      'Thôn Hai',
      'Thôn Một',
      'Trường Án',
    ])
    expect(await here.nameOn(here.id('A'), '2022-07-01')).toBeNull()
  })

  test('taken back leaves everything as it was', async () => {
    const before = await here.everything()
    const { eventId } = await here.apply(merge())
    expect(await here.everything()).not.toBe(before)
    await here.undo(eventId)
    expect(await here.everything()).toBe(before)
    await expect(here.undo(eventId)).rejects.toThrow(/đã được hủy rồi/)
  })

  test('is not taken back once another change stands on it', async () => {
    const { eventId, madeIds } = await here.apply(merge())
    const later = await here.apply({
      kind: 'rename',
      on: '2026-01-01',
      unitId: madeIds[0] ?? '',
      name: 'Xã Khác',
    })
    await expect(here.undo(eventId)).rejects.toThrow(
      /thay đổi khác của chính các đơn vị này, có hiệu lực từ 1\/1\/2026/,
    )
    await here.undo(later.eventId)
    await here.undo(eventId)
  })

  test('joins units that stand side by side: a commune neither with its own village nor with its district', async () => {
    for (const other of ['A1', 'H'])
      await expect(
        here.apply({ ...merge(), fromIds: [here.id('A'), here.id(other)] } as ChangeInput),
      ).rejects.toThrow(/nằm trong «.*» nên hai đơn vị này không nhập với nhau/)
  })

  test('refuses a unit chosen twice, a unit that is not there then, and the code of another', async () => {
    const { made } = merge() as { made: { code: string } }
    await expect(
      here.apply({ ...merge(), fromIds: [here.id('A'), here.id('A')] } as ChangeInput),
    ).rejects.toThrow(/hai lần/)
    await expect(here.apply({ ...merge(), on: '2019-01-01' })).rejects.toThrow(/không có vào ngày 1\/1\/2019/)
    await expect(
      here.apply({ ...merge(), made: { ...made, code: here.code('C') } } as ChangeInput),
    ).rejects.toThrow(/đang là của «Xã Cò»/)
    await here.apply(merge())
    await expect(
      here.apply({ kind: 'merge', on: '2024-01-01', fromIds: [here.id('A')], intoId: here.id('C') }),
    ).rejects.toThrow(/đã có thay đổi từ 1\/7\/2025/)
  })

  test('is refused at the preview where a unit beside it has the code', async () => {
    const made = {
      name: 'Thôn Mới',
      code: here.code('A1'),
      kind: 'village',
      parentId: here.id('A'),
      nameIsOurs: true,
    }
    await expect(here.preview({ kind: 'create', on: '2023-01-01', made })).rejects.toThrow(
      /đang là của «Thôn Một»/,
    )
  })

  test('laid down for the future carries along a village that is created before it', async () => {
    const { madeIds } = await here.apply(merge())
    const { madeIds: villages } = await here.apply({
      kind: 'create',
      on: '2023-01-01',
      made: {
        name: 'Thôn Mới',
        code: here.code('M'),
        kind: 'village',
        parentId: here.id('A'),
        nameIsOurs: true,
      },
    })
    expect(await here.below(here.id('A'), '2023-01-01')).toContain('Thôn Mới')
    expect(await here.below(madeIds[0] ?? '', '2025-07-01')).toContain('Thôn Mới')
    expect(villages).toHaveLength(1)
  })

  test('of villages before a day on which their commune takes them along leaves nothing of them after it', async () => {
    const reform = await here.apply(merge())
    const before = await here.everything()
    const { eventId } = await here.apply({
      kind: 'merge',
      on: '2023-01-01',
      fromIds: [here.id('A1')],
      intoId: here.id('A2'),
    })
    expect(await here.nameOn(here.id('A1'), '2026-01-01')).toBeNull()
    expect(await here.below(reform.madeIds[0] ?? '', '2026-01-01')).toEqual([
      'Thôn Ba',
      'Thôn Hai',
      'Trường Án',
    ])
    await expect(here.undo(reform.eventId)).rejects.toThrow(/có hiệu lực từ 1\/1\/2023/)
    await here.undo(eventId)
    expect(await here.everything()).toBe(before)
  })
})

describe('the preview of a change', () => {
  test('says what ends, what is made, what moves and how many records go along; and writes nothing', async () => {
    await here.team(here.id('A1'))
    await here.team(here.id('A'))
    const before = await here.everything()
    const said = await here.preview(merge())
    expect(said.made.map((one) => [one.name, one.parentName])).toEqual([['Xã Án Bến', 'Huyện Hát']])
    expect(said.ended.map((one) => [one.name, one.goesTo])).toEqual([
      ['Ủy ban nhân dân xã Án', []],
      ['Xã Án', ['Xã Án Bến']],
      ['Xã Bến', ['Xã Án Bến']],
    ])
    expect(said.changed.map((one) => [one.before.parentName, one.after.name, one.after.parentName])).toEqual(
      expect.arrayContaining([['Xã Án', 'Thôn Một', 'Xã Án Bến']]),
    )
    expect(said.records.map((one) => [one.noun.vi, one.count])).toEqual([['tổ', 2]])
    expect(said.records[0]?.rows).toHaveLength(2)
    expect(await here.everything()).toBe(before)
  })

  test('refuses in the words that applying would use', async () => {
    await expect(here.preview({ ...merge(), on: '2019-01-01' })).rejects.toThrow(/không có vào ngày/)
  })
})

describe('a split', () => {
  const split = (): ChangeInput => ({
    kind: 'split',
    on: '2024-01-01',
    unitId: here.id('A'),
    stays: false,
    halves: [
      { unitId: here.id('B'), belowIds: [here.id('A1')] },
      {
        made: { name: 'Xã Nửa', code: here.code('N'), kind: 'commune', parentId: here.id('H') },
        belowIds: [here.id('A2'), here.id('TRA')],
      },
    ],
  })

  test('gives each unit below to a half, and wants them all given', async () => {
    await here.apply(split())
    expect(await here.below(here.id('B'), '2024-01-01')).toEqual(['Thôn Ba', 'Thôn Một'])
    expect(await here.below(here.id('H'), '2024-01-01')).toEqual(['Xã Bến', 'Xã Nửa'])
    await here.undo((await lastEvent()) ?? '')
    const wanting = {
      ...split(),
      halves: [
        { unitId: here.id('B'), belowIds: [] },
        { unitId: here.id('C'), belowIds: [] },
      ],
    }
    await expect(here.apply(wanting as ChangeInput)).rejects.toThrow(/Còn 3 đơn vị trực thuộc chưa được xếp/)
  })

  test('of a part leaves the unit where it was', async () => {
    await here.apply({
      ...split(),
      stays: true,
      halves: [{ unitId: here.id('B'), belowIds: [here.id('A1')] }],
    } as ChangeInput)
    expect(await here.below(here.id('A'), '2024-01-01')).toEqual(
      ['Thôn Hai', 'Trường Án', 'Ủy ban nhân dân xã Án'].toSorted(),
    )
    expect(await here.nameOn(here.id('A'), '2024-01-01')).toBe('Xã Án')
  })

  const lastEvent = async () => {
    const { rows: found } = await sql<{ id: string }>`select max(id)::text as id from units.event`.execute(
      here.database.owner,
    )
    return found[0]?.id
  }
})

describe('other changes', () => {
  test('a renaming before a later move lasts through it; before a later renaming it ends there', async () => {
    await here.apply({ kind: 'move', on: '2024-01-01', unitId: here.id('A'), parentId: here.id('K') })
    await here.apply({ kind: 'rename', on: '2022-01-01', unitId: here.id('A'), name: 'Xã Án Mới' })
    expect(await here.nameOn(here.id('A'), '2025-01-01')).toBe('Xã Án Mới')
    expect(await here.below(here.id('K'), '2025-01-01')).toEqual(['Xã Cò', 'Xã Án Mới'])
    await here.apply({ kind: 'rename', on: '2021-01-01', unitId: here.id('A'), name: 'Xã Án Cũ' })
    expect(await here.nameOn(here.id('A'), '2021-06-01')).toBe('Xã Án Cũ')
    expect(await here.nameOn(here.id('A'), '2022-06-01')).toBe('Xã Án Mới')
  })

  test('a unit does not move below itself or a lower level, nor before a later move', async () => {
    await expect(
      here.apply({ kind: 'move', on: '2022-01-01', unitId: here.id('A'), parentId: here.id('A1') }),
    ).rejects.toThrow(/nằm trong chính đơn vị này/)
    await expect(
      here.apply({ kind: 'move', on: '2022-01-01', unitId: here.id('A'), parentId: here.id('B1') }),
    ).rejects.toThrow(/không nằm trong thôn/)
    await here.apply({ kind: 'move', on: '2024-01-01', unitId: here.id('A'), parentId: here.id('K') })
    await expect(
      here.apply({ kind: 'move', on: '2022-01-01', unitId: here.id('A'), parentId: here.id('K') }),
    ).rejects.toThrow(/chuyển nơi trực thuộc từ 1\/1\/2024/)
  })

  test('a commune becomes a ward under the same hand, with another name and code', async () => {
    await here.apply({
      kind: 'change_kind',
      on: '2023-01-01',
      unitId: here.id('A'),
      toKind: 'ward',
      name: 'Phường Án',
      code: here.code('P'),
    })
    expect(await here.nameOn(here.id('A'), '2023-01-01')).toBe('Phường Án')
    expect(await here.nameOn(here.id('A'), '2022-12-31')).toBe('Xã Án')
    await expect(
      here.apply({ kind: 'change_kind', on: '2023-02-01', unitId: here.id('A'), toKind: 'village' }),
    ).rejects.toThrow(/không nằm trong/)
  })

  test('an abolished unit hands what stood below it to the one that is named', async () => {
    await expect(here.apply({ kind: 'abolish', on: '2025-07-01', unitId: here.id('K') })).rejects.toThrow(
      /Còn 1 đơn vị trực thuộc/,
    )
    await here.apply({ kind: 'abolish', on: '2025-07-01', unitId: here.id('K'), belowToId: here.id('H') })
    expect(await here.below(here.id('H'), '2025-07-01')).toContain('Xã Cò')
  })

  test('a created unit is not taken back once something is recorded in it', async () => {
    const { eventId, madeIds } = await here.apply({
      kind: 'create',
      on: '2021-01-01',
      made: {
        name: 'Thôn Mới',
        code: here.code('M'),
        kind: 'village',
        parentId: here.id('A'),
        nameIsOurs: true,
      },
    })
    await here.team(madeIds[0] ?? '')
    await expect(here.undo(eventId)).rejects.toThrow(/đã có 1 tổ ghi vào/)
  })
})

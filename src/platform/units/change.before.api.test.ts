import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChangeInput } from './change.contract.ts'
import { type ChangingTerritory, changingTerritory } from './changing.fixtures.ts'
import { endOf } from './units.views.ts'

let here: ChangingTerritory
beforeAll(async () => {
  here = await changingTerritory()
})
beforeEach(() => here.next())
afterAll(() => here.close())

const reformOn = '2025-07-01'
const made = (key: string, parent = 'H') => ({
  name: `Xã ${key}`,
  code: here.code(key),
  kind: 'commune',
  parentId: here.id(parent),
})

/** Both communes of the district become one below the other district, and the district ends, as on 1 July 2025. */
async function reform(): Promise<{ mergerId: string; newId: string }> {
  const { eventId, madeIds } = await here.apply({
    kind: 'merge',
    on: reformOn,
    fromIds: [here.id('A'), here.id('B')],
    made: made('Mới', 'K'),
  })
  await here.apply({ kind: 'abolish', on: reformOn, unitId: here.id('H') })
  return { mergerId: eventId, newId: madeIds[0] ?? '' }
}

const splitOfA = (): ChangeInput => ({
  kind: 'split',
  on: '2023-01-01',
  unitId: here.id('A'),
  stays: false,
  halves: [
    { made: made('Nửa Một'), belowIds: [here.id('A1')] },
    { made: made('Nửa Hai'), belowIds: [here.id('A2'), here.id('TRA')] },
  ],
})

/** In which communes the teams of a unit count on the map of a day. */
async function countsIn(unitId: string, day: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select v.name from units.place p
    join units.unit_version v on v.unit_id = p.unit_id and daterange(v.valid_from, v.valid_until) @> ${day}::date
    where p.leaf_id = ${unitId}::bigint and p.days @> ${day}::date and v.kind in ('commune', 'district')
    order by v.kind, v.name`.execute(here.database.owner)
  return rows.map((row) => row.name)
}

describe('a split before the reform that ends the commune and its district', () => {
  test('is possible: both halves live until that day and go whole into the commune of 2025', async () => {
    const { newId } = await reform()
    const before = await here.everything()
    const said = await here.preview(splitOfA())
    expect(said.made.map((half) => [half.name, half.goesOn])).toEqual([
      ['Xã Nửa Một', { on: reformOn, into: 'Xã Mới' }],
      ['Xã Nửa Hai', { on: reformOn, into: 'Xã Mới' }],
    ])
    const { eventId, madeIds } = await here.apply(splitOfA())
    const [one = '', two = ''] = madeIds
    expect(await here.below(here.id('H'), '2024-06-01')).toEqual(['Xã Bến', 'Xã Nửa Hai', 'Xã Nửa Một'])
    expect(await here.below(one, '2024-06-01')).toEqual(['Thôn Một'])
    expect(await here.below(here.id('K'), reformOn)).toEqual(['Xã Cò', 'Xã Mới'])
    expect(await here.below(newId, reformOn)).toEqual(['Thôn Ba', 'Thôn Hai', 'Thôn Một', 'Trường Án'])
    for (const half of [one, two]) {
      const end = await here.database.read(here.system, (tx) => endOf(tx, half, reformOn))
      expect(end).toMatchObject({ on: reformOn, isWhole: true, into: [{ name: 'Xã Mới' }] })
    }
    // What was recorded in the halves, and what no half can claim, count in the commune of 2025.
    for (const id of [one, two, here.id('A'), here.id('A1')]) {
      expect(await countsIn(id, reformOn)).toEqual(['Xã Mới', 'Huyện Khe'])
    }
    expect(await countsIn(here.id('A'), '2024-06-01')).toEqual(['Huyện Hát'])
    expect(await countsIn(newId, '2022-06-01')).toEqual(['Huyện Hát'])

    await here.undo(eventId)
    expect(await here.everything()).toBe(before)
  })

  test('keeps the merger of 2025 from being taken back before it', async () => {
    const { mergerId } = await reform()
    await here.apply(splitOfA())
    await expect(here.undo(mergerId)).rejects.toThrow(/có hiệu lực từ 1\/1\/2023/)
  })

  test('may give a part to a commune that goes the same way, not to one that goes another', async () => {
    await reform()
    const [half, other] = (splitOfA() as Extract<ChangeInput, { kind: 'split' }>).halves
    const into = (key: string): ChangeInput =>
      ({
        ...splitOfA(),
        halves: [{ unitId: here.id(key), belowIds: half?.belowIds ?? [] }, other],
      }) as ChangeInput
    await expect(here.preview(into('C'))).rejects.toThrow(/đã có thay đổi từ 1\/7\/2025 \(«Nhập»\)/)
    await here.apply(into('B'))
    expect(await here.below(here.id('B'), '2024-06-01')).toEqual(['Thôn Ba', 'Thôn Một'])
    expect(await countsIn(here.id('A1'), reformOn)).toEqual(['Xã Mới', 'Huyện Khe'])
  })

  test('of a part that leaves a commune which stays: the part goes where the commune goes', async () => {
    const { newId } = await reform()
    const before = await here.everything()
    const { eventId, madeIds } = await here.apply({
      ...splitOfA(),
      stays: true,
      halves: [{ made: made('Nửa Một'), belowIds: [here.id('A1')] }],
    } as ChangeInput)
    expect(await here.below(here.id('H'), '2024-06-01')).toEqual(['Xã Bến', 'Xã Nửa Một', 'Xã Án'])
    expect(await countsIn(madeIds[0] ?? '', reformOn)).toEqual(['Xã Mới', 'Huyện Khe'])
    expect(await here.below(newId, reformOn)).toContain('Thôn Một')
    await here.undo(eventId)
    expect(await here.everything()).toBe(before)
  })

  test('a village that left for a commune which lasts stays in that one', async () => {
    await reform()
    await here.apply({
      ...splitOfA(),
      stays: true,
      halves: [{ unitId: here.id('C'), belowIds: [here.id('A1')] }],
    } as ChangeInput)
    expect(await here.below(here.id('C'), '2026-01-01')).toEqual(['Thôn Một'])
  })

  test('moves its halves along where the commune was recorded to move', async () => {
    await here.apply({ kind: 'move', on: reformOn, unitId: here.id('A'), parentId: here.id('K') })
    const before = await here.everything()
    const { eventId } = await here.apply(splitOfA())
    expect(await here.below(here.id('H'), '2024-06-01')).toEqual(['Xã Bến', 'Xã Nửa Hai', 'Xã Nửa Một'])
    expect(await here.below(here.id('K'), reformOn)).toEqual(['Xã Cò', 'Xã Nửa Hai', 'Xã Nửa Một'])
    await here.undo(eventId)
    expect(await here.everything()).toBe(before)
  })

  test('stays refused where the later change is itself a split: nobody can say which half that divides', async () => {
    await here.apply({ ...splitOfA(), on: reformOn } as ChangeInput)
    await expect(here.preview({ ...splitOfA() } as ChangeInput)).rejects.toThrow(
      /đã có thay đổi từ 1\/7\/2025 \(«Tách»\).*Hãy hủy thay đổi đó trước/,
    )
  })
})

describe('a merger before the reform', () => {
  test('of communes that go the same way in 2025: the new one goes there as well', async () => {
    const { newId } = await reform()
    const before = await here.everything()
    const { eventId, madeIds } = await here.apply({
      kind: 'merge',
      on: '2023-01-01',
      fromIds: [here.id('A'), here.id('B')],
      made: made('Chung'),
    })
    expect(await here.below(here.id('H'), '2024-06-01')).toEqual(['Xã Chung'])
    expect(await here.below(here.id('K'), reformOn)).toEqual(['Xã Cò', 'Xã Mới'])
    expect(await here.below(newId, reformOn)).toEqual(['Thôn Ba', 'Thôn Hai', 'Thôn Một', 'Trường Án'])
    for (const id of [madeIds[0] ?? '', here.id('A'), here.id('B')]) {
      expect(await countsIn(id, reformOn)).toEqual(['Xã Mới', 'Huyện Khe'])
    }
    await here.undo(eventId)
    expect(await here.everything()).toBe(before)
  })

  test('into a commune that goes the same way later takes the villages there with it', async () => {
    await reform()
    const before = await here.everything()
    const { eventId } = await here.apply({
      kind: 'merge',
      on: '2023-01-01',
      fromIds: [here.id('A')],
      intoId: here.id('B'),
    })
    expect(await here.below(here.id('B'), '2024-06-01')).toContain('Thôn Một')
    expect(await countsIn(here.id('A'), '2026-01-01')).toEqual(['Xã Mới', 'Huyện Khe'])
    await here.undo(eventId)
    expect(await here.everything()).toBe(before)
  })

  test('into a commune that ends later by itself follows that one', async () => {
    await here.apply({ kind: 'merge', on: reformOn, fromIds: [here.id('B')], intoId: here.id('C') })
    await here.apply({ kind: 'merge', on: '2023-01-01', fromIds: [here.id('A')], intoId: here.id('B') })
    expect(await here.below(here.id('B'), '2024-06-01')).toContain('Thôn Một')
    expect(await here.below(here.id('C'), reformOn)).toEqual(['Thôn Ba', 'Thôn Hai', 'Thôn Một', 'Trường Án'])
    expect(await countsIn(here.id('A1'), '2026-01-01')).toEqual(['Xã Cò', 'Huyện Khe'])
  })

  test('is refused where they go different ways later, and says which change is in the way', async () => {
    await here.apply({ kind: 'merge', on: reformOn, fromIds: [here.id('A')], intoId: here.id('C') })
    await expect(
      here.preview({
        kind: 'merge',
        on: '2023-01-01',
        fromIds: [here.id('A'), here.id('B')],
        made: made('Chung'),
      }),
    ).rejects.toThrow(/«Xã Án».*đã có thay đổi từ 1\/7\/2025 \(«Nhập»\)/)
  })
})

describe('a village that moves before the reform of its commune', () => {
  test('goes where its new commune goes, and not where the old one does', async () => {
    await reform()
    const before = await here.everything()
    const { eventId } = await here.apply({
      kind: 'move',
      on: '2023-01-01',
      unitId: here.id('A1'),
      parentId: here.id('C'),
    })
    expect(await countsIn(here.id('A1'), '2024-06-01')).toEqual(['Xã Cò', 'Huyện Khe'])
    expect(await countsIn(here.id('A1'), '2026-01-01')).toEqual(['Xã Cò', 'Huyện Khe'])
    await here.undo(eventId)
    expect(await here.everything()).toBe(before)
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ChangingTerritory, changingTerritory } from './changing.fixtures.ts'
import { returnRecords, settleRecords } from './unassigned.actions.ts'
import type { SettleInput } from './unassigned.contract.ts'
import { unassignedList, unassignedPage } from './unassigned.views.ts'

let here: ChangingTerritory
beforeAll(async () => {
  here = await changingTerritory()
})
beforeEach(() => here.next())
afterAll(() => here.close())

/** The units of the tree in which the team of a unit counts on a day. */
async function placesOf(unitId: string, day: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select v.name from teams.team t join units.place p on p.leaf_id = t.unit_id and p.days @> ${day}::date
    join units.unit_version v on v.unit_id = p.unit_id and daterange(v.valid_from, v.valid_until) @> ${day}::date
    where t.name = ${`Tổ ${unitId}`} and v.kind not in ('part', 'country') order by 1`.execute(
    here.database.owner,
  )
  return rows.map((row) => row.name)
}

const waiting = async (unitId: string) =>
  (await here.database.read(here.system, unassignedList)).splits.find((one) => one.id === unitId)
const settle = (unitId: string, input: SettleInput) =>
  here.write((tx) => settleRecords(tx, here.system, unitId, input))
const toUnit = (toUnitId: string): SettleInput => ({ toUnitId, table: 'teams.team' })

describe('records of a unit that ended without a successor', () => {
  const endA = () =>
    here.apply({ kind: 'abolish', on: '2022-06-01', unitId: here.id('A'), belowToId: here.id('B') })

  test('are listed, given to a unit that was there, count in it since, and go back', async () => {
    const [a, b, c] = [here.id('A'), here.id('B'), here.id('C')]
    await here.team(a)
    const { eventId } = await endA()
    expect(await placesOf(a, '2022-12-31')).toEqual(['Huyện Hát'])
    expect(await waiting(a)).toMatchObject({
      kind: 'ended',
      on: '2022-06-01',
      halves: [],
      piles: [{ open: 1 }],
    })
    const page = await here.database.read(here.system, (tx) => unassignedPage(tx, a))
    expect([page.standsIn?.name, page.split.maySettle, page.lists[0]?.rows.map((row) => row.label)]).toEqual([
      'Huyện Hát',
      true,
      [`Tổ ${a}`],
    ])

    await expect(settle(a, toUnit(c))).rejects.toThrow(/«Xã Cò» không thuộc nơi đó vào ngày 1\/6\/2022/)
    await expect(settle(a, toUnit(a))).rejects.toThrow(/Xã Án/)
    expect(await settle(a, toUnit(b))).toEqual({ count: 1 })
    expect(await placesOf(a, '2022-12-31')).toEqual(['Huyện Hát', 'Xã Bến'])
    expect(await placesOf(a, '2022-05-31')).toEqual(['Huyện Hát', 'Xã Án'])
    expect(await waiting(a)).toMatchObject({
      piles: [{ open: 0, given: [{ id: b, name: 'Xã Bến', count: 1 }] }],
    })
    const { rows: audited } = await sql<{ after: object }>`
      select after from audit.entry where action = 'units.records_settled' and subject_id = ${a}`.execute(
      here.database.owner,
    )
    expect(audited).toEqual([{ after: { table: 'teams.team', count: 1, toUnitId: b, rowIds: 'all' } }])
    await expect(here.undo(eventId)).rejects.toMatchObject({
      message: expect.stringMatching(/đã phân bổ 1 tổ của «Xã Án»/),
      links: [{ href: `/units/unassigned/${a}` }],
    })

    await here.write((tx) => returnRecords(tx, here.system, a, toUnit(b)))
    expect(await placesOf(a, '2022-12-31')).toEqual(['Huyện Hát'])
    await here.undo(eventId)
    expect(await waiting(a)).toBeUndefined()
    expect(await placesOf(a, '2022-12-31')).toEqual(['Huyện Hát', 'Xã Án'])
  })

  test('may be given to the unit above, and follow what takes the receiving unit in later', async () => {
    const [a, b] = [here.id('A'), here.id('B')]
    await here.team(a)
    await endA()
    expect(await settle(a, toUnit(here.id('H')))).toEqual({ count: 1 })
    expect((await waiting(a))?.piles[0]).toMatchObject({ open: 0 })
    await here.write((tx) => returnRecords(tx, here.system, a, toUnit(here.id('H'))))
    await settle(a, toUnit(b))
    await here.apply({ kind: 'merge', on: '2022-09-01', fromIds: [b], intoId: here.id('C') })
    expect(await placesOf(a, '2022-12-31')).toEqual(['Huyện Khe', 'Xã Cò'])
  })

  test('hold the change that made the unit to which they were given', async () => {
    const a = here.id('A')
    await here.team(a)
    const made = await here.apply({
      kind: 'create',
      on: '2022-02-01',
      made: {
        name: 'Xã Mới',
        code: here.code('M'),
        kind: 'commune',
        parentId: here.id('H'),
        nameIsOurs: true,
      },
    })
    await endA()
    await settle(a, toUnit(made.madeIds[0] ?? ''))
    await expect(here.undo(made.eventId)).rejects.toThrow(/đã phân bổ 1 tổ của «Xã Án»/)
    expect(await placesOf(a, '2022-12-31')).toEqual(['Huyện Hát', 'Xã Mới'])
  })

  test('of a village that ended wait in its commune as well', async () => {
    const [village, other] = [here.id('A1'), here.id('A2')]
    await here.team(village)
    await here.apply({ kind: 'abolish', on: '2022-06-01', unitId: village })
    expect(await placesOf(village, '2022-12-31')).toEqual(['Huyện Hát', 'Xã Án'])
    await settle(village, toUnit(other))
    expect(await placesOf(village, '2022-12-31')).toEqual(['Huyện Hát', 'Thôn Hai', 'Xã Án'])
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ChangingTerritory, changingTerritory } from './changing.fixtures.ts'
import { returnRecords, settleRecords } from './unassigned.actions.ts'
import { unassignedList, unassignedPage } from './unassigned.views.ts'

let here: ChangingTerritory
beforeAll(async () => {
  here = await changingTerritory()
})
beforeEach(() => here.next())
afterAll(() => here.close())

describe('records of a split unit', () => {
  const halves = () => [
    { unitId: here.id('B'), belowIds: [here.id('A1'), here.id('A2'), here.id('TRA')] },
    { unitId: here.id('C'), belowIds: [] },
  ]
  const splitBetweenDistricts = () =>
    here.apply({ kind: 'split', on: '2022-06-01', unitId: here.id('A'), stays: false, halves: halves() })
  const placesOf = async (unitId: string, day: string) => {
    const { rows: found } = await sql<{ name: string }>`
      select v.name from teams.team t join units.place p on p.leaf_id = t.unit_id and p.days @> ${day}::date
      join units.unit_version v on v.unit_id = p.unit_id and daterange(v.valid_from, v.valid_until) @> ${day}::date
      where t.name = ${`Tổ ${unitId}`} and v.kind not in ('part', 'country') order by 1`.execute(
      here.database.owner,
    )
    return found.map((one) => one.name)
  }

  test('stand in what the halves have in common, and count in one once a person gives them to it', async () => {
    await here.team(here.id('A'))
    const { eventId } = await splitBetweenDistricts()
    expect(await placesOf(here.id('A'), '2022-12-31')).toEqual([])
    const list = await here.database.read(here.system, unassignedList)
    expect(list.splits.find((one) => one.id === here.id('A'))?.piles).toMatchObject([{ open: 1 }])
    const page = await here.database.read(here.system, (tx) => unassignedPage(tx, here.id('A')))
    expect([page.standsIn?.name, page.lists[0]?.rows.map((row) => row.label)]).toEqual([
      'Việt Nam',
      [`Tổ ${here.id('A')}`],
    ])

    await expect(
      here.write((tx) =>
        settleRecords(tx, here.system, here.id('A'), { toUnitId: here.id('H'), table: 'teams.team' }),
      ),
    ).rejects.toThrow(/không nhận phần nào/)
    await here.write((tx) =>
      settleRecords(tx, here.system, here.id('A'), { toUnitId: here.id('C'), table: 'teams.team' }),
    )
    expect(await placesOf(here.id('A'), '2022-12-31')).toEqual(['Huyện Khe', 'Xã Cò'])
    expect(await placesOf(here.id('A'), '2022-05-31')).toEqual(['Huyện Hát', 'Xã Án'])
    await expect(here.undo(eventId)).rejects.toMatchObject({
      message: expect.stringMatching(/đã phân bổ 1 tổ của «Xã Án».*ở trang «Bản ghi chưa phân bổ»/),
      links: [{ href: `/units/unassigned/${here.id('A')}` }],
    })

    await here.write((tx) =>
      returnRecords(tx, here.system, here.id('A'), { toUnitId: here.id('C'), table: 'teams.team' }),
    )
    expect(await placesOf(here.id('A'), '2022-12-31')).toEqual([])
    await expect(
      here.write((tx) =>
        returnRecords(tx, here.system, here.id('A'), { toUnitId: here.id('C'), table: 'teams.team' }),
      ),
    ).rejects.toThrow(/để hoàn tác/)
  })

  test('that were never of the unit are refused as not its own, those given meanwhile as given', async () => {
    await here.team(here.id('A'))
    await here.team(here.id('C'))
    await splitBetweenDistricts()
    const idOf = async (unitId: string) => {
      const { rows } = await sql<{ id: string }>`
        select id::text from teams.team where name = ${`Tổ ${unitId}`}`.execute(here.database.owner)
      return rows[0]?.id ?? ''
    }
    const settle = async (unitId: string) => {
      const rowIds = [await idOf(unitId)]
      const input = { toUnitId: here.id('C'), table: 'teams.team', rowIds }
      return here.write((tx) => settleRecords(tx, here.system, here.id('A'), input))
    }
    await expect(settle(here.id('C'))).rejects.toThrow(/không phải của «Xã Án».*Hãy chọn trong danh sách/)
    expect(await settle(here.id('A'))).toEqual({ count: 1 })
    await expect(settle(here.id('A'))).rejects.toThrow(/Không còn bản ghi nào chưa phân bổ/)
  })

  test('of a kind that follows another are not given by themselves', async () => {
    await splitBetweenDistricts()
    await expect(
      here.write((tx) =>
        settleRecords(tx, here.system, here.id('A'), { toUnitId: here.id('C'), table: 'teams.member' }),
      ),
    ).rejects.toThrow(/đi theo bản ghi/)
  })
})

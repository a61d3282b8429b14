import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { TeamsQuery } from '../../modules/teams/contract.ts'
import { listTeams } from '../../modules/teams/list.views.ts'
import { type ChangingTerritory, changingTerritory } from './changing.fixtures.ts'
import { settleRecords } from './unassigned.actions.ts'

let here: ChangingTerritory
beforeAll(async () => {
  here = await changingTerritory()
})
beforeEach(() => here.next())
afterAll(() => here.close())

const shown = async (unitId: string, day: string) => {
  const { rows } = await sql<{ said: string[] }>`
    select array[name, within_name, last_on::text] as said from units.shown(${unitId}::bigint, ${day}::date)`.execute(
    here.database.owner,
  )
  return rows[0]?.said
}

describe('a unit in a list', () => {
  test('that has ended is shown where it last stood, until its last day', async () => {
    await here.apply({ kind: 'merge', on: '2022-07-01', fromIds: [here.id('A')], intoId: here.id('B') })
    expect(await shown(here.id('A'), '2022-06-30')).toEqual(['Xã Án', 'Huyện Hát', null])
    expect(await shown(here.id('A'), '2022-12-31')).toEqual(['Xã Án', 'Huyện Hát', '2022-06-30'])
  })

  test('is looked up by the number of its unit, not by reading all units of the country', async () => {
    const scanned = sql<{ times: number }>`
      select coalesce(sum(seq_scan), 0)::int as times from pg_stat_xact_user_tables
      where schemaname = 'units' and relname = 'unit_version'`
    const scans = await here.database.read(here.system, async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx)
      const before = (await scanned.execute(tx)).rows[0]?.times ?? 0
      await sql`select * from units.shown(${here.id('A1')}::bigint, '2022-12-31')`.execute(tx)
      return ((await scanned.execute(tx)).rows[0]?.times ?? 0) - before
    })
    expect(scans).toBe(0)
  })

  test('that is to come is shown where it will stand', async () => {
    const { madeIds } = await here.apply({
      kind: 'create',
      on: '2024-01-01',
      made: {
        name: 'Thôn Mới',
        code: here.code('M'),
        kind: 'village',
        parentId: here.id('A'),
        nameIsOurs: true,
      },
    })
    expect(await shown(madeIds[0] ?? '', '2022-12-31')).toEqual(['Thôn Mới', 'Xã Án', null])
  })

  test('that is a part of a split one bears its name, in the unit that took the part', async () => {
    await here.team(here.id('A'))
    await here.team(here.id('A1'))
    await here.apply({
      kind: 'split',
      on: '2022-06-01',
      unitId: here.id('A'),
      stays: false,
      halves: [
        { unitId: here.id('B'), belowIds: [here.id('A1'), here.id('A2'), here.id('TRA')] },
        { unitId: here.id('C'), belowIds: [] },
      ],
    })
    const below = async (unitId: string) => {
      const filter = TeamsQuery.parse({ unitId })
      return (await here.database.read(here.system, (tx) => listTeams(tx, filter))).teams.map(
        (one) => one.name,
      )
    }
    const unitOf = async (unitId: string) => {
      const filter = TeamsQuery.parse({ search: `Tổ ${unitId}` })
      const { teams } = await here.database.read(here.system, (tx) => listTeams(tx, filter))
      const [one] = teams.filter((team) => team.name === `Tổ ${unitId}`)
      return one && [one.unit.name, one.unit.within, one.unit.lastOn]
    }
    expect(await unitOf(here.id('A'))).toEqual(['Xã Án', 'Huyện Hát', '2022-05-31'])
    expect(await unitOf(here.id('A1'))).toEqual(['Thôn Một', 'Xã Bến', null])
    expect(await below(here.id('C'))).toEqual([])
    expect(await below(here.id('A'))).toEqual([])
    await here.write((tx) =>
      settleRecords(tx, here.system, here.id('A'), { toUnitId: here.id('C'), table: 'teams.team' }),
    )
    expect(await unitOf(here.id('A'))).toEqual(['Xã Án', 'Xã Cò', null])
    expect(await below(here.id('C'))).toEqual([`Tổ ${here.id('A')}`])
  })
})

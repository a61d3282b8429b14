import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../access/index.ts'
import type { Actor } from '../../actor/actor.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { createUnits, findUnit } from '../index.ts'
import { importCountry } from './import.actions.ts'
import type { CountryReport } from './import.report.ts'
import { readLists } from './lists.read.ts'
import { nationalLists, nationalListsAtHand } from './national-lists.fixtures.ts'

const day = '2025-07-01'

describe.runIf(nationalListsAtHand)('the units of the whole country', { timeout: 300_000 }, () => {
  let fresh: FreshDatabase
  let database: Database
  let system: Actor
  let demo: Map<string, string>
  let report: CountryReport

  const run = () =>
    database.write(system, (tx) =>
      importCountry(tx, system, {
        lists: readLists(nationalLists()),
        fileNames: ['a.csv', 'b.csv'],
        since: '2020-01-01',
        day,
        legalBasis: 'QĐ 19/2025/QĐ-TTg',
      }),
    )

  beforeAll(async () => {
    fresh = await freshDatabase()
    database = openDatabase(fresh.ownerUrl)
    system = await systemActor(database)
    const unit = (code: string, name: string, kind: string, parentCode: string | null) => ({
      code,
      name,
      kind,
      parentCode,
      validFrom: '2020-03-01',
      nameIsOurs: false,
    })
    demo = await database.write(system, (tx) =>
      createUnits(tx, system, [
        unit('15', 'Tỉnh Yên Bái', 'province', null),
        unit('140', 'Huyện Văn Chấn', 'district', '15'),
        unit('04621', 'Thị trấn Nông trường Liên Sơn', 'township', '140'),
        unit('04672', 'Thị trấn Sơn Thịnh', 'township', '140'),
        unit('04672.01', 'Tổ dân phố Hồng Sơn', 'residential_group', '04672'),
      ]),
    )
    report = await run()
  }, 300_000)
  afterAll(async () => {
    await database?.close()
    await fresh?.drop()
  })

  /** Codes of the areas in which a unit counts on the map of a day, smallest first. */
  async function countsIn(unitId: string | undefined, on: string): Promise<string[]> {
    const { rows } = await sql<{ code: string }>`
      select v.code from units.place p
      join units.unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${on}::date
        and (v.valid_until is null or v.valid_until > ${on}::date)
      join units.kind k on k.key = v.kind
      where p.leaf_id = ${unitId}::bigint and p.days @> ${on}::date order by k.rank desc`.execute(
      database.owner,
    )
    return rows.map((row) => row.code)
  }

  const count = async (text: string) =>
    Number((await sql<{ n: string }>`${sql.raw(text)}`.execute(database.owner)).rows[0]?.n)

  test('are there, each on the days of its list', async () => {
    expect(report.links).toMatchObject({ certain: 9_985, assumed: 44, open: 6, unchanged: 127 })
    expect(report.totals).toEqual({
      units: 10_035,
      known: 9_985,
      said: 9_858,
      unchanged: 127,
      recorded: 0,
      assumed: 44,
      open: 6,
      settled: 0,
    })
    expect([report.withoutPredecessor.length, report.unmatched.length, report.waitingFindings]).toEqual([
      5, 9, 9,
    ])
    const on = (kinds: string, asOf: string) =>
      count(`select count(*) as n from units.unit_version where kind in (${kinds})
             and valid_from <= '${asOf}' and (valid_until is null or valid_until > '${asOf}')`)
    expect(await on(`'province', 'municipality'`, '2025-06-30')).toBe(63)
    expect(await on(`'commune', 'ward', 'township', 'special_zone'`, '2025-06-30')).toBe(10_035)
    expect(await on(`'province', 'municipality'`, day)).toBe(34)
    expect(await on(`'commune', 'ward', 'township', 'special_zone'`, day)).toBe(3_321)
    expect(await on(`'district', 'town', 'urban_district', 'provincial_city'`, day)).toBe(0)
  })

  test('use again what was there, with its name', async () => {
    const name = (code: string, asOf: string) =>
      database.read(system, async (tx) => (await findUnit(tx, demo.get(code) ?? '', asOf))?.name ?? null)
    expect(await name('04621', '2022-12-31')).toBe('Thị trấn Nông trường Liên Sơn')
    expect(await name('04672', day)).toBeNull()
    expect(await name('04672.01', day)).toBe('Tổ dân phố Hồng Sơn')
  })

  test('records of 2022 count on either map', async () => {
    expect(await countsIn(demo.get('04672'), '2022-12-31')).toEqual(['04672', '140', '15', 'VN'])
    expect(await countsIn(demo.get('04672'), '2026-01-01')).toEqual(['04672', '15', 'VN'])
    expect(await countsIn(demo.get('04672.01'), '2026-01-01')).toEqual(['04672.01', '04672', '15', 'VN'])
    expect(await countsIn(demo.get('04621'), '2026-01-01')).toEqual(['04660', '15', 'VN'])
    expect(await countsIn(demo.get('140'), '2026-01-01')).toEqual(['15', 'VN'])
  })

  test('every old commune counts in a province of today, and in a commune unless it was split or is open', async () => {
    const without = (rank: number) =>
      count(`select count(*) as n from units.unit_version v join units.kind k on k.key = v.kind and k.rank = 30
        where v.valid_until = '${day}' and not exists (
          select 1 from units.place p
          join units.unit_version x on x.unit_id = p.unit_id and x.valid_from <= '${day}'
            and (x.valid_until is null or x.valid_until > '${day}')
          join units.kind xk on xk.key = x.kind and xk.rank = ${rank}
          where p.leaf_id = v.unit_id and p.days @> date '${day}')`)
    expect(await without(10)).toBe(0)
    expect(await without(30)).toBe(report.links.split + report.withoutSuccessor.length)
  })

  test('imported again, nothing changes', async () => {
    const again = await run()
    expect(Object.values(again.changes).every((changes) => changes === 0)).toBe(true)
  })
})

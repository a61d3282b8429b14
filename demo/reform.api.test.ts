import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parts } from '../src/app.ts'
import { systemActor } from '../src/platform/access/index.ts'
import type { Actor } from '../src/platform/actor/actor.ts'
import { type Database, openDatabase } from '../src/platform/db/database.ts'
import { configureFiles } from '../src/platform/files/index.ts'
import { registerMeasures } from '../src/platform/measures/index.ts'
import { type FreshDatabase, freshDatabase } from '../src/platform/testing/database.ts'
import { registerRecords } from '../src/platform/units/index.ts'
import { endOf } from '../src/platform/units/units.views.ts'
import { loadDemo } from './load.ts'
import { reformMergers, reformOn } from './reform.ts'
import { communesOf, vanChanCode } from './units.ts'

const dayBefore = '2025-06-30'
const folder = mkdtempSync(join(tmpdir(), 'blso-reform-'))
let fresh: FreshDatabase
let database: Database
let system: Actor

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.ownerUrl)
  configureFiles({ folder })
  registerMeasures(parts)
  registerRecords(parts)
  system = await systemActor(database)
  await loadDemo(database, () => {})
}, 180_000)
afterAll(async () => {
  await database.close()
  await fresh.drop()
  rmSync(folder, { recursive: true, force: true })
})

const read = <R>(query: ReturnType<typeof sql<R>>) =>
  database.read(system, async (tx) => (await query.execute(tx)).rows)

/** How many rows of a table count in each area of the lowest level on the map of a day, by name. */
const perCommune = (table: string, day: string) =>
  read(sql<{ name: string; count: number }>`
    select v.name, count(*)::int as count from ${sql.table(table)} r
    join units.place p on p.leaf_id = r.unit_id and p.days @> ${day}::date
    join units.unit_version v on v.unit_id = p.unit_id and daterange(v.valid_from, v.valid_until) @> ${day}::date
    where v.kind in ('commune', 'ward', 'township')
    group by v.unit_id, v.name order by v.name`)
const sumOf = (rows: readonly { count: number }[]) => rows.reduce((sum, row) => sum + row.count, 0)

describe('Văn Chấn through the reform of 1 July 2025', () => {
  test('is 24 communes the day before and 11 that day, four of them with communes of other districts', async () => {
    const own = new Set(communesOf(vanChanCode).map((one) => one.code))
    const count = async (day: string) =>
      (
        await read(sql<{ code: string }>`
          select distinct v.code from units.unit_version leaf
          join units.place p on p.leaf_id = leaf.unit_id and p.days @> ${day}::date
          join units.unit_version v on v.unit_id = p.unit_id and v.kind in ('commune', 'ward', 'township')
            and daterange(v.valid_from, v.valid_until) @> ${day}::date
          where leaf.code = any(${[...own]}::text[]) and leaf.valid_from = '2020-03-01'`)
      ).length
    expect([await count(dayBefore), await count(reformOn)]).toEqual([24, 11])
    const mixed = reformMergers.filter(
      (one) => one.fromCodes.some((code) => own.has(code)) && one.fromCodes.some((code) => !own.has(code)),
    )
    expect(mixed.map((one) => one.name)).toEqual(['Phường Nghĩa Lộ', 'Xã Mỏ Vàng', 'Xã Tú Lệ', 'Xã Liên Sơn'])
  })

  test.each(['teams.team', 'teams.member', 'teams.activity'])(
    'keeps every row of %s: the sums are equal on both maps',
    async (table) => {
      const before = await perCommune(table, dayBefore)
      const after = await perCommune(table, reformOn)
      expect(sumOf(after)).toBe(sumOf(before))
      expect(sumOf(before)).toBeGreaterThan(0)
      for (const { name, fromCodes } of reformMergers) {
        const old = await read(sql<{ count: number }>`
          select count(*)::int as count from ${sql.table(table)} r
          join units.place p on p.leaf_id = r.unit_id and p.days @> ${dayBefore}::date
          join units.unit_version v on v.unit_id = p.unit_id and v.code = any(${[...fromCodes]}::text[])
            and daterange(v.valid_from, v.valid_until) @> ${dayBefore}::date`)
        expect([name, after.find((one) => one.name === name)?.count ?? 0]).toEqual([name, old[0]?.count ?? 0])
      }
    },
  )

  test('leaves every member in the village where he was; the village itself goes along', async () => {
    const moved = await read(sql<{ count: number }>`
      select count(*)::int as count from teams.member m join teams.team t on t.id = m.team_id where m.unit_id <> t.unit_id`)
    expect(moved[0]?.count).toBe(0)
    const villages = await read(sql<{ name: string; before: string; after: string }>`
      select v.name, b.name as before, a.name as after from units.unit_version v
      join units.unit_version n on n.unit_id = v.unit_id and n.valid_from = ${reformOn}::date
      join units.unit_version b on b.unit_id = v.parent_id and b.valid_until = ${reformOn}::date
      join units.unit_version a on a.unit_id = n.parent_id and a.valid_from = ${reformOn}::date
      where v.kind = 'village' and v.valid_until = ${reformOn}::date and b.name in ('Xã Nậm Búng', 'Thị trấn Sơn Thịnh')`)
    expect(new Set(villages.map((one) => `${one.before} → ${one.after}`))).toEqual(
      new Set(['Xã Nậm Búng → Xã Gia Hội', 'Thị trấn Sơn Thịnh → Xã Văn Chấn']),
    )
  })

  test('what the district recorded itself counts in the new province; its code now names that province', async () => {
    const rows = await read(sql<{ name: string }>`
      select v.name from units.unit_version d join units.place p on p.leaf_id = d.unit_id and p.days @> ${reformOn}::date
      join units.unit_version v on v.unit_id = p.unit_id and daterange(v.valid_from, v.valid_until) @> ${reformOn}::date
      where d.code = '140' order by v.name`)
    expect(rows.map((one) => one.name)).toEqual(['Tỉnh Lào Cai', 'Việt Nam'])
    const holders = await read(sql<{ name: string }>`
      select name from units.unit_version where code = '15' order by valid_from`)
    expect(holders.map((one) => one.name)).toEqual(['Tỉnh Yên Bái', 'Tỉnh Lào Cai'])
  })

  test('a commune that ended says on its page when, and into which one it went', async () => {
    const [nam] = await read(sql<{ id: string }>`
      select unit_id::text as id from units.unit_version where name = 'Xã Nậm Búng' limit 1`)
    const endOn = (day: string) => database.read(system, (tx) => endOf(tx, nam?.id ?? '', day))
    expect(await endOn(dayBefore)).toBeNull()
    expect(await endOn(reformOn)).toMatchObject({
      on: reformOn,
      isWhole: true,
      into: [{ name: 'Xã Gia Hội' }],
    })
  })

  test('shows the numbers of resolutions as not checked, and what is certain beside them', async () => {
    const events = await read(sql<{ legal_basis: string; note: string }>`
      select legal_basis, note from units.event where takes_effect_on = ${reformOn}::date`)
    expect(events.length).toBeGreaterThan(15)
    for (const { legal_basis, note } of events) {
      expect(legal_basis).toMatch(/≈ số và ngày văn bản chưa kiểm chứng/)
      expect(note).toMatch(/^Chắc chắn, theo danh mục/)
    }
  })
})

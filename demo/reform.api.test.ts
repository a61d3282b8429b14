import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../src/platform/actor/actor.ts'
import type { Database } from '../src/platform/db/database.ts'
import { agree } from '../src/platform/measures/agree.fixtures.ts'
import { foldOnce } from '../src/platform/measures/fold.loop.ts'
import { findMeasure } from '../src/platform/measures/index.ts'
import { formerArea } from '../src/platform/units/former-area.ts'
import { applyChange, undoChange, whereabouts } from '../src/platform/units/index.ts'
import { endOf } from '../src/platform/units/units.views.ts'
import { type Demonstration, loadedDemonstration, rowsPerArea } from './reform.fixtures.ts'
import { reformMergers, reformOn } from './reform.ts'
import { communesOf, vanChanCode } from './units.ts'

const dayBefore = '2025-06-30'
let demo: Demonstration
let database: Database
let system: Actor

beforeAll(async () => {
  demo = await loadedDemonstration()
  database = demo.database
  system = demo.system
}, 180_000)
afterAll(() => demo.close())

const read = <R>(query: ReturnType<typeof sql<R>>) =>
  database.read(system, async (tx) => (await query.execute(tx)).rows)

/** How many rows of a table count in each area on the map of a day, by name. */
const perCommune = (table: string, day: string) =>
  read(rowsPerArea(table, day, ['commune', 'ward', 'township']))
const perArea = (table: string, day: string, kinds: readonly string[]) => read(rowsPerArea(table, day, kinds))
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

  test('the district that ended names the eleven communes that took its place', async () => {
    const [district] = await read(sql<{ id: string }>`
      select unit_id::text as id from units.unit_version where code = ${vanChanCode} limit 1`)
    const found = await database.read(system, (tx) => whereabouts(tx, district?.id ?? '', reformOn))
    expect(found).toMatchObject({ state: 'ended', until: reformOn, how: 'below' })
    expect(found?.instead.map((one) => one.name)).toEqual(
      expect.arrayContaining(['Phường Nghĩa Lộ', 'Xã Cát Thịnh', 'Xã Gia Hội', 'Xã Văn Chấn']),
    )
    expect(found?.instead).toHaveLength(11)
  })

  test('keeps the former area of the district: each of its 24 communes in one of today, four with others from outside', async () => {
    const [district] = await read(sql<{ id: string }>`
      select unit_id::text as id from units.unit_version where code = ${vanChanCode} limit 1`)
    const on = (day: string) => database.read(system, (tx) => formerArea(tx, district?.id ?? '', day))
    expect(await on(dayBefore)).toBeNull()
    const area = await on('2025-12-31')
    expect([area?.lastDay, area?.below.length, area?.now.length]).toEqual([dayBefore, 24, 11])
    expect(area?.below.every((one) => one.toIds.length === 1)).toBe(true)
    const mixed = area?.now.filter((one) => one.alsoFrom.length > 0) ?? []
    expect(mixed.map((one) => [one.name, one.alsoFrom.map((other) => other.name)])).toEqual([
      ['Phường Nghĩa Lộ', ['Phường Pú Trạng', 'Phường Tân An', 'Xã Nghĩa An']],
      ['Xã Liên Sơn', ['Xã Nghĩa Phúc', 'Xã Sơn A']],
      ['Xã Mỏ Vàng', ['Xã Mỏ Vàng']],
      ['Xã Tú Lệ', ['Xã Cao Phạ']],
    ])
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

describe('a change of before the reform', { timeout: 120_000 }, () => {
  const compared = ['teams.village_team_members', 'teams.activities', 'teams.village_teams']
  const days = ['2022-12-31', '2024-12-31', reformOn]
  const tables = ['teams.team', 'teams.member', 'teams.activity'] as const
  const sums = () =>
    Promise.all(
      tables.flatMap((table) => days.map(async (day) => sumOf(await perArea(table, day, ['province'])))),
    )
  const ofCommune = async (table: string, day: string, name: string) =>
    (await perCommune(table, day)).find((one) => one.name === name)?.count ?? 0
  /** Everything that a change may write. */
  const everything = async () =>
    (
      await read(sql<{ all: string }>`
        select md5(jsonb_build_object(
          'versions', (select jsonb_agg(to_jsonb(v) order by id) from units.unit_version v),
          'places', (select jsonb_agg(to_jsonb(p) order by leaf_id, unit_id) from units.place p),
          'ancestry', (select jsonb_agg(to_jsonb(a) order by ancestor_id, unit_id, valid_from) from units.ancestry a),
          'successions', (select jsonb_agg(to_jsonb(s) order by id) from units.succession s))::text) as all`)
    )[0]?.all
  const idOf = async (name: string) => {
    const [unit] = await read(sql<{ id: string; districtId: string }>`
      select unit_id::text as id, parent_id::text as "districtId" from units.unit_version
      where name = ${name} and valid_from = '2020-03-01'`)
    return unit ?? { id: '', districtId: '' }
  }
  /** Villages first, then the bodies. */
  const belowOf = async (id: string) =>
    (
      await read(sql<{ id: string }>`
        select unit_id::text as id from units.unit_version
        where parent_id = ${id}::bigint and kind <> 'committee' group by unit_id order by min(kind) <> 'village', unit_id`)
    ).map((unit) => unit.id)

  test('splits Nậm Búng in 2023: its halves go into Gia Hội in 2025, and no record is lost on any map', async () => {
    const [before, counted] = [await everything(), await sums()]
    const inGiaHoi = await ofCommune('teams.member', reformOn, 'Xã Gia Hội')
    const { id, districtId } = await idOf('Xã Nậm Búng')
    const below = await belowOf(id)
    const half = (name: string, code: string, belowIds: string[]) => ({
      made: { name, code, kind: 'commune', parentId: districtId },
      belowIds,
    })
    const { eventId } = await database.write(system, (tx) =>
      applyChange(tx, system, {
        kind: 'split',
        on: '2023-06-01',
        unitId: id,
        stays: false,
        halves: [half('Xã Trên', 'X1', below.slice(0, 3)), half('Xã Dưới', 'X2', below.slice(3))],
      }),
    )
    expect(await ofCommune('teams.member', '2024-12-31', 'Xã Trên')).toBeGreaterThan(0)
    expect(await ofCommune('teams.member', reformOn, 'Xã Trên')).toBe(0)
    expect(await ofCommune('teams.member', reformOn, 'Xã Gia Hội')).toBe(inGiaHoi)
    expect(await sums()).toEqual(counted)
    await figuresAgree([districtId, id])
    await database.write(system, (tx) => undoChange(tx, system, eventId))
    expect(await everything()).toBe(before)
  })

  test('joins Suối Giàng and Suối Bu in 2023, both of which go into Văn Chấn in 2025', async () => {
    const [before, counted] = [await everything(), await sums()]
    const inVanChan = await ofCommune('teams.member', reformOn, 'Xã Văn Chấn')
    const [one, other] = [await idOf('Xã Suối Giàng'), await idOf('Xã Suối Bu')]
    const made = { name: 'Xã Suối', code: 'X3', kind: 'commune', parentId: one.districtId }
    const { eventId } = await database.write(system, (tx) =>
      applyChange(tx, system, { kind: 'merge', on: '2023-06-01', fromIds: [one.id, other.id], made }),
    )
    expect(await ofCommune('teams.member', '2024-12-31', 'Xã Suối')).toBeGreaterThan(0)
    expect(await ofCommune('teams.member', reformOn, 'Xã Văn Chấn')).toBe(inVanChan)
    expect(await sums()).toEqual(counted)
    await figuresAgree([one.districtId])
    await database.write(system, (tx) => undoChange(tx, system, eventId))
    expect(await everything()).toBe(before)
  })

  test('splits Cát Thịnh, which alone stayed what it was: its halves lose their district as it did', async () => {
    const before = await everything()
    const { id, districtId } = await idOf('Xã Cát Thịnh')
    const below = await belowOf(id)
    const half = (name: string, code: string, belowIds: string[]) => ({
      made: { name, code, kind: 'commune', parentId: districtId },
      belowIds,
    })
    const { eventId } = await database.write(system, (tx) =>
      applyChange(tx, system, {
        kind: 'split',
        on: '2023-06-01',
        unitId: id,
        stays: false,
        halves: [half('Xã Cát', 'X4', below.slice(0, 2)), half('Xã Thịnh', 'X5', below.slice(2))],
      }),
    )
    const above = await read(sql<{ name: string; above: string }>`
      select v.name, p.name as above from units.unit_version v
      join units.unit_version p on p.unit_id = v.parent_id and daterange(p.valid_from, p.valid_until) @> v.valid_from
      where v.code in ('X4', 'X5') and v.valid_from = ${reformOn}::date order by v.code`)
    expect(above.map((one) => [one.name, one.above])).toEqual([
      ['Xã Cát', 'Tỉnh Lào Cai'],
      ['Xã Thịnh', 'Tỉnh Lào Cai'],
    ])
    await database.write(system, (tx) => undoChange(tx, system, eventId))
    expect(await everything()).toBe(before)
  })

  /** Figure, recount and list agree, on the map of each day. */
  async function figuresAgree(unitIds: readonly string[]): Promise<void> {
    await foldOnce(database)
    for (const unitId of unitIds)
      for (const map of days)
        for (const measure of compared.flatMap((name) => findMeasure(name) ?? [])) {
          const where = await read(sql<{ id: string }>`
            select unit_id::text as id from units.unit_version where unit_id = ${unitId}::bigint
              and daterange(valid_from, valid_until) @> ${map}::date`)
          if (where.length === 0) continue
          await database.read(system, (tx) =>
            agree(tx, { measure, unitId, asOf: '2022-12-31', from: '2022-01-01', map }),
          )
        }
  }
})

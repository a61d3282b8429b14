import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../access/index.ts'
import type { Actor } from '../../actor/actor.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { createUnits, renameUnit } from '../index.ts'
import { importCountry } from './import.actions.ts'
import { settleLink, takeBackLink } from './links.actions.ts'
import { linkTotals } from './links.totals.ts'
import { linkProvinces, linksShown } from './links.views.ts'
import { readLists } from './lists.read.ts'
import { sampleDay, sampleFiles } from './sample-lists.fixtures.ts'

let fresh: FreshDatabase
let database: Database
let system: Actor

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.ownerUrl)
  system = await systemActor(database)
  // What an installation has before: a district of the list with a village, a school and an office, one name corrected.
  await database.write(system, async (tx) => {
    const unit = (code: string, name: string, kind: string, parentCode: string | null) => ({
      code,
      name,
      kind,
      parentCode,
      validFrom: '2021-03-01',
      nameIsOurs: false,
    })
    const ids = await createUnits(tx, system, [
      unit('91', 'Tỉnh Bắc Thử', 'province', null),
      unit('911', 'Huyện An', 'district', '91'),
      unit('91001', 'Xã An Một', 'commune', '911'),
      unit('91001.1', 'Thôn Trong Xã', 'village', '91001'),
      unit('91001.UB', 'Ủy ban nhân dân xã An Một', 'committee', '91001'),
      unit('911.TH', 'Trường Huyện', 'school', '911'),
    ])
    await renameUnit(tx, system, ids.get('91001') ?? '', { name: 'Xã An Một Đúng', from: '2023-01-01' })
  })
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const run = () =>
  database.write(system, (tx) =>
    importCountry(tx, system, {
      lists: readLists(sampleFiles()),
      fileNames: ['cu.csv', 'moi.csv'],
      since: '2020-01-01',
      day: sampleDay,
      legalBasis: 'QĐ thử',
    }),
  )

/** «code name below code, from–until» of every version of a code. */
async function versions(code: string): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select v.name || ' < ' || coalesce((select p.code from units.unit_version p where p.unit_id = v.parent_id
        and p.valid_from <= v.valid_from order by p.valid_from desc limit 1), '')
      || ', ' || v.valid_from || '–' || coalesce(v.valid_until::text, '') as line
    from units.unit_version v where v.code = ${code} order by v.valid_from`.execute(database.owner)
  return rows.map((row) => row.line)
}

async function idOn(code: string, on: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select unit_id::text as id from units.unit_version
    where code = ${code} and valid_from <= ${on}::date and (valid_until is null or valid_until > ${on}::date)`.execute(
    database.owner,
  )
  return rows[0]?.id ?? ''
}

/** Codes of the units in which an old commune counts on the map of a day, smallest first. */
async function countsIn(unitId: string, on: string): Promise<string[]> {
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

describe('a country from its lists', () => {
  test('brings both lists and where each old commune went', async () => {
    const report = await run()
    expect(report.before).toEqual({ provinces: 3, districts: 4, communes: 14 })
    expect(report.since.communes).toBe(7)
    expect(report.links).toEqual({ certain: 12, assumed: 1, open: 1, unchanged: 1, whole: 11, split: 1 })
    expect(report.withoutSuccessor).toEqual(['Xã Không Ai Nêu (91025, Thị xã Bình)'])
    expect(report.withoutPredecessor).toEqual(['Đặc khu Đảo (93010, Thành phố Giữa)'])
    expect(report.unmatched).toEqual([
      'Xã Bình Hai (91019, Tỉnh Nam Thử): «Trường bắn số 1»',
      'Đặc khu Đảo (93010, Thành phố Giữa): «Huyện Đảo»',
    ])
    expect(report.totals).toEqual({
      units: 14,
      known: 12,
      said: 11,
      unchanged: 1,
      recorded: 0,
      assumed: 1,
      open: 1,
      settled: 0,
    })
    expect(report.waitingFindings).toBe(2)
  })

  test('a code that is used again names one unit before and another since', async () => {
    expect(await versions('91001')).toEqual([
      'Xã An Một < 911, 2021-03-01–2023-01-01',
      'Xã An Một Đúng < 911, 2023-01-01–2025-07-01',
      'Xã An Hai < 91, 2025-07-01–',
    ])
    expect(await idOn('91', '2025-06-30')).not.toBe(await idOn('91', sampleDay))
  })

  test('what goes on is one unit below another; a province that nothing happened to is untouched', async () => {
    expect(await idOn('91028', '2025-06-30')).toBe(await idOn('91028', sampleDay))
    expect(await versions('91028')).toEqual([
      'Xã Đứng Yên < 912, 2021-03-01–2025-07-01',
      'Xã Đứng Yên < 91, 2025-07-01–',
    ])
    expect(await versions('93')).toEqual(['Thành phố Giữa < VN, 2020-01-01–'])
  })

  test('a village follows its commune, a school its district’s province, a committee ends', async () => {
    expect(await versions('91001.1')).toEqual([
      'Thôn Trong Xã < 91001, 2021-03-01–2025-07-01',
      'Thôn Trong Xã < 91001, 2025-07-01–',
    ])
    expect(await countsIn(await idOn('91001.1', '2022-01-01'), sampleDay)).toEqual([
      '91001.1',
      '91001',
      '91',
      'VN',
    ])
    expect((await versions('911.TH')).at(-1)).toBe('Trường Huyện < 91, 2025-07-01–')
    expect(await versions('91001.UB')).toEqual(['Ủy ban nhân dân xã An Một < 91001, 2021-03-01–2025-07-01'])
  })

  test('records count where their commune went; those of a split where both halves meet', async () => {
    expect(await countsIn(await idOn('91010', '2022-01-01'), sampleDay)).toEqual(['91001', '91', 'VN'])
    expect(await countsIn(await idOn('91016', '2022-01-01'), sampleDay)).toEqual(['91013', '91', 'VN'])
    expect(await countsIn(await idOn('91019', '2022-01-01'), sampleDay)).toEqual(['91', 'VN'])
    expect(await countsIn(await idOn('92004', '2022-01-01'), sampleDay)).toEqual(['92001', '91', 'VN'])
  })

  test('importing again changes nothing', async () => {
    const counts = () =>
      sql`select (select count(*) from units.unit_version) as versions, (select count(*) from units.succession) as links,
                 (select count(*) from units.event) as events, (select count(*) from audit.entry) as entries`
        .execute(database.owner)
        .then(({ rows }) => rows[0])
    const before = await counts()
    const report = await run()
    expect(Object.values(report.changes).every((count) => count === 0)).toBe(true)
    expect(await counts()).toEqual(before)
  })
})

describe('a link that needs a person', () => {
  const shown = async (q: string, state: 'waiting' | 'settled' | 'certain' = 'waiting') =>
    (await database.read(system, (tx) => linksShown(tx, { q, state, page: 1 }))).links
  const settle = (unitId: string, went: 'whole' | 'parts' | 'none', toUnitIds: string[], revision: number) =>
    database.write(system, (tx) => settleLink(tx, system, unitId, { went, toUnitIds, revision }))

  test('is listed with what the texts say and whom to choose from, the open ones first', async () => {
    const [open, assumed, ...more] = await shown('')
    expect(more).toEqual([])
    expect(open).toMatchObject({
      from: { name: 'Xã Không Ai Nêu', path: ['Thị xã Bình', 'Tỉnh Bắc Thử'] },
      certainty: 'open',
      reason: 'not_named',
      to: [],
    })
    expect(open?.candidates.map((one) => one.name)).toEqual(['Xã Bình Hai', 'Xã Bình Một'])
    expect(assumed).toMatchObject({
      from: { name: 'Xã Sín Chải' },
      reason: 'spelling',
      said: [{ unit: { name: 'Xã Bình Hai' }, words: 'Xã Xín Chải' }],
      to: [{ name: 'Xã Bình Hai' }],
      isWhole: true,
    })
    expect((await shown('khong ai')).map((one) => one.from.code)).toEqual(['91025'])
    const [provinces, totals] = await database.read(system, async (tx) => [
      await linkProvinces(tx),
      await linkTotals(tx),
    ])
    expect(provinces.map((one) => [one.name, one.waiting])).toEqual([
      ['Tỉnh Nam Thử', 2],
      ['Thành phố Giữa', 0],
    ])
    expect(totals).toMatchObject({ assumed: 1, open: 1, settled: 0, said: 11 })
  })

  test('is settled, whole or in parts, and places follow at once; it can be taken back', async () => {
    const from = await idOn('91025', '2022-01-01')
    const [one, two] = [await idOn('91013', sampleDay), await idOn('91019', sampleDay)]
    expect(await countsIn(from, sampleDay)).toEqual(['91', 'VN'])
    const first = await settle(from, 'whole', [one], 1)
    expect(await countsIn(from, sampleDay)).toEqual(['91013', '91', 'VN'])
    const second = await settle(from, 'parts', [one, two], first.revision)
    expect(await countsIn(from, sampleDay)).toEqual(['91', 'VN'])
    expect((await shown('', 'settled')).map((link) => link.to.map((unit) => unit.code))).toEqual([
      ['91013', '91019'],
    ])
    await database.write(system, (tx) => takeBackLink(tx, system, from, second.revision))
    expect((await shown('khong ai'))[0]).toMatchObject({ to: [], settled: null })
  })

  test('can be corrected though the text gave it', async () => {
    const from = await idOn('91016', '2022-01-01')
    const to = await idOn('91019', sampleDay)
    const { revision } = await settle(from, 'whole', [to], 1)
    expect(await countsIn(from, sampleDay)).toEqual(['91019', '91', 'VN'])
    await run()
    expect(await countsIn(from, sampleDay)).toEqual(['91019', '91', 'VN'])
    await database.write(system, (tx) => takeBackLink(tx, system, from, revision))
    expect(await countsIn(from, sampleDay)).toEqual(['91013', '91', 'VN'])
  })

  test('is refused in words where the answer cannot be', async () => {
    const from = await idOn('91025', '2022-01-01')
    const commune = await idOn('91013', sampleDay)
    const revision = (await shown('khong ai'))[0]?.revision ?? 0
    await expect(settle(from, 'whole', [], revision)).rejects.toThrow(/đúng một đơn vị mới/)
    await expect(settle(from, 'parts', [commune], revision)).rejects.toThrow(/từ hai đơn vị mới/)
    await expect(settle(from, 'none', [commune], revision)).rejects.toThrow(/bỏ chọn mọi đơn vị/)
    await expect(settle(from, 'whole', [await idOn('91', sampleDay)], revision)).rejects.toThrow(
      /phải cùng cấp/,
    )
    await expect(settle(from, 'whole', [from], revision)).rejects.toThrow(/khác đơn vị đó/)
    await expect(settle(from, 'whole', [commune], revision - 1)).rejects.toThrow(/Người khác vừa lưu/)
    await expect(settle(commune, 'none', [], 1)).rejects.toThrow(/Không tìm thấy/)
    await expect(database.write(system, (tx) => takeBackLink(tx, system, from, revision))).rejects.toThrow(
      /chưa ai xác nhận/,
    )
  })
})

test('a code of the list that another level holds here is refused, naming both', async () => {
  const lists = readLists(
    sampleFiles({ before: (text) => text.replaceAll('921', '904'), since: (text) => text }),
  )
  await database.write(system, (tx) =>
    createUnits(tx, system, [
      {
        code: '904',
        name: 'Trạm Chín',
        kind: 'station',
        parentCode: null,
        validFrom: '2021-01-01',
        nameIsOurs: true,
      },
    ]),
  )
  await expect(
    database.write(system, (tx) =>
      importCountry(tx, system, {
        lists,
        fileNames: [],
        since: '2020-01-01',
        day: sampleDay,
        legalBasis: null,
      }),
    ),
  ).rejects.toThrow(/Mã 904 trong danh mục là của «Thành phố Nam» nhưng ở đây đang là của «Trạm Chín»/)
})

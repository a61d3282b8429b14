import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { setWorkingDate } from '../calendar/index.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { createUnit, createUnits, endUnit, findUnit, findUnitsByName, renameUnit, unitPath } from './index.ts'
import { ancestorsOf, childrenOf, searchUnits, versionsOf } from './units.views.ts'

let fresh: FreshDatabase
let database: Database
let owner: pg.Client
let system: Actor
let ids: Map<string, string>
const id = (code: string) => ids.get(code) ?? ''

const areas = [
  ['N2', 'Thôn Nậm Pươi', 'village', '04633'],
  ['04633', 'Xã Nậm Búng', 'commune', '140'],
  ['04636', 'Xã Gia Hội', 'commune', '140'],
  ['04672', 'Thị trấn Sơn Thịnh', 'township', '140'],
  ['140', 'Huyện Văn Chấn', 'district', '15'],
  ['136', 'Huyện Văn Yên', 'district', '15'],
  ['15', 'Tỉnh Yên Bái', 'province', null],
  ['N1', 'Thôn Hòa Bình', 'village', '04633'],
  ['140.UB', 'Ủy ban nhân dân huyện Văn Chấn', 'committee', '140'],
] as const

beforeAll(async () => {
  fresh = await freshDatabase()
  owner = new pg.Client({ connectionString: fresh.ownerUrl })
  await owner.connect()
  database = openDatabase(fresh.ownerUrl)
  system = await systemActor(database)
  await database.write(system, (tx) => setWorkingDate(tx, system, '2022-12-31'))
  ids = await database.write(system, (tx) =>
    createUnits(
      tx,
      system,
      areas.map(([code, name, kind, parentCode]) => ({
        code,
        name,
        kind,
        parentCode,
        validFrom: '2020-03-01',
        nameIsOurs: false,
      })),
    ),
  )
})
afterAll(async () => {
  await owner.end()
  await database.close()
  await fresh.drop()
})

const write = <T>(work: (tx: Parameters<Parameters<Database['write']>[1]>[0]) => Promise<T>) =>
  database.write(system, work)
const nameOn = async (code: string, asOf: string) =>
  (await database.read(system, (tx) => findUnit(tx, id(code), asOf)))?.name ?? null
const above = (unitId: string, asOf: string) =>
  database.read(system, async (tx) => (await ancestorsOf(tx, unitId, asOf)).map((one) => one.name))
const village = (code: string, parent: string, validFrom = '2021-01-01') =>
  write((tx) =>
    createUnit(tx, system, {
      code,
      name: `Thôn ${code}`,
      kind: 'village',
      parentId: id(parent),
      validFrom,
      nameIsOurs: true,
    }),
  )

/** Statements of a repair by hand: in one transaction, with its entry in the log. */
const audited = (...statements: string[]) =>
  owner.query(
    [
      'begin',
      ...statements,
      `insert into audit.entry (unit_id, action, subject, subject_id)
       values (${id('04633')}, 'units.unit_moved', 'units.unit', '${id('04633')}')`,
      'commit',
    ].join(';'),
  )

describe('a unit over time', () => {
  test('is found with its parents whatever the order in which it was loaded', async () => {
    expect(await above(id('N2'), '2022-12-31')).toEqual(['Tỉnh Yên Bái', 'Huyện Văn Chấn', 'Xã Nậm Búng'])
    const path = await database.read(system, (tx) => unitPath(tx, id('N2')))
    expect(path.slice(0, 3)).toEqual([id('N2'), id('04633'), id('140')])
    expect(path).toHaveLength(5)
  })

  test('is not there before it began', async () => {
    expect(await nameOn('04633', '2020-02-29')).toBeNull()
    expect(await nameOn('04633', '2020-03-01')).toBe('Xã Nậm Búng')
  })

  test('keeps its old name before the day of a renaming', async () => {
    await write((tx) =>
      renameUnit(tx, system, id('04636'), { name: 'Xã Gia Hội Mới', from: '2022-07-01', legalBasis: 'NQ 1' }),
    )
    expect(await nameOn('04636', '2022-06-30')).toBe('Xã Gia Hội')
    expect(await nameOn('04636', '2022-07-01')).toBe('Xã Gia Hội Mới')
    const versions = await database.read(system, (tx) => versionsOf(tx, id('04636')))
    expect(versions.map((one) => [one.name, one.validFrom, one.validUntil, one.legalBasis])).toEqual([
      ['Xã Gia Hội Mới', '2022-07-01', null, 'NQ 1'],
      ['Xã Gia Hội', '2020-03-01', '2022-07-01', null],
    ])
    const found = (asOf: string) =>
      database.read(system, (tx) => searchUnits(tx, { q: 'gia hoi moi', asOf, limit: 5 }))
    expect((await found('2022-08-01')).map((one) => one.name)).toEqual(['Xã Gia Hội Mới'])
    expect((await found('2022-06-01')).map((one) => one.name)).not.toContain('Xã Gia Hội Mới')
  })

  test('is not renamed to what it is called, nor on the day its name begins', async () => {
    const rename = (name: string, from: string) =>
      write((tx) => renameUnit(tx, system, id('04672'), { name, from }))
    await expect(rename('Thị trấn Sơn Thịnh', '2022-01-01')).rejects.toThrow(/đã mang tên/)
    await expect(rename('Thị trấn Khác', '2020-03-01')).rejects.toThrow(/sau ngày đó/)
    await expect(rename('Thị trấn Khác', '2019-01-01')).rejects.toThrow(/không có vào ngày 1\/1\/2019/)
  })

  test('may take the code of a unit that is no more, never one that is still held', async () => {
    const first = await village('V9', '04633')
    await expect(village('V9', '04636', '2022-01-01')).rejects.toThrow(/Mã V9 đang là của «Thôn V9»/)
    await write((tx) => endUnit(tx, system, first.id, { on: '2022-01-01' }))
    const second = await village('V9', '04636', '2022-01-01')
    const holder = async (asOf: string) =>
      (await database.read(system, (tx) => searchUnits(tx, { q: 'V9', asOf, limit: 5 })))[0]?.id
    expect([await holder('2021-12-31'), await holder('2022-01-01')]).toEqual([first.id, second.id])
    // The database holds this too, whoever writes.
    await expect(
      owner.query(
        `insert into units.unit_version (unit_id, kind, code, name, parent_id, valid_from, search)
         values ($1, 'village', 'V9', 'x', $2, '2023-01-01', '|x|')`,
        [first.id, id('04633')],
      ),
    ).rejects.toThrow(/exclu/)
  })

  test('does not end while units stand below it', async () => {
    await expect(write((tx) => endUnit(tx, system, id('04633'), { on: '2022-12-31' }))).rejects.toThrow(
      /Còn \d+ đơn vị trực thuộc/,
    )
  })

  test('takes all below it along when it moves, from that day on', async () => {
    const moved = await village('V10', '04633')
    await audited(
      `update units.unit_version set valid_until = '2022-05-01' where unit_id = ${id('04633')}`,
      `insert into units.unit_version (unit_id, kind, code, name, parent_id, valid_from, search)
       values (${id('04633')}, 'commune', '04633', 'Xã Nậm Búng', ${id('136')}, '2022-05-01', '|xa nam bung|')`,
    )
    expect(await above(moved.id, '2022-04-30')).toEqual(['Tỉnh Yên Bái', 'Huyện Văn Chấn', 'Xã Nậm Búng'])
    expect(await above(moved.id, '2022-05-01')).toEqual(['Tỉnh Yên Bái', 'Huyện Văn Yên', 'Xã Nậm Búng'])
    const below = (asOf: string) =>
      database.read(system, async (tx) => (await childrenOf(tx, id('140'), asOf)).map((one) => one.code))
    expect(await below('2022-04-30')).toContain('04633')
    expect(await below('2022-05-01')).not.toContain('04633')
    await audited(
      `delete from units.unit_version where unit_id = ${id('04633')} and valid_from = '2022-05-01'`,
      `update units.unit_version set valid_until = null where unit_id = ${id('04633')}`,
    )
    expect(await above(moved.id, '2022-12-31')).toEqual(['Tỉnh Yên Bái', 'Huyện Văn Chấn', 'Xã Nậm Búng'])
  })

  test('never sits below itself', async () => {
    await expect(
      owner.query('update units.unit_version set parent_id = $1 where unit_id = $2', [id('N2'), id('140')]),
    ).rejects.toThrow(/cannot sit below itself/)
    await expect(
      owner.query('update units.unit_version set parent_id = $1 where unit_id = $1', [id('140')]),
    ).rejects.toThrow(/check/)
  })
})

describe('search', () => {
  const search = async (q: string, more: { within?: string; kind?: string; may?: string } = {}) =>
    (await database.read(system, (tx) => searchUnits(tx, { q, asOf: '2022-12-31', limit: 10, ...more }))).map(
      (one) => one.name,
    )

  test.each([
    ['tt son thinh', 'Thị trấn Sơn Thịnh'],
    ['ubnd huyen van chan', 'Ủy ban nhân dân huyện Văn Chấn'],
    ['xa nam bung', 'Xã Nậm Búng'],
    ['H. Văn Chấn', 'Huyện Văn Chấn'],
    ['van chan', 'Huyện Văn Chấn'],
    ['Hoà Bình', 'Thôn Hòa Bình'],
    ['nambung', 'Xã Nậm Búng'],
    ['04672', 'Thị trấn Sơn Thịnh'],
    ['son thnh', 'Thị trấn Sơn Thịnh'],
    ['xã nậm bng', 'Xã Nậm Búng'],
  ])('«%s» gives «%s» first', async (typed, name) => {
    expect((await search(typed))[0]).toBe(name)
  })

  test('keeps to a unit, a kind and what the reader may', async () => {
    expect(await search('', { within: id('04633'), kind: 'village' })).toEqual(
      expect.arrayContaining(['Thôn Hòa Bình', 'Thôn Nậm Pươi']),
    )
    expect(await search('son thinh', { within: id('04633') })).toEqual([])
    expect(await search('van chan', { may: 'units.change' })).toContain('Huyện Văn Chấn')
    const nobody: Actor = { ...system, accountId: null }
    expect(
      await database.read(nobody, (tx) => searchUnits(tx, { q: 'van chan', asOf: '2022-12-31', limit: 5 })),
    ).toEqual([])
  })

  test('takes signs of a pattern as nothing special', async () => {
    expect(await search('%')).toEqual(await search(''))
    expect(await search("' or 1=1 --")).not.toContain('Huyện Văn Chấn')
  })

  test('resolves names of a sheet within a commune', async () => {
    const found = await database.read(system, (tx) =>
      findUnitsByName(tx, {
        names: ['nam puoi', 'Hoà bình', 'không có'],
        withinId: id('04633'),
        asOf: '2022-12-31',
        kinds: ['village'],
      }),
    )
    expect(found.map((one) => one.unit?.name ?? null)).toEqual(['Thôn Nậm Pươi', 'Thôn Hòa Bình', null])
  })
})

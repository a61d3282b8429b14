import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'

let fresh: FreshDatabase
let owner: pg.Client
let root: string
let count = 0

beforeAll(async () => {
  fresh = await freshDatabase()
  owner = new pg.Client({ connectionString: fresh.ownerUrl })
  await owner.connect()
  root = (await owner.query(`select unit_id from units.unit_version where code = 'VN'`)).rows[0].unit_id
})
afterAll(async () => {
  await owner.end()
  await fresh.drop()
})

/** Statements in one transaction, with the entry in the log that every write needs. */
async function audited<T>(work: () => Promise<T>): Promise<T> {
  await owner.query('begin')
  const done = await work()
  await owner.query(
    `insert into audit.entry (unit_id, action, subject, subject_id) values ($1, 'units.changed', 'units.unit', 'x')`,
    [root],
  )
  await owner.query('commit')
  return done
}

type Life = { from?: string; until?: string | null; parent?: string }

/** A small territory: units by name, each with its versions; names are also codes, made unique. */
function territory() {
  count += 1
  const mark = `P${count}`
  const ids = new Map<string, string>([['VN', root]])
  const id = (name: string) => ids.get(name) ?? ''
  const version = async (name: string, { from = '2000-01-01', until = null, parent = 'VN' }: Life) =>
    owner.query(
      `insert into units.unit_version (unit_id, kind, code, name, parent_id, valid_from, valid_until, search)
       values ($1, 'station', $2, $3, $4, $5, $6, '|x|')`,
      [id(name), `${mark}.${name}`, name, id(parent), from, until],
    )
  const unit = (name: string, life: Life = {}) =>
    audited(async () => {
      ids.set(name, (await owner.query('insert into units.unit default values returning id')).rows[0].id)
      await version(name, life)
    })
  const again = (name: string, life: Life) => audited(() => version(name, life))
  const end = (name: string, on: string) =>
    audited(() =>
      owner.query(
        'update units.unit_version set valid_until = $2 where unit_id = $1 and valid_until is null',
        [id(name), on],
      ),
    )
  const goes = (from: string, to: string, on: string, whole = true) =>
    audited(async () => {
      const event = await owner.query(
        `insert into units.event (unit_id, kind, takes_effect_on) values ($1, 'merge', $2) returning id`,
        [root, on],
      )
      await owner.query(
        `insert into units.succession (event_id, from_unit_id, to_unit_id, on_day, is_whole)
         values ($1, $2, $3, $4, $5)`,
        [event.rows[0].id, id(from), id(to), on, whole],
      )
    })
  /** Where what happened in a unit counts on the map of a day, by name, the country left out. */
  const place = async (name: string, on: string) => {
    const { rows } = await owner.query(
      `select unit_id from units.place where leaf_id = $1 and days @> $2::date`,
      [id(name), on],
    )
    const names = new Map([...ids].map(([key, value]) => [value, key]))
    return rows
      .map((row) => names.get(row.unit_id) ?? row.unit_id)
      .filter((one) => one !== 'VN')
      .toSorted((a, b) => (a < b ? -1 : 1))
  }
  return { id, unit, again, end, goes, place }
}

describe('where a record counts', () => {
  test('in its own unit and in all above it, on the map of a day on which they are there', async () => {
    const { unit, place } = territory()
    await unit('T')
    await unit('H', { parent: 'T' })
    await unit('X', { parent: 'H' })
    await unit('thon', { parent: 'X' })
    expect(await place('thon', '2022-01-01')).toEqual(['H', 'T', 'X', 'thon'])
  })

  test('of a unit created later, in the unit above it on the map of a day before', async () => {
    const { unit, place } = territory()
    await unit('T')
    await unit('X', { parent: 'T' })
    await unit('moi', { parent: 'X', from: '2020-05-01' })
    expect(await place('moi', '2020-04-30')).toEqual(['T', 'X'])
    expect(await place('moi', '2020-05-01')).toEqual(['T', 'X', 'moi'])
  })

  test('of a unit that ended without a successor, in the unit that stood above it', async () => {
    const { unit, end, place } = territory()
    await unit('T')
    await unit('X', { parent: 'T' })
    await unit('tram', { parent: 'X' })
    await end('tram', '2021-01-01')
    expect(await place('tram', '2020-12-31')).toEqual(['T', 'X', 'tram'])
    expect(await place('tram', '2021-01-01')).toEqual(['T', 'X'])
  })

  test('of merged units, in the merged one; of the merged one, before it was, in what they had in common', async () => {
    const { unit, end, goes, place } = territory()
    await unit('T')
    await unit('H', { parent: 'T' })
    await unit('A', { parent: 'H' })
    await unit('B', { parent: 'H' })
    await unit('M', { parent: 'T', from: '2025-07-01' })
    await end('A', '2025-07-01')
    await end('B', '2025-07-01')
    await goes('A', 'M', '2025-07-01')
    await goes('B', 'M', '2025-07-01')
    expect(await place('A', '2025-06-30')).toEqual(['A', 'H', 'T'])
    expect(await place('A', '2025-07-01')).toEqual(['M', 'T'])
    expect(await place('M', '2025-06-30')).toEqual(['H', 'T'])
  })

  test('through a chain of mergers, in the last one', async () => {
    const { unit, end, goes, place } = territory()
    await unit('T')
    await unit('A', { parent: 'T' })
    await unit('M', { parent: 'T', from: '2020-01-01' })
    await unit('N', { parent: 'T', from: '2025-07-01' })
    await end('A', '2020-01-01')
    await goes('A', 'M', '2020-01-01')
    await end('M', '2025-07-01')
    await goes('M', 'N', '2025-07-01')
    expect(await place('A', '2019-01-01')).toEqual(['A', 'T'])
    expect(await place('A', '2022-01-01')).toEqual(['M', 'T'])
    expect(await place('A', '2026-01-01')).toEqual(['N', 'T'])
    expect(await place('N', '2019-01-01')).toEqual(['A', 'T'])
  })

  test('of a split unit, in what its halves have in common; its villages follow their half', async () => {
    const { unit, again, end, goes, place } = territory()
    await unit('T')
    await unit('H', { parent: 'T' })
    await unit('K', { parent: 'T' })
    await unit('L', { parent: 'H' })
    await unit('v1', { parent: 'L' })
    await unit('v2', { parent: 'L' })
    await unit('P', { parent: 'H', from: '2024-01-01' })
    await unit('Q', { parent: 'K', from: '2024-01-01' })
    await end('v1', '2024-01-01')
    await again('v1', { parent: 'P', from: '2024-01-01' })
    await end('v2', '2024-01-01')
    await again('v2', { parent: 'Q', from: '2024-01-01' })
    await end('L', '2024-01-01')
    await goes('L', 'P', '2024-01-01', false)
    expect(await place('L', '2024-01-01')).toEqual(['H', 'T'])
    await goes('L', 'Q', '2024-01-01', false)
    expect(await place('L', '2024-01-01')).toEqual(['T'])
    expect(await place('L', '2023-12-31')).toEqual(['H', 'L', 'T'])
    expect(await place('v1', '2024-01-01')).toEqual(['H', 'P', 'T', 'v1'])
    expect(await place('v2', '2024-01-01')).toEqual(['K', 'Q', 'T', 'v2'])
    expect(await place('v2', '2023-01-01')).toEqual(['H', 'L', 'T', 'v2'])
    expect(await place('P', '2023-01-01')).toEqual(['H', 'L', 'T'])
  })

  test('of a part of a split unit, in the half that took it', async () => {
    const { unit, end, goes, place } = territory()
    await unit('T')
    await unit('L', { parent: 'T' })
    await unit('P', { parent: 'T', from: '2024-01-01' })
    await unit('Q', { parent: 'T', from: '2024-01-01' })
    await unit('phan', { parent: 'L', until: '2024-01-01' })
    await end('L', '2024-01-01')
    await goes('L', 'P', '2024-01-01', false)
    await goes('L', 'Q', '2024-01-01', false)
    await goes('phan', 'Q', '2024-01-01')
    expect(await place('phan', '2023-01-01')).toEqual(['L', 'T', 'phan'])
    expect(await place('phan', '2024-01-01')).toEqual(['Q', 'T'])
  })

  test('of a unit that moved, in the old unit above before and in the new one since, all below it too', async () => {
    const { unit, again, end, place } = territory()
    await unit('H')
    await unit('K')
    await unit('X', { parent: 'H' })
    await unit('thon', { parent: 'X' })
    await end('X', '2022-05-01')
    await again('X', { parent: 'K', from: '2022-05-01' })
    expect(await place('thon', '2022-04-30')).toEqual(['H', 'X', 'thon'])
    expect(await place('thon', '2022-05-01')).toEqual(['K', 'X', 'thon'])
  })

  test('of a unit that took another in and stayed, in itself on every map', async () => {
    const { unit, end, goes, place } = territory()
    await unit('T')
    await unit('A', { parent: 'T' })
    await unit('B', { parent: 'T' })
    await end('A', '2023-01-01')
    await goes('A', 'B', '2023-01-01')
    expect(await place('B', '2022-01-01')).toEqual(['B', 'T'])
    expect(await place('A', '2023-01-01')).toEqual(['B', 'T'])
  })

  test('of a unit left below one that is no more, where that one counts', async () => {
    const { unit, end, goes, place } = territory()
    await unit('T')
    await unit('A', { parent: 'T' })
    await unit('thon', { parent: 'A' })
    await unit('nha', { parent: 'thon' })
    await unit('M', { parent: 'T', from: '2025-07-01' })
    await end('A', '2025-07-01')
    await goes('A', 'M', '2025-07-01')
    expect(await place('nha', '2025-07-01')).toEqual(['M', 'T', 'nha', 'thon'])
  })

  test('is as it was when all that was changed is taken back', async () => {
    const { id, unit, end, goes, place } = territory()
    await unit('T')
    await unit('A', { parent: 'T' })
    await unit('B', { parent: 'T' })
    const before = await owner.query('select * from units.place where leaf_id = any($1) order by 1, 2', [
      [id('T'), id('A'), id('B')],
    ])
    await unit('M', { parent: 'T', from: '2025-07-01' })
    await end('A', '2025-07-01')
    await goes('A', 'M', '2025-07-01')
    expect(await place('A', '2025-07-01')).toEqual(['M', 'T'])
    await audited(async () => {
      await owner.query('delete from units.succession where to_unit_id = $1', [id('M')])
      await owner.query('update units.unit_version set valid_until = null where unit_id = $1', [id('A')])
      await owner.query('delete from units.unit_version where unit_id = $1', [id('M')])
    })
    const after = await owner.query('select * from units.place where leaf_id = any($1) order by 1, 2', [
      [id('T'), id('A'), id('B'), id('M')],
    ])
    expect(after.rows).toEqual(before.rows)
  })
})

test('a thousand units that come in one statement are all placed', async () => {
  await audited(() =>
    owner.query(`
      with unit as (insert into units.unit select from generate_series(1, 1300) returning id),
      numbered as (select id, row_number() over (order by id) as n from unit)
      insert into units.unit_version (unit_id, kind, code, name, parent_id, valid_from, search)
      select u.id, 'station', 'C' || u.n, 'C' || u.n,
        case when u.n <= 10 then ${root}
          when u.n <= 60 then (select min(id) from numbered) + (u.n - 11) / 5
          else (select min(id) from numbered) + 10 + (u.n - 61) / 25 end, '2010-01-01', '|x|'
      from numbered u`),
  )
  const { rows } = await owner.query(
    `select count(*)::int as count from units.place p join units.unit_version v on v.unit_id = p.leaf_id
     where v.code ~ '^C[0-9]+$'`,
  )
  expect(rows[0].count).toBe(10 * 2 + 50 * 3 + 1240 * 4)
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../access/actor.ts'
import { migrate } from '../db/migrate.ts'
import { measure, type Measure } from './declare.ts'
import { figure } from './figures.ts'
import { foldOnce, startFolding } from './fold.loop.ts'
import { evidencePage, figurePage, figuresOfUnit } from './measures.views.ts'
import * as toy from './toy.fixtures.ts'

let world: toy.ToyWorld
let system: Actor
const id = (code: string) => world.ids.get(code) ?? ''
const ask = (declared: Measure, code: string, asOf: string, from?: string) =>
  world.database.read(system, (tx) => figure(tx, { measure: declared, unitId: id(code), asOf, from: from ?? null }))
const shown = async (declared: Measure, code: string, asOf: string, from?: string) => {
  const { numerator, denominator } = await ask(declared, code, asOf, from)
  return denominator === null ? numerator : `${numerator}/${denominator}`
}
const event = (code: string, heldOn: string, kind = 'talk', people = '0') =>
  world.owner.query('insert into toy.event (unit_id, held_on, kind, people) values ($1, $2, $3, $4)', [id(code), heldOn, kind, people])
const club = (code: string, openedOn: string, closedOn: string | null = null, seats = '0') =>
  world.owner.query('insert into toy.club (unit_id, opened_on, closed_on, seats) values ($1, $2, $3, $4)', [id(code), openedOn, closedOn, seats])

beforeAll(async () => {
  world = await toy.toyWorld()
  system = await systemActor(world.database)
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.owner.query('delete from toy.event; delete from toy.club')
})

describe('a figure', () => {
  test('of a flow adds up what happened in the period, in the unit and below it', async () => {
    await event('A1', '2022-03-01', 'course')
    await event('A2', '2022-03-31', 'course')
    await event('B1', '2022-04-01', 'course')
    await event('A1', '2022-03-15', 'talk')
    expect(await shown(toy.courses, 'D', '2022-12-31')).toBe('3')
    expect(await shown(toy.courses, 'D', '2022-03-31', '2022-03-01')).toBe('2')
    expect(await shown(toy.courses, 'A', '2022-12-31')).toBe('2')
    expect(await shown(toy.courses, 'B', '2022-03-31', '2022-03-01')).toBeNull()
  })

  test('of a stock holds from its first day until the day it ends, that day not counted', async () => {
    await club('A1', '2022-02-01', '2022-06-01')
    const days = ['2022-01-31', '2022-02-01', '2022-05-31', '2022-06-01']
    expect(await Promise.all(days.map((day) => shown(toy.clubsOpen, 'A', day)))).toEqual([null, '1', '1', '0'])
  })

  test('leaves out a spell that ends on the day it begins', async () => {
    await club('A1', '2022-02-01', '2022-02-01')
    expect(await shown(toy.clubsOpen, 'A', '2022-12-31')).toBeNull()
  })

  test('of a stock that ends in the future falls by itself when the day comes', async () => {
    await club('A1', '2022-02-01', '2023-02-01')
    await club('A2', '2023-01-15')
    expect(await shown(toy.clubsOpen, 'A', '2022-12-31')).toBe('1')
    expect(await shown(toy.clubsOpen, 'A', '2023-01-31')).toBe('2')
    expect(await shown(toy.clubsOpen, 'A', '2023-02-01')).toBe('1')
  })

  test('of a column is exact to the last decimal', async () => {
    await event('A1', '2022-03-01', 'talk', '0.1')
    await event('A1', '2022-03-01', 'talk', '0.2')
    expect(await shown(toy.people, 'D', '2022-12-31')).toBe('0.3')
  })

  test('of a sum adds its parts', async () => {
    await club('A1', '2022-02-01', null, '12.5')
    await club('A2', '2022-02-01')
    expect(await shown(toy.seatsAndClubs, 'D', '2022-12-31')).toBe('14.5')
  })

  test('of a ratio is made of numerator and denominator at every level', async () => {
    await event('A1', '2022-03-01', 'talk', '10')
    await event('A1', '2022-03-02', 'talk', '20')
    await event('B1', '2022-03-02', 'talk', '90')
    expect(await shown(toy.peoplePerEvent, 'A', '2022-12-31')).toBe('30/2')
    expect(await shown(toy.peoplePerEvent, 'D', '2022-12-31')).toBe('120/3')
  })

  test('of a coverage counts units that have any, once each', async () => {
    await club('A1', '2022-02-01')
    await club('A1', '2022-03-01')
    await club('B1', '2022-02-01', '2022-06-01')
    expect(await shown(toy.villagesWithClub, 'D', '2022-05-31')).toBe('2/4')
    expect(await shown(toy.villagesWithClub, 'D', '2022-06-01')).toBe('1/4')
    expect(await shown(toy.villagesWithClub, 'A', '2022-06-01')).toBe('1/2')
  })

  test('is not captured, which is not zero, until a row feeds it and again when the row is deleted', async () => {
    expect(await ask(toy.clubsOpen, 'A', '2022-12-31')).toMatchObject({ value: null, numerator: null })
    expect((await ask(toy.villagesWithClub, 'A', '2022-12-31')).value).toBeNull()
    await club('A1', '2022-02-01')
    expect(await shown(toy.clubsOpen, 'A', '2022-12-31')).toBe('1')
    await foldOnce(world.database)
    await world.owner.query('delete from toy.club')
    expect(await ask(toy.clubsOpen, 'A', '2022-12-31')).toMatchObject({ value: null, numerator: null })
  })

  test('follows a row whose unit, day or kind is corrected', async () => {
    await event('A1', '2022-03-01', 'course')
    await world.owner.query(`update toy.event set unit_id = $1, held_on = '2022-05-01'`, [id('B1')])
    expect(await shown(toy.courses, 'A', '2022-12-31')).toBeNull()
    expect(await shown(toy.courses, 'B', '2022-12-31', '2022-05-01')).toBe('1')
    await world.owner.query(`update toy.event set kind = 'talk'`)
    expect(await shown(toy.courses, 'D', '2022-12-31')).toBeNull()
  })
})

describe('whatever way rows are written', () => {
  test('truncating is refused', async () => {
    await expect(world.owner.query('truncate toy.event')).rejects.toThrow(/is counted/)
  })

  test('an upsert, a statement over many rows and a cascade are counted', async () => {
    await world.owner.query(
      `insert into toy.event (unit_id, held_on, kind) select $1, '2022-01-01', 'course' from generate_series(1, 500)`,
      [id('A1')],
    )
    await world.owner.query(
      `insert into toy.event (id, unit_id, held_on, kind)
       select id, unit_id, '2022-02-01', 'course' from toy.event order by id limit 100
       on conflict (id) do update set held_on = excluded.held_on`,
    )
    expect(await shown(toy.courses, 'A', '2022-01-31')).toBe('400')
    expect(await shown(toy.courses, 'A', '2022-02-01')).toBe('500')
    await world.owner.query(
      `create table toy.season (id int primary key); insert into toy.season values (1);
       alter table toy.event add column season int references toy.season on delete cascade;
       update toy.event set season = 1 where held_on = '2022-01-01'; delete from toy.season`,
    )
    expect(await shown(toy.courses, 'A', '2022-12-31')).toBe('100')
  })

  test('a rolled-back savepoint leaves nothing behind', async () => {
    await world.owner.query('begin')
    await event('A1', '2022-01-01', 'course')
    await world.owner.query('savepoint s')
    await event('A1', '2022-01-01', 'course')
    await world.owner.query('rollback to s')
    await world.owner.query('commit')
    expect(await shown(toy.courses, 'A', '2022-12-31')).toBe('1')
  })

  test('folding moves every delta and changes no figure', async () => {
    for (const day of ['2022-01-01', '2022-02-01', '2022-03-01']) await event('A1', day, 'course')
    const before = await shown(toy.courses, 'D', '2022-12-31')
    const stop = startFolding(world.database, { everyMs: 5 })
    await expect
      .poll(async () => (await world.owner.query('select count(*)::int as n from measures.delta')).rows[0].n)
      .toBe(0)
    await stop()
    expect(await shown(toy.courses, 'D', '2022-12-31')).toBe(before)
  })

  test('a changed declaration rebuilds its figure from the rows', async () => {
    await event('A1', '2022-03-01', 'course')
    await event('A1', '2022-03-01', 'talk')
    const changed = measure({ ...toy.courses, where: `kind in ('course', 'talk')` })
    const parts = (declared: Measure) => [...toy.platformParts, toy.toyPart({ measures: [...toy.toyMeasures.slice(1), declared] })]
    await migrate(world.ownerUrl, parts(changed))
    expect(await shown(changed, 'D', '2022-12-31')).toBe('2')
    await migrate(world.ownerUrl, parts(toy.courses))
    expect(await shown(toy.courses, 'D', '2022-12-31')).toBe('1')
  })
})

describe('the list behind a figure', () => {
  const list = (declared: Measure, code: string, more: { section?: string; search?: string; from?: string } = {}) =>
    world.database.read(system, (tx) =>
      evidencePage(tx, system, declared.name, { unitId: id(code), asOf: '2022-12-31', offset: 0, limit: 100, ...more }),
    )

  test('holds the very rows, with the unit and the unit above it, each opening its page', async () => {
    await event('A1', '2022-03-01', 'course', '7')
    await event('A2', '2022-04-01', 'course', '9')
    const page = await list(toy.courses, 'D')
    expect(page).toMatchObject({ number: '2', hidden: 0, matching: 2 })
    expect(page.rows[0]?.cells).toEqual({
      held_on: '2022-04-01',
      title: '',
      kind: { vi: 'Tập huấn', en: 'Tập huấn' },
      people: '9',
      unit_id: 'Thôn Hai',
      'unit_id.parent': 'Xã An',
    })
    expect(page.rows[0]?.href).toBe(`/toy/${page.rows[0]?.id}`)
  })

  test.each([
    ['no accents', 'le hoi', 1],
    ['words in any order', 'mung le', 1],
    ['the name of the unit', 'thon hai', 1],
    ['the name of the unit above', 'xã an', 2],
    ['the words of a code', 'tap huan', 2],
    ['something else', 'khong co', 0],
    ['signs of a pattern', '%', 2],
  ])('is searched by %s', async (_what, search, matching) => {
    await event('A1', '2022-03-01', 'course')
    await event('A2', '2022-04-01', 'course')
    await world.owner.query(`update toy.event set title = 'Lễ hội mừng cơm mới' where held_on = '2022-04-01'`)
    expect(await list(toy.courses, 'D', { search })).toMatchObject({ number: '2', matching })
  })

  test('of a coverage is the units that have it, and the others', async () => {
    await club('A1', '2022-02-01')
    expect(await list(toy.villagesWithClub, 'D')).toMatchObject({ number: '1', rows: [{ cells: { name: 'Thôn Một', parent: 'Xã An' } }] })
    const missing = await list(toy.villagesWithClub, 'D', { section: 'missing' })
    expect(missing.number).toBe('3')
    expect(missing.rows.map((row) => row.cells.name)).toEqual(['Thôn Hai', 'Thôn Ba', 'Thôn Bốn'])
  })

  test('of a ratio or a sum is one list a part', async () => {
    await event('A1', '2022-03-01', 'talk', '10')
    await club('A1', '2022-02-01', null, '4')
    expect(await list(toy.peoplePerEvent, 'D', { section: 'numerator' })).toMatchObject({ number: '10', matching: 1, hidden: 0 })
    expect(await list(toy.peoplePerEvent, 'D', { section: 'denominator' })).toMatchObject({ number: '1', matching: 1 })
    expect(await list(toy.seatsAndClubs, 'D', { section: 'toy.clubs' })).toMatchObject({ number: '1', matching: 1 })
    await expect(list(toy.seatsAndClubs, 'D', { section: 'nothing' })).rejects.toThrow(/không có danh sách/)
  })

  test('says how many rows the reader may not open', async () => {
    await club('A1', '2022-02-01', null, '4')
    await club('B1', '2022-02-01', null, '6')
    await club('B1', '2022-02-01', '2022-03-01', '1')
    const { rows } = await world.owner.query(
      `with made as (insert into access.account (unit_id, login_name, display_name) values ($1, 'xem', 'Người xem') returning id),
        given as (insert into access.grant (account_id, role, unit_id, valid_from)
          select made.id, v.role, v.unit_id, '2022-01-01' from made, (values ('auditor', $1::bigint), ('leader', $2::bigint)) v(role, unit_id))
       select id::text from made`,
      [id('D'), id('A')],
    )
    // Totals of the district, rows of one commune.
    const reader: Actor = { ...system, accountId: rows[0].id, held: [{ capability: 'measures.view', unitId: id('D') }] }
    const page = await world.database.read(reader, (tx) =>
      evidencePage(tx, reader, 'toy.seats', { unitId: id('D'), offset: 0, limit: 10 }),
    )
    expect(page).toMatchObject({ number: '10', matching: 1, hidden: 1 })
    await expect(
      world.database.read(reader, (tx) => evidencePage(tx, reader, 'toy.seats', { unitId: id('T'), offset: 0, limit: 10 })),
    ).rejects.toThrow(/không thuộc phạm vi/)
  })
})

describe('the page of a measure', () => {
  test('shows twelve months and the units directly below', async () => {
    await club('A1', '2022-02-10')
    await club('B1', '2022-11-30')
    const page = await world.database.read(system, (tx) => figurePage(tx, system, 'toy.clubs', { unitId: id('D'), asOf: '2022-12-15' }))
    expect(page.months.map((month) => month.asOf).slice(-3)).toEqual(['2022-10-31', '2022-11-30', '2022-12-15'])
    expect(page.months.map((month) => month.numerator)).toEqual([null, '1', '1', '1', '1', '1', '1', '1', '1', '1', '2', '2'])
    expect(page.below.map((one) => [one.unit.name, one.figure.numerator])).toEqual([['Xã An', '1'], ['Xã Bình', '1']])
  })

  test('of one unit lists every measure', async () => {
    await event('A1', '2021-03-01', 'course')
    const all = await world.database.read(system, (tx) => figuresOfUnit(tx, system, { unitId: id('D') }))
    expect(all.figures).toHaveLength(toy.toyMeasures.length)
    // What adds up over time is shown since the year began.
    expect(all.figures.find((one) => one.measure.name === 'toy.courses')?.figure).toMatchObject({ from: '2022-01-01', numerator: null })
  })
})

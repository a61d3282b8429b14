import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import type { Measure } from './declare.ts'
import { evidencePage } from './evidence.views.ts'
import { figurePage, figuresOfUnit } from './measures.views.ts'
import * as toy from './toy.fixtures.ts'

let world: toy.ToyWorld
let system: Actor
const id = (code: string) => world.id(code)

beforeAll(async () => {
  world = await toy.toyWorld()
  system = await systemActor(world.database)
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.owner.query('delete from toy.event; delete from toy.club')
})

describe('the list behind a figure', () => {
  const list = (
    declared: Measure,
    code: string,
    more: { section?: string; search?: string; from?: string } = {},
  ) =>
    world.database.read(system, (tx) =>
      evidencePage(tx, system, declared.name, {
        unitId: id(code),
        asOf: '2022-12-31',
        offset: 0,
        limit: 100,
        ...more,
      }),
    )

  test('holds the very rows, with the unit and the unit above it, each opening its page', async () => {
    await world.event('A1', '2022-03-01', 'course', '7')
    await world.event('A2', '2022-04-01', 'course', '9')
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
    await world.event('A1', '2022-03-01', 'course')
    await world.event('A2', '2022-04-01', 'course')
    await world.owner.query(`update toy.event set title = 'Lễ hội mừng cơm mới' where held_on = '2022-04-01'`)
    expect(await list(toy.courses, 'D', { search })).toMatchObject({ number: '2', matching })
  })

  test('of a coverage is the units that have it, and the others', async () => {
    await world.club('A1', '2022-02-01')
    expect(await list(toy.villagesWithClub, 'D')).toMatchObject({
      number: '1',
      rows: [{ cells: { name: 'Thôn Một', parent: 'Xã An' } }],
    })
    const missing = await list(toy.villagesWithClub, 'D', { section: 'missing' })
    expect(missing.number).toBe('3')
    expect(missing.rows.map((row) => row.cells.name)).toEqual(['Thôn Hai', 'Thôn Ba', 'Thôn Bốn'])
    // What lacks it is all that there are less those that have it.
    const { numerator, denominator } = missing.figure
    expect(missing.number).toBe(String(Number(denominator) - Number(numerator)))
  })

  test('of a coverage without any has every unit among those that lack it', async () => {
    expect(await list(toy.villagesWithClub, 'B', { section: 'missing' })).toMatchObject({
      figure: { numerator: null },
      number: '2',
      rows: [{ cells: { name: 'Thôn Ba' } }, { cells: { name: 'Thôn Bốn' } }],
    })
    expect(await list(toy.villagesWithClub, 'B1', { section: 'missing' })).toMatchObject({ number: '1' })
  })

  test('has no number where nothing was captured, and 0 where there was something once', async () => {
    expect(await list(toy.clubsOpen, 'D')).toMatchObject({ number: null, matching: 0 })
    expect(await list(toy.villagesWithClub, 'D')).toMatchObject({ number: null, matching: 0 })
    expect(await list(toy.seatsAndClubs, 'D', { section: 'toy.clubs' })).toMatchObject({ number: null })
    await world.club('A1', '2022-02-01', '2022-03-01')
    expect(await list(toy.clubsOpen, 'D')).toMatchObject({ number: '0', matching: 0 })
    expect(await list(toy.villagesWithClub, 'D')).toMatchObject({ number: '0', matching: 0 })
  })

  test('of a ratio or a sum is one list a part', async () => {
    await world.event('A1', '2022-03-01', 'talk', '10')
    await world.club('A1', '2022-02-01', null, '4')
    expect(await list(toy.peoplePerEvent, 'D', { section: 'numerator' })).toMatchObject({
      number: '10',
      matching: 1,
      hidden: 0,
    })
    expect(await list(toy.peoplePerEvent, 'D', { section: 'denominator' })).toMatchObject({
      number: '1',
      matching: 1,
    })
    expect(await list(toy.seatsAndClubs, 'D', { section: 'toy.clubs' })).toMatchObject({
      number: '1',
      matching: 1,
    })
    await expect(list(toy.seatsAndClubs, 'D', { section: 'nothing' })).rejects.toThrow(/không có danh sách/)
  })

  test('says how many rows the reader may not open', async () => {
    await world.club('A1', '2022-02-01', null, '4')
    await world.club('B1', '2022-02-01', null, '6')
    await world.club('B1', '2022-02-01', '2022-03-01', '1')
    const { rows } = await world.owner.query(
      `with made as (insert into access.account (unit_id, login_name, display_name, sort_key, search) values ($1, 'xem', 'Người xem', 'xem', 'xem') returning id),
        given as (insert into access.grant (account_id, role, unit_id, valid_from)
          select made.id, v.role, v.unit_id, '2022-01-01' from made, (values ('auditor', $1::bigint), ('leader', $2::bigint)) v(role, unit_id)),
       logged as (insert into audit.entry (unit_id, action, subject, subject_id)
          select $1, 'access.account_created', 'access.account', id from made)
       select id::text from made`,
      [id('D'), id('A')],
    )
    // Totals of the district, rows of one commune.
    const reader: Actor = {
      ...system,
      accountId: rows[0].id,
      held: [{ capability: 'measures.view', unitId: id('D') }],
    }
    const page = await world.database.read(reader, (tx) =>
      evidencePage(tx, reader, 'toy.seats', { unitId: id('D'), offset: 0, limit: 10 }),
    )
    expect(page).toMatchObject({ number: '10', matching: 1, hidden: 1 })
    await expect(
      world.database.read(reader, (tx) =>
        evidencePage(tx, reader, 'toy.seats', { unitId: id('T'), offset: 0, limit: 10 }),
      ),
    ).rejects.toThrow(/không thuộc phạm vi/)
  })
})

describe('the page of a measure', () => {
  test('shows twelve months and the units directly below', async () => {
    await world.club('A1', '2022-02-10')
    await world.club('B1', '2022-11-30')
    const page = await world.database.read(system, (tx) =>
      figurePage(tx, system, 'toy.clubs', { unitId: id('D'), asOf: '2022-12-15' }),
    )
    expect(page.months.map((month) => month.asOf).slice(-3)).toEqual([
      '2022-10-31',
      '2022-11-30',
      '2022-12-15',
    ])
    expect(page.months.map((month) => month.numerator)).toEqual([
      null,
      '1',
      '1',
      '1',
      '1',
      '1',
      '1',
      '1',
      '1',
      '1',
      '2',
      '2',
    ])
    expect(page.below.map((one) => [one.unit.name, one.figure.numerator])).toEqual([
      ['Xã An', '1'],
      ['Xã Bình', '1'],
    ])
  })

  test('of one unit lists every measure', async () => {
    await world.event('A1', '2021-03-01', 'course')
    const all = await world.database.read(system, (tx) => figuresOfUnit(tx, system, { unitId: id('D') }))
    expect(all.figures).toHaveLength(toy.toyMeasures.length)
    // What adds up over time is shown since the year began.
    expect(all.figures.find((one) => one.measure.name === 'toy.courses')?.figure).toMatchObject({
      from: '2022-01-01',
      numerator: '0',
    })
  })
})

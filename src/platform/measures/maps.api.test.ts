import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../access/system-actor.ts'
import type { Actor } from '../actor/actor.ts'
import { figuresBelow } from './below.views.ts'
import { evidencePage } from './evidence.views.ts'
import { figurePage, oneFigure } from './measures.views.ts'
import { type ToyWorld, toyMeasures, toyWorld } from './toy.fixtures.ts'

let world: ToyWorld
let system: Actor

/** Commune A is split on 1 July 2022: its first village goes to A', its second to A''. */
async function split(): Promise<Record<'AX' | 'AY', string>> {
  const { owner, id } = world
  await owner.query('begin')
  const made = { AX: '', AY: '' }
  await owner.query(`update units.unit_version set valid_until = '2022-07-01' where unit_id = any($1)`, [
    ['A', 'A1', 'A2'].map(id),
  ])
  const event = await owner.query(
    `insert into units.event (unit_id, kind, takes_effect_on) values ($1, 'split', '2022-07-01') returning id`,
    [id('D')],
  )
  for (const [code, name, village] of [
    ['AX', 'Xã An Đông', 'A1'],
    ['AY', 'Xã An Tây', 'A2'],
  ] as const) {
    const { rows } = await owner.query('insert into units.unit default values returning id')
    made[code] = rows[0].id
    const version = (unit: string, kind: string, title: string, parent: string) =>
      owner.query(
        `insert into units.unit_version (unit_id, kind, code, name, parent_id, valid_from, search)
         values ($1, $2, $3, $4, $5, '2022-07-01', '|x|')`,
        [unit, kind, `${code}.${kind}`, title, parent],
      )
    await version(made[code], 'commune', name, id('D'))
    await version(id(village), 'village', `Thôn của ${name}`, made[code])
    await owner.query(
      `insert into units.succession (event_id, from_unit_id, to_unit_id, on_day, is_whole) values ($1, $2, $3, '2022-07-01', false)`,
      [event.rows[0].id, id('A'), made[code]],
    )
  }
  await owner.query(
    `insert into audit.entry (unit_id, action, subject, subject_id) values ($1, 'units.changed', 'units.unit', 'x')`,
    [id('D')],
  )
  await owner.query('commit')
  return made
}

let made: Record<'AX' | 'AY', string>

beforeAll(async () => {
  world = await toyWorld()
  system = await systemActor(world.database)
  await world.event('A', '2022-03-01')
  await world.event('A', '2022-03-02')
  await world.event('A1', '2022-03-03')
  await world.event('A2', '2022-03-04')
  await world.event('B1', '2022-03-05')
  await world.event('D', '2022-03-06')
  made = await split()
})
afterAll(() => world.close())

const page = (query: { unitId: string; asOf?: string; map?: string }) =>
  world.database.read(system, (tx) => figurePage(tx, system, 'toy.events', query))

describe('a figure on a map', () => {
  test('of its time has the units of that time below it', async () => {
    const then = await page({ unitId: world.id('D'), asOf: '2022-06-30' })
    expect(then.below.map(({ unit, figure }) => [unit.name, figure.numerator])).toEqual([
      ['Xã An', '4'],
      ['Xã Bình', '1'],
    ])
    expect(then.apart).toEqual([{ part: 'own', numerator: '1' }])
  })

  test('of today leaves to nobody what a split did not settle, and lists it', async () => {
    const now = await page({ unitId: world.id('D'), asOf: '2022-06-30', map: 'today' })
    expect(now.figure).toMatchObject({ numerator: '6', map: 'today' })
    expect(now.mapDay).toBe('2022-12-31')
    expect(now.below.map(({ unit, figure }) => [unit.name, figure.numerator])).toEqual([
      ['Xã An Đông', '1'],
      ['Xã An Tây', '1'],
      ['Xã Bình', '1'],
    ])
    expect(now.apart).toEqual([
      { part: 'own', numerator: '1' },
      { part: 'unassigned', numerator: '2' },
    ])
    const list = await world.database.read(system, (tx) =>
      evidencePage(tx, system, 'toy.events', {
        unitId: world.id('D'),
        asOf: '2022-06-30',
        map: 'today',
        among: 'unassigned',
        offset: 0,
        limit: 10,
      }),
    )
    expect([list.number, list.hidden, list.rows.length]).toEqual(['2', 0, 2])
    // Rows keep the name of the unit in which they were written.
    expect(list.rows.map(({ cells }) => cells.unit_id)).toEqual(['Xã An', 'Xã An'])
  })

  test('lists what a coverage leaves to nobody after a split as rows, and no part where there is none', async () => {
    await world.club('A', '2022-02-01', null, '3')
    await world.club('B1', '2022-02-01', null, '8')
    const coverage = (asOf: string, map?: string) =>
      world.database.read(system, (tx) =>
        figurePage(tx, system, 'toy.villages_with_club', {
          unitId: world.id('D'),
          asOf,
          ...(map && { map }),
        }),
      )
    const now = await coverage('2022-06-30', 'today')
    expect(now.figure.numerator).toBe('1')
    expect(now.below.reduce((sum, { figure }) => sum + Number(figure.numerator ?? 0), 0)).toBe(1)
    expect(now.apart).toEqual([{ part: 'unassigned', numerator: '1' }])
    const list = await world.database.read(system, (tx) =>
      evidencePage(tx, system, 'toy.villages_with_club', {
        ...{ unitId: world.id('D'), asOf: '2022-06-30', map: 'today', among: 'unassigned' },
        ...{ offset: 0, limit: 10 },
      }),
    )
    expect([list.number, list.hidden, list.rows.length]).toEqual(['1', 0, 1])
    expect((await coverage('2022-06-30')).apart).toEqual([])
    await world.owner.query('delete from toy.club')
  })

  test('that does not have the unit is refused, saying where it went', async () => {
    await expect(page({ unitId: world.id('A'), asOf: '2022-06-30', map: 'today' })).rejects.toThrow(
      /«Xã An» đã kết thúc từ 1\/7\/2022 và được chia cho «Xã An Đông», «Xã An Tây»/,
    )
    await expect(page({ unitId: made.AX, asOf: '2022-03-31' })).rejects.toThrow(/có từ 1\/7\/2022/)
  })

  test('is the same in the table of units', async () => {
    const below = await world.database.read(system, (tx) =>
      figuresBelow(tx, system, {
        unitId: world.id('D'),
        asOf: '2022-06-30',
        map: '2022-07-02',
        measures: ['toy.events', 'toy.villages_with_club', 'toy.people_per_event'],
      }),
    )
    expect(below.units.names).toEqual(['Xã An Đông', 'Xã An Tây', 'Xã Bình'])
    expect(below.columns[0]).toMatchObject({
      numerators: ['1', '1', '1'],
      denominators: null,
      whole: ['6', null],
    })
    // Nobody has captured a club: that is not 0 of 4.
    expect(below.columns[1]).toMatchObject({ numerators: [null, null, null], whole: [null, null] })
    expect(below.columns[2]).toMatchObject({ numerators: ['0', '0', '0'], denominators: ['1', '1', '1'] })
  })
})

describe('the table of units', () => {
  const names = ['toy.events', 'toy.people', 'toy.clubs', 'toy.seats_and_clubs', 'toy.villages_with_club']
  const table = (query: { asOf: string; map?: string; kind?: string; from?: string }) =>
    world.database.read(system, (tx) =>
      figuresBelow(tx, system, { unitId: world.id('D'), measures: names, ...query }),
    )

  test('has what was written at the unit itself, and what a split left to nobody', async () => {
    const now = await table({ asOf: '2022-06-30', map: 'today' })
    expect(now.apart.map(({ part, numerators }) => [part, numerators[0]])).toEqual([
      ['own', '1'],
      ['unassigned', '2'],
    ])
    const then = await table({ asOf: '2022-06-30' })
    expect(then.apart.map(({ part, numerators }) => [part, numerators[0]])).toEqual([['own', '1']])
    // A share of units has no part that stands in none of them.
    expect(now.apart.map(({ numerators }) => numerators[4])).toEqual([null, null])
  })

  test('adds up to the total of whatever can be added, on every map and in every period', async () => {
    await world.owner.query('update toy.event set people = id')
    await world.club('D', '2022-02-01', null, '12.5')
    await world.club('A', '2022-02-01', '2022-05-01', '3')
    await world.club('A', '2022-02-01', null, '0.25')
    await world.club('B1', '2022-02-01', null, '8')
    for (const query of [
      { asOf: '2022-04-30' },
      { asOf: '2022-06-30', from: '2022-03-02' },
      { asOf: '2022-06-30', map: 'today' },
      { asOf: '2022-12-31', from: '2022-03-01' },
      { asOf: '2022-12-31', map: '2022-03-01' },
      { asOf: '2022-12-31', kind: 'village' },
      { asOf: '2022-04-30', kind: 'commune' },
    ]) {
      const { columns, apart } = await table(query)
      for (const [at, { measure, numerators, whole }] of columns.entries()) {
        if (measure === 'toy.villages_with_club') continue
        const rows = [...numerators, ...apart.map((one) => one.numerators[at])]
        const sum = rows.reduce((all, one) => all + Number(one ?? 0), 0)
        expect(sum, `${measure} ${JSON.stringify(query)}`).toBeCloseTo(Number(whole[0] ?? 0), 9)
      }
    }
    await world.owner.query('delete from toy.club')
  })

  test('says what is left where rows of a kind are not all there is', async () => {
    // Of the villages alone the communes' own records are missing.
    const { apart } = await table({ asOf: '2022-06-30', kind: 'village' })
    expect(apart.map(({ part, numerators }) => [part, numerators[0]])).toEqual([
      ['own', '1'],
      ['rest', '2'],
    ])
  })
})

test('a grid of figures is what each of them is alone, in any period and on any map', async () => {
  await world.club('A1', '2022-02-01', '2022-09-01', '12.5')
  await world.club('B2', '2022-05-01', null, '3')
  const measures = toyMeasures
  for (const query of [
    { asOf: '2022-12-31' },
    { asOf: '2022-12-31', period: 'year' as const },
    { asOf: '2022-08-15', from: '2022-03-02', map: 'today' },
    { asOf: '2022-03-04', period: 'week' as const, map: '2022-12-01' },
  ])
    await world.database.read(system, async (tx) => {
      const names = measures.map(({ name }) => name)
      const below = await figuresBelow(tx, system, { unitId: world.id('D'), ...query, measures: names })
      for (const [at, measure] of measures.entries())
        for (const [place, unitId] of [world.id('D'), ...below.units.ids].entries()) {
          const { figure } = await oneFigure(tx, system, measure.name, { unitId, ...query })
          const column = below.columns[at]
          const shown =
            place === 0
              ? column?.whole
              : [column?.numerators[place - 1], column?.denominators?.[place - 1] ?? null]
          expect(shown, `${measure.name} of ${unitId}`).toEqual([figure.numerator, figure.denominator])
        }
    })
})

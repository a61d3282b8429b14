import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../access/system-actor.ts'
import type { Actor } from '../actor/actor.ts'
import { openSheetFile } from '../sheets/index.ts'
import { requireMeasure } from './asked.ts'
import { figuresBelow } from './below.views.ts'
import { evidencePage } from './evidence.views.ts'
import { belowSheet, monthsSheet } from './figure.sheets.ts'
import { foldOnce } from './fold.loop.ts'
import { figurePage } from './measures.views.ts'
import { figureAtOnce } from './one-figure.ts'
import { type ToyWorld, toyWorld } from './toy.fixtures.ts'

let world: ToyWorld
let system: Actor
/** Today is 31 December 2022. */
const january = { from: '2023-01-01', asOf: '2023-01-31' }

beforeAll(async () => {
  world = await toyWorld()
  system = await systemActor(world.database)
  await world.event('A1', '2022-11-02', 'talk', '30')
  await world.event('A1', '2022-12-05', 'course', '4')
  await world.club('A1', '2022-02-01', '2023-01-15')
  await world.club('A2', '2022-02-01')
})
afterAll(() => world.close())

const page = (name: string, query: { asOf: string; from?: string; period?: 'month' | 'year' }) =>
  world.database.read(system, (tx) => figurePage(tx, system, name, { unitId: world.id('D'), ...query }))
const table = () =>
  world.database.read(system, (tx) =>
    figuresBelow(tx, system, {
      unitId: world.id('D'),
      ...january,
      measures: ['toy.events', 'toy.people_per_event', 'toy.clubs'],
    }),
  )

describe('a month to come', () => {
  test.each([
    ['while its rows are not summed', () => Promise.resolve(0)],
    ['when all is summed', () => foldOnce(world.database)],
  ])('has nothing captured and not 0, %s', async (_when, make) => {
    await make()
    const { figure, below, today } = await page('toy.events', january)
    expect([figure.numerator, today]).toEqual([null, '2022-12-31'])
    expect(below.map((one) => one.figure.numerator)).toEqual([null, null])
    expect((await page('toy.people_per_event', january)).figure).toMatchObject({ numerator: null })
    const { columns } = await table()
    expect(columns.map(({ whole }) => whole[0])).toEqual([null, null, '1'])
    expect(columns[0]?.numerators).toEqual([null, null])
    const once = await figureAtOnce(world.database, system, requireMeasure('toy.events'), {
      unitId: world.id('D'),
      ...january,
    })
    // The common way answers what one statement does not know.
    expect(once).toBeNull()
  })

  test('that has passed without anything is 0', async () => {
    expect((await page('toy.events', { asOf: '2022-10-31', period: 'month' })).figure.numerator).toBeNull()
    await world.event('B1', '2022-01-07')
    expect((await page('toy.events', { asOf: '2022-10-31', period: 'month' })).figure.numerator).toBe('0')
  })

  test('counts what is recorded for it beforehand, as long as its list', async () => {
    const { rows } = await world
      .event('B1', '2023-01-10')
      .then(() => world.owner.query(`select id from toy.event where held_on = '2023-01-10'`))
    expect((await page('toy.events', january)).figure.numerator).toBe('1')
    expect((await table()).columns[0]).toMatchObject({ numerators: [null, '1'], whole: ['1', null] })
    const list = await world.database.read(system, (tx) =>
      evidencePage(tx, system, 'toy.events', { unitId: world.id('D'), ...january, offset: 0, limit: 10 }),
    )
    expect([list.number, list.rows.map(({ id }) => id)]).toEqual(['1', [String(rows[0].id)]])
    await world.owner.query('delete from toy.event where id = $1', [rows[0].id])
  })
})

describe('a day to come', () => {
  test('is read by the days that are on record already', async () => {
    expect((await page('toy.clubs', { asOf: '2023-01-14' })).figure.numerator).toBe('2')
    expect((await page('toy.clubs', { asOf: '2023-01-15' })).figure.numerator).toBe('1')
  })

  test('ends the twelve months at today: what comes after is missing, in the file too', async () => {
    for (const name of ['toy.events', 'toy.clubs']) {
      const asked = await page(name, { asOf: '2023-02-10', period: 'year' })
      const [december, ...ahead] = asked.months.slice(-3)
      expect([december?.asOf, december?.numerator]).toEqual(['2022-12-31', name === 'toy.events' ? '1' : '2'])
      expect(ahead.map(({ asOf, numerator }) => [asOf, numerator])).toEqual([
        ['2023-01-31', null],
        ['2023-02-10', null],
      ])
      const { bytes, fileName } = await monthsSheet(asked, requireMeasure(name))
      const rows = openSheetFile(bytes, fileName).worksheets[0]?.rows ?? []
      expect(rows.slice(-2).map((row) => row?.[2])).toEqual([undefined, undefined])
      const heading = rows.slice(0, 5).flatMap((row) => row?.[0] ?? [])
      expect(heading.map((cell) => ('text' in cell ? cell.text : ''))).toContainEqual(
        expect.stringContaining('Tháng sau hôm nay, 31/12/2022, để trống vì chưa tới'),
      )
    }
  })

  test('is said in the table of units', async () => {
    const below = await table()
    const { bytes, fileName } = await belowSheet(
      below,
      below.columns.map(({ measure }) => requireMeasure(measure)),
    )
    const text = JSON.stringify(openSheetFile(bytes, fileName).worksheets[0]?.rows?.slice(0, 6))
    expect(text).toContain('31/1/2023 là ngày chưa tới')
    expect(text).toContain('Kỳ này chưa tới')
  })
})

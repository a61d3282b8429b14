import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { migrate } from '../install/migrate.ts'
import { openSheetFile } from '../sheets/index.ts'
import { figuresBelow } from './below.views.ts'
import { type DurationMeasure, duration } from './declare.ts'
import { evidencePage } from './evidence.views.ts'
import { belowSheet, listSheet } from './figure.sheets.ts'
import { foldOnce } from './fold.loop.ts'
import { registerMeasures } from './index.ts'
import { figurePage, oneFigure } from './measures.views.ts'
import { recountAll } from './recount.all.ts'
import * as toy from './toy.fixtures.ts'

const words = (vi: string) => ({ vi, en: vi })
/** How many days a club was open, of those that closed in a period. */
const daysOpen = (name: string, more: Partial<Parameters<typeof duration>[0]> = {}) =>
  duration({
    name: `toy.${name}`,
    title: words('Thời gian mở'),
    meaning: words('Thời gian mở'),
    noun: words('câu lạc bộ'),
    of: toy.clubsOpen.of,
    on: 'closed_on',
    length: 'closed_on - opened_on',
    lengthUnit: 'days',
    since: { title: words('Mở từ ngày'), at: 'opened_on' },
    percentile: 0.5,
    ...more,
  })
const median = daysOpen('days_open')
const ninetieth = daysOpen('days_open_p90', { percentile: 0.9 })
const partWith = (...more: readonly DurationMeasure[]) =>
  toy.toyPart({ measures: [...toy.toyMeasures, ...more] })

let world: toy.ToyWorld
let system: Actor
const start = async (...more: readonly DurationMeasure[]) => {
  await migrate(world.ownerUrl, [...toy.platformParts, partWith(...more)])
  registerMeasures([partWith(...more)])
}
/** A club that was open for so many days until the first of December. */
const open = (code: string, days: number) =>
  world.owner.query(
    `insert into toy.club (unit_id, name, opened_on, closed_on) values ($1, $2, date '2022-12-01' - $3::int, '2022-12-01')`,
    [world.id(code), `Mở ${days} ngày`, days],
  )
const query = (code = 'D') => ({ unitId: world.id(code), asOf: '2022-12-31', period: 'year' as const })
const shown = async (measure: DurationMeasure = median, code = 'D') =>
  (await world.database.read(system, (tx) => oneFigure(tx, system, measure.name, query(code)))).figure
const list = (measure: DurationMeasure = median) =>
  world.database.read(system, (tx) =>
    evidencePage(tx, system, measure.name, { ...query(), offset: 0, limit: 100 }),
  )
const allAgrees = async (...more: readonly DurationMeasure[]) =>
  expect(await recountAll(world.owner, [...toy.toyMeasures, ...more])).toMatchObject({
    differences: [],
    different: 0,
    faults: [],
  })

beforeAll(async () => {
  world = await toy.toyWorld()
  system = await systemActor(world.database)
  await start(median, ninetieth)
})
afterAll(() => world.close())
beforeEach(() => world.owner.query('delete from toy.club'))

describe('a length up to forty days is told to the day', () => {
  test.each([[[0]], [[1]], [[29]], [[30]], [[39]], [[3, 17, 18]], [[17, 17, 31, 38]], [[2, 37, 39, 900]]])(
    'the median of %j',
    async (days) => {
      for (const one of days) await open('A1', one)
      const middle = days[Math.ceil(days.length / 2) - 1]
      const figure = await shown()
      expect(figure).toMatchObject({ numerator: String(middle), counted: String(days.length) })
      expect([figure.upTo, figure.atLeast]).toEqual([undefined, undefined])
      await foldOnce(world.database)
      expect(await shown()).toEqual(figure)
    },
  )

  test('nine of ten done within nine days are the ninetieth percentile, not the tenth', async () => {
    for (let days = 1; days <= 10; days += 1) await open('A1', days)
    expect(await shown(ninetieth)).toMatchObject({ numerator: '9' })
  })
})

describe('a longer one is told as the range that it lies in', () => {
  test.each([
    [40, '40', '43'],
    [45, '44', '47'],
    [100, '97', '105'],
    [365, '354', '388'],
    [1_000, '999', '1097'],
  ])('%i days', async (days, least, most) => {
    await open('A1', days)
    expect(await shown()).toMatchObject({ numerator: least, upTo: most })
    // No wider than a tenth of what it begins with.
    expect(Number(most) + 1 - Number(least)).toBeLessThanOrEqual(Number(least) / 10)
  })

  test('and one beyond the last range as at least so much', async () => {
    await open('A1', 2_000)
    expect(await shown()).toMatchObject({ numerator: '1098', atLeast: true })
  })

  test('in the table of units, by months and in files, too', async () => {
    await open('A1', 45)
    await open('B1', 12)
    const below = await world.database.read(system, (tx) =>
      figuresBelow(tx, system, { ...query(), measures: [median.name] }),
    )
    expect(below.columns[0]).toMatchObject({
      whole: ['12', null],
      numerators: ['44', '12'],
      spans: [{}, { upTo: '47' }, {}],
    })
    const page = await world.database.read(system, (tx) => figurePage(tx, system, median.name, query('A')))
    expect(page.months.at(-1)).toMatchObject({ numerator: '44', upTo: '47' })
    const file = await belowSheet(below, [median])
    const cells = JSON.stringify(openSheetFile(file.bytes, file.fileName).worksheets[0]?.rows)
    expect(cells).toContain('44–47')
    expect(cells).toContain('Thời gian dài được đếm theo khoảng')
  })
})

test('the list behind it, and its file, have the days of each row and the day they are counted from', async () => {
  await open('A1', 45)
  await open('B1', 12)
  const page = await list()
  expect(page).toMatchObject({ number: '2', hidden: 0, recounted: null })
  expect(page.columns.map(({ title }) => title.vi)).toEqual(expect.arrayContaining(['Mở từ ngày', 'Số ngày']))
  expect(page.rows.map(({ cells }) => [cells.name, cells['length.since'], cells.length])).toEqual([
    ['Mở 12 ngày', '2022-11-19', '12'],
    ['Mở 45 ngày', '2022-10-17', '45'],
  ])
  expect(await shown()).toMatchObject({ numerator: '12' })
  const file = await listSheet(page, median)
  const cells = JSON.stringify(openSheetFile(file.bytes, file.fileName).worksheets[0]?.rows)
  expect(cells).toContain('Số ngày')
  expect(cells).toContain('"number":45')
})

test('percentiles of the same lengths stand on the same classes, no more than a hundred', async () => {
  const { rows } = await world.owner.query<{ n: number }>(
    `select count(*)::int as n from measures.measure where name like 'toy.club/%'`,
  )
  expect(rows[0]?.n).toBe(median.bounds.length + 1)
  expect(median.bounds.length).toBeLessThan(100)
})

test('an installation that counted in coarse classes counts in finer ones from its next start on', async () => {
  const coarse = daysOpen('days_open', { bounds: [30, 60, 90, 180] })
  await start(coarse)
  for (const days of [31, 33, 36]) await open('A2', days)
  await foldOnce(world.database)
  expect(await shown(coarse)).toMatchObject({ numerator: '30', upTo: '59' })
  await start(median, ninetieth)
  expect(await shown()).toMatchObject({ numerator: '33', counted: '3' })
  expect((await shown()).upTo).toBeUndefined()
  await open('A2', 32)
  await open('A2', 32)
  expect(await shown()).toMatchObject({ numerator: '32', counted: '5' })
  await allAgrees(median, ninetieth)
})

test('a table that two sets of lengths are counted from has more columns than a function may be given', async () => {
  const ofLarge = daysOpen('days_open_large', { where: 'seats > 10' })
  await start(median, ninetieth, ofLarge)
  await world.owner.query(
    `insert into toy.club (unit_id, opened_on, closed_on, seats)
     select $1, date '2022-01-01', date '2022-01-01' + n, n from generate_series(1, 60) n`,
    [world.id('B2')],
  )
  expect(await shown(ofLarge, 'B')).toMatchObject({ numerator: '35', counted: '50' })
  await allAgrees(median, ninetieth, ofLarge)
  while ((await foldOnce(world.database)) > 0);
  expect(await shown(ofLarge, 'B')).toMatchObject({ numerator: '35', counted: '50' })
  await allAgrees(median, ninetieth, ofLarge)
})

test.each([
  ['parts of a day', [0.5, 1]],
  ['not rising', [3, 2]],
  ['none', []],
  ['too many', Array.from({ length: 101 }, (_, at) => at + 1)],
])('bounds are refused where they are %s', (_what, bounds) => {
  expect(() => daysOpen('days_open', { bounds })).toThrow('whole, rising bounds')
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../install/migrate.ts'
import type { Answer } from '../testing/server.ts'
import { startFolding } from './fold.loop.ts'
import { historyMeasures, partsOfVersion } from './history.fixtures.ts'
import { registerMeasures } from './index.ts'
import { buildFigures } from './install.ts'
import { figureServer, type Query } from './one-figure.fixtures.ts'
import { figureAtOnce } from './one-figure.ts'
import { eventsHeld } from './toy.fixtures.ts'

let here: Awaited<ReturnType<typeof figureServer>>
const id = (code: string) => here.id(code)
const numerator = (name: string, code: string) => here.numerator(name, code)

beforeAll(async () => {
  here = await figureServer()
})
afterAll(() => here.close())
beforeEach(() => here.plant())

/** What an answer says, but for the instant at which it was read. */
const said = ({ body }: Answer) => {
  const { figure, countedUntil, mapDay } = body
  return { figure, countedUntil, mapDay }
}

describe('one figure', () => {
  const asked: Query[] = [
    {},
    { map: 'today' },
    { map: '2022-06-30' },
    { asOf: '2022-09-30' },
    { asOf: '2022-09-30', map: 'today' },
    { asOf: '2022-12-31' },
    { asOf: '2022-11-20', map: '2022-09-30' },
    { asOf: '2022-09-30', from: '2022-03-01' },
    { from: '2022-03-02', map: 'today' },
    { asOf: '2022-12-31', from: '2022-12-31' },
    { asOf: '2023-03-31' },
  ]
  test.each(historyMeasures.map((measure) => [measure.kind, measure.name, measure] as const))(
    '(%s, %s) is that of its page, on every map, with and without a first day',
    async (kind, name) => {
      let captured = 0
      for (const query of asked)
        for (const code of ['D', 'A', 'B', 'A1']) {
          const place = { unitId: id(code), ...query }
          const page = await here.pageOf(name, place)
          let alone = page
          const used = await here.since(async () => {
            alone = await here.figureOf(name, place)
          })
          expect(said(alone), JSON.stringify([code, query])).toEqual(said(page))
          // Different persons are counted from the lists of keys, which is the common way.
          expect(used).toEqual(kind === 'distinct' ? { atOnce: 0, commonly: 1 } : { atOnce: 1, commonly: 0 })
          if (alone.body.figure.numerator !== null) captured += 1
        }
      expect(captured).toBeGreaterThan(10)
    },
  )

  test('of a whole period is that of the overview of its unit', async () => {
    const periods: Query[] = [
      { period: 'year' },
      { period: 'month', asOf: '2022-12-31' },
      { period: 'quarter', asOf: '2022-09-15', map: 'today' },
      { period: 'week', asOf: '2022-03-04' },
    ]
    for (const query of periods)
      for (const code of ['D', 'A', 'B']) {
        const overview = await here.overviewOf({ unitId: id(code), ...query })
        for (const { figure } of overview.body.figures) {
          const alone = await here.figureOf(figure.measure, { unitId: id(code), ...query })
          expect(alone.body.figure, figure.measure).toEqual(figure)
        }
      }
  })

  test('asked by two readers of many units at once is for each what it is alone', async () => {
    const units = ['D', 'A', 'B', 'A1', 'B1']
    const days: Query[] = [
      { asOf: '2022-09-30' },
      { asOf: '2022-09-30', map: 'today' },
      { asOf: '2022-12-31' },
    ]
    const names = ['toy.villages_with_club', 'toy.people_per_event']
    const all = (['T', 'A'] as const).flatMap((reader) =>
      names.flatMap((name) =>
        units.flatMap((code) =>
          days.map((query) => ({
            reader,
            name,
            query: { unitId: id(code), ...query },
          })),
        ),
      ),
    )
    expect(all).toHaveLength(60)
    const pages = []
    for (const { reader, name, query } of all)
      pages.push(await here.pageOf(name, query, here.readers[reader]))
    const alone = await Promise.all(
      all.map(({ reader, name, query }) => here.figureOf(name, query, here.readers[reader])),
    )
    const outcome = (answer: Answer) => (answer.status === 200 ? said(answer) : answer.body.error.message)
    expect(alone.map(outcome)).toEqual(pages.map(outcome))
    // Commune A's leader has neither the district nor commune B: three units of five, each asked for six times.
    expect(alone.filter(({ status }) => status === 404)).toHaveLength(18)
  })

  test('asked for 140 times in the same instant takes three statements, and each gets its own', async () => {
    const units = ['T', 'D', 'A', 'B', 'A1', 'A2', 'B1']
    const codes = Array.from({ length: 20 }, () => units).flat()
    let found: unknown[] = []
    const used = await here.since(async () => {
      const answers = codes.map((code) =>
        figureAtOnce(here.asked, here.system, eventsHeld, { unitId: id(code) }),
      )
      found = (await Promise.all(answers)).map((answer) => answer?.figure.numerator)
    })
    expect(found).toEqual(Array.from({ length: 20 }, () => ['3', '3', '1', '2', '1', '1', '1']).flat())
    expect(used).toEqual({ atOnce: 3, commonly: 0 })
  })
})

describe('one figure is refused', () => {
  const rows = [
    ['of a unit of others', () => ({ unitId: id('B1') }), 404, null, /không thuộc phạm vi/],
    ['of the unit above', () => ({ unitId: id('D') }), 404, null, /không thuộc phạm vi/],
    ['of a unit that never was', () => ({ unitId: '99999999' }), 404, null, /Không có đơn vị này/],
    [
      'of a unit before it began',
      () => ({ unitId: here.newcomer, asOf: '2022-06-30' }),
      422,
      'asOf',
      /có từ 1\/11/,
    ],
    [
      'on a map without it',
      () => ({ unitId: here.newcomer, map: '2022-06-30' }),
      422,
      'map',
      /có từ 1\/11\/2022/,
    ],
    [
      'of a period turned round',
      () => ({ unitId: id('A'), from: '2023-01-01' }),
      422,
      'from',
      /sau ngày cuối/,
    ],
    ['of two periods', () => ({ unitId: id('A'), from: '2022-01-01', period: 'year' }), 422, 'period', /một/],
    ['of a day that is not', () => ({ unitId: id('A'), asOf: '2022-02-30' }), 400, 'asOf', /./],
  ] as const
  test.each(rows)('%s, as its page is', async (_what, query, status, field, message) => {
    const alone = await here.figureOf('toy.events', query() as Query, here.readers.A)
    const page = await here.pageOf('toy.events', query() as Query, here.readers.A)
    expect([alone.status, alone.body.error.fields?.[0]?.path ?? null]).toEqual([status, field])
    expect(alone.body.error.message).toMatch(message)
    expect(alone.body).toEqual({ error: { ...page.body.error, requestId: alone.body.error.requestId } })
  })

  test('of a unit that is no more, saying into which it went', async () => {
    const place = { unitId: here.former, asOf: '2022-10-31' }
    expect((await here.figureOf('toy.events', place, here.readers.B)).status).toBe(200)
    const gone = await here.figureOf('toy.events', { ...place, map: 'today' }, here.readers.B)
    expect([gone.status, gone.body.error.code]).toEqual([422, 'measures.not_on_map'])
    expect(gone.body.error.message).toMatch(/«Thôn Bốn» đã kết thúc từ 1\/11\/2022 và nhập vào «Thôn Ba»/)
  })
})

describe('after a rebuild', () => {
  test('of all figures the next answer is right, and those after it are asked at once again', async () => {
    expect(await numerator('toy.courses', 'D')).toBe('2')
    await buildFigures(here.owner, partsOfVersion(0), { again: true })
    await here.event('B1', '2022-12-30', 'course')
    expect(await here.since(async () => expect(await numerator('toy.courses', 'D')).toBe('3'))).toMatchObject(
      {
        commonly: 1,
      },
    )
    expect(await here.since(async () => expect(await numerator('toy.courses', 'D')).toBe('3'))).toEqual({
      atOnce: 1,
      commonly: 0,
    })
  })

  test('of a changed declaration it is counted by the new one', async () => {
    const counted = []
    for (const version of [0, 1, 2, 3, 0]) {
      await migrate(here.ownerUrl, partsOfVersion(version))
      registerMeasures(partsOfVersion(version))
      counted.push(await numerator('toy.changing', 'D'), await numerator('toy.changing', 'D'))
    }
    // Courses, talks, those of more than one person, all, and courses again.
    expect(counted).toEqual(['2', '2', '1', '1', '2', '2', '3', '3', '2', '2'])
  })
})

describe('while rows are written', () => {
  test('each answer is a count that was true between question and answer', async () => {
    let [begun, done] = [1, 1]
    let writing = true
    const stop = startFolding(here.database, { everyMs: 5 })
    const seen: number[] = []
    const readersOf = async () => {
      while (writing) {
        const least = done
        const found = Number(await numerator('toy.events', 'A'))
        seen.push(found)
        expect([found, least <= found && found <= begun]).toEqual([found, true])
      }
    }
    // A row that goes from commune to commune and back: the district has it all the while.
    const wanderer = async () => {
      while (writing) expect(await numerator('toy.people', 'D')).toBe('100.5')
    }
    const reading = [readersOf(), readersOf(), readersOf(), wanderer(), wanderer()]
    const writer = async () => {
      for (let n = 0; n < 60; n += 1) {
        begun += 1
        await here.event('A1', '2022-06-06')
        done += 1
        await here.owner.query(`update toy.event set unit_id = $1 where people = 90`, [
          id(n % 2 ? 'B1' : 'A2'),
        ])
      }
    }
    await writer().finally(() => {
      writing = false
    })
    await Promise.all(reading)
    await stop()
    expect(new Set(seen).size).toBeGreaterThan(5)
    expect(await numerator('toy.events', 'A')).toBe('61')
  })
})

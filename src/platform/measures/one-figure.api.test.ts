import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccount, giveGrant, systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { buildServer } from '../http/server.ts'
import { migrate } from '../install/migrate.ts'
import { jobs } from '../jobs/index.ts'
import { authenticate, cookieName } from '../session/index.ts'
import { type Answer, type Client, client } from '../testing/server.ts'
import { openSession } from '../testing/world.ts'
import { applyChange } from '../units/index.ts'
import { foldOnce, startFolding } from './fold.loop.ts'
import { historyMeasures, historyWorld, partsOfVersion } from './history.fixtures.ts'
import { registerMeasures } from './index.ts'
import { buildFigures } from './install.ts'

let world: Awaited<ReturnType<typeof historyWorld>>
let system: Actor
let http: FastifyInstance
let address = ''
const id = (code: string) => world.id(code)
/** Of whoever leads the province, of whoever leads commune A, and of whoever leads commune B. */
const readers = {} as Record<'T' | 'A' | 'B', Client>
/** A village that commune A has had since November, and commune B's that ended with October. */
let [newcomer, former] = ['', '']

/** How often the server asked at once, and how often in the common way. */
const times = { atOnce: 0, commonly: 0 }
const since = async (work: () => Promise<unknown>) => {
  Object.assign(times, { atOnce: 0, commonly: 0 })
  await work()
  return { ...times }
}

async function leaderOf(code: 'T' | 'A' | 'B'): Promise<Client> {
  const accountId = await world.database.write(system, async (tx) => {
    const loginName = `lanh.dao.${code.toLowerCase()}`
    const made = await createAccount(tx, system, { loginName, displayName: loginName, unitId: id(code) })
    await giveGrant(tx, system, {
      accountId: made.accountId,
      role: 'leader',
      unitId: id(code),
      validFrom: '2020-01-01',
    })
    return made.accountId
  })
  await world.owner.query('update access.password set must_change = false')
  const token = await world.database.owner.transaction().execute((tx) => openSession(tx, accountId))
  return client(address, token)
}

beforeAll(async () => {
  world = await historyWorld()
  system = await systemActor(world.database)
  const { database } = world
  const counting: typeof database = {
    ...database,
    read: (actor, work) => {
      times.commonly += 1
      return database.read(actor, work)
    },
    askOnce: (actor, text, values) => {
      times.atOnce += 1
      return database.askOnce(actor, text, values)
    },
  }
  http = await buildServer({
    parts: [...partsOfVersion(0), jobs],
    database: counting,
    authenticate: authenticate(database),
    version: '0.0.0',
    sessionCookie: cookieName,
  })
  address = await http.listen({ port: 0, host: '127.0.0.1' })
  for (const code of ['T', 'A', 'B'] as const) readers[code] = await leaderOf(code)
  const change = (input: Parameters<typeof applyChange>[2]) =>
    database.write(system, (tx) => applyChange(tx, system, input))
  const made = { name: 'Thôn Mới', code: 'A3', kind: 'village', parentId: id('A'), nameIsOurs: true }
  newcomer = (await change({ kind: 'create', on: '2022-11-01', made })).madeIds[0] ?? ''
  former = id('B2')
  await change({ kind: 'merge', on: '2022-11-01', fromIds: [former], intoId: id('B1') })
  await change({ kind: 'move', on: '2022-10-01', unitId: id('A2'), parentId: id('B') })
})
afterAll(async () => {
  await http.close()
  await world.close()
})
beforeEach(async () => {
  await world.owner.query('delete from toy.event; delete from toy.club; delete from toy.case_file')
  await world.event('A1', '2022-03-01', 'course', '10')
  await world.event('A2', '2022-12-01', 'course', '0.5')
  await world.event('B1', '2022-12-31', 'talk', '90')
  await world.club('A1', '2022-02-01', null, '12.5')
  await world.club('A2', '2022-05-01', '2022-11-15', '3')
  await world.owner.query(
    `insert into toy.case_file (unit_id, person, channel, received_at, due_at, settled_at)
     select ($1::bigint[])[1 + n % 3], (array['an', 'bình', 'chi'])[1 + n % 3], 'online', at, at + interval '5 days',
       case when n % 4 > 0 then at + n * interval '2 days' end
     from (select n, timestamptz '2022-02-01 08:00+07' + n * interval '30 days' as at from generate_series(0, 10) n) one`,
    [['A1', 'A2', 'B1'].map(id)],
  )
  await foldOnce(world.database)
  await figureOf('toy.courses', { unitId: id('T'), period: 'year' })
})

type Query = Record<string, string>
const words = (query: Query) => new URLSearchParams(query).toString()
const figureOf = (name: string, query: Query, as = readers.T): Promise<Answer> =>
  as.get(`/api/measures/${name}/figure?${words(query)}`)
const pageOf = (name: string, query: Query, as = readers.T) =>
  as.get(`/api/measures/${name}?${words(query)}`)
const numerator = async (name: string, code: string, more: Query = {}) =>
  (await figureOf(name, { unitId: id(code), ...more })).body.figure.numerator
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
  test.each(
    historyMeasures.map((measure) => [measure.kind, measure.name, measure] as const),
  )('(%s, %s) is that of its page, on every map, with and without a first day', async (kind, name) => {
    let captured = 0
    for (const query of asked)
      for (const code of ['D', 'A', 'B', 'A1']) {
        const place = { unitId: id(code), ...query }
        const page = await pageOf(name, place)
        let alone = page
        const used = await since(async () => {
          alone = await figureOf(name, place)
        })
        expect(said(alone), JSON.stringify([code, query])).toEqual(said(page))
        // Different persons are counted from the lists of keys, which is the common way.
        expect(used).toEqual(kind === 'distinct' ? { atOnce: 0, commonly: 1 } : { atOnce: 1, commonly: 0 })
        if (alone.body.figure.numerator !== null) captured += 1
      }
    expect(captured).toBeGreaterThan(10)
  })

  test('of a whole period is that of the overview of its unit', async () => {
    for (const query of [
      { period: 'year' },
      { period: 'month', asOf: '2022-12-31' },
      { period: 'quarter', asOf: '2022-09-15', map: 'today' },
      { period: 'week', asOf: '2022-03-04' },
    ])
      for (const code of ['D', 'A', 'B']) {
        const overview = await readers.T.get(`/api/measures/figures?${words({ unitId: id(code), ...query })}`)
        for (const { figure } of overview.body.figures) {
          const alone = await figureOf(figure.measure, { unitId: id(code), ...query })
          expect(alone.body.figure, figure.measure).toEqual(figure)
        }
      }
  })

  test('asked by two readers of many units at once is for each what it is alone', async () => {
    const units = ['D', 'A', 'B', 'A1', 'B1']
    const names = ['toy.events', 'toy.villages_with_club', 'toy.people_per_event']
    const all = (['T', 'A'] as const).flatMap((reader) =>
      names.flatMap((name) =>
        units.flatMap((code) =>
          [{ asOf: '2022-12-31' }, { asOf: '2022-09-30', map: 'today' }].map((query) => ({
            reader,
            name,
            query: { unitId: id(code), ...query },
          })),
        ),
      ),
    )
    expect(all).toHaveLength(60)
    const pages = []
    for (const { reader, name, query } of all) pages.push(await pageOf(name, query, readers[reader]))
    let alone: Answer[] = []
    const { atOnce } = await since(async () => {
      alone = await Promise.all(all.map(({ reader, name, query }) => figureOf(name, query, readers[reader])))
    })
    const outcome = (answer: Answer) => (answer.status === 200 ? said(answer) : answer.body.error.message)
    expect(alone.map(outcome)).toEqual(pages.map(outcome))
    // Commune A's leader has neither the district nor commune B: three units of five, each asked for six times.
    expect(alone.filter(({ status }) => status === 404)).toHaveLength(18)
    expect(atOnce).toBeLessThan(60)
  })

  test('asked by more than go into one statement is answered to each', async () => {
    const units = ['T', 'D', 'A', 'B', 'A1', 'A2', 'B1']
    const expected = await Promise.all(units.map((code) => numerator('toy.events', code)))
    const codes = Array.from({ length: 20 }, () => units).flat()
    const found = await Promise.all(codes.map((code) => numerator('toy.events', code)))
    expect(found).toEqual(Array.from({ length: 20 }, () => expected).flat())
    expect(expected).toEqual(['3', '3', '1', '2', '1', '1', '1'])
  })
})

describe('one figure is refused', () => {
  const rows = [
    ['of a unit of others', () => ({ unitId: id('B1') }), 404, null, /không thuộc phạm vi/],
    ['of the unit above', () => ({ unitId: id('D') }), 404, null, /không thuộc phạm vi/],
    ['of a unit that never was', () => ({ unitId: '99999999' }), 404, null, /Không có đơn vị này/],
    ['of a unit before it began', () => ({ unitId: newcomer, asOf: '2022-06-30' }), 422, 'asOf', /có từ 1\/11/],
    ['on a map without it', () => ({ unitId: newcomer, map: '2022-06-30' }), 422, 'map', /có từ 1\/11\/2022/],
    ['of a period turned round', () => ({ unitId: id('A'), from: '2023-01-01' }), 422, 'from', /sau ngày cuối/],
    ['of two periods', () => ({ unitId: id('A'), from: '2022-01-01', period: 'year' }), 422, 'period', /một/],
    ['of a day that is not', () => ({ unitId: id('A'), asOf: '2022-02-30' }), 400, 'asOf', /./],
  ] as const
  test.each(rows)('%s, as its page is', async (_what, query, status, field, message) => {
    const alone = await figureOf('toy.events', query() as Query, readers.A)
    const page = await pageOf('toy.events', query() as Query, readers.A)
    expect([alone.status, alone.body.error.fields?.[0]?.path ?? null]).toEqual([status, field])
    expect(alone.body.error.message).toMatch(message)
    expect(alone.body).toEqual({ error: { ...page.body.error, requestId: alone.body.error.requestId } })
  })

  test('of a unit that is no more, saying into which it went', async () => {
    const place = { unitId: former, asOf: '2022-10-31' }
    expect((await figureOf('toy.events', place, readers.B)).status).toBe(200)
    const gone = await figureOf('toy.events', { ...place, map: 'today' }, readers.B)
    expect([gone.status, gone.body.error.code]).toEqual([422, 'measures.not_on_map'])
    expect(gone.body.error.message).toMatch(/Thôn Bốn đã kết thúc từ 1\/11\/2022 và nhập vào Thôn Ba/)
  })
})

describe('after a rebuild', () => {
  test('of all figures the next answer is right, and those after it are asked at once again', async () => {
    expect(await numerator('toy.courses', 'D')).toBe('2')
    await buildFigures(world.owner, partsOfVersion(0), { again: true })
    await world.event('B1', '2022-12-30', 'course')
    expect(await since(async () => expect(await numerator('toy.courses', 'D')).toBe('3'))).toMatchObject({
      commonly: 1,
    })
    expect(await since(async () => expect(await numerator('toy.courses', 'D')).toBe('3'))).toEqual({
      atOnce: 1,
      commonly: 0,
    })
  })

  test('of a changed declaration it is counted by the new one', async () => {
    const counted = []
    for (const version of [0, 1, 2, 3, 0]) {
      await migrate(world.ownerUrl, partsOfVersion(version))
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
    const stop = startFolding(world.database, { everyMs: 5 })
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
        await world.event('A1', '2022-06-06')
        done += 1
        await world.owner.query(`update toy.event set unit_id = $1 where people = 90`, [
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

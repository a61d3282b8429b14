import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import type { BaseMeasure } from './declare.ts'
import { figure, rowsHeld } from './figures.ts'
import { foldOnce, startFolding } from './fold.loop.ts'
import { evidencePage } from './measures.views.ts'
import { recount } from './recount.ts'
import * as toy from './toy.fixtures.ts'

let world: toy.ToyWorld
let system: Actor
const writers: pg.Client[] = []
const bases: readonly BaseMeasure[] = [toy.courses, toy.people, toy.eventsHeld, toy.clubsOpen, toy.seats]
const codes = ['T', 'D', 'A', 'B', 'A1', 'A2', 'B1', 'B2']

beforeAll(async () => {
  world = await toy.toyWorld()
  system = await systemActor(world.database)
  for (let at = 0; at < 3; at += 1) {
    const client = new pg.Client({ connectionString: world.ownerUrl })
    await client.connect()
    writers.push(client)
  }
})
afterAll(async () => {
  for (const client of writers) await client.end()
  await world.close()
})

const day = fc
  .integer({ min: 0, max: 60 })
  .map((after) => new Date(Date.UTC(2022, 10, 20 + after)).toISOString().slice(0, 10))
const unit = fc.constantFrom(...codes.slice(2))
const kind = fc.constantFrom('talk', 'course')
const people = fc.constantFrom('0', '1', '2.5', '40')

/** A statement of a writer; `pick` chooses one of the rows that are there. */
type Step = { text: string; values: (id: (code: string) => string) => unknown[] }
const pick = fc.integer({ min: 0, max: 1000 })
const some = (table: string, place: string) =>
  `(select id from ${table} order by id offset (${place} % greatest(1, (select count(*) from ${table}))) limit 1)`

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(unit, day, kind, people).map(
      ([u, d, k, p]): Step => ({
        text: 'insert into toy.event (unit_id, held_on, kind, people) values ($1, $2, $3, $4)',
        values: (id) => [id(u), d, k, p],
      }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(unit, day, fc.option(day), people).map(
      ([u, from, until, p]): Step => ({
        text: 'insert into toy.club (unit_id, opened_on, closed_on, seats) values ($1, $2, $3, $4)',
        values: (id) => [id(u), from, until, p],
      }),
    ),
  },
  fc.tuple(pick, unit, fc.option(day), kind, people).map(
    ([n, u, d, k, p]): Step => ({
      text: `update toy.event set unit_id = $2, held_on = $3, kind = $4, people = $5 where id = ${some('toy.event', '$1::int')}`,
      values: (id) => [n, id(u), d, k, p],
    }),
  ),
  fc.tuple(pick, unit, fc.option(day)).map(
    ([n, u, d]): Step => ({
      text: `update toy.club set unit_id = $2, closed_on = $3 where id = ${some('toy.club', '$1::int')}`,
      values: (id) => [n, id(u), d],
    }),
  ),
  pick.map(
    (n): Step => ({
      text: `delete from toy.event where id = ${some('toy.event', '$1::int')}`,
      values: () => [n],
    }),
  ),
  pick.map(
    (n): Step => ({
      text: `delete from toy.club where id = ${some('toy.club', '$1::int')}`,
      values: () => [n],
    }),
  ),
  unit.map(
    (u): Step => ({
      text: `insert into toy.event (unit_id, held_on, kind, people)
           select $1, '2022-12-01'::date + n, 'course', n from generate_series(0, 20) n`,
      values: (id) => [id(u)],
    }),
  ),
)
const transaction = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  /** Steps after this one are undone by going back to a savepoint. */
  savepointAfter: fc.option(fc.integer({ min: 0, max: 5 })),
  rollsBack: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
})
type Transaction = typeof transaction extends fc.Arbitrary<infer T> ? T : never

const id = (code: string) => world.id(code)

async function run(client: pg.Client, work: Transaction): Promise<void> {
  try {
    await client.query('begin')
    for (const [at, one] of work.steps.entries()) {
      if (at === work.savepointAfter) await client.query('savepoint back')
      await client.query(one.text, one.values(id))
    }
    if (work.savepointAfter !== null && work.savepointAfter < work.steps.length)
      await client.query('rollback to back')
    await client.query(work.rollsBack ? 'rollback' : 'commit')
  } catch (error) {
    await client.query('rollback')
    // Two writers who wait for each other: the database undoes one of them.
    if ((error as { code?: string }).code !== '40P01') throw error
  }
}

/** In one snapshot: figure, recount and list agree. */
async function agree(base: BaseMeasure, code: string, asOf: string): Promise<void> {
  await world.database.read(system, async (tx) => {
    const ask = { unitId: id(code), asOf, from: null }
    const shown = await figure(tx, { measure: base, ...ask })
    const counted = await recount(tx, base, ask)
    const list = await evidencePage(tx, system, base.name, { unitId: id(code), asOf, offset: 0, limit: 1 })
    const where = `${base.name} of ${code} on ${asOf}`
    expect(Number(shown.numerator ?? 0), where).toBe(Number(counted.amount))
    expect(await rowsHeld(tx, { measure: base, ...ask }), where).toBe(Number(counted.rows))
    expect([list.number, list.matching, list.hidden], where).toEqual([
      shown.numerator,
      Number(counted.rows),
      0,
    ])
    if (shown.numerator === null) expect(counted.rows, where).toBe('0')
  })
}

// `npm run soak` goes on for longer, each time with other histories.
const soakMs = Number(process.env.SOAK_MINUTES ?? 0) * 60_000

test(
  'a figure, its recount and the length of its list agree in every snapshot, whatever concurrent writers do',
  async () => {
    const stop = startFolding(world.database, { everyMs: 1 })
    let looks = 0
    const look = fc.record({ base: fc.constantFrom(...bases), code: fc.constantFrom(...codes), asOf: day })
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...writers.map(() => fc.array(transaction, { minLength: 1, maxLength: 5 }))),
        fc.array(look, { minLength: 4, maxLength: 12 }),
        async (scripts, asked) => {
          let writing = true
          const written = Promise.all(
            scripts.map(async (script, at) => {
              for (const work of script) await run(writers[at] as pg.Client, work)
            }),
          ).finally(() => {
            writing = false
          })
          const read = (async () => {
            do {
              for (const { base, code, asOf } of asked) {
                await agree(base, code, asOf)
                looks += 1
              }
            } while (writing)
          })()
          await Promise.all([written, read])
          for (const base of bases) await agree(base, 'D', '2022-12-31')
        },
      ),
      soakMs > 0
        ? { numRuns: 1_000_000, interruptAfterTimeLimit: soakMs, endOnFailure: true }
        : { numRuns: 25, seed: 20_221_231, endOnFailure: true },
    )
    await stop()
    expect(looks).toBeGreaterThan(100)
    while ((await foldOnce(world.database)) > 0);
    for (const base of bases)
      for (const code of codes)
        for (const asOf of ['2022-11-25', '2022-12-31', '2023-03-01']) await agree(base, code, asOf)
  },
  soakMs + 120_000,
)

import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { Refusal } from '../http/refusal.ts'
import { migrate } from '../install/migrate.ts'
import { applyChange, undoChange } from '../units/index.ts'
import { agree } from './agree.fixtures.ts'
import type { Measure } from './declare.ts'
import { figure } from './figures.ts'
import { foldOnce, startFolding } from './fold.loop.ts'
import * as history from './history.fixtures.ts'
import { recountAll } from './recount.all.ts'

// `npm run soak` goes on for longer, each time with other histories.
const soakMs = Number(process.env.SOAK_MINUTES ?? 0) * 60_000
const writerCount = 8

let world: Awaited<ReturnType<typeof history.historyWorld>>
let system: Actor
const writers: pg.Client[] = []
/** Every unit that there ever was, the first ones first. */
let unitIds: string[] = []
const undoable: string[] = []
const met = { changes: 0, undone: 0, looks: 0, versions: 0, marks: 0 }

beforeAll(async () => {
  world = await history.historyWorld()
  system = await systemActor(world.database)
  unitIds = history.codes.map(world.id)
  for (let at = 0; at < writerCount + 1; at += 1) {
    const client = new pg.Client({ connectionString: world.ownerUrl })
    await client.connect()
    writers.push(client)
  }
})
afterAll(async () => {
  for (const client of writers) await client.end()
  await world.close()
})

/** Two who wait for each other, or for the same row: the database undoes one of them. */
const isGivenUp = (error: unknown) => ['40P01', '40001'].includes(String((error as { code?: string }).code))

async function run(client: pg.Client, work: history.Transaction): Promise<void> {
  try {
    await client.query('begin')
    for (const [at, one] of work.steps.entries()) {
      if (at === work.savepointAfter) await client.query('savepoint back')
      await client.query(one.text, one.values(world.id))
    }
    if (work.savepointAfter !== null && work.savepointAfter < work.steps.length)
      await client.query('rollback to back')
    await client.query(work.rollsBack ? 'rollback' : 'commit')
  } catch (error) {
    await client.query('rollback')
    if (!isGivenUp(error)) throw error
  }
}

const unitAt = (place: number) => unitIds[place % unitIds.length] ?? ''
/** A unit other than the province, which always holds all. */
const lowerAt = (place: number) => unitIds[1 + (place % (unitIds.length - 1))] ?? ''

/** Changes units as an official would; what the rules refuse is no change. */
async function change({ what, one, other, on }: history.UnitChange): Promise<void> {
  const [a, b] = [lowerAt(one), lowerAt(other)]
  const made = (letter: string) => ({
    name: `Thôn ${letter}${one}`,
    code: `N${letter}${unitIds.length}`,
    kind: 'village',
    parentId: unitAt(2 + (other % 2)),
  })
  try {
    const result = await world.database.write(system, async (tx) => {
      if (what === 'undo') {
        const last = undoable.pop()
        if (last) await undoChange(tx, system, last)
        if (last) met.undone += 1
        return null
      }
      if (what === 'merge') return applyChange(tx, system, { kind: what, on, fromIds: [a], intoId: b })
      if (what === 'move') return applyChange(tx, system, { kind: what, on, unitId: a, parentId: b })
      if (what === 'rename') return applyChange(tx, system, { kind: what, on, unitId: a, name: `Tên ${one}` })
      if (what === 'create')
        return applyChange(tx, system, { kind: what, on, made: { ...made('c'), nameIsOurs: true } })
      if (what === 'abolish') return applyChange(tx, system, { kind: what, on, unitId: a, belowToId: b })
      return applyChange(tx, system, {
        kind: what,
        on,
        unitId: a,
        stays: one % 2 === 0,
        halves: [
          { made: made('x'), belowIds: [] },
          { made: made('y'), belowIds: [] },
        ],
      })
    })
    if (result === null) return
    met.changes += 1
    unitIds.push(...result.madeIds)
    undoable.push(result.eventId)
  } catch (error) {
    if (!(error instanceof Refusal) && !isGivenUp(error)) throw error
  }
}

/** Another version of the program starts beside those that run. */
async function startVersion(version: number): Promise<void> {
  await migrate(world.ownerUrl, history.partsOfVersion(version)).catch((error: unknown) => {
    if (!isGivenUp(error)) throw error
  })
  met.versions += 1
}

async function lookAt(asked: history.Look, at: number): Promise<void> {
  const database = at % 2 === 0 ? world.database : world.second
  const { measure, asOf, from, map } = asked
  const period = from !== null && from > asOf ? null : from
  await database.read(system, (tx) =>
    agree(tx, { measure, unitId: unitAt(asked.unit), asOf, from: period, map }),
  )
  met.looks += 1
}

type Noted = { measure: Measure; unitId: string; asOf: string; map: string; at: string; shown: object }
const noted: Noted[] = []
const shownOf = ({ at, ...ask }: Omit<Noted, 'shown' | 'at'> & { at: string | null }) =>
  world.database.read(system, async (tx) => {
    const { numerator, denominator, counted = null } = await figure(tx, { ...ask, knownAt: at })
    return { numerator, denominator, counted }
  })

/** Notes what the product shows while nobody writes, with the instant, as a print-out would. */
async function print(): Promise<void> {
  const { rows } = await world.owner.query<{ at: string }>(
    `insert into measures.mark (at, epoch, seen)
     values (clock_timestamp(), (select max(number) from measures.epoch), pg_current_snapshot())
     returning to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
  )
  met.marks += 1
  const maps = ['then', 'today', '2022-12-08', '2022-08-01']
  for (const [place, measure] of history.historyMeasures.entries())
    for (const [nth, asOf] of ['2022-12-05', '2022-12-31', '2023-01-20'].entries())
      for (const unitId of [unitAt(0), lowerAt(place + nth + 5 * met.marks)]) {
        const ask = { measure, unitId, asOf, map: maps[(place + nth + met.marks) % maps.length] ?? 'then' }
        noted.push({ ...ask, at: rows[0]?.at ?? '', shown: await shownOf({ ...ask, at: null }) })
      }
}

/** Whatever was written and whichever units were changed, or came back, since: what had been printed stays. */
async function requireKnown(): Promise<void> {
  const every = Math.ceil(noted.length / 800)
  for (const { shown, ...ask } of noted.filter((_, at) => at % every === 0)) {
    const { measure, unitId, asOf, map, at } = ask
    const where = `${measure.name} of ${unitId} on ${asOf}, map ${map}, as known at ${at}`
    expect(await shownOf(ask), where).toEqual(shown)
  }
}

test(
  'figure, recount and list agree in every snapshot on every map, whatever is written, moved, merged or declared meanwhile',
  async () => {
    const folding = [world.database, world.second].map((database) => startFolding(database, { everyMs: 1 }))
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(
          ...Array.from({ length: writerCount }, () =>
            fc.array(history.transaction, { minLength: 1, maxLength: 4 }),
          ),
        ),
        fc.array(history.unitChange, { minLength: 1, maxLength: 4 }),
        fc.array(history.look, { minLength: 6, maxLength: 14 }),
        fc.option(fc.integer({ min: 0, max: 3 })),
        async (scripts, changes, asked, version) => {
          let writing = true
          const written = Promise.all([
            ...scripts.map(async (script, at) => {
              for (const work of script) await run(writers[at] as pg.Client, work)
            }),
            (async () => {
              for (const one of changes) await change(one)
            })(),
            ...(version === null ? [] : [startVersion(version)]),
          ]).finally(() => {
            writing = false
          })
          const read = (async () => {
            do {
              await Promise.all([
                (async () => {
                  for (const [at, one] of asked.entries()) if (at % 2 === 0) await lookAt(one, at)
                })(),
                (async () => {
                  for (const [at, one] of asked.entries()) if (at % 2 === 1) await lookAt(one, at)
                })(),
              ])
            } while (writing)
          })()
          await Promise.all([written, read])
          await print()
        },
      ),
      soakMs > 0
        ? { numRuns: 1_000_000, interruptAfterTimeLimit: soakMs, endOnFailure: true }
        : { numRuns: 15, seed: 20_221_231, endOnFailure: true },
    )
    for (const stop of folding) await stop()
    while ((await foldOnce(world.database)) > 0);
    await requireKnown()
    const whole = await recountAll(writers.at(-1) as pg.Client, history.historyMeasures)
    expect(whole).toMatchObject({ differences: [], different: 0, faults: [] })
    expect(met.looks).toBeGreaterThan(100)
    expect(met.changes).toBeGreaterThan(5)
    if (soakMs > 0) process.stdout.write(`${JSON.stringify({ ...met, figures: whole.figures })}\n`)
  },
  soakMs * 1.2 + 240_000,
)

import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../actor/actor.ts'
import { migrate } from '../install/migrate.ts'
import { type ConnectedToyWorld, connectedToyWorld } from './connected.fixtures.ts'
import { type FlowMeasure, measure } from './declare.ts'
import { figure } from './figures.ts'
import { foldOnce, startFolding } from './fold.loop.ts'
import { buildFigures } from './install.ts'
import { reading } from './reading.ts'
import { recountAll } from './recount.all.ts'
import { recount } from './recount.ts'
import * as toy from './toy.fixtures.ts'

let world: toy.ToyWorld
let system: Actor
let client: pg.Client
let connected: ConnectedToyWorld
const rowCount = 1500

/** One measure as several versions of the program declare it. */
const version = (where: string): FlowMeasure =>
  measure({
    name: 'toy.changed',
    title: { vi: 'x', en: 'x' },
    meaning: { vi: 'x', en: 'x' },
    noun: { vi: 'x', en: 'x' },
    kind: 'flow',
    of: toy.courses.of,
    on: 'held_on',
    value: 1,
    where,
  })
const first = version(`kind = 'course'`)
const second = version(`kind = 'talk'`)
// Takes long enough to be looked at, and to be killed in.
const slow = (name: string) => version(`pg_sleep(0.0003)::text = '' and kind <> '${name}'`)
const partsWith = (declared: FlowMeasure) => [
  ...toy.platformParts,
  toy.toyPart({ measures: [...toy.toyMeasures, declared] }),
]

/** Figure and recount of a declaration in one snapshot; null while nobody has built it. */
const look = (declared: FlowMeasure) =>
  world.database.read(system, async (tx) => {
    if (!(await reading(tx)).standing(declared)) return null
    const ask = { unitId: world.id('D'), asOf: '2022-12-31', map: 'today' }
    const shown = await figure(tx, { measure: declared, ...ask })
    const counted = await recount(tx, declared, ask)
    return { shown: shown.numerator ?? '0', counted: counted.amount }
  })

async function built(): Promise<number> {
  const { rows } = await client.query<{ blocks: number }>(
    'select count(*)::int as blocks from measures.block',
  )
  return rows[0]?.blocks ?? 0
}

beforeAll(async () => {
  connected = await connectedToyWorld()
  ;({ world, system, client } = connected)
})
afterAll(() => connected.close())
beforeEach(async () => {
  await client.query('delete from toy.event')
  await client.query(
    `insert into toy.event (unit_id, held_on, kind)
     select ($1::bigint[])[1 + n % 4], date '2022-01-01' + n % 300, case when n % 3 = 0 then 'course' else 'talk' end
     from generate_series(1, ${rowCount}) n`,
    [['A1', 'A2', 'B1', 'B2'].map((code) => world.id(code))],
  )
  await migrate(world.ownerUrl, partsWith(first))
})

/** Writes and reads until `work` is done; answers what readers saw of each declaration. */
async function meanwhile(declared: readonly FlowMeasure[], work: () => Promise<unknown>) {
  let going = true
  const seen = declared.map(() => [] as ({ shown: string; counted: string } | null)[])
  const stop = startFolding(world.database, { everyMs: 5 })
  const writing = (async () => {
    for (let n = 0; going; n += 1) {
      await world.event(n % 2 ? 'A1' : 'B2', '2022-05-05', n % 3 ? 'course' : 'talk')
      if (n % 5 === 0)
        await world.owner.query(
          `update toy.event set kind = 'course' where id = (select min(id) from toy.event where kind = 'talk')`,
        )
    }
  })()
  const readers = declared.map(async (one, at) => {
    while (going) seen[at]?.push(await look(one))
  })
  await work().finally(() => {
    going = false
  })
  await Promise.all([writing, ...readers])
  await stop()
  return seen
}

const right = (one: { shown: string; counted: string } | null) => one === null || one.shown === one.counted

describe('a rebuild', { timeout: 90_000 }, () => {
  test('of a changed declaration stops neither readers nor writers, and nobody sees half of it', async () => {
    const changed = slow('none')
    const [old = [], fresh = []] = await meanwhile([first, changed], () =>
      migrate(world.ownerUrl, partsWith(changed)),
    )
    // The older program goes on reading what it declared.
    expect(old.length).toBeGreaterThan(3)
    expect(old.filter((one) => one === null || !right(one))).toEqual([])
    // The newer one sees nothing until it sees everything.
    expect(fresh[0]).toBeNull()
    expect(fresh.filter((one) => !right(one))).toEqual([])
    expect(Number((await look(changed))?.shown)).toBeGreaterThanOrEqual(rowCount)
  })

  test('on command shows the same numbers all the while', async () => {
    const [seen = []] = await meanwhile([first], () =>
      buildFigures(client, partsWith(first), { again: true }),
    )
    expect(seen.filter((one) => one === null || !right(one))).toEqual([])
  })

  test('is done once by three processes that start at once', async () => {
    const before = await built()
    const results = await Promise.all([1, 2, 3].map(() => migrate(world.ownerUrl, partsWith(second))))
    expect(results).toHaveLength(3)
    expect(await built()).toBe(before + 1)
    await migrate(world.ownerUrl, partsWith(second))
    expect(await built()).toBe(before + 1)
    expect(right(await look(second))).toBe(true)
  })

  test('whose process is killed leaves nothing half, and the next start does it', async () => {
    const doomed = slow('nobody')
    const before = await built()
    const killed = migrate(world.ownerUrl, partsWith(doomed)).then(
      () => 'built',
      () => 'killed',
    )
    await expect
      .poll(
        async () => {
          const { rowCount: found } = await client.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'banlang migrate'
             and query like '%pg_sleep%' and state = 'active'`,
          )
          return found
        },
        { timeout: 40_000, interval: 10 },
      )
      .toBe(1)
    expect(await killed).toBe('killed')
    expect(await built()).toBe(before)
    expect(await look(doomed)).toBeNull()
    expect(right(await look(first))).toBe(true)
    await world.event('A1', '2022-06-06', 'course')
    await migrate(world.ownerUrl, partsWith(doomed))
    expect(await look(doomed)).toMatchObject({ shown: String(rowCount + 1), counted: String(rowCount + 1) })
  })

  test('leaves an older program its own definition, which goes on counting', async () => {
    await migrate(world.ownerUrl, partsWith(second))
    await world.event('A1', '2022-06-06', 'course')
    await world.event('A1', '2022-06-06', 'talk')
    for (const one of [await look(first), await look(second)])
      expect(one?.shown).toBe(one?.counted ?? 'not built')
    await foldOnce(world.database)
    await client.query(`update toy.event set kind = 'course' where id % 7 = 0`)
    for (const one of [await look(first), await look(second)])
      expect(one?.shown).toBe(one?.counted ?? 'not built')
    // It starts once more: what it declared is there already, or is built again.
    await migrate(world.ownerUrl, partsWith(first))
    expect(right(await look(first))).toBe(true)
    expect(await recountAll(client, [...toy.toyMeasures, first])).toMatchObject({ different: 0, faults: [] })
  })
})

test('figures that an older program built are read by the functions of the one that starts', async () => {
  await migrate(world.ownerUrl, partsWith(second))
  const text = async () =>
    (
      await client.query<{ text: string }>(
        `select pg_get_functiondef(p.oid) as text from pg_proc p
         join measures.measure m on p.proname = 'read_' || m.block_id
         where m.name = 'toy.changed' and p.pronamespace = 'counting'::regnamespace
         order by m.built_at desc limit 1`,
      )
    ).rows[0]?.text ?? ''
  const { rows } = await client.query<{ block: number }>(
    `select block_id as block from measures.measure where name = 'toy.changed' order by built_at desc limit 1`,
  )
  const block = rows[0]?.block ?? 0
  const blocks = await built()
  const ours = await text()
  await client.query(ours.replaceAll("plan_cache_mode TO 'force_generic_plan'", "plan_cache_mode TO 'auto'"))
  await client.query(`comment on table counting.total_${block} is 'another program'`)
  expect(await text()).not.toBe(ours)

  await migrate(world.ownerUrl, partsWith(second))
  expect(await text()).toBe(ours)
  expect(await built(), 'nothing is counted anew').toBe(blocks)
  const figures = await look(second)
  expect(figures?.shown).toBe(figures?.counted)
})

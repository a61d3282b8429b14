import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../actor/actor.ts'
import { countedMeasures } from './bases.ts'
import { type ConnectedToyWorld, connectedToyWorld } from './connected.fixtures.ts'
import { figure } from './figures.ts'
import { foldOnce } from './fold.loop.ts'
import { buildFigures } from './install.ts'
import { formerBodies, imagesOneByOne } from './ledger.sql.ts'
import { byTable, currentEpoch, ledgerOf } from './ledger.state.ts'
import { recountAll } from './recount.all.ts'
import * as toy from './toy.fixtures.ts'

let world: toy.ToyWorld
let system: Actor
let client: pg.Client
let connected: ConnectedToyWorld
const id = (code: string) => world.id(code)
const many = imagesOneByOne + 1_500

beforeAll(async () => {
  connected = await connectedToyWorld()
  ;({ world, system, client } = connected)
})
afterAll(() => connected.close())
beforeEach(async () => {
  await client.query('rollback')
  await client.query('delete from toy.event')
  await foldAll()
})

async function foldAll(): Promise<void> {
  while ((await foldOnce(world.database)) > 0);
}

async function ledger() {
  const counts = byTable(countedMeasures([toy.toyPart()])).get('toy.event') ?? []
  return ledgerOf(client, 'toy.event', counts, await currentEpoch(client))
}

/** Images of toy.event that stand many to a row. */
async function inBulk(): Promise<number> {
  const { rows } = await client.query<{ images: number }>(
    `select coalesce(sum(cardinality(row_id)), 0)::int as images from counting.image_${(await ledger()).id}_bulk`,
  )
  return rows[0]?.images ?? 0
}

const shown = (code: string, knownAt?: string) =>
  world.database.read(
    system,
    async (tx) =>
      (
        await figure(tx, {
          measure: toy.courses,
          unitId: id(code),
          asOf: '2022-12-31',
          knownAt: knownAt ?? null,
        })
      ).numerator,
  )

const write = (rows: number) =>
  client.query(
    `insert into toy.event (unit_id, held_on, kind)
     select ($1::bigint[])[1 + n % 2], date '2022-01-01' + n % 300, 'course' from generate_series(1, $2::int) n`,
    [['A1', 'B1'].map(id), rows],
  )

async function allAgrees(): Promise<void> {
  expect(await recountAll(client, toy.toyMeasures)).toMatchObject({
    differences: [],
    different: 0,
    faults: [],
  })
}

describe('a statement of thousands of rows', () => {
  test('is counted at once, and when it is summed, and when the rows are deleted', async () => {
    const before = await inBulk()
    await write(many)
    expect(await inBulk()).toBe(before + many - imagesOneByOne)
    expect([await shown('A'), await shown('B'), await shown('D')]).toEqual(
      [many / 2, many / 2, many].map(String),
    )
    await allAgrees()
    await foldAll()
    expect(await shown('D')).toBe(String(many))
    await allAgrees()
    await client.query('delete from toy.event where id % 5 <> 0')
    await allAgrees()
    await foldAll()
    await allAgrees()
  })

  test('of exactly as many rows as get an image each leaves none out and none twice', async () => {
    for (const rows of [imagesOneByOne - 1, imagesOneByOne, imagesOneByOne + 1]) {
      await client.query('delete from toy.event')
      await write(rows)
      expect(await shown('D')).toBe(String(rows))
    }
    await allAgrees()
  })

  test('that goes back leaves nothing', async () => {
    await client.query('begin')
    await write(many)
    await client.query('rollback')
    expect(await shown('D')).toBe(null)
    await allAgrees()
  })

  test('is refused for one value that cannot be counted, in its last row too', async () => {
    await expect(
      client.query(
        `insert into toy.event (unit_id, held_on, kind)
         select $1, case when n = $2::int then 'infinity' else date '2022-01-01' end, 'course' from generate_series(1, $2::int) n`,
        [id('A1'), many],
      ),
    ).rejects.toThrow(/toy\.event\.held_on/)
    expect(await shown('D')).toBe(null)
  })

  test('is not in what was known before it', async () => {
    await write(3)
    await foldAll()
    const { rows } = await client.query<{ at: string }>(
      `insert into measures.mark (at, epoch, seen)
       values (clock_timestamp(), (select max(number) from measures.epoch), pg_current_snapshot()) returning at::text`,
    )
    const before = rows[0]?.at
    await write(many)
    expect([await shown('D'), await shown('D', before)]).toEqual([String(many + 3), '3'])
    await foldAll()
    expect([await shown('D'), await shown('D', before)]).toEqual([String(many + 3), '3'])
  })
})

test('a ledger as a former program installed it is brought up to date, its figures and what was known stay', async () => {
  await write(5)
  await foldAll()
  const { id: number, ...rest } = await ledger()
  const former = formerBodies({ id: number, ...rest })
  for (const deed of ['insert', 'delete'] as const)
    await client.query(
      `create or replace function counting.${deed}_${number}() returns trigger language plpgsql security definer
         set search_path = pg_catalog as $f$${former[deed]}$f$`,
    )
  await client.query(`drop table counting.image_${number}_bulk`)
  await client.query(`create table counting.image_${number}_bulk (tx xid8, epoch int, sign smallint)`)
  const knownFrom = async () =>
    (await client.query('select known_from from measures.counted where id = $1', [number])).rows[0]
  const before = await knownFrom()

  const { built } = await buildFigures(client, [toy.toyPart()])

  expect(built).toEqual([])
  expect(await knownFrom()).toEqual(before)
  expect(await shown('D')).toBe('5')
  await write(many)
  expect([await shown('D'), await inBulk()]).toEqual([String(many + 5), many - imagesOneByOne])
  await allAgrees()
})

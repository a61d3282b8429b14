import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { openDatabase } from '../db/database.ts'
import { migrate } from '../install/migrate.ts'
import { figure } from './figures.ts'
import { foldOnce, startFolding } from './fold.loop.ts'
import { mendCounting } from './guardian.ts'
import { buildFigures } from './install.ts'
import { recountAll } from './recount.all.ts'
import * as toy from './toy.fixtures.ts'

let world: toy.ToyWorld
let system: Actor
let client: pg.Client
const parts = [...toy.platformParts, toy.toyPart()]
const pastCounting =
  'alter table toy.event disable trigger all; delete from toy.event; alter table toy.event enable trigger all'

const shown = () =>
  world.database.read(
    system,
    async (tx) =>
      (await figure(tx, { measure: toy.eventsHeld, unitId: world.id('A'), asOf: '2022-12-31' })).numerator,
  )
const mended = async () =>
  (
    await client.query<{ subject: string; after: { notAsInstalled: string[] } }>(
      `select subject_id as subject, after from audit.entry where action = 'measures.counting_mended' order by id`,
    )
  ).rows
const blocks = async () =>
  (await client.query<{ n: number }>('select count(*)::int as n from measures.block')).rows[0]?.n ?? 0

beforeAll(async () => {
  world = await toy.toyWorld()
  system = await systemActor(world.database)
})
afterAll(() => world.close())
beforeEach(async () => {
  client = new pg.Client({ connectionString: world.ownerUrl })
  await client.connect()
  await client.query('delete from toy.event')
  await world.event('A1', '2022-03-01', 'course')
  await world.event('A1', '2022-04-01', 'talk')
  while ((await foldOnce(world.database)) > 0);
  return () => client.end()
})

describe('counting that its owner wants to switch off', () => {
  test.each([
    ['all triggers', 'disable trigger all'],
    ['all triggers of people', 'disable trigger user'],
    ['one trigger', 'disable trigger counted_delete'],
    ['a trigger in sessions that play a replica', 'enable trigger counted_insert'],
    ['the guard against replicated rows', 'enable always trigger counted_never_replicated'],
  ])('%s: refused, and every figure holds', async (_what, how) => {
    await expect(
      client.query(`begin; alter table toy.event ${how}; delete from toy.event; commit`),
    ).rejects.toThrow(/Bảng toy\.event được đếm: không được tắt trigger counted_.*cannot be switched off/)
    await client.query('rollback')
    expect(await shown()).toBe('2')
    expect(await recountAll(client, toy.toyMeasures)).toMatchObject({ different: 0, faults: [] })
  })

  test('is refused to a session that plays a replica, too', async () => {
    await client.query('set session_replication_role = replica')
    await expect(client.query(pastCounting)).rejects.toThrow('không được tắt trigger')
  })

  test('other changes of a counted table are none of that', async () => {
    await client.query('alter table toy.event add note text; alter table toy.event drop note')
    expect(await mendCounting(world.database)).toEqual([])
  })
})

describe('counting that was switched off for a while, where the database could not refuse it', () => {
  beforeEach(async () => {
    // As for an owner who may not make event triggers.
    await client.query('set event_triggers = off')
  })

  test('is noticed while the product runs: the figures follow the rows, and the audit says which triggers', async () => {
    const before = (await mended()).length
    await client.query(pastCounting)
    expect(await shown()).toBe('2')
    const stop = startFolding(world.database, { everyMs: 20, guardEveryMs: 20 })
    await expect.poll(async () => (await mended()).length, { timeout: 20_000 }).toBe(before + 1)
    await stop()
    expect((await mended()).at(-1)).toMatchObject({
      subject: 'toy.event',
      after: { notAsInstalled: expect.arrayContaining(['trigger counted_delete']) },
    })
    expect(await shown()).toBeNull()
    expect(await recountAll(client, toy.toyMeasures)).toMatchObject({ different: 0, faults: [] })
  })

  test.each([
    ['exactly as before', `${pastCounting}; ${'alter table toy.event enable always trigger counted_delete'}`],
    [
      'made anew in the same transaction',
      `begin; drop trigger counted_delete on toy.event; delete from toy.event;
       do $$ begin execute (select format('create trigger counted_delete after delete on toy.event
         referencing old table as old_rows for each statement execute function counting.delete_%s()', id)
         from measures.counted where name = 'toy.event'); end $$;
       alter table toy.event enable always trigger counted_delete; commit`,
    ],
  ])('is noticed though it was left %s', async (_how, statements) => {
    await client.query(statements)
    expect((await recountAll(client, toy.toyMeasures)).faults.join()).toContain('trigger counted_delete')
    expect(await mendCounting(world.database)).toEqual(['toy.event'])
    expect(await shown()).toBeNull()
    expect(await recountAll(client, toy.toyMeasures)).toMatchObject({ different: 0, faults: [] })
  })

  test('is mended once by several servers that notice it at once, and never again', async () => {
    const [entries, built] = [(await mended()).length, await blocks()]
    await client.query(pastCounting)
    await Promise.all([1, 2, 3].map(() => mendCounting(world.database)))
    expect((await mended()).length).toBe(entries + 1)
    expect(await blocks()).toBe(built + 1)
    await migrate(world.ownerUrl, parts)
    expect(await mendCounting(world.database)).toEqual([])
    expect(await blocks()).toBe(built + 1)
  })

  test('rolled back, it is as if nothing had been', async () => {
    await client.query(`begin; ${pastCounting}; rollback`)
    expect(await mendCounting(world.database)).toEqual([])
    expect(await shown()).toBe('2')
  })
})

test('an installation that never noted its triggers notes them at the next start, and counts nothing anew', async () => {
  const built = await blocks()
  await client.query('update measures.counted set triggers = null')
  await buildFigures(client, parts)
  expect(await blocks()).toBe(built)
  expect(await mendCounting(world.database)).toEqual([])
  const { rows } = await client.query('select from measures.counted where triggers is null')
  expect(rows).toEqual([])
})

test('an owner who is no superuser may install, and what slips past is mended all the same', {
  timeout: 120_000,
}, async () => {
  const name = `small_${process.pid}`
  const url = new URL(world.ownerUrl)
  await client.query(`create role ${name} login createrole password 'small'`)
  await client.query(`create database ${name} owner ${name}`)
  Object.assign(url, { username: name, password: 'small', pathname: `/${name}` })
  try {
    await migrate(url.href, toy.platformParts)
    const owner = new pg.Client({ connectionString: url.href })
    await owner.connect()
    const database = openDatabase(url.href)
    try {
      await owner.query(toy.toyTables)
      await migrate(url.href, parts)
      await migrate(url.href, parts)
      expect((await owner.query('select from pg_event_trigger')).rows).toEqual([])
      await owner.query(
        'alter table toy.event disable trigger user; delete from toy.event; alter table toy.event enable trigger user',
      )
      expect(await mendCounting(database)).toEqual(['toy.event'])
      expect(await mendCounting(database)).toEqual([])
      expect(await recountAll(owner, toy.toyMeasures)).toMatchObject({ different: 0, faults: [] })
    } finally {
      await database.close()
      await owner.end()
    }
  } finally {
    await client.query(`drop database ${name} with (force)`)
    await client.query(`drop role if exists ${name}_app; drop role ${name}`)
  }
})

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../install/migrate.ts'
import { type OpenPostgres, openPostgres } from '../postgres/open-postgres.ts'
import { recountAll } from './recount.all.ts'
import * as toy from './toy.fixtures.ts'

// A server of its own: what is tried here has to be allowed when a server starts.
let scratch: string
let server: OpenPostgres
let source: pg.Client
let target: pg.Client
const parts = [...toy.platformParts, toy.toyPart()]
const slot = `banlang_${process.pid}`

async function connect(database: string): Promise<pg.Client> {
  const url = new URL(server.ownerUrl)
  url.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url.href })
  client.on('error', () => {})
  await client.connect()
  return client
}

async function counted(database: string): Promise<pg.Client> {
  await source.query(`create database ${database}`)
  const url = new URL(server.ownerUrl)
  url.pathname = `/${database}`
  await migrate(url.href, toy.platformParts)
  const client = await connect(database)
  await client.query(toy.toyTables)
  await migrate(url.href, parts)
  return client
}

const open = () =>
  openPostgres({ dataFolder: path.join(scratch, 'pg'), databaseUrl: undefined, size: 'test' })
const insert = `insert into toy.event (unit_id, held_on, kind) select min(id), '2022-03-01', 'course' from units.unit`
const rows = async (client: pg.Client) =>
  (await client.query<{ n: number }>('select count(*)::int as n from toy.event')).rows[0]?.n

beforeAll(async () => {
  scratch = mkdtempSync(path.join(tmpdir(), 'bl-'))
  // Run by root the database belongs to another user, who must find the way in.
  chmodSync(scratch, 0o711)
  server = await open()
  source = await connect('banlang')
  await source.query('alter system set wal_level = logical')
  await source.query('alter system set max_prepared_transactions = 4')
  await source.end()
  await server.stop()
  server = await open()
  source = await connect('banlang')
  await source.query(
    toy.toyTables.replaceAll('references units.unit', '').replaceAll('on delete cascade', ''),
  )
  target = await counted('replicated')
})
afterAll(async () => {
  for (const step of [
    'alter subscription $ disable',
    'alter subscription $ set (slot_name = none)',
    'drop subscription $',
  ])
    await target?.query(step.replace('$', slot)).catch(() => {})
  await target?.end()
  await source?.end()
  await server?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

test('rows that logical replication brings to a counted table are refused, and none is lost', async () => {
  await source.query('create publication counted for table toy.event')
  await source.query(`select pg_create_logical_replication_slot('${slot}', 'pgoutput')`)
  const socket = new URL(server.ownerUrl).searchParams.get('host') ?? ''
  await target.query(
    `create subscription ${slot} connection 'host=${socket} user=banlang dbname=banlang' publication counted
     with (create_slot = false, slot_name = '${slot}', copy_data = false)`,
  )
  await source.query(`insert into toy.event (unit_id, held_on, kind) values (1, '2022-03-01', 'course')`)
  await expect
    .poll(
      async () =>
        (
          await target.query<{ errors: number }>(
            `select apply_error_count::int as errors from pg_stat_subscription_stats`,
          )
        ).rows[0]?.errors,
      { timeout: 60_000 },
    )
    .toBeGreaterThan(0)
  expect(await rows(target)).toBe(0)
  // The same row by a statement is counted.
  await target.query(insert)
  expect(await recountAll(target, toy.toyMeasures)).toMatchObject({ different: 0, faults: [] })
})

test('a prepared transaction counts from its second commit on, and not at all when it is rolled back', async () => {
  const before = await rows(target)
  await target.query(`begin; ${insert}; ${insert}; prepare transaction 'one'`)
  await target.query(`begin; ${insert}; prepare transaction 'two'`)
  await target.query(insert)
  expect(await recountAll(target, toy.toyMeasures)).toMatchObject({ different: 0, faults: [] })
  const fold = async () => {
    const { rows: blocks } = await target.query<{ id: number }>(
      'select id from measures.block where retired_at is null',
    )
    for (const { id } of blocks)
      await target.query(
        `begin isolation level repeatable read; select counting.fold_${id}(measures.hour_now()); commit`,
      )
  }
  await fold()
  await target.query(`commit prepared 'one'`)
  expect(await recountAll(target, toy.toyMeasures)).toMatchObject({ different: 0, faults: [] })
  await fold()
  await target.query(`rollback prepared 'two'`)
  await fold()
  expect(await rows(target)).toBe((before ?? 0) + 3)
  expect(await recountAll(target, toy.toyMeasures)).toMatchObject({ different: 0, faults: [] })
})

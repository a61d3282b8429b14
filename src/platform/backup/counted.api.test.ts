import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../access/index.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { migrate, migrationsOf } from '../install/migrate.ts'
import { distinct, type Measure } from '../measures/declare.ts'
import { figure } from '../measures/figures.ts'
import { foldOnce } from '../measures/fold.loop.ts'
import { registerMeasures } from '../measures/index.ts'
import { imagesOneByOne } from '../measures/ledger.sql.ts'
import { recountAll } from '../measures/recount.all.ts'
import * as toy from '../measures/toy.fixtures.ts'
import type { Part } from '../part.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { makeBackup } from './make-backup.ts'
import { restoreBackup } from './restore-backup.ts'

const kinds = distinct({
  name: 'toy.kinds',
  title: { vi: 'Loại', en: 'Kinds' },
  meaning: { vi: 'Loại', en: 'Kinds' },
  noun: { vi: 'loại', en: 'kinds' },
  of: toy.courses.of,
  key: 'kind',
  on: 'held_on',
})
const measures: readonly Measure[] = [...toy.toyMeasures, kinds]
const scratch = mkdtempSync(path.join(tmpdir(), 'bl-counted-'))
const folder = path.join(scratch, 'toy')
const parts: Part[] = [...toy.platformParts, toy.toyPart({ folder, measures })]
const silent = () => {}

let world: toy.ToyWorld
const made: FreshDatabase[] = []

async function query<T extends pg.QueryResultRow>(url: string, text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text, values)).rows
  } finally {
    await client.end()
  }
}

async function restored(name: string): Promise<string> {
  const fresh = await freshDatabase({ empty: true })
  made.push(fresh)
  await restoreBackup({
    ownerUrl: fresh.ownerUrl,
    dataFolder: path.join(scratch, 'to'),
    parts,
    file: path.join(scratch, name),
    progress: silent,
  })
  return fresh.ownerUrl
}

const saved = (ownerUrl: string, name: string) =>
  makeBackup({
    ownerUrl,
    dataFolder: scratch,
    version: '1',
    file: path.join(scratch, name),
    progress: silent,
  })

async function recounted(ownerUrl: string) {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { differences, different, faults } = await recountAll(client, measures)
    return { differences, different, faults }
  } finally {
    await client.end()
  }
}
const agrees = { differences: [], different: 0, faults: [] }

/** What was known at an instant, of several figures. */
async function known(database: Database, id: string, knownAt: string | null): Promise<(string | null)[]> {
  const system = await systemActor(database)
  return database.read(system, async (tx) => {
    const answers: (string | null)[] = []
    for (const measure of [toy.courses, toy.people, toy.clubsOpen, toy.seats, kinds])
      for (const asOf of ['2022-03-10', '2022-12-31', '2023-06-30'])
        answers.push((await figure(tx, { measure, unitId: id, asOf, knownAt })).numerator)
    return answers
  })
}

/** Keeps what is visible now as known, as each minute does. */
async function mark(url: string): Promise<string> {
  const [row] = await query<{ at: string }>(
    url,
    `insert into measures.mark (at, epoch, seen)
     values (clock_timestamp(), (select max(number) from measures.epoch), pg_current_snapshot())
     returning to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
  )
  return row?.at ?? ''
}

beforeAll(async () => {
  mkdirSync(path.join(folder, 'migrations'), { recursive: true })
  writeFileSync(path.join(folder, 'migrations', '0001-toy.sql'), toy.toyTables)
  world = await toy.toyWorld()
  await query(world.ownerUrl, 'insert into platform.migration (id, checksum) values ($1, $2)', [
    'toy/0001-toy.sql',
    createHash('sha256').update(toy.toyTables).digest('hex'),
  ])
  await migrate(world.ownerUrl, parts)
  registerMeasures(parts)
})
afterAll(async () => {
  await world.close()
  for (const database of made) await database.drop()
  rmSync(scratch, { recursive: true, force: true })
})

describe('a restored installation', () => {
  it('counts as before, tells what was known when as before, and goes on counting', async () => {
    const at: string[] = []
    const were: (string | null)[][] = []
    for (const [n, code] of ['A1', 'A2', 'B1', 'A1'].entries()) {
      await world.event(code, `2022-0${n + 1}-05`, n % 2 ? 'course' : 'talk', '1.5')
      await world.club(code, `2022-0${n + 1}-05`, n % 2 ? '2022-11-01' : null, '4')
      if (n === 2) await world.owner.query('update toy.event set people = people + 1, kind = $1', ['course'])
      if (n === 1) await world.owner.query('delete from toy.club where id in (select min(id) from toy.club)')
      // More rows in one statement than get an image each.
      if (n === 2)
        await world.owner.query(
          `insert into toy.event (unit_id, held_on, kind) select $1, '2022-03-07', 'course' from generate_series(1, $2::int)`,
          [world.id('B1'), imagesOneByOne + 200],
        )
      await foldOnce(world.database)
      at.push(await mark(world.ownerUrl))
      were.push(await known(world.database, world.id('D'), null))
    }
    // Not folded when the backup is made.
    await world.event('B2', '2022-06-05', 'course', '9')
    const now = await known(world.database, world.id('D'), null)
    const manifest = await saved(world.ownerUrl, 'counted.tar.gz')
    const names = manifest.tables.map(({ schema, name }) => `${schema}.${name}`)
    const ledgers = await query<{ id: number }>(world.ownerUrl, 'select id from measures.counted')
    expect(names.filter((name) => /^counting\./.test(name)).sort()).toEqual(
      ledgers.flatMap(({ id }) => [`counting.image_${id}`, `counting.image_${id}_bulk`]).sort(),
    )
    expect(names).not.toContain('measures.block')

    const url = await restored('counted.tar.gz')
    await migrate(url, parts)
    const database = openDatabase(url)
    try {
      expect(await known(database, world.id('D'), null)).toEqual(now)
      expect(await recounted(url)).toEqual(agrees)
      for (const [n, instant] of at.entries())
        expect(await known(database, world.id('D'), instant), `known at mark ${n}`).toEqual(were[n])
      // What is written here comes later than all that was known there.
      await query(url, `update toy.event set kind = 'talk', people = 0; delete from toy.club`)
      for (const [n, instant] of at.entries())
        expect(await known(database, world.id('D'), instant), `still known at mark ${n}`).toEqual(were[n])
      await foldOnce(database)
      expect(await recounted(url)).toEqual(agrees)
      const epochs = await query<{ number: number }>(url, 'select number from measures.epoch order by 1')
      expect(epochs.map(({ number }) => number)).toEqual([1, 2])
      // Restored once more, from the restored one.
      const later = await mark(url)
      const then = await known(database, world.id('D'), null)
      await saved(url, 'again.tar.gz')
      const third = await restored('again.tar.gz')
      await migrate(third, parts)
      const again = openDatabase(third)
      try {
        await query(third, 'delete from toy.event')
        expect(await known(again, world.id('D'), later)).toEqual(then)
        expect(await known(again, world.id('D'), at[1] ?? '')).toEqual(were[1])
        expect(await recounted(third)).toEqual(agrees)
      } finally {
        await again.close()
      }
    } finally {
      await database.close()
    }
  })

  it('from an archive of before the ledger counts every row', async () => {
    const fresh = await freshDatabase({ empty: true })
    made.push(fresh)
    const first = (await migrationsOf(parts)).map(({ id }) => id).filter((id) => /\/0001-/.test(id))
    await migrate(fresh.ownerUrl, parts, { only: first })
    await query(
      fresh.ownerUrl,
      `insert into units.unit (id) values (901), (902), (903);
       insert into units.unit_version (unit_id, kind, code, name, search, parent_id, valid_from) values
         (901, 'province', 'T', 'Tỉnh', 'tinh', null, '2020-01-01'), (902, 'commune', 'A', 'Xã', 'xa', 901, '2020-01-01'),
         (903, 'village', 'A1', 'Thôn', 'thon', 902, '2020-01-01');
       insert into toy.event (unit_id, held_on, kind, people) select 903, date '2022-01-01' + n, 'course', n from generate_series(0, 99) n;
       insert into toy.club (unit_id, opened_on) values (902, '2022-05-01');
       insert into measures.measure (name, definition_hash) values ('toy.courses', 'old');
       insert into measures.total (measure_id, unit_id, day, amount, rows, held) values (1, 903, '2022-01-01', 7, 7, 7);
       insert into measures.delta (measure_id, unit_id, day, amount, rows, held) values (1, 903, '2022-01-01', 7, 7, 7)`,
    )
    await saved(fresh.ownerUrl, 'old.tar.gz')
    const url = await restored('old.tar.gz')
    const { applied } = await migrate(url, parts)
    expect(applied).toContain('measures/0002-ledger.sql')
    await query(url, `insert into toy.event (unit_id, held_on, kind) values (903, '2022-12-01', 'course')`)
    const [row] = await query<{ rows: string }>(url, 'select count(*)::text as rows from toy.event')
    expect(row?.rows).toBe('101')
    expect(await recounted(url)).toEqual(agrees)
  })
})

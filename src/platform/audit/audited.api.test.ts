import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'

let fresh: FreshDatabase
let client: pg.Client

beforeAll(async () => {
  fresh = await freshDatabase()
  client = new pg.Client({ connectionString: fresh.ownerUrl })
  await client.connect()
  await client.query(`
    create table audit.tried (id int);
    create constraint trigger must_be_audited after insert on audit.tried deferrable initially deferred
      for each row when (audit.first_write()) execute function audit.check_audited()`)
})
afterAll(async () => {
  await client.end()
  await fresh.drop()
})

const enter = (times: number) =>
  client.query(
    `insert into audit.entry (unit_id, action, subject, subject_id)
     select unit_id, 'test.tried', 'audit.tried', n::text
     from units.unit_version cross join generate_series(1, $1::int) n where parent_id is null`,
    [times],
  )

async function write(): Promise<void> {
  await client.query('begin')
  await client.query('insert into audit.tried values (1)')
  await enter(1)
  await client.query('commit')
}

/** Rows of audit.entry that statements have read by going through the whole table. */
async function readThrough(): Promise<number> {
  await client.query('select pg_stat_force_next_flush()')
  const { rows } = await client.query<{ read: string }>(
    `select seq_tup_read::text as read from pg_stat_user_tables where relid = 'audit.entry'::regclass`,
  )
  return Number(rows[0]?.read)
}

test('a write without an audit entry is refused when it ends', async () => {
  await client.query('begin')
  await client.query('insert into audit.tried values (1)')
  await expect(client.query('commit')).rejects.toThrow('a write to audit.tried without an audit entry')
})

test('a write costs the same however many entries there are, also in a session that first wrote when there were a few', async () => {
  await write()
  await client.query('analyze audit.entry')
  await write()
  await enter(5_000)
  const before = await readThrough()
  for (let again = 0; again < 3; again += 1) await write()
  expect((await readThrough()) - before).toBe(0)
})

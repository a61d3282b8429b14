import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../install/migrate.ts'
import type { Part } from '../part.ts'
import { type OpenPostgres, openPostgres } from '../postgres/open-postgres.ts'
import { makeBackup } from './make-backup.ts'
import { restoreBackup } from './restore-backup.ts'
import { refuseUnfinishedRestore, unfinishedSchema } from './unfinished.ts'

const migration = `
  create schema offices;
  create table offices.unit (
    id bigint generated always as identity primary key,
    name text not null,
    name_length int generated always as (length(name)) stored,
    parent_id bigint references offices.unit,
    head_id bigint
  );
  create table offices.person (
    id uuid primary key default gen_random_uuid(),
    unit_id bigint not null references offices.unit,
    name text,
    photo bytea,
    weight double precision,
    seen_at timestamptz not null default now(),
    words text[]
  );
  alter table offices.unit add foreign key (head_id) references offices.person (id) not valid;
  create table offices.log (id bigserial primary key, what text not null);
  create function offices.note() returns trigger language plpgsql as $$
  begin
    insert into offices.log (what) values (tg_op || ' ' || new.name);
    return new;
  end $$;
  create trigger noted after insert on offices.person for each row execute function offices.note();
  create trigger always_noted after insert on offices.person for each row execute function offices.note();
  alter table offices.person enable always trigger always_noted;
  alter table offices.person enable row level security;
  alter table offices.person force row level security;
  create policy owner_all on offices.person to current_user using (true) with check (true);
`.replace('head_id bigint\n', 'head_id uuid\n')

let scratch: string
let server: OpenPostgres
let parts: Part[]

async function query<T extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text, values)).rows
  } finally {
    await client.end()
  }
}

function urlOf(database: string, user?: string): string {
  const url = new URL(server.ownerUrl)
  url.pathname = `/${ours(database)}`
  if (user) url.username = user
  return url.href
}

const made: string[] = []
const ours = (name: string) => `banlang_test_${process.pid}_${name}`

async function newDatabase(name: string, owner?: string): Promise<string> {
  await query(server.ownerUrl, `create database ${ours(name)}${owner ? ` owner ${owner}` : ''}`)
  made.push(ours(name))
  return urlOf(name, owner)
}

const silent = () => {}
const archive = (name: string) => path.join(scratch, `${name}.tar.gz`)
const folder = (name: string) => path.join(scratch, name)
const saved = (ownerUrl: string, name: string, dataFolder = folder('from')) =>
  makeBackup({ ownerUrl, dataFolder, version: '1.2.3', file: archive(name), progress: silent })
const brought = (ownerUrl: string, name: string, dataFolder = folder(`to-${name}`)) =>
  restoreBackup({ ownerUrl, dataFolder, parts, file: archive(name), progress: silent })

/** Everything that a restore must bring back, as text. */
async function contents(url: string): Promise<string> {
  const tables = ['unit', 'person', 'log'].map((table) =>
    query(url, `select * from offices.${table} order by id`),
  )
  const triggers = query(
    url,
    `select tgname, tgenabled, relforcerowsecurity from pg_trigger t join pg_class c on c.oid = tgrelid
     where not tgisinternal and relnamespace = 'offices'::regnamespace order by 1`,
  )
  const constraints = query(
    url,
    `select conname, condeferrable, condeferred from pg_constraint where connamespace = 'offices'::regnamespace
     and contype = 'f' order by 1`,
  )
  return JSON.stringify(await Promise.all([...tables, triggers, constraints]))
}

async function fill(url: string): Promise<void> {
  await query(url, `insert into offices.unit (name) select 'Thôn ' || i from generate_series(1, 200) i`)
  await query(url, 'update offices.unit set parent_id = id - 1 where id > 1')
  await query(
    url,
    `insert into offices.person (unit_id, name, photo, weight, words)
     select 1 + i % 200, E'Hoàng Thị\\t"Nở"\\n\\\\' || i, decode(md5(i::text), 'hex'), 1.0 / i,
            case when i % 3 = 0 then null else array['a,b', null, 'Đ'] end
     from generate_series(1, 5000) i`,
  )
  await query(
    url,
    'update offices.unit set head_id = (select id from offices.person where unit_id = unit.id limit 1)',
  )
}

beforeAll(async () => {
  scratch = mkdtempSync(path.join(tmpdir(), 'bl-'))
  // Run by root the database belongs to another user, who must find the way in.
  chmodSync(scratch, 0o711)
  server = await openPostgres({
    dataFolder: path.join(scratch, 'pg'),
    databaseUrl: process.env.DATABASE_URL,
    size: 'test',
  })
  const home = path.join(scratch, 'offices')
  mkdirSync(path.join(home, 'migrations'), { recursive: true })
  writeFileSync(path.join(home, 'migrations', '001-offices.sql'), migration)
  parts = [{ name: 'offices', title: { vi: 'Cơ quan', en: 'Offices' }, folder: home }]
  const text = 'biên bản có dấu'
  const sha = createHash('sha256').update(text).digest('hex')
  mkdirSync(path.join(folder('from'), 'files', sha.slice(0, 2)), { recursive: true })
  writeFileSync(path.join(folder('from'), 'files', sha.slice(0, 2), sha), text)
})

afterAll(async () => {
  for (const name of made) await query(server.ownerUrl, `drop database ${name}`)
  for (const role of [`${ours('keeper')}_app`, ours('keeper')])
    await query(server.ownerUrl, `drop role if exists ${role}`)
  await server.stop()
  rmSync(scratch, { recursive: true, force: true })
})

const only = { only: ['offices/001-offices.sql'] }

describe('a backup', () => {
  it('brings back every row, file, trigger state and number, and counts on from there', async () => {
    const from = await newDatabase('whole')
    await migrate(from, parts, only)
    await fill(from)
    await saved(from, 'whole')
    const to = await newDatabase('whole_again')
    await brought(to, 'whole')
    expect(await contents(to)).toBe(await contents(from))
    const [next] = await query<{ id: string }>(
      to,
      `insert into offices.unit (name) values ('Mới') returning id`,
    )
    expect(next?.id).toBe('201')
    const files = readdirSync(path.join(folder('to-whole'), 'files'), { recursive: true })
    expect(files.map(String).sort()).toEqual(
      readdirSync(path.join(folder('from'), 'files'), { recursive: true })
        .map(String)
        .sort(),
    )
  })

  it('taken while people write holds one instant: no person without unit, no log without person', async () => {
    const from = await newDatabase('busy')
    await migrate(from, parts, only)
    await fill(from)
    let writing = true
    const writers = [1, 2].map(async () => {
      while (writing) await query(from, `insert into offices.person (unit_id, name) values (1, 'Đang ghi')`)
    })
    await saved(from, 'busy')
    writing = false
    await Promise.all(writers)
    const to = await newDatabase('busy_again')
    await brought(to, 'busy')
    const [counts] = await query<{ people: number; logs: number }>(
      to,
      `select (select count(*)::int from offices.person) as people, (select count(*)::int from offices.log) as logs`,
    )
    // Two triggers write one line each per person.
    expect(counts?.logs).toBe((counts?.people ?? 0) * 2)
    expect(counts?.people).toBeGreaterThanOrEqual(5000)
  })

  it('works for an owner whom row-level security binds', async () => {
    const password = new URL(server.ownerUrl).password || 'none'
    await query(
      server.ownerUrl,
      `create role ${ours('keeper')} login createdb createrole password '${password}'`,
    )
    // Who is no superuser may only make a database for a role that they are a member of.
    await query(server.ownerUrl, `grant ${ours('keeper')} to current_user`)
    const from = await newDatabase('bound', ours('keeper'))
    await migrate(from, parts, only)
    await fill(from)
    await saved(from, 'bound')
    const to = await newDatabase('bound_again', ours('keeper'))
    await brought(to, 'bound')
    expect(await contents(to)).toBe(await contents(from))
    expect(JSON.parse(await contents(to))[1]).toHaveLength(5000)
  })

  it('is refused when the role does not see all rows, instead of lacking some', async () => {
    const from = urlOf('bound', ours('keeper'))
    await query(from, 'alter policy owner_all on offices.person using (weight < 0.5)')
    await expect(saved(from, 'partial')).rejects.toThrow('không thấy hết các dòng của: offices.person')
    expect(readdirSync(scratch).filter((name) => name.startsWith('partial'))).toEqual([])
  })

  it('never overwrites a file', async () => {
    const before = readFileSync(archive('whole'))
    await expect(saved(urlOf('whole'), 'whole')).rejects.toThrow('Đã có tệp')
    expect(readFileSync(archive('whole')).equals(before)).toBe(true)
  })
})

describe('a restore', () => {
  it('is refused on an installation that holds data', async () => {
    await expect(brought(urlOf('whole'), 'whole')).rejects.toThrow('Kho này đã có dữ liệu')
  })

  const damages = [
    ['cut short', (content: Buffer) => content.subarray(0, content.length - 2_000)],
    [
      'changed in one byte',
      (content: Buffer) => Buffer.from(content.map((byte, at) => (at === 40_000 ? byte ^ 1 : byte))),
    ],
    ['not an archive', () => Buffer.from('xin chào')],
    ['empty', () => Buffer.alloc(0)],
  ] as const

  it.each(damages)('of an archive that is %s writes nothing', async (name, damage) => {
    const file = name.replaceAll(' ', '-')
    writeFileSync(archive(file), damage(readFileSync(archive('whole'))))
    const to = await newDatabase(`damaged_${file.replaceAll('-', '_')}`)
    await expect(brought(to, file)).rejects.toThrow('Không có gì được ghi')
    const schemas = await query(to, `select from pg_namespace where nspname in ('offices', 'platform')`)
    expect(schemas).toHaveLength(0)
  })

  it('says which version is needed when the archive has steps this program does not know', async () => {
    const to = await newDatabase('older')
    const older = {
      ownerUrl: to,
      dataFolder: folder('older'),
      parts: [],
      file: archive('whole'),
      progress: silent,
    }
    await expect(restoreBackup(older)).rejects.toThrow('phiên bản 1.2.3')
  })

  it('that was cut off keeps the product from starting and may be repeated', async () => {
    const to = await newDatabase('cut_off')
    await query(to, `create schema ${unfinishedSchema}`)
    await migrate(to, parts, only)
    await expect(refuseUnfinishedRestore(to)).rejects.toThrow('bị dừng giữa chừng')
    await brought(to, 'whole', folder('cut-off'))
    await refuseUnfinishedRestore(to)
    expect(await contents(to)).toBe(await contents(urlOf('whole')))
  })
})

describe('an archive', () => {
  it('that lost its end while it was copied is recognised', async () => {
    writeFileSync(archive('lost'), readFileSync(archive('whole')))
    truncateSync(archive('lost'), 1_000)
    await expect(brought(await newDatabase('lost'), 'lost')).rejects.toThrow('đã hỏng')
  })
})

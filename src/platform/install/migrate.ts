import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { roles } from '../actor/capability.ts'
import { appRoleOf, appUrlOf } from '../db/database.ts'
import { policyStatements, type ScopedTable } from '../db/scope.ts'
import { installJobs } from '../jobs/install.ts'
import { buildFigures } from '../measures/install.ts'
import type { Part } from '../part.ts'

type Migration = { id: string; sql: string; checksum: string }

const ledger = `
  create schema if not exists platform;
  create table if not exists platform.migration (
    id text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`

/** The migrations of all parts in the order in which they are applied: parts as given, files by name. */
export async function migrationsOf(parts: readonly Part[]): Promise<Migration[]> {
  const found: Migration[] = []
  for (const part of parts) {
    const folder = join(part.folder, 'migrations')
    const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.sql')).sort()
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8')
      const checksum = createHash('sha256').update(text).digest('hex')
      found.push({ id: `${part.name}/${file}`, sql: text, checksum })
    }
  }
  return found
}

/**
 * Brings a database to the state that the parts declare: migrations, then policies, grants, audit and counting triggers.
 * Safe to call from several processes at once; one does the work. `only` applies just the named migrations and
 * installs nothing else (a restore loads rows in between).
 */
export async function migrate(
  ownerUrl: string,
  parts: readonly Part[],
  options: { only?: readonly string[]; progress?: (line: string) => void } = {},
): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'banlang migrate' })
  // A lost connection shows in the statement under way; without a listener it would end the process.
  client.on('error', () => {})
  const known = migrationsOf(parts)
  known.catch(() => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [4_711_001])
    await ensureAppRole(client, ownerUrl)
    await installJobs(ownerUrl)
    await client.query(ledger)
    const applied: string[] = []
    const done = new Map(
      (
        await client.query<{ id: string; checksum: string }>('select id, checksum from platform.migration')
      ).rows.map((row) => [row.id, row.checksum]),
    )
    for (const migration of await known) {
      const before = done.get(migration.id)
      if (before === migration.checksum) continue
      if (before) {
        throw new Error(
          `Tệp ${migration.id} đã chạy trên cơ sở dữ liệu này rồi mới bị sửa. Hãy khôi phục tệp cũ và viết tệp mới. / ${migration.id} was edited after it had been applied; restore it and write a new one.`,
        )
      }
      if (options.only && !options.only.includes(migration.id)) continue
      await applyOne(client, migration)
      applied.push(migration.id)
      options.progress?.(migration.id)
    }
    if (!options.only) {
      await install(client, parts, pg.escapeIdentifier(appRoleOf(ownerUrl)))
      const progress = options.progress
      await buildFigures(client, parts, progress ? { progress: (table) => progress(`đếm ${table}`) } : {})
    }
    return { applied }
  } finally {
    await client.end()
  }
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into platform.migration (id, checksum) values ($1, $2)', [
      migration.id,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`${migration.id}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

async function ensureAppRole(client: pg.Client, ownerUrl: string): Promise<void> {
  const role = appRoleOf(ownerUrl)
  const exists = (await client.query('select 1 from pg_roles where rolname = $1', [role])).rowCount
  if (exists && (await signsIn(appUrlOf(ownerUrl)))) return
  const password = new URL(appUrlOf(ownerUrl)).password
  const name = pg.escapeIdentifier(role)
  await client.query(
    exists
      ? `alter role ${name} login password '${password}'`
      : `create role ${name} login nocreatedb nocreaterole password '${password}'`,
  )
}

async function signsIn(url: string): Promise<boolean> {
  const probe = new pg.Client({ connectionString: url })
  probe.on('error', () => {})
  const fits = await probe.connect().then(
    () => true,
    () => false,
  )
  await probe.end().catch(() => {})
  return fits
}

/**
 * Policies, grants and triggers follow the declarations of this version of the program, whole, in one transaction. Only
 * where they changed: it shuts readers out for a moment. What counts follows by itself, table by table.
 */
async function install(client: pg.Client, parts: readonly Part[], appRole: string): Promise<void> {
  const owner =
    (await client.query<{ name: string }>('select quote_ident(current_user) as name')).rows[0]?.name ?? ''
  const tables = (
    await client.query<{ schema: string; name: string }>(
      `select n.nspname as schema, n.nspname || '.' || c.relname as name from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname = any($1) order by 1, 2`,
      [parts.map((part) => part.name)],
    )
  ).rows
  const scopes = new Map(
    parts.flatMap((part) => (part.scope ?? []).map((scope) => [scope.table, scope] as const)),
  )
  const bare = tables.filter((table) => !scopes.has(table.name)).map((table) => table.name)
  if (bare.length > 0) {
    throw new Error(
      `Bảng chưa khai phạm vi: ${bare.join(', ')}. Thêm vào \`scope\` của phần sở hữu bảng. / Tables without a declared scope.`,
    )
  }
  const statements: string[] = []
  const schemas = await client.query<{ name: string }>(
    'select nspname as name from pg_namespace where nspname = any($1)',
    [parts.map((part) => part.name)],
  )
  for (const { name } of schemas.rows) statements.push(`grant usage on schema ${name} to ${appRole}`)
  // Figures are read through functions that ask for the reader's rights; their tables are nobody's to read.
  if (parts.some((part) => part.name === 'measures'))
    statements.push(`grant usage on schema counting to ${appRole}`)
  for (const scope of scopes.values()) {
    if (!tables.some((table) => table.name === scope.table)) {
      throw new Error(
        `Phạm vi khai cho bảng không có: ${scope.table}. / A scope is declared for a table that is not there.`,
      )
    }
    statements.push(...policyStatements(scope, { owner, app: appRole }))
    if (isWrittenByPeople(scope)) {
      statements.push(
        `drop trigger if exists must_be_audited on ${scope.table}`,
        `create constraint trigger must_be_audited after insert or update or delete on ${scope.table}
           deferrable initially deferred for each row when (audit.first_write()) execute function audit.check_audited()`,
      )
    }
  }
  statements.push(...roleStatements(parts))
  const script = statements.join(';\n')
  const fingerprint = createHash('sha256').update(script).digest('hex')
  // Kept as a comment and not as a row, so that a backup, which is rows, never brings along what it did not install.
  const last = await client.query<{ installed: string | null }>(
    `select obj_description('platform'::regnamespace) as installed`,
  )
  if (last.rows[0]?.installed === fingerprint) return
  await client.query('begin')
  try {
    const policies = await client.query<{ statement: string }>(
      `select format('drop policy %I on %I.%I', policyname, schemaname, tablename) as statement
       from pg_policies where schemaname = any($1)`,
      [parts.map((part) => part.name)],
    )
    for (const { statement } of policies.rows) await client.query(statement)
    await client.query(script)
    await client.query(`comment on schema platform is '${fingerprint}'`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Whether the application role can write rows of a table at all; an audit entry needs no entry of its own. */
function isWrittenByPeople(scope: ScopedTable): boolean {
  if ('platformOnly' in scope || scope.table === 'audit.entry') return false
  return scope.change !== 'nobody' || scope.orChange !== undefined
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** What each role holds, from the capabilities that the parts declare. */
function roleStatements(parts: readonly Part[]): string[] {
  const statements = [`delete from access.role_capability where role <> 'system'`]
  for (const [key, title] of Object.entries(roles)) {
    statements.push(
      `insert into access.role (key, name_vi, name_en) values (${[key, title.vi, title.en].map(literal).join(', ')})
       on conflict (key) do update set name_vi = excluded.name_vi, name_en = excluded.name_en`,
    )
  }
  for (const capability of parts.flatMap((part) => part.capabilities ?? [])) {
    for (const role of capability.roles) {
      statements.push(
        `insert into access.role_capability (role, capability) values (${literal(role)}, ${literal(capability.name)})`,
      )
    }
  }
  return statements
}

import type pg from 'pg'
import { StartRefusal } from '../start-refusal.ts'
import { quoted } from './manifest.ts'

/** A table with the columns that hold data of their own (generated ones are left out), by OID for foreign keys. */
export type Table = { oid: number; schema: string; name: string; columns: string[]; types: string[] }

type ForeignKey = { table: number; target: number; name: string }

// A migration record is not data: the migrations themselves write it anew when an archive is restored.
const ledgers = ['platform.migration', 'graphile_worker.migrations']

/**
 * What the program makes anew from the rows when it starts: totals, what of them is pending, keys that are counted once,
 * and the register of all these. The images that tell what was known when are kept; they cannot be made again.
 */
const derived = `(n.nspname = 'counting' and c.relname !~ '^image_'
  or n.nspname = 'measures' and c.relname in ('block', 'measure', 'rule', 'presence'))`

/** Tables that no migration makes: the ledgers of counted tables, whose columns follow the declarations. */
export function isMadeByRestore(table: { schema: string; name: string }): boolean {
  return table.schema === 'counting' && /^image_\d+(_bulk)?$/.test(table.name)
}

const ownSchemas = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

/** Makes what COPY writes the same on every server and readable by every other. */
export async function setPortableFormats(client: pg.ClientBase): Promise<void> {
  await client.query(`
    set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC';
    set extra_float_digits = 3; set bytea_output = 'hex'; set client_encoding = 'UTF8'; set synchronize_seqscans = off;
    set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`)
}

/**
 * Every table of the database that holds data, those that others refer to first. Tables in a circle come last. `all`: also
 * those whose rows the program makes anew.
 */
export async function dataTables(client: pg.ClientBase, { all = false } = {}): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.oid::int8::float8 as oid, n.nspname as schema, c.relname as name,
            array_agg(a.attname::text order by a.attnum) as columns,
            array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) as types
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and c.relpersistence <> 't' and ${ownSchemas} ${all ? '' : `and not ${derived}`}
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     group by 1, 2, 3 order by 2, 3`,
  )
  const tables = rows.filter((table) => !ledgers.includes(`${table.schema}.${table.name}`))
  return inReferenceOrder(tables, await foreignKeys(client))
}

async function foreignKeys(client: pg.ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select conrelid::int8::float8 as table, confrelid::int8::float8 as target, conname as name
     from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  )
  return rows
}

function inReferenceOrder(tables: readonly Table[], keys: readonly ForeignKey[]): Table[] {
  const ordered: Table[] = []
  const waiting = new Set(tables)
  const isWaiting = (oid: number) => [...waiting].some((table) => table.oid === oid)
  while (waiting.size > 0) {
    const free = [...waiting].filter(
      (table) => !keys.some((key) => key.table === table.oid && isWaiting(key.target)),
    )
    const next = free.length > 0 ? free : [...waiting]
    ordered.push(...next)
    for (const table of next) waiting.delete(table)
  }
  return ordered
}

/** Sequences, with how far each has counted. */
export async function sequences(client: pg.ClientBase) {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and ${ownSchemas} order by 1, 2`,
  )
  const found: { schema: string; name: string; value: string; called: boolean }[] = []
  for (const sequence of rows) {
    const state = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted(sequence)}`,
    )
    const first = state.rows[0]
    if (first) found.push({ ...sequence, ...first })
  }
  return found
}

/** Number of tables of any kind outside the system's own schemas. */
export async function countTables(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and ${ownSchemas}
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`,
  )
  return rows[0]?.count ?? 0
}

/** Schemas other than the system's and `public`. */
export async function schemas(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname as name from pg_namespace n where ${ownSchemas} and n.nspname <> 'public'`,
  )
  return rows.map((row) => row.name)
}

/**
 * Makes sure that this connection reads every row. A role that row-level security binds must have a policy that shows it all rows of a
 * table; otherwise a backup would silently lack some, so it is refused.
 */
export async function requireFullSight(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and ${ownSchemas} and row_security_active(c.oid)
       and (exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive)
         or not exists (
           select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('*', 'r')
             and pg_get_expr(p.polqual, p.polrelid) = 'true'
             and (0::oid = any(p.polroles)
               or exists (select from unnest(p.polroles) r where pg_has_role(current_user, r, 'usage')))))`,
  )
  if (rows.length > 0)
    throw new StartRefusal(
      `Người dùng cơ sở dữ liệu này không thấy hết các dòng của: ${rows.map((row) => row.table).join(', ')}. Hãy sao lưu bằng chủ sở hữu các bảng.`,
      `This database role does not see all rows of: ${rows.map((row) => row.table).join(', ')}. Back up as the owner of the tables.`,
    )
}

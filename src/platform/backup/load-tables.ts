import { once } from 'node:events'
import pg from 'pg'
import { type CopyStreamQuery, from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { StartRefusal } from '../start-refusal.ts'
import { dataTables, isMadeByRestore } from './catalog.ts'
import { type Manifest, quoted, type TableRecord } from './manifest.ts'
import { RowSum } from './row-sum.ts'

/** Takes the rows of tables one after another; `finish` must be called before anything else uses the connection. */
export type TableLoader = {
  add(table: string, content: AsyncIterable<unknown>): Promise<void>
  finish(): Promise<void>
}

/** Writes rows by COPY, in the order in which they come. */
export function tableLoader(client: pg.ClientBase, manifest: Manifest): TableLoader {
  const records = new Map(manifest.tables.map((table) => [`${table.schema}.${table.name}`, table]))
  let open: { table: string; stream: CopyStreamQuery; done: Promise<unknown> } | undefined
  const finish = async () => {
    if (!open) return
    const { stream, done } = open
    open = undefined
    stream.end()
    await done
  }
  return {
    async add(table, content) {
      if (open?.table !== table) {
        await finish()
        const record = records.get(table)
        if (!record) throw new Error(`no table ${table} in the list of contents`)
        const stream = client.query(copyFrom(`copy ${quoted(record)} (${columnList(record)}) from stdin`))
        const done = once(stream, 'finish')
        // Awaited in finish; a row that is refused shows there, or at the next write.
        done.catch(() => {})
        open = { table, stream, done }
      }
      for await (const chunk of content) {
        if (!open.stream.write(chunk)) await Promise.race([once(open.stream, 'drain'), open.done])
      }
    },
    finish,
  }
}

function columnList(table: { columns: readonly string[] }): string {
  return table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
}

/** Refuses an archive whose tables or columns this program does not make. */
export async function requireSameShape(client: pg.ClientBase, manifest: Manifest): Promise<void> {
  const made = new Map(
    (await dataTables(client, { all: true })).map((table) => [
      `${table.schema}.${table.name}`,
      new Set(table.columns),
    ]),
  )
  const missing = manifest.tables.flatMap((table) => {
    const columns = made.get(`${table.schema}.${table.name}`)
    if (!columns) return table.rows > 0 ? [`${table.schema}.${table.name}`] : []
    return table.columns
      .filter((column) => !columns.has(column))
      .map((column) => `${table.schema}.${table.name}.${column}`)
  })
  if (missing.length > 0)
    throw new StartRefusal(
      `Bản sao lưu có dữ liệu mà phiên bản này không có chỗ chứa: ${missing.join(', ')}. Hãy phục hồi bằng phiên bản ${manifest.version}.`,
      `The backup holds data this version has no place for: ${missing.join(', ')}. Restore with version ${manifest.version}.`,
    )
}

/**
 * Makes the ledgers of counted tables as they were; the program adds triggers, defaults and indexes when it starts. Their
 * types come from the archive, so only names of types that this server knows are let in.
 */
export async function makeLedgers(client: pg.ClientBase, manifest: Manifest): Promise<void> {
  for (const table of manifest.tables.filter(isMadeByRestore)) {
    const types = table.types ?? []
    if (types.length !== table.columns.length)
      throw new Error(`${table.schema}.${table.name} has no types in the list of contents`)
    const { rows } = await client.query<{ type: string | null }>(
      'select format_type(to_regtype(wanted.type)::oid, null) as type from unnest($1::text[]) wanted(type)',
      [types.map((type) => type.replace(/\([\d, ]*\)/, ''))],
    )
    if (rows.some((row) => row.type === null) || types.some((type) => !/^[\w ."[\],()]+$/.test(type)))
      throw new Error(`${table.schema}.${table.name} has columns of unknown types: ${types.join(', ')}`)
    const columns = table.columns.map((column, at) => `${pg.escapeIdentifier(column)} ${types[at]}`)
    await client.query(`create table if not exists ${quoted(table)} (${columns.join(', ')})`)
  }
}

type Undo = () => Promise<void>

/**
 * Prepares all tables of the database for loading inside the open transaction: empties them, and sets aside triggers, forced row-level
 * security and circular foreign keys. The returned function puts everything back exactly as it was.
 */
export async function openForLoading(client: pg.ClientBase): Promise<Undo> {
  const tables = await dataTables(client, { all: true })
  const names = tables.map(quoted)
  const triggers = await client.query<{ table: string; name: string; state: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, t.tgname as name, t.tgenabled::text as state
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and n.nspname !~ '^pg_' and c.relkind = 'r' and t.tgparentid = 0`,
  )
  const forced = await client.query<{ table: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and c.relforcerowsecurity and n.nspname !~ '^pg_'`,
  )
  const keys = await client.query<{ table: string; name: string; deferrable: boolean; deferred: boolean }>(
    `select format('%I.%I', n.nspname, c.relname) as table, k.conname as name, k.condeferrable as deferrable,
            k.condeferred as deferred
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and n.nspname !~ '^pg_'`,
  )
  const constraint = (key: { table: string; name: string }) =>
    `alter table ${key.table} alter constraint ${pg.escapeIdentifier(key.name)}`
  for (const { table } of forced.rows) await client.query(`alter table ${table} no force row level security`)
  for (const key of keys.rows) await client.query(`${constraint(key)} deferrable initially deferred`)
  for (const name of names) await client.query(`alter table ${name} disable trigger user`)
  if (names.length > 0) await client.query(`truncate ${names.join(', ')}`)

  return async () => {
    // Checks every reference now; a table with unchecked rows could not be altered.
    await client.query('set constraints all immediate')
    for (const { table, name, state } of triggers.rows) {
      const word = { O: 'enable', A: 'enable always', R: 'enable replica', D: 'disable' }[state] ?? 'enable'
      await client.query(`alter table ${table} ${word} trigger ${pg.escapeIdentifier(name)}`)
    }
    for (const key of keys.rows) {
      const timing = key.deferrable
        ? `deferrable initially ${key.deferred ? 'deferred' : 'immediate'}`
        : 'not deferrable'
      await client.query(`${constraint(key)} ${timing}`)
    }
    for (const { table } of forced.rows) await client.query(`alter table ${table} force row level security`)
  }
}

/** Reads the loaded tables back and compares rows and sums with the list of contents. */
export async function requireSameRows(client: pg.ClientBase, manifest: Manifest): Promise<void> {
  for (const table of manifest.tables) {
    if (table.rows === 0) continue
    const sum = await sumOf(client, table)
    if (sum.rows !== table.rows || sum.sum !== table.sum)
      throw new Error(
        `table ${table.schema}.${table.name} came out different: ${sum.rows} of ${table.rows} rows`,
      )
  }
}

async function sumOf(client: pg.ClientBase, table: TableRecord): Promise<RowSum> {
  const sum = new RowSum()
  const rows = client.query(copyTo(`copy (select ${columnList(table)} from only ${quoted(table)}) to stdout`))
  for await (const chunk of rows) sum.add(Buffer.from(chunk as Uint8Array))
  return sum
}

/** Sets every sequence of the archive to where it had counted. */
export async function setSequences(client: pg.ClientBase, manifest: Manifest): Promise<void> {
  for (const sequence of manifest.sequences)
    await client.query(`select setval(to_regclass($1), $2::bigint, $3) where to_regclass($1) is not null`, [
      quoted(sequence),
      sequence.value,
      sequence.called,
    ])
}

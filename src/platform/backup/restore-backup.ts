import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { migrate, migrationsOf } from '../install/migrate.ts'
import type { Part } from '../part.ts'
import { StartRefusal } from '../start-refusal.ts'
import { countTables, schemas, setPortableFormats } from './catalog.ts'
import {
  makeLedgers,
  openForLoading,
  requireSameRows,
  requireSameShape,
  setSequences,
  tableLoader,
} from './load-tables.ts'
import type { Manifest } from './manifest.ts'
import { readArchive, verifyArchive } from './read-archive.ts'
import { unfinishedSchema } from './unfinished.ts'

export type RestoreOptions = {
  ownerUrl: string
  dataFolder: string
  parts: readonly Part[]
  file: string
  progress: (line: string) => void
}

/**
 * Brings an archive into an empty database and its files into the data folder. The archive is read to its end and checked before anything is
 * written; rows come in one transaction that also compares them with the archive. A restore that was cut off may be repeated.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  options.progress('Kiểm tra bản sao lưu… / checking the backup…')
  const manifest = await verifyArchive(options.file)
  await requireKnownMigrations(manifest, options.parts)
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'banlang restore' })
  client.on('error', () => {})
  await client.connect()
  try {
    await clearUnfinished(client)
    await requireEmpty(client)
    await client.query(`create schema ${unfinishedSchema}`)
    try {
      options.progress('Tạo các bảng… / making the tables…')
      await migrate(options.ownerUrl, options.parts, { only: manifest.migrations.map(({ id }) => id) })
      if (manifest.tables.some((table) => table.schema === 'graphile_worker'))
        await runMigrations({ connectionString: options.ownerUrl })
      await load(client, manifest, options)
    } catch (error) {
      await client.query('rollback')
      await clearUnfinished(client)
      throw error
    }
    await client.query('analyze')
    return manifest
  } finally {
    await client.end().catch(() => {})
  }
}

async function requireKnownMigrations(manifest: Manifest, parts: readonly Part[]): Promise<void> {
  const known = new Map((await migrationsOf(parts)).map((migration) => [migration.id, migration.checksum]))
  const unknown = manifest.migrations.filter(({ id, checksum }) => known.get(id) !== checksum)
  if (unknown.length > 0)
    throw new StartRefusal(
      `Bản sao lưu do phiên bản ${manifest.version} tạo, có bước mà phiên bản này không biết: ${unknown.map(({ id }) => id).join(', ')}. Hãy cài đúng phiên bản ${manifest.version} hoặc mới hơn rồi phục hồi.`,
      `The backup was made by version ${manifest.version}, with steps this version does not know: ${unknown.map(({ id }) => id).join(', ')}. Install version ${manifest.version} or newer, then restore.`,
    )
}

/** What a restore that was cut off left behind is removed; its schema says that nothing else was there. */
async function clearUnfinished(client: pg.ClientBase): Promise<void> {
  const found = await schemas(client)
  if (!found.includes(unfinishedSchema)) return
  const others = found.filter((schema) => schema !== unfinishedSchema)
  for (const schema of [...others, unfinishedSchema])
    await client.query(`drop schema if exists ${pg.escapeIdentifier(schema)} cascade`)
}

async function requireEmpty(client: pg.ClientBase): Promise<void> {
  if ((await countTables(client)) > 0)
    throw new StartRefusal(
      'Kho này đã có dữ liệu. Chỉ phục hồi vào một kho trống: hãy đặt BANLANG_DATA tới một thư mục mới (hoặc DATABASE_URL tới một cơ sở dữ liệu mới).',
      'This installation holds data already. Restore into an empty one: set BANLANG_DATA to a new folder (or DATABASE_URL to a new database).',
    )
}

async function load(client: pg.Client, manifest: Manifest, options: RestoreOptions): Promise<void> {
  await setPortableFormats(client)
  await client.query('begin')
  await makeLedgers(client, manifest)
  await requireSameShape(client, manifest)
  const putBack = await openForLoading(client)
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  options.progress(
    `Nạp ${rows} dòng, ${manifest.files.length} tệp… / loading ${rows} rows, ${manifest.files.length} files…`,
  )
  const loader = tableLoader(client, manifest)
  await readArchive(options.file, async (entry) => {
    if (entry.kind === 'rows') await loader.add(entry.table, entry.content)
    else if (entry.kind === 'file')
      await putFile(path.join(options.dataFolder, 'files', entry.name), entry.content)
    else for await (const _ of entry.content);
  })
  await loader.finish()
  await putBack()
  await setSequences(client, manifest)
  options.progress('So lại từng bảng… / comparing every table…')
  // Names inside values are written in full, as in the archive; while loading, functions of check constraints need the usual path.
  await client.query('set local search_path = pg_catalog')
  await requireSameRows(client, manifest)
  await releaseJobs(client)
  await beginAnotherLife(client)
  await client.query(`drop schema ${unfinishedSchema}`)
  await client.query('commit')
}

/** Jobs that a worker was doing while the backup was taken would otherwise wait four hours for a worker that no longer exists. */
async function releaseJobs(client: pg.ClientBase): Promise<void> {
  for (const table of ['graphile_worker._private_jobs', 'graphile_worker._private_job_queues']) {
    const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
      table,
    ])
    if (rows[0]?.there)
      await client.query(`update ${table} set locked_at = null, locked_by = null where locked_at is not null`)
  }
}

/**
 * Numbers of transactions go on from another place here: what is written from now on belongs to another epoch, so that
 * what was known before stays apart from it, even on the server that the archive came from.
 */
async function beginAnotherLife(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('measures.epoch') is not null as there`,
  )
  if (rows[0]?.there) await client.query(`update measures.epoch set server = 'restored'`)
}

async function putFile(file: string, content: AsyncIterable<unknown>): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${createHash('sha256').update(String(process.pid)).digest('hex').slice(0, 8)}`
  const handle = await open(unfinished, 'w', 0o600)
  try {
    for await (const chunk of content) await handle.write(chunk as Buffer)
    await handle.sync()
    await handle.close()
    await rename(unfinished, file)
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(unfinished, { force: true })
    throw error
  }
}

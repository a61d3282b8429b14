import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Pack, pack } from 'tar-stream'
import { StartRefusal } from '../start-refusal.ts'
import {
  dataTables,
  isMadeByRestore,
  requireFullSight,
  sequences,
  setPortableFormats,
  type Table,
} from './catalog.ts'
import { type Manifest, manifestName, quoted, type TableRecord } from './manifest.ts'
import { RowSum } from './row-sum.ts'

const chunkBytes = 8 * 1024 * 1024

export type BackupOptions = {
  ownerUrl: string
  dataFolder: string
  /** Version of the program, for the person who restores. */
  version: string
  /** The archive to write; must not exist. */
  file: string
  progress: (line: string) => void
}

/**
 * Writes one archive of all rows (one snapshot, while the product runs) and all uploaded files. The archive gets its name only when it is
 * complete, and only its owner may read it.
 */
export async function makeBackup(options: BackupOptions): Promise<Manifest> {
  if (existsSync(options.file))
    throw new StartRefusal(
      `Đã có tệp ${options.file}. Hãy chọn tên khác để không ghi đè bản sao lưu cũ.`,
      `${options.file} exists already. Choose another name so that no backup is overwritten.`,
    )
  const unfinished = `${options.file}.part`
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'banlang backup' })
  client.on('error', () => {})
  await client.connect()
  const archive = pack()
  try {
    const written = pipeline(
      archive,
      createGzip({ level: 6 }),
      createWriteStream(unfinished, { mode: 0o600 }),
    )
    // Awaited below; a failure meanwhile (a full disk) also ends the pack, which the writer notices.
    written.catch((error: Error) => archive.destroy(error))
    const manifest = await fill(archive, client, options)
    archive.finalize()
    await written
    await settle(unfinished, options.file)
    return manifest
  } catch (error) {
    archive.destroy()
    await rm(unfinished, { force: true })
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

async function settle(unfinished: string, file: string): Promise<void> {
  for (const place of [unfinished, path.dirname(file)]) {
    const handle = await open(place, 'r')
    await handle.sync()
    await handle.close()
  }
  await rename(unfinished, file)
}

async function fill(archive: Pack, client: pg.Client, options: BackupOptions): Promise<Manifest> {
  await setPortableFormats(client)
  await client.query('set search_path = pg_catalog')
  await client.query('begin isolation level repeatable read, read only')
  await requireFullSight(client)
  const migrations = await appliedMigrations(client)
  const tables: TableRecord[] = []
  for (const table of await dataTables(client)) tables.push(await addTable(archive, client, table))
  const counted = await sequences(client)
  const server = await client.query<{ server_version: string }>('show server_version')
  await client.query('commit')
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  options.progress(`${tables.length} bảng, ${rows} dòng / ${tables.length} tables, ${rows} rows`)

  const files = await addFiles(archive, path.join(options.dataFolder, 'files'), options.progress)
  options.progress(`${files.length} tệp đã tải lên / ${files.length} uploaded files`)
  const manifest: Manifest = {
    format: 'ban-lang-so-backup-1',
    version: options.version,
    takenAt: new Date().toISOString(),
    postgres: server.rows[0]?.server_version ?? '',
    migrations,
    tables,
    sequences: counted,
    files,
  }
  await addEntry(archive, manifestName, Buffer.from(JSON.stringify(manifest, undefined, 1)))
  return manifest
}

async function appliedMigrations(client: pg.Client): Promise<{ id: string; checksum: string }[]> {
  const there = await client.query<{ there: boolean }>(
    `select to_regclass('platform.migration') is not null as there`,
  )
  if (!there.rows[0]?.there)
    throw new StartRefusal(
      'Cơ sở dữ liệu này chưa có gì của Bản Làng Số để sao lưu. Hãy chạy "npm start" trước.',
      'This database holds nothing of Bản Làng Số yet. Run "npm start" first.',
    )
  // Rows without a slash are marks of what was derived from the program itself, made anew at each start.
  const { rows } = await client.query<{ id: string; checksum: string }>(
    `select id, checksum from platform.migration where id like '%/%' order by applied_at, id`,
  )
  return rows
}

async function addTable(archive: Pack, client: pg.Client, table: Table): Promise<TableRecord> {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  const stream = client.query(copyTo(`copy (select ${columns} from only ${quoted(table)}) to stdout`))
  const hash = createHash('sha256')
  const sum = new RowSum()
  let part = 0
  let held: Buffer[] = []
  let heldBytes = 0
  const flush = async () => {
    part += 1
    const name = `tables/${table.schema}.${table.name}/${String(part).padStart(6, '0')}.copy`
    await addEntry(archive, name, Buffer.concat(held))
    held = []
    heldBytes = 0
  }
  for await (const piece of stream) {
    const chunk = Buffer.from(piece as Uint8Array)
    hash.update(chunk)
    sum.add(chunk)
    held.push(chunk)
    heldBytes += chunk.length
    if (heldBytes >= chunkBytes) await flush()
  }
  if (heldBytes > 0) await flush()
  const { schema, name } = table
  const record = {
    schema,
    name,
    columns: table.columns,
    rows: sum.rows,
    sha256: hash.digest('hex'),
    sum: sum.sum,
  }
  return isMadeByRestore(table) ? { ...record, types: table.types } : record
}

async function addEntry(archive: Pack, name: string, content: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const broken = () => reject(new Error('The archive was closed while it was written.'))
    archive.once('close', broken)
    archive.entry({ name, mode: 0o600 }, content, (error) => {
      archive.off('close', broken)
      if (error) reject(error)
      else resolve()
    })
  })
}

/** Adds the uploaded files, named by their content. One that a person deletes meanwhile is left out: no row of a later day needs it. */
async function addFiles(
  archive: Pack,
  folder: string,
  progress: (line: string) => void,
): Promise<Manifest['files']> {
  const names = (await readdir(folder, { recursive: true }).catch(() => []))
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => /^[0-9a-f]{2}\/[0-9a-f]{64}$/.test(name))
    .sort()
  const files: Manifest['files'] = []
  for (const name of names) {
    const added = await addFile(archive, path.join(folder, name), name)
    if (!added) continue
    files.push(added)
    if (added.sha256 !== path.basename(name))
      progress(
        `CẢNH BÁO: tệp ${name} đã hỏng trên đĩa, chép nguyên trạng. / WARNING: file ${name} is damaged on disk.`,
      )
  }
  return files
}

async function addFile(
  archive: Pack,
  file: string,
  name: string,
): Promise<Manifest['files'][number] | undefined> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return undefined
  const hash = createHash('sha256')
  const source = createReadStream(file)
  const opened = await new Promise<boolean>((resolve) => {
    source.once('open', () => resolve(true))
    source.once('error', () => resolve(false))
  })
  if (!opened) return undefined
  source.on('data', (chunk) => hash.update(chunk))
  const entry = archive.entry({ name: `files/${name}`, size: found.size, mode: 0o600 })
  await pipeline(source, entry)
  return { name, size: found.size, sha256: hash.digest('hex') }
}

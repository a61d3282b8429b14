import { createHash, type Hash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { StartRefusal } from '../start-refusal.ts'
import { Manifest, manifestName } from './manifest.ts'

const manifestLimitBytes = 64 * 1024 * 1024

type Content = AsyncIterable<unknown>

/** One piece of an archive: part of a table's rows, or an uploaded file. */
export type ArchiveEntry =
  | { kind: 'rows'; table: string; content: Content }
  | { kind: 'file'; name: string; content: Content }
  | { kind: 'manifest'; content: Content }

/** Reads an archive from front to back. Names that an archive of ours never holds are refused. */
export async function readArchive(
  file: string,
  onEntry: (entry: ArchiveEntry) => Promise<void>,
): Promise<void> {
  const entries = extract()
  const feeding = pipeline(createReadStream(file), createGunzip(), entries)
  feeding.catch((error: Error) => entries.destroy(error))
  for await (const entry of entries) await onEntry(named(entry.header.name, entry))
  await feeding
}

function named(name: string, content: Content): ArchiveEntry {
  if (name === manifestName) return { kind: 'manifest', content }
  const rows = /^tables\/([^/]+)\/\d{6}\.copy$/.exec(name)
  if (rows?.[1]) return { kind: 'rows', table: rows[1], content }
  const upload = /^files\/([0-9a-f]{2}\/[0-9a-f]{64})$/.exec(name)
  if (upload?.[1]) return { kind: 'file', name: upload[1], content }
  throw new Error(`unexpected entry ${name}`)
}

/** Reads the whole archive once and makes sure that it is complete and unchanged, before anything is written. Returns its manifest. */
export async function verifyArchive(file: string): Promise<Manifest> {
  if (!existsSync(file)) throw new StartRefusal(`Không có tệp ${file}.`, `There is no file ${file}.`)
  const tables = new Map<string, Hash>()
  const files = new Map<string, string>()
  let text: string | undefined
  try {
    await readArchive(file, async (entry) => {
      if (entry.kind === 'manifest') {
        text = await wholeText(entry.content)
        return
      }
      const known = entry.kind === 'rows' ? tables.get(entry.table) : undefined
      const hash = known ?? createHash('sha256')
      for await (const chunk of entry.content) hash.update(chunk as Buffer)
      if (entry.kind === 'rows') tables.set(entry.table, hash)
      else files.set(entry.name, hash.digest('hex'))
    })
    if (text === undefined) throw new Error('its last part is missing')
    const manifest = Manifest.parse(JSON.parse(text))
    compare(manifest, tables, files)
    return manifest
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartRefusal(
      `Tệp ${file} không phải bản sao lưu đầy đủ của Bản Làng Số, hoặc đã hỏng (${why}). Không có gì được ghi. Hãy chép lại tệp hoặc dùng bản sao lưu khác.`,
      `${file} is not a complete backup of Bản Làng Số, or it is damaged (${why}). Nothing was written. Copy the file again or use another backup.`,
    )
  }
}

async function wholeText(content: Content): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const chunk of content) {
    parts.push(chunk as Buffer)
    bytes += (chunk as Buffer).length
    if (bytes > manifestLimitBytes) throw new Error('its list of contents is too long')
  }
  return Buffer.concat(parts).toString('utf8')
}

function compare(manifest: Manifest, tables: Map<string, Hash>, files: Map<string, string>): void {
  for (const table of manifest.tables) {
    const name = `${table.schema}.${table.name}`
    const found = tables.get(name) ?? createHash('sha256')
    tables.delete(name)
    if (found.digest('hex') !== table.sha256) throw new Error(`table ${name} differs`)
  }
  for (const upload of manifest.files) {
    if (files.get(upload.name) !== upload.sha256) throw new Error(`file ${upload.name} differs`)
    files.delete(upload.name)
  }
  const extra = [...tables.keys(), ...files.keys()]
  if (extra.length > 0) throw new Error(`not listed: ${extra.slice(0, 3).join(', ')}`)
}

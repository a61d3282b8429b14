import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** One folder for an installation; all server processes on its database share it. */
let storeFolder: string | undefined

/** Says, once at start and before the first request, in which folder the bytes lie. */
export function configureFiles(options: { folder: string }): void {
  storeFolder = options.folder
}

function folderOf(name: 'kept' | 'thumbnails' | 'half-written'): string {
  if (!storeFolder)
    throw new Error('Chưa gọi configureFiles lúc khởi động. / configureFiles was not called at start.')
  return name === 'kept' ? storeFolder : join(storeFolder, name)
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function pathOf(sha256: string): string {
  return join(folderOf('kept'), sha256.slice(0, 2), sha256)
}

/**
 * Puts bytes under their hash, whole or not at all, and onto the disk before it returns. Bytes that are there already
 * are left as they are, unless they were damaged.
 */
export async function storeBytes(sha256: string, bytes: Uint8Array): Promise<void> {
  if (await storedBytes(sha256)) return
  await writeWhole(pathOf(sha256), bytes)
}

/** The bytes of a hash, or null if they are gone or no longer what was kept. */
export async function storedBytes(sha256: string): Promise<Uint8Array | null> {
  const bytes = await readFile(pathOf(sha256)).catch(() => null)
  return bytes && sha256Of(bytes) === sha256 ? bytes : null
}

/** The thumbnail of a hash, drawn by `draw` when it is first asked for; thumbnails can be lost at any time. */
export async function storedThumbnail(sha256: string, draw: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const path = join(folderOf('thumbnails'), sha256.slice(0, 2), `${sha256}.webp`)
  const kept = await readFile(path).catch(() => null)
  if (kept && kept.length > 0) return kept
  const drawn = await draw()
  await writeWhole(path, drawn)
  return drawn
}

/** Hashes of what lies in the store and was written before `before`. */
export async function* hashesOlderThan(before: Date): AsyncGenerator<string> {
  const root = folderOf('kept')
  for (const prefix of await readdir(root).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue
    for (const name of await readdir(join(root, prefix)).catch(() => [])) {
      if (!/^[0-9a-f]{64}$/.test(name)) continue
      const facts = await stat(join(root, prefix, name)).catch(() => null)
      if (facts && facts.mtime < before) yield name
    }
  }
}

/** Takes bytes out of the store; for the sweep alone, which knows that nothing points at them. */
export async function dropBytes(sha256: string): Promise<void> {
  await rm(pathOf(sha256), { force: true })
  await rm(join(folderOf('thumbnails'), sha256.slice(0, 2), `${sha256}.webp`), { force: true })
}

/** Removes what a process that died left half written before `before`. */
export async function dropHalfWritten(before: Date): Promise<void> {
  const folder = folderOf('half-written')
  for (const name of await readdir(folder).catch(() => [])) {
    const facts = await stat(join(folder, name)).catch(() => null)
    if (facts && facts.mtime < before) await rm(join(folder, name), { force: true })
  }
}

/** Written beside, brought to the disk, then renamed: a crash leaves the old state or the new one. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const half = join(folderOf('half-written'), randomUUID())
  await mkdir(dirname(half), { recursive: true, mode: 0o700 })
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(half, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(half, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

// Read before anything else is loaded: needs nothing but Node.

/** The folder the product lies in, as `projectFolder` of settings.ts. */
const project = path.resolve(import.meta.dirname, '..', '..', '..')
const single = ['index.html', 'package-lock.json', 'vite.config.ts']

/** Where the joined program lies; see build-program.ts. */
export const programFolder = path.join(project, 'dist', 'program')
const stampName = '.made-from'

/**
 * What pages and program of the product in `folder` are made of: place, size and time of change of every source, and the runtime.
 * Contents are not read, which would be a part of every start.
 */
export function sourceStamp(folder = project): string {
  const sources = readdirSync(path.join(folder, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test\.tsx?|sql)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
  const present = single.map((name) => path.join(folder, name)).filter((file) => existsSync(file))
  const stamp = createHash('sha256').update(`${process.versions.node}\0`)
  for (const file of [...sources, ...present].sort()) {
    const { size, mtimeMs } = statSync(file)
    stamp.update(`${file}\0${size}\0${mtimeMs}\0`)
  }
  return stamp.digest('hex')
}

const stampTaken = Symbol.for('ban-lang-so.sources')
const taken = globalThis as { [stampTaken]?: string }

/** The stamp of the sources as they were when this process started, taken once: also in the joined program, which has this file twice. */
export function stampAtStart(): string {
  taken[stampTaken] ??= sourceStamp()
  return taken[stampTaken]
}

/** Whether what lies in `folder` was made from these sources. */
export function isMadeFrom(folder: string, stamp: string): boolean {
  const file = path.join(folder, stampName)
  return existsSync(file) && readFileSync(file, 'utf8') === stamp
}

/** The file in `folder` that says what it was made from. */
export const stampFile = (folder: string): string => path.join(folder, stampName)

/** The joined program where it is of these sources, else the sources themselves. */
export function programToRun(): string {
  const joined = isMadeFrom(programFolder, stampAtStart())
  return joined ? path.join(programFolder, 'start.js') : path.join(project, 'src', 'start.ts')
}

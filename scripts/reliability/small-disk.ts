import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'

/** A disk of its own, small enough to be filled in a moment. */
export type SmallDisk = {
  folder: string
  /** Leaves not a byte free. */
  fill(): void
  empty(): void
  remove(): void
}

const block = Buffer.alloc(1024 * 1024, 'x')

/** Mounts a disk in memory; says why it cannot where the machine does not let this user mount anything. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | { refused: string } {
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    return { refused: said || 'mount failed' }
  }
  const filler = path.join(folder, 'filler')
  return {
    folder,
    fill: () => {
      const opened = openSync(filler, 'a')
      try {
        for (const piece of [block, block.subarray(0, 4096), block.subarray(0, 1)]) fillWith(opened, piece)
      } finally {
        closeSync(opened)
      }
    },
    empty: () => rmSync(filler, { force: true }),
    remove: () => {
      // Lazily: a process that has just ended may hold it for a moment yet.
      execFileSync('/bin/umount', ['-l', folder], { stdio: 'ignore' })
    },
  }
}

function fillWith(opened: number, piece: Buffer): void {
  try {
    while (writeSync(opened, piece) === piece.length);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}

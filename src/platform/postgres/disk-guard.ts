import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  realpathSync,
  statfsSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { livingPostmaster } from './cluster.ts'
import { lowMark } from './disk-space.ts'
import type { Place } from './place.ts'

const lookEveryMs = 500

function isShort(folder: string, isHolding: boolean): boolean {
  const { bavail, blocks, bsize } = statfsSync(folder)
  // Let go a little later than held, so that the two do not alternate.
  return bavail * bsize < lowMark(blocks * bsize) * (isHolding ? 1.25 : 1)
}

function switchFile(place: Place): string {
  return path.join(place.home, 'writes.conf')
}

/**
 * Holds back writes while a disk of the database is nearly full. PostgreSQL itself refuses writes where the disk of its
 * data is full, but ends where that of its log is, and reads end with it. The switch is a file of fixed length that is
 * written in place, because a full disk has no room for another one.
 */
export function guardDisk(place: Place, onChange: (isHeld: boolean) => void = () => {}): () => void {
  let isHeld = false
  const look = () => {
    try {
      const wanted = [place.cluster, realpathSync(path.join(place.cluster, 'pg_wal'))].some((folder) =>
        isShort(folder, isHeld),
      )
      if (wanted === isHeld) return
      switchWrites(place, wanted)
      isHeld = wanted
      onChange(isHeld)
    } catch {
      // The folder or the server is away for a moment; the next look tries again.
    }
  }
  const timer = setInterval(look, lookEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Makes the switch, open, before a server starts: what was held when the last one ended is looked at afresh. */
export function prepareSwitch(place: Place): void {
  const settings = path.join(place.cluster, 'postgresql.conf')
  const line = "include_if_exists = '../writes.conf'"
  try {
    switchWrites(place, false)
    if (!readFileSync(settings, 'utf8').includes(line)) appendFileSync(settings, `\n${line}\n`)
  } catch {
    // No room for it: the server runs without, and refuses by itself what finds no room.
  }
}

function write(place: Place, isHeld: boolean): void {
  const file = switchFile(place)
  const opened = openSync(file, existsSync(file) ? 'r+' : 'w', 0o644)
  try {
    writeSync(opened, `default_transaction_read_only = ${isHeld ? 'on ' : 'off'}\n`, 0)
  } finally {
    closeSync(opened)
  }
}

function switchWrites(place: Place, isHeld: boolean): void {
  write(place, isHeld)
  const living = livingPostmaster(place)
  if (living) process.kill(living.pid, 'SIGHUP')
}

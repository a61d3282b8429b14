import { statfsSync } from 'node:fs'
import path from 'node:path'
import type { Place } from './place.ts'

const megabyte = 1024 * 1024

/** Bytes that must stay free on a disk of so many bytes before writes are held: some of the log's files of 16 MB, and a tenth of a small disk. */
export function lowMark(diskBytes: number): number {
  return Math.min(96 * megabyte, Math.max(24 * megabyte, diskBytes / 10))
}

/** How large the log of a database may grow, in MB: a third of the disk it lies on, at most 1 GB. */
export function logLimitMb(place: Place): number {
  const { blocks, bsize } = statfsSync(path.join(place.cluster, 'pg_wal'))
  return Math.round(Math.min(1024, Math.max(48, (blocks * bsize) / megabyte / 3)))
}

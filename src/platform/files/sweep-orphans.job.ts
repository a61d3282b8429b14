import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { JobDeclaration } from '../jobs/job.ts'
import { dropBytes, dropHalfWritten, hashesOlderThan } from './file-store.ts'

const graceHours = 24

/** Takes away bytes that no attachment points at because the transaction that brought them was undone. */
export const sweepOrphans: JobDeclaration = {
  name: 'files.sweep_orphans',
  title: { vi: 'Dọn tệp tải lên dở dang', en: 'Sweep files of uploads that were undone' },
  schedule: '40 2 * * *',
  run: ({ database }) => sweep(database, new Date(Date.now() - graceHours * 3_600_000)),
}

/**
 * Removes what was written before `before` and is on no record. A transaction that is about to put it on record holds its
 * hash (files.hold), and then it stays; one that comes later finds the bytes gone and writes them again.
 */
export async function sweep(database: Database, before: Date): Promise<void> {
  await dropHalfWritten(before)
  for await (const sha256 of hashesOlderThan(before)) {
    await database.owner.transaction().execute(async (tx) => {
      const { rows } = await sql<{ free: boolean }>`
        select pg_try_advisory_xact_lock(4711, ('x' || left(${sha256}, 8))::bit(32)::int) as free`.execute(tx)
      if (!rows[0]?.free) return
      // Asked only once the lock is held: what was committed before it was free is seen now.
      const known = await sql`select 1 from files.stored where sha256 = ${sha256}`.execute(tx)
      if (known.rows.length === 0) await dropBytes(sha256)
    })
  }
}

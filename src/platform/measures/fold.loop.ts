import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { mendCounting } from './guardian.ts'
import { foldLock } from './install.ts'

/**
 * Folds what is written into totals, looking every `everyMs`, and mends the counting of tables that somebody wrote to past
 * it, looking every `guardEveryMs`. Several server processes may fold: the database lets one
 * at a time. A failure (a restarted database, a full disk) is tried again at the next turn, as no figure depends on
 * folding. Answers how to stop, which waits for the fold under way.
 */
export function startFolding(
  database: Pick<Database, 'owner' | 'ownerUrl'>,
  { everyMs = 500, guardEveryMs = 10_000 }: { everyMs?: number; guardEveryMs?: number } = {},
): () => Promise<void> {
  let stopped = false
  let wake = () => {}
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const loop = async () => {
    let guardAt = performance.now() + guardEveryMs
    while (!stopped) {
      await foldOnce(database).catch(() => 0)
      if (performance.now() >= guardAt) {
        await mendCounting(database).catch(() => [])
        guardAt = performance.now() + guardEveryMs
      }
      if (!stopped) await pause()
    }
  }
  const running = loop()
  return async () => {
    stopped = true
    wake()
    await running
  }
}

/** Folds every block once, unless another process does; answers how many images were summed. */
export async function foldOnce(database: Pick<Database, 'owner'>): Promise<number> {
  return database.owner.connection().execute(async (connection) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${foldLock}) as mine`.execute(
      connection,
    )
    if (!rows[0]?.mine) return 0
    try {
      // Only those in which there is something to sum, or whose hour has passed.
      const blocks = await sql<{ id: number }>`
        select b.id from measures.block b
        where b.retired_at is null
          and (b.anchor <> measures.hour_now() or (measures.states(array[b.id]))[2] is null)
        order by b.id`.execute(connection)
      let images = 0
      const failures: unknown[] = []
      // What cannot be folded in one table does not hold up the others.
      for (const { id } of blocks.rows)
        images += await foldBlock(connection, id).catch((error: unknown) => {
          failures.push(error)
          return 0
        })
      await sql`select measures.put_mark()`.execute(connection)
      if (failures.length > 0) throw failures[0]
      return images
    } finally {
      await sql`select pg_advisory_unlock(${foldLock})`.execute(connection)
    }
  })
}

// biome-ignore lint/complexity/noBannedTypes: no tables are asked for here.
async function foldBlock(connection: Kysely<{}>, id: number): Promise<number> {
  // The snapshot is taken after the lock, so it holds what the folder before has written.
  return connection
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const { rows } = await sql<{ images: string }>`
        select ${sql.raw(`counting.fold_${id}`)}(measures.hour_now())::text as images`.execute(tx)
      return Number(rows[0]?.images ?? 0)
    })
}

import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { stoppedMidway } from './job-failure.ts'

export type Heartbeat = {
  /** From now on this process speaks for the pool that locks jobs under this name. */
  beatFor(pool: string): void
  stop(): Promise<void>
}

/**
 * Says four times in `deadAfterMs` that this process lives, and gives the jobs of processes that fell silent back to the
 * queue: the queue itself would wait four hours. A process that could not speak itself for a while (the database was
 * away, the machine slept), or whose database's clock was set, takes nobody for dead until all have had the time to
 * speak again.
 */
export function startHeartbeat(database: Database, deadAfterMs: number): Heartbeat {
  const everyMs = deadAfterMs / 4
  let pool: string | undefined
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  let stopped = false
  let steadySince = Number.POSITIVE_INFINITY
  let lastBeat = Number.NEGATIVE_INFINITY
  // How far the database's clock is from this process's own, which nobody sets.
  let lastOffset = Number.NaN

  const beat = async () => {
    if (!pool) return
    try {
      const { rows } = await sql<{ clock: number }>`
        insert into jobs.worker (pool, seen_at) values (${pool}, clock_timestamp())
        on conflict (pool) do update set seen_at = excluded.seen_at
        returning (extract(epoch from seen_at) * 1000)::float8 as clock`.execute(database.owner)
      const now = performance.now()
      const offset = (rows[0]?.clock ?? 0) - now
      const wasSet = Math.abs(offset - lastOffset) > deadAfterMs / 4
      if (now - lastBeat > deadAfterMs / 2 || wasSet) steadySince = now
      lastBeat = now
      lastOffset = offset
      if (now - steadySince >= deadAfterMs / 2) await releaseJobsOfTheDead(database, deadAfterMs)
    } catch {
      // The database is away; the next beat tries again.
    }
  }
  const schedule = (afterMs: number) => {
    clearTimeout(timer)
    if (stopped) return
    timer = setTimeout(() => {
      underWay = beat().then(() => schedule(everyMs))
    }, afterMs)
    timer.unref()
  }
  return {
    beatFor(name) {
      pool = name
      schedule(0)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
      await sql`delete from jobs.worker where pool = ${pool ?? ''}`.execute(database.owner).catch(() => {})
    },
  }
}

/** A job whose last try died with its process stands as failed, with the reason; the others are tried again. */
async function releaseJobsOfTheDead(database: Database, deadAfterMs: number): Promise<void> {
  const since = sql`clock_timestamp() - ${deadAfterMs} * interval '1 millisecond'`
  // Later than this no sign of life can be: a clock that was ahead has left it.
  const until = sql`clock_timestamp() + ${deadAfterMs} * interval '1 millisecond'`
  const { rows } = await sql<{ id: string; pool: string; exhausted: boolean }>`
    select j.id::text as id, j.locked_by as pool, j.attempts >= j.max_attempts as exhausted
    from graphile_worker.jobs j
    where (j.locked_at < ${since} or j.locked_at > ${until})
      and not exists (
        select 1 from jobs.worker w where w.pool = j.locked_by and w.seen_at between ${since} and ${until})`.execute(
    database.owner,
  )
  if (rows.length === 0) return
  const pools = [...new Set(rows.map((row) => row.pool))]
  const exhausted = rows.filter((row) => row.exhausted).map((row) => row.id)
  await database.owner.transaction().execute(async (tx) => {
    await sql`select graphile_worker.force_unlock_workers(${pools}::text[])`.execute(tx)
    await sql`select graphile_worker.permanently_fail_jobs(${exhausted}::bigint[], ${stoppedMidway})`.execute(
      tx,
    )
    await sql`delete from jobs.worker where pool = any(${pools}::text[])`.execute(tx)
    await sql`select pg_notify('jobs:insert', '{"r":' || random()::text || ',"count":1}')`.execute(tx)
  })
}

import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

const lookEveryMs = 1_000
const jumpMs = 60_000

/**
 * Tells when somebody has set the machine's clock: more time has passed on it, or less, than in truth. A machine that
 * slept looks the same. Answers how to stop.
 */
export function watchClock(onJump: () => void): () => void {
  const offset = () => Date.now() - performance.now()
  let last = offset()
  const timer = setInterval(() => {
    const now = offset()
    if (Math.abs(now - last) < jumpMs) return
    last = now
    onJump()
  }, lookEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * Takes out of the queue what a clock that was ahead has left there: a schedule that seems to have run in years to come
 * would not run until then, and a job queued then would wait for it.
 */
export async function forgetTheFuture(database: Pick<Database, 'owner'>): Promise<void> {
  const future = sql`now() + interval '1 hour'`
  await sql`
    update graphile_worker._private_known_crontabs set known_since = least(known_since, now()), last_execution = null
    where last_execution > ${future} or known_since > ${future}`.execute(database.owner)
  await sql`
    update graphile_worker._private_jobs
    set run_at = now() + greatest(run_at - created_at, interval '0'), created_at = now()
    where created_at > ${future} and locked_at is null`.execute(database.owner)
  // The queue waits some six hours at most before another try.
  await sql`
    update graphile_worker._private_jobs set run_at = now()
    where attempts > 0 and run_at > now() + interval '7 hours' and locked_at is null`.execute(database.owner)
}

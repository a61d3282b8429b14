import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Words } from '../part.ts'
import type { FinishedJob, JobsOverview, QueuedJob } from './contract.ts'
import { failureWords } from './job-failure.ts'

const shown = 200
const shownFinished = 50

/** What runs, failed and waits, and what was done today (the real day, in Asia/Ho_Chi_Minh). */
export async function jobsOverview(tx: Tx): Promise<JobsOverview> {
  const queued = await sql<QueuedRow>`
    select job_id::text as job_id, name, title_vi, title_en, state, attempts, max_attempts, last_error,
           queued_at, run_at, locked_at, is_declared
    from jobs.queued()
    order by case state when 'failed' then 0 when 'running' then 1 else 2 end, run_at, job_id limit ${shown}`.execute(
    tx,
  )
  const counts = await sql<{ state: QueuedJob['state']; n: number }>`
    select state, count(*)::int as n from jobs.queued() group by state`.execute(tx)
  const finished = await sql<FinishedRow>`
    select job_id::text as job_id, name, title_vi, title_en, attempts, duration_ms, finished_at, result_vi, result_en,
           count(*) over ()::int as of_today
    from jobs.finished_since(date_trunc('day', now() at time zone 'Asia/Ho_Chi_Minh') at time zone 'Asia/Ho_Chi_Minh')
    order by finished_at desc limit ${shownFinished}`.execute(tx)
  const count = (state: QueuedJob['state']) => counts.rows.find((row) => row.state === state)?.n ?? 0
  return {
    counts: {
      running: count('running'),
      waiting: count('waiting'),
      failed: count('failed'),
      finishedToday: finished.rows[0]?.of_today ?? 0,
    },
    shown,
    queued: queued.rows.map(queuedJob),
    finished: finished.rows.map(finishedJob),
  }
}

type QueuedRow = {
  job_id: string
  name: string
  title_vi: string | null
  title_en: string | null
  state: QueuedJob['state']
  attempts: number
  max_attempts: number
  last_error: string | null
  queued_at: Date
  run_at: Date
  locked_at: Date | null
  is_declared: boolean
}

type FinishedRow = {
  job_id: string
  name: string
  title_vi: string | null
  title_en: string | null
  attempts: number
  duration_ms: number
  finished_at: Date
  result_vi: string | null
  result_en: string | null
  of_today: number
}

function titleOf(row: { name: string; title_vi: string | null; title_en: string | null }): Words {
  return { vi: row.title_vi ?? row.name, en: row.title_en ?? row.name }
}

function queuedJob(row: QueuedRow): QueuedJob {
  return {
    jobId: row.job_id,
    name: row.name,
    title: titleOf(row),
    state: row.state,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    failure: failureWords(row.last_error),
    queuedAt: row.queued_at.toISOString(),
    nextTryAt: row.state === 'waiting' ? row.run_at.toISOString() : null,
    startedAt: row.locked_at?.toISOString() ?? null,
    isDeclared: row.is_declared,
  }
}

function finishedJob(row: FinishedRow): FinishedJob {
  return {
    jobId: row.job_id,
    title: titleOf(row),
    attempts: row.attempts,
    durationMs: row.duration_ms,
    finishedAt: row.finished_at.toISOString(),
    result:
      row.result_vi === null || row.result_en === null ? null : { vi: row.result_vi, en: row.result_en },
  }
}

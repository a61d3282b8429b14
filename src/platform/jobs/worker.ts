import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import { systemActor } from '../access/system-actor.ts'
import type { Actor } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'
import type { Part, Words } from '../part.ts'
import { forgetTheFuture, watchClock } from './clock.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import { quiet } from './install.ts'
import type { JobDeclaration } from './job.ts'
import { failureText } from './job-failure.ts'
import { cronItems } from './job-schedule.ts'
import { patientPool } from './patient-pool.ts'

export type WorkerOptions = {
  /** Jobs at the same time in this process; 2 unless told. */
  concurrency?: number
  /** How often to look for jobs whose time has come; a new job is heard of at once. */
  pollIntervalMs?: number
  /** A process silent for so long is taken for dead, and its jobs are given to others. */
  deadAfterMs?: number
}

export type RunningWorker = {
  /** Takes no new job, waits a little for those that run, and lets go. */
  stop(): Promise<void>
}

const triesUnlessTold = 8
const restartAfterMs = 1_000
const stopWithinMs = 8_000

/**
 * Runs the jobs that the parts declare, until stopped; several processes on one database share the work. Survives a
 * restart of the database. Jobs that no part declares stay in the queue and are shown as such.
 */
export async function startWorker(
  database: Database,
  parts: readonly Part[],
  options: WorkerOptions = {},
): Promise<RunningWorker> {
  const { concurrency = 2, pollIntervalMs = 2_000, deadAfterMs = 15_000 } = options
  const declared = declaredJobs(parts)
  const parsedCronItems = cronItems(declared, triesOf)
  await describeJobs(database, declared)
  const taskList = tasksOf(declared, database, await systemActor(database))
  let stopping = false
  const pool = patientPool(database.ownerUrl, concurrency + 3, () => stopping)
  const heartbeat = startHeartbeat(database, deadAfterMs)
  const start = async () => {
    await forgetTheFuture(database)
    return startRunner({ pool, concurrency, pollIntervalMs, taskList, parsedCronItems, heartbeat })
  }
  let runner: Runner | null = await start().catch(async (error: unknown) => {
    await heartbeat.stop()
    await pool.end()
    throw error
  })
  // The queue would make up for every minute that a clock skipped, or wait until the hour comes back; a new runner
  // begins at the time that it is.
  const stopWatching = watchClock(() => void runner?.stop().catch(() => {}))
  const running = (async () => {
    while (!stopping) {
      // A runner ends for good when the database goes away; another one takes its place.
      await runner?.promise.catch(() => {})
      if (stopping) return
      await pause(restartAfterMs)
      if (!stopping) runner = await start().catch(() => null)
    }
  })()
  return {
    async stop() {
      if (stopping) return
      stopping = true
      stopWatching()
      const late = pause(stopWithinMs, undefined, { ref: false })
      await Promise.race([runner?.stop().catch(() => {}), late])
      await Promise.race([running, late])
      await heartbeat.stop()
      await Promise.race([pool.end().catch(() => {}), late])
    },
  }
}

type RunnerInput = {
  pool: pg.Pool
  concurrency: number
  pollIntervalMs: number
  taskList: TaskList
  parsedCronItems: ReturnType<typeof cronItems>
  heartbeat: Heartbeat
}

function startRunner(input: RunnerInput): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => input.heartbeat.beatFor(workerPool.id))
  return run({
    pgPool: input.pool,
    concurrency: input.concurrency,
    pollInterval: input.pollIntervalMs,
    taskList: input.taskList,
    parsedCronItems: input.parsedCronItems,
    noHandleSignals: true,
    logger: quiet,
    events,
  })
}

function declaredJobs(parts: readonly Part[]): JobDeclaration[] {
  const declared = parts.flatMap((part) => part.jobs ?? [])
  const names = new Set<string>()
  for (const { name } of declared) {
    if (!/^[a-z0-9_]+\.[a-z0-9_]+$/.test(name))
      throw new Error(`${name}: không phải tên việc. / Not the name of a job.`)
    if (names.has(name)) throw new Error(`${name}: việc khai hai lần. / Declared twice.`)
    names.add(name)
  }
  return declared
}

function triesOf(job: JobDeclaration): number {
  return job.attempts ?? triesUnlessTold
}

async function describeJobs(database: Database, declared: readonly JobDeclaration[]): Promise<void> {
  const rows = declared.map((job) => ({
    name: job.name,
    title_vi: job.title.vi,
    title_en: job.title.en,
    attempts: triesOf(job),
    schedule: job.schedule ?? null,
  }))
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(name text, title_vi text, title_en text, attempts int, schedule text)),
    gone as (delete from jobs.declared d where not exists (select 1 from given g where g.name = d.name))
    insert into jobs.declared (name, title_vi, title_en, attempts, schedule)
    select name, title_vi, title_en, attempts, schedule from given order by name
    on conflict (name) do update set title_vi = excluded.title_vi, title_en = excluded.title_en,
      attempts = excluded.attempts, schedule = excluded.schedule`.execute(database.owner)
}

function tasksOf(declared: readonly JobDeclaration[], database: Database, actor: Actor): TaskList {
  const tasks: TaskList = {}
  for (const job of declared) {
    tasks[job.name] = async (payload: unknown, { job: queued }) => {
      const began = performance.now()
      let result: Words | undefined
      try {
        result = (await job.run({ payload, actor, database, attempt: queued.attempts - 1 })) ?? undefined
      } catch (error) {
        throw new Error(failureText(job.name, error), { cause: error })
      }
      await sql`
        insert into jobs.finished (job_id, name, attempts, duration_ms, result_vi, result_en)
        values (${queued.id}, ${job.name}, ${queued.attempts}, ${Math.round(performance.now() - began)},
          ${result?.vi ?? null}, ${result?.en ?? null})
        on conflict (job_id) do update set attempts = excluded.attempts, duration_ms = excluded.duration_ms,
          finished_at = excluded.finished_at, result_vi = excluded.result_vi, result_en = excluded.result_en`.execute(
        database.owner,
      )
    }
  }
  return tasks
}

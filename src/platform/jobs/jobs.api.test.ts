import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemActor } from '../access/system-actor.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { refuse } from '../http/refusal.ts'
import type { Part } from '../part.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { enqueue, type JobDeclaration, type RunningWorker, startWorker } from './index.ts'
import { trimHistory } from './trim-history.job.ts'

let fresh: FreshDatabase
let database: Database
const workers: RunningWorker[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.ownerUrl, 6)
})
beforeEach(() => void vi.spyOn(process.stderr, 'write').mockReturnValue(true))
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
  await sql`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`.execute(
    database.owner,
  )
  vi.restoreAllMocks()
})
afterAll(async () => {
  await database?.close()
  await fresh?.drop()
})

const title = { vi: 'Việc thử', en: 'A test job' }
const partOf = (...jobs: JobDeclaration[]): Part => ({
  name: 'testing',
  title,
  folder: import.meta.dirname,
  jobs,
})
const job = (
  name: string,
  run: JobDeclaration['run'],
  more: Partial<JobDeclaration> = {},
): JobDeclaration => ({
  name,
  title,
  run,
  ...more,
})
async function work(...jobs: JobDeclaration[]): Promise<RunningWorker> {
  const worker = await startWorker(database, [partOf(...jobs)], { pollIntervalMs: 50, deadAfterMs: 1_200 })
  workers.push(worker)
  return worker
}
const write = async <T>(run: Parameters<Database['write']>[1]) =>
  (await database.write(await systemActor(database), run)) as T
const queue = (name: string, payload: object = {}, options = {}) =>
  write<{ jobId: string }>((tx) => enqueue(tx, name, payload, options))

type Queued = {
  id: string
  attempts: number
  max_attempts: number
  last_error: string | null
  locked_by: string | null
}
async function queued(name: string): Promise<Queued[]> {
  const { rows } = await sql<Queued>`
    select id, attempts, max_attempts, last_error, locked_by from graphile_worker.jobs
    where task_identifier = ${name} order by id`.execute(database.owner)
  return rows
}
async function finished(name: string): Promise<number> {
  const { rows } = await sql`select 1 from jobs.finished where name = ${name}`.execute(database.owner)
  return rows.length
}
const due = (name: string) =>
  sql`select graphile_worker.reschedule_jobs(array(
        select id from graphile_worker.jobs where task_identifier = ${name} and locked_at is null), run_at := now())`.execute(
    database.owner,
  )

describe('a job belongs to the transaction that queued it', () => {
  it('is done after the commit, with its payload, by the program itself', async () => {
    const seen: unknown[] = []
    await work(
      job(
        'testing.greet',
        async ({ payload, actor, attempt }) => void seen.push([payload, actor.displayName, attempt]),
      ),
    )
    await queue('testing.greet', { name: 'Chào' })
    await expect.poll(() => seen, { timeout: 5_000 }).toEqual([[{ name: 'Chào' }, 'Hệ thống', 0]])
    await expect.poll(() => queued('testing.greet')).toEqual([])
    expect(await finished('testing.greet')).toBe(1)
  })

  it('is gone with a transaction that is undone', async () => {
    const run = vi.fn(async () => {})
    await work(job('testing.undone', run))
    await expect(
      write(async (tx) => {
        await enqueue(tx, 'testing.undone', {})
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    await pause(300)
    expect(run).not.toHaveBeenCalled()
    expect(await queued('testing.undone')).toEqual([])
  })

  it('is not started before its time', async () => {
    const run = vi.fn(async () => {})
    await work(job('testing.later', run))
    await queue('testing.later', {}, { runAt: new Date(Date.now() + 3_600_000) })
    await pause(300)
    expect(run).not.toHaveBeenCalled()
    expect(await queued('testing.later')).toHaveLength(1)
  })

  it('with a key replaces the one that still waits, and no job of another name', async () => {
    await queue('testing.keyed', { n: 1 }, { key: 'a' })
    await queue('testing.keyed', { n: 2 }, { key: 'a' })
    await queue('testing.other', { n: 3 }, { key: 'a' })
    expect(await queued('testing.keyed')).toHaveLength(1)
    expect(await queued('testing.other')).toHaveLength(1)
  })

  it('must have the name of a job', async () => {
    await expect(queue('x; drop table')).rejects.toThrow(/name of a job/)
  })
})

describe('a job that fails', () => {
  it('is tried again until it succeeds', async () => {
    const attempts: number[] = []
    await work(
      job('testing.third_time', async ({ attempt }) => {
        attempts.push(attempt)
        if (attempt < 2) throw new Error('not yet')
      }),
    )
    await queue('testing.third_time')
    for (const tries of [1, 2]) {
      await expect
        .poll(() => queued('testing.third_time'))
        .toMatchObject([{ attempts: tries, locked_by: null }])
      await due('testing.third_time')
    }
    await expect.poll(() => queued('testing.third_time')).toEqual([])
    expect(attempts).toEqual([0, 1, 2])
  })

  it('waits longer after each try', async () => {
    await work(job('testing.patient', async () => refuse('testing.no', { vi: 'Chưa được.', en: 'Not yet.' })))
    await queue('testing.patient')
    await expect.poll(() => queued('testing.patient')).toMatchObject([{ attempts: 1, locked_by: null }])
    const { rows } = await sql<{ s: number }>`
      select extract(epoch from run_at - now())::float as s from graphile_worker.jobs
      where task_identifier = 'testing.patient'`.execute(database.owner)
    expect(rows[0]!.s).toBeGreaterThan(1)
    expect(rows[0]!.s).toBeLessThan(4)
  })

  it('after its last try stays to be seen, with the reason in words', async () => {
    await work(
      job('testing.hopeless', async () => refuse('testing.no', { vi: 'Chưa có số.', en: 'No number.' }), {
        attempts: 2,
      }),
    )
    await queue('testing.hopeless')
    await expect.poll(() => queued('testing.hopeless')).toMatchObject([{ attempts: 1, locked_by: null }])
    await due('testing.hopeless')
    await expect
      .poll(() => queued('testing.hopeless'))
      .toMatchObject([
        {
          attempts: 2,
          max_attempts: 2,
          locked_by: null,
          last_error: '{"vi":"Chưa có số.","en":"No number."}',
        },
      ])
    await due('testing.hopeless')
    await pause(300)
    expect(await queued('testing.hopeless')).toMatchObject([{ attempts: 2 }])
  })

  it('does not hold up the others, nor does one that nobody knows', async () => {
    const run = vi.fn(async () => {})
    await work(
      job('testing.good', run),
      job('testing.bad', async () => Promise.reject(new Error('no'))),
    )
    await queue('testing.unknown')
    await queue('testing.bad')
    await queue('testing.good')
    await expect.poll(() => run.mock.calls.length).toBe(1)
    expect(await queued('testing.unknown')).toMatchObject([{ attempts: 0, last_error: null }])
  })
})

describe('several processes share the work', () => {
  it('each job is done by one of them', async () => {
    const done: string[] = []
    const count = job('testing.shared', async ({ payload }) => void done.push(JSON.stringify(payload)))
    await work(count)
    await work(count)
    await write(async (tx) => {
      for (let n = 0; n < 60; n += 1) await enqueue(tx, 'testing.shared', { n })
    })
    await expect.poll(() => done.length, { timeout: 10_000 }).toBe(60)
    await pause(200)
    expect(new Set(done).size).toBe(60)
    expect(done).toHaveLength(60)
  })

  it('what a killed process held is taken over within seconds', async () => {
    await queue('testing.slow')
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'worker-to-kill.fixtures.ts'), fresh.ownerUrl],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    await once(child.stdout, 'data')
    expect(await queued('testing.slow')).toMatchObject([
      { attempts: 1, locked_by: expect.stringContaining('pool-') },
    ])
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    const tries: number[] = []
    await work(job('testing.slow', async ({ attempt }) => void tries.push(attempt)))
    await expect.poll(() => tries, { timeout: 8_000 }).toEqual([1])
    await expect.poll(() => queued('testing.slow')).toEqual([])
    const { rows } = await sql`select 1 from jobs.worker`.execute(database.owner)
    expect(rows).toHaveLength(1)
  })

  it('a job whose last try died with its process stands as failed, and says why', async () => {
    const { jobId } = await queue('testing.last', {}, { attempts: 1 })
    await sql`update graphile_worker._private_jobs set attempts = 1, locked_by = 'pool-dead', locked_at = now() - interval '1 minute'
      where id = ${jobId}`.execute(database.owner)
    const run = vi.fn(async () => {})
    await work(job('testing.last', run))
    await expect
      .poll(() => queued('testing.last'), { timeout: 8_000 })
      .toMatchObject([
        { attempts: 1, locked_by: null, last_error: expect.stringContaining('Máy chủ dừng giữa chừng') },
      ])
    expect(run).not.toHaveBeenCalled()
  })

  it('a living process keeps a job that takes longer than the silence of the dead', async () => {
    const run = vi.fn(async () => pause(2_500))
    const slow = job('testing.long', run)
    await work(slow)
    await work(slow)
    await queue('testing.long')
    await expect.poll(() => finished('testing.long'), { timeout: 8_000 }).toBe(1)
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('goes on after the database cut every line', async () => {
    const run = vi.fn(async () => {})
    await work(job('testing.cut', run))
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'banlang jobs'`.execute(database.owner)
    await queue('testing.cut')
    await expect.poll(() => run.mock.calls.length, { timeout: 10_000 }).toBe(1)
  })
})

describe('done twice comes to the same', () => {
  it('a job that ran again after its process died before noting it counts as done once', async () => {
    await work(job('testing.again', async () => {}))
    const { jobId } = await queue('testing.again')
    await expect.poll(() => finished('testing.again')).toBe(1)
    await sql`insert into jobs.finished (job_id, name, attempts, duration_ms) values (${jobId}, 'testing.again', 2, 5)
      on conflict (job_id) do nothing`.execute(database.owner)
    expect(await finished('testing.again')).toBe(1)
  })

  it('the history keeps the last thousand and what is of yesterday and today', async () => {
    await sql`delete from jobs.finished`.execute(database.owner)
    await sql`insert into jobs.finished (job_id, name, attempts, duration_ms, finished_at)
      select n, 'testing.old', 1, 1, now() - interval '10 days' - n * interval '1 second' from generate_series(1, 1200) n`.execute(
      database.owner,
    )
    const context = { payload: {}, actor: await systemActor(database), database, attempt: 0 }
    await trimHistory.run(context)
    await trimHistory.run(context)
    expect(await finished('testing.old')).toBe(1000)
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { systemActor } from '../access/system-actor.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { forgetTheFuture, watchClock } from './clock.ts'
import { enqueue } from './index.ts'

let fresh: FreshDatabase
let database: Database

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.ownerUrl, 2)
})
afterAll(async () => {
  await database?.close()
  await fresh?.drop()
})

const queue = async (name: string, runAt?: Date) => {
  const actor = await systemActor(database)
  return database.write(actor, (tx) => enqueue(tx, name, {}, runAt ? { runAt } : {}))
}
/** Hours from now until the job may run. */
const hoursUntil = async (jobId: string) => {
  const { rows } = await sql<{ hours: number }>`
    select (extract(epoch from run_at - now()) / 3600)::float8 as hours from graphile_worker.jobs
    where id = ${jobId}`.execute(database.owner)
  return rows[0]?.hours ?? Number.NaN
}
const moveOn = (jobId: string, more = sql`attempts = attempts`) =>
  sql`update graphile_worker._private_jobs set run_at = run_at + interval '12 years', ${more}
      where id = ${jobId}`.execute(database.owner)

describe('after a clock that was twelve years ahead', () => {
  it('a job queued then is done now, or as much later as was asked', async () => {
    const now = await queue('testing.now')
    const later = await queue('testing.later', new Date(Date.now() + 5 * 3_600_000))
    for (const { jobId } of [now, later])
      await moveOn(jobId, sql`created_at = created_at + interval '12 years'`)
    await forgetTheFuture(database)
    expect(await hoursUntil(now.jobId)).toBeCloseTo(0, 1)
    expect(await hoursUntil(later.jobId)).toBeCloseTo(5, 1)
  })

  it('a job that failed then is tried again now', async () => {
    const { jobId } = await queue('testing.failed')
    await moveOn(jobId, sql`attempts = 3`)
    await forgetTheFuture(database)
    expect(await hoursUntil(jobId)).toBeCloseTo(0, 1)
  })

  it('a schedule that ran then runs again at its next hour', async () => {
    await sql`
      insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
      values ('testing.nightly', now(), now() + interval '12 years')`.execute(database.owner)
    await forgetTheFuture(database)
    const { rows } = await sql`
      select last_execution from graphile_worker._private_known_crontabs where identifier = 'testing.nightly'`.execute(
      database.owner,
    )
    expect(rows).toEqual([{ last_execution: null }])
  })

  it('what is rightly planned for later stays so', async () => {
    const { jobId } = await queue('testing.planned', new Date(Date.now() + 48 * 3_600_000))
    await forgetTheFuture(database)
    expect(await hoursUntil(jobId)).toBeCloseTo(48, 1)
  })
})

it('notices a clock that is set forward or back, and nothing else', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 6, 1) })
  const onJump = vi.fn()
  const stop = watchClock(onJump)
  vi.advanceTimersByTime(10_000)
  expect(onJump).not.toHaveBeenCalled()
  vi.setSystemTime(Date.UTC(2038, 0, 19))
  vi.advanceTimersByTime(2_000)
  expect(onJump).toHaveBeenCalledTimes(1)
  vi.setSystemTime(Date.UTC(1970, 0, 1))
  vi.advanceTimersByTime(2_000)
  expect(onJump).toHaveBeenCalledTimes(2)
  stop()
  vi.useRealTimers()
})

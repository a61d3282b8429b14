import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '../access/system-actor.ts'
import { partsThatAttach } from '../files/attaching.fixtures.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { enqueue } from './enqueue.ts'
import { startWorker } from './worker.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ parts: partsThatAttach })
})
afterAll(() => server?.close())
beforeEach(async () => {
  await sql`delete from graphile_worker._private_jobs`.execute(server.database.owner)
})

async function queue(name: string, options = {}): Promise<string> {
  const { database } = server
  return (
    await database.write(await systemActor(database), (tx) =>
      enqueue(tx, name, { phone: '0912345678' }, options),
    )
  ).jobId
}
const fail = (jobId: string) =>
  sql`select graphile_worker.permanently_fail_jobs(array[${jobId}::bigint], '{"vi":"Chưa có số.","en":"No number."}')`.execute(
    server.database.owner,
  )
const audited = async (action: string) =>
  (
    await sql<{ before: { name: string } }>`select before from audit.entry where action = ${action}`.execute(
      server.database.owner,
    )
  ).rows

describe('the page of background jobs', () => {
  it('shows what waits, runs and failed, with the reason in words and without what the job carries', async () => {
    const waiting = await queue('testing.waiting', { runAt: new Date('2030-01-01T00:00:00Z'), attempts: 5 })
    const running = await queue('testing.running')
    const failed = await queue('testing.failed')
    await fail(failed)
    await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-x', attempts = 1
      where id = ${running}`.execute(server.database.owner)
    const { status, body, text } = await server.as('auditor').get('/api/jobs')
    expect(status).toBe(200)
    expect(body.counts).toEqual({ running: 1, waiting: 1, failed: 1, finishedToday: 0 })
    expect(body.queued).toMatchObject([
      { jobId: failed, state: 'failed', failure: { vi: 'Chưa có số.' }, nextTryAt: null },
      { jobId: running, state: 'running', attempts: 1, startedAt: expect.any(String) },
      {
        jobId: waiting,
        state: 'waiting',
        maxAttempts: 5,
        nextTryAt: '2030-01-01T00:00:00.000Z',
        isDeclared: false,
      },
    ])
    expect(text).not.toContain('0912345678')
  })

  it('calls a job by its title, and counts what was done today', async () => {
    const worker = await startWorker(server.database, partsThatAttach, { pollIntervalMs: 50 })
    await queue('jobs.trim_history')
    await expect
      .poll(async () => (await server.as('auditor').get('/api/jobs')).body.counts.finishedToday)
      .toBe(1)
    await worker.stop()
    const { body } = await server.as('auditor').get('/api/jobs')
    expect(body.finished).toMatchObject([{ title: { vi: 'Dọn nhật ký việc đã xong' }, attempts: 1 }])
  })

  it('is for administrators and auditors, in the route and in the database', async () => {
    await queue('testing.hidden')
    for (const who of ['leader', 'commune_officer', 'expired', 'without_grants'] as const) {
      expect((await server.as(who).get('/api/jobs')).status).toBe(403)
      const actor = {
        ...server.world.accounts[who],
        displayName: '',
        held: [],
        requestId: null,
        address: null,
      }
      const { rows } = await server.database.read(actor, (tx) => sql`select * from jobs.queued()`.execute(tx))
      expect(rows).toEqual([])
      const direct = server.database.read(actor, (tx) => sql`select * from graphile_worker.jobs`.execute(tx))
      await expect(direct).rejects.toThrow(/permission denied/)
    }
  })
})

describe('a job that failed', () => {
  it('is given all its tries again, at once, and that is on record', async () => {
    const jobId = await queue('testing.retry', { attempts: 3 })
    await fail(jobId)
    expect((await server.as('administrator').post(`/api/jobs/${jobId}/retry`)).status).toBe(200)
    const { body } = await server.as('administrator').get('/api/jobs')
    expect(body.queued).toMatchObject([{ jobId, state: 'waiting', attempts: 0, maxAttempts: 3 }])
    expect(await audited('jobs.job_retried')).toMatchObject([
      { before: { name: 'testing.retry', attempts: 3 } },
    ])
  })

  it('is given up for good, and that is on record', async () => {
    const jobId = await queue('testing.give_up')
    await fail(jobId)
    expect((await server.as('administrator').post(`/api/jobs/${jobId}/give-up`)).status).toBe(200)
    expect((await server.as('administrator').get('/api/jobs')).body.queued).toEqual([])
    expect(await audited('jobs.job_given_up')).toMatchObject([{ before: { name: 'testing.give_up' } }])
  })

  it('is left alone while it runs, and when it is not there', async () => {
    const jobId = await queue('testing.busy')
    await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-x' where id = ${jobId}`.execute(
      server.database.owner,
    )
    for (const id of [jobId, '999999']) {
      for (const verb of ['retry', 'give-up']) {
        const { status, body } = await server.as('administrator').post(`/api/jobs/${id}/${verb}`)
        expect([status, body.error.code]).toEqual([409, 'jobs.not_waiting'])
      }
    }
    expect((await server.as('auditor').post(`/api/jobs/${jobId}/retry`)).status).toBe(403)
    expect((await server.as('administrator').post('/api/jobs/abc/retry')).status).toBe(404)
  })
})

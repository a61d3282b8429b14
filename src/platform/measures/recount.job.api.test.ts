import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '../access/system-actor.ts'
import { type RunningWorker, startWorker } from '../jobs/index.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { foldOnce } from './fold.loop.ts'
import { enqueueRecount } from './index.ts'

let server: TestServer
let worker: RunningWorker

beforeAll(async () => {
  server = await startTestServer()
  await plantTeam()
  await foldOnce(server.database)
  worker = await startWorker(server.database, server.parts, { pollIntervalMs: 50 })
})
afterAll(async () => {
  await worker?.stop()
  await server?.close()
})
beforeEach(async () => {
  await sql`delete from jobs.finished`.execute(server.database.owner)
  await sql`delete from graphile_worker._private_jobs`.execute(server.database.owner)
})

/** A team, made by who may. */
async function plantTeam(): Promise<void> {
  const made = await server.as('standing_office').post('/api/teams', {
    unitId: server.world.units.a11,
    kind: 'community_team',
    name: 'Tổ công nghệ số cộng đồng Bản Một Một',
    formedOn: '2022-01-01',
  })
  expect(made.status, made.text).toBe(201)
}

const jobs = async () => (await server.as('auditor').get('/api/jobs')).body
/** Falsifies the running total of village teams behind the back of counting. */
const tamper = async (by: number) => {
  const { rows } = await sql<{ id: number; block: number }>`
    select id, block_id as block from measures.measure where name = 'teams.village_teams'`.execute(
    server.database.owner,
  )
  const { id = 0, block = 0 } = rows[0] ?? {}
  const column = sql.ref(`m${id}_held`)
  await sql`update ${sql.table(`counting.total_${block}`)} set ${column} = ${column} + ${by} where grain = 3`.execute(
    server.database.owner,
  )
}
const results = async () =>
  (
    await sql<{ after: { measures: number; differences: { measure: string }[] } }>`
      select after from audit.entry where action = 'measures.recounted' order by id desc`.execute(
      server.database.owner,
    )
  ).rows

describe('the recount of all measures', () => {
  it('is asked for by an administrator, finishes where all agrees, and its result is on record', async () => {
    const asked = await server.as('administrator').post('/api/measures/recount')
    expect(asked.status, asked.text).toBe(202)
    await expect.poll(async () => (await jobs()).counts.finishedToday, { timeout: 10_000 }).toBe(1)
    const [done] = (await jobs()).finished
    expect(done.title.vi).toBe('Đếm lại mọi chỉ số từ hồ sơ')
    expect(done.result.vi).toMatch(/^Khớp: đã so [\d.]+ con số của \d+ chỉ số tại \d+ thời điểm/)
    const [latest] = await results()
    expect(latest?.after.differences).toEqual([])
    expect(latest?.after.measures).toBeGreaterThan(5)
    const { rows } = await sql<{ actor: string }>`
      select actor_id::text as actor from audit.entry where action = 'measures.recount_asked'`.execute(
      server.database.owner,
    )
    expect(rows).toEqual([{ actor: server.world.accounts.administrator.accountId }])
  })

  it('fails on a difference, and the page names the measure and both numbers', async () => {
    await tamper(5)
    await server.as('administrator').post('/api/measures/recount')
    await expect.poll(async () => (await jobs()).counts.failed, { timeout: 10_000 }).toBe(1)
    const [failed] = (await jobs()).queued
    expect(failed.failure.vi).toContain('không khớp với số đếm lại')
    expect(failed.failure.vi).toMatch(/«[^»]+», [^;]+\d\dh: 6 ≠ 1/)
    expect(new Set((await results())[0]?.after.differences.map((one) => one.measure))).toEqual(
      new Set(['teams.village_teams']),
    )
    await tamper(-5)
  })

  it('is for administrators only', async () => {
    for (const who of ['leader', 'standing_office', 'auditor', 'commune_officer'] as const) {
      expect((await server.as(who).post('/api/measures/recount')).status).toBe(403)
    }
  })

  it('is queued in the transaction of the writer: what is not written queues nothing', async () => {
    const system = await systemActor(server.database)
    await expect(
      server.database.write(system, async (tx) => {
        await enqueueRecount(tx)
        throw new Error('not written')
      }),
    ).rejects.toThrow('not written')
    const { rows } = await sql`select 1 from graphile_worker._private_jobs`.execute(server.database.owner)
    expect(rows).toEqual([])
  })
})

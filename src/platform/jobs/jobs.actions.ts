import { sql } from 'kysely'
import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { refuse } from '../http/refusal.ts'
import { mayManageJobs } from './jobs.policy.ts'

/** Gives a job all its tries again, from now on. Refuses one that runs just now or is no longer there. */
export async function retryJob(tx: Tx, actor: Actor, jobId: string): Promise<{ jobId: string }> {
  const touched = await sql<TouchedRow>`select * from jobs.retry(${jobId}::bigint)`.execute(tx)
  await auditTouched(tx, actor, 'jobs.job_retried', jobId, touched.rows)
  return { jobId }
}

/** Takes a job out of the queue for good; it will not be done. Refuses one that runs just now or is no longer there. */
export async function giveUpJob(tx: Tx, actor: Actor, jobId: string): Promise<{ jobId: string }> {
  const touched = await sql<TouchedRow>`select * from jobs.give_up(${jobId}::bigint)`.execute(tx)
  await auditTouched(tx, actor, 'jobs.job_given_up', jobId, touched.rows)
  return { jobId }
}

type TouchedRow = { name: string; attempts: number; last_error: string | null }

async function auditTouched(
  tx: Tx,
  actor: Actor,
  action: string,
  jobId: string,
  rows: TouchedRow[],
): Promise<void> {
  const [job] = rows
  const unitId = mayManageJobs(actor)
  if (!job || unitId === null) {
    refuse(
      'jobs.not_waiting',
      {
        vi: 'Việc này đang chạy, đã xong hoặc đã bị bỏ nên không đổi được nữa. Hãy tải lại trang để xem tình trạng mới.',
        en: 'This job is running, done or given up, so it cannot be changed any more. Reload the page.',
      },
      { status: 409 },
    )
  }
  await audit(tx, actor, { action, subject: 'graphile_worker.jobs', subjectId: jobId, unitId, before: job })
}

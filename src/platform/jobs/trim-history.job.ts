import { sql } from 'kysely'
import type { JobDeclaration } from './job.ts'

/** Keeps of what is done the last thousand, and all of yesterday and today. */
export const trimHistory: JobDeclaration = {
  name: 'jobs.trim_history',
  title: { vi: 'Dọn nhật ký việc đã xong', en: 'Trim the history of finished jobs' },
  schedule: '15 3 * * *',
  run: async ({ database }) => {
    await sql`
      delete from jobs.finished
      where finished_at < (date_trunc('day', now() at time zone 'Asia/Ho_Chi_Minh') - interval '1 day')
                          at time zone 'Asia/Ho_Chi_Minh'
        and job_id not in (select job_id from jobs.finished order by finished_at desc limit 1000)`.execute(
      database.owner,
    )
    await sql`delete from jobs.worker where seen_at < now() - interval '1 day'`.execute(database.owner)
  },
}

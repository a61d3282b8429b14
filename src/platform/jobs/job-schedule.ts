import { type ParsedCronItem, parseCronItems, type TimestampDigest } from 'graphile-worker'
import type { JobDeclaration } from './job.ts'

const hoChiMinhOffsetMs = 7 * 3_600_000

/**
 * The queue asks each minute, in UTC and without the year, whether a schedule is due; schedules are written in
 * Asia/Ho_Chi_Minh, which is UTC+7 all year. The year is the one that puts the minute closest to `now`.
 */
export function localDigest(utc: TimestampDigest, now: number): TimestampDigest {
  const thisYear = new Date(now).getUTCFullYear()
  const instants = [thisYear - 1, thisYear, thisYear + 1].map((year) =>
    Date.UTC(year, utc.month - 1, utc.date, utc.hour, utc.min),
  )
  const closest = instants.reduce((best, one) => (Math.abs(one - now) < Math.abs(best - now) ? one : best))
  const local = new Date(closest + hoChiMinhOffsetMs)
  return {
    min: local.getUTCMinutes(),
    hour: local.getUTCHours(),
    date: local.getUTCDate(),
    month: local.getUTCMonth() + 1,
    dow: local.getUTCDay(),
  }
}

/** The recurring jobs as the queue wants them; throws, naming the job, on a schedule that is no crontab. */
export function cronItems(
  jobs: readonly JobDeclaration[],
  attempts: (job: JobDeclaration) => number,
): ParsedCronItem[] {
  return jobs.flatMap((job) => {
    if (!job.schedule) return []
    const [written] = parsed(job.name, job.schedule)
    if (!written) return []
    return parseCronItems([
      {
        task: job.name,
        identifier: job.name,
        match: (utc) => written.match(localDigest(utc, Date.now())),
        // A run that is still waiting or failing is replaced: a server that was off for days does not owe a hundred runs.
        options: { maxAttempts: attempts(job), jobKey: `${job.name}:schedule`, jobKeyMode: 'replace' },
      },
    ])
  })
}

function parsed(name: string, schedule: string): ParsedCronItem[] {
  try {
    return parseCronItems([{ task: name, match: schedule, identifier: name }])
  } catch (error) {
    throw new Error(`${name}: lịch «${schedule}» không đúng dạng crontab. / The schedule is not a crontab.`, {
      cause: error,
    })
  }
}

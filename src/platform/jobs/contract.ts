import { z } from 'zod'
import { Id } from '../http/schemas.ts'

const Words = z.object({ vi: z.string(), en: z.string() })

/** A job that waits, runs, or failed for good. */
export const QueuedJob = z.object({
  jobId: Id,
  name: z.string(),
  title: Words,
  state: z.enum(['running', 'waiting', 'failed']),
  attempts: z.int(),
  maxAttempts: z.int(),
  /** Why the last try failed. */
  failure: Words.nullable(),
  queuedAt: z.iso.datetime(),
  /** The next try is not before this; null while it runs and once it has failed for good. */
  nextTryAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  /** False where the running version of the program does not know the job. */
  isDeclared: z.boolean(),
})
export type QueuedJob = z.infer<typeof QueuedJob>

export const FinishedJob = z.object({
  jobId: Id,
  title: Words,
  attempts: z.int(),
  durationMs: z.int(),
  finishedAt: z.iso.datetime(),
  /** What it came to, where it has something to say. */
  result: Words.nullable(),
})
export type FinishedJob = z.infer<typeof FinishedJob>

/** Counts are of all; the lists stop at `shown`, the most urgent first. */
export const JobsOverview = z.object({
  counts: z.object({ running: z.int(), waiting: z.int(), failed: z.int(), finishedToday: z.int() }),
  shown: z.int(),
  queued: z.array(QueuedJob),
  finished: z.array(FinishedJob),
})
export type JobsOverview = z.infer<typeof JobsOverview>

export const JobParams = z.strictObject({ jobId: Id })
export const JobTouched = z.object({ jobId: Id })

import type { Actor } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'
import type { Words } from '../part.ts'

export type JobContext = {
  payload: unknown
  /** The program itself acts: audited as «Hệ thống». */
  actor: Actor
  database: Database
  /** How often this job was tried before, from 0. */
  attempt: number
}

/**
 * A piece of work done after commit. It may run more than once (a server can die between the work and the note that it
 * was done), so `run` must come to the same when repeated.
 */
export type JobDeclaration = {
  /** `<part>.<verb>` */
  name: string
  title: Words
  /** May answer what it came to, in one sentence that the list of finished jobs shows. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most jobs have nothing to say.
  run: (context: JobContext) => Promise<Words | undefined | void>
  /** Tries before it stands as failed; 8 unless told. */
  attempts?: number
  /** Crontab «minute hour day month weekday» in Asia/Ho_Chi_Minh, for work that recurs. */
  schedule?: string
}

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

export type EnqueueOptions = {
  /** While a job with this key still waits, it is replaced instead of a second one being added. */
  key?: string
  /** Not before this instant; at once unless told. */
  runAt?: Date
  /** Tries before it stands as failed; what the job declares unless told. */
  attempts?: number
}

/**
 * Puts a job into the database in the writer's own transaction: it exists if, and only if, what it belongs to was
 * written. `payload` travels as JSON; give keys of rows, not the rows. Returns the job's id.
 */
export async function enqueue(
  tx: Tx,
  name: string,
  payload: object,
  options: EnqueueOptions = {},
): Promise<{ jobId: string }> {
  const { rows } = await sql<{ id: string }>`
    select jobs.enqueue(
      ${name}::text, ${JSON.stringify(payload)}::json, ${options.key ?? null}::text,
      ${options.runAt ?? null}::timestamptz, ${options.attempts ?? null}::int)::text as id`.execute(tx)
  return { jobId: rows[0]?.id ?? '' }
}

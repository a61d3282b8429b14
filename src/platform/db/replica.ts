import { sql } from 'kysely'
import { databaseRefusal } from '../http/database-refusal.ts'
import type { Database } from './database.ts'

const waitAtMostMs = 25
const askEveryMs = 2

/**
 * Reads from a streaming replica as long as it is no staler than the primary: a read that begins now sees everything
 * that anybody, in any server process, was told is written. The primary says how far that goes, the replica is given
 * a moment to get there, and otherwise the primary answers itself; it also answers what the replica breaks off (a
 * conflict with recovery, a restart). Writes, sessions, jobs and folding stay with the primary.
 */
export function readingFrom(primary: Database, replica: Database): Database {
  const goal = shared(async () => {
    const { rows } = await sql<{ lsn: string }>`select pg_current_wal_flush_lsn()::text as lsn`.execute(
      primary.owner,
    )
    return rows[0]?.lsn ?? null
  })
  return {
    ...primary,
    read: async (actor, work) => {
      if (!(await isCaughtUp(replica, goal))) return primary.read(actor, work)
      try {
        return await replica.read(actor, work)
      } catch (error) {
        // Reading again does no harm, and a refusal of the work's own is the same on both.
        if (databaseRefusal(error)?.status !== 503) throw error
        return primary.read(actor, work)
      }
    },
    close: async () => {
      await replica.close()
      await primary.close()
    },
  }
}

async function isCaughtUp(replica: Database, goal: () => Promise<string | null>): Promise<boolean> {
  try {
    const lsn = await goal()
    if (lsn === null) return false
    const until = performance.now() + waitAtMostMs
    do {
      const { rows } = await sql<{ there: boolean | null }>`
        select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= ${lsn}::pg_lsn as there`.execute(
        replica.owner,
      )
      if (rows[0]?.there) return true
      await new Promise((resolve) => setTimeout(resolve, askEveryMs))
    } while (performance.now() < until)
    return false
  } catch {
    // A replica that is away, or a primary that is: whoever reads then hears it from the primary.
    return false
  }
}

/** One question for all who wait for the same answer; who comes while it is under way needs the next one. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined
  let next: Promise<T> | undefined
  const begin = (): Promise<T> => {
    const asked = ask()
    underWay = asked
    const forget = () => {
      if (underWay === asked) underWay = undefined
    }
    asked.then(forget, forget)
    return asked
  }
  return () => {
    if (!underWay) return begin()
    next ??= underWay
      .then(
        () => {},
        () => {},
      )
      .then(() => {
        next = undefined
        return begin()
      })
    return next
  }
}

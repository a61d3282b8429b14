import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

const deltasAtOnce = 20_000

/**
 * Folds deltas into totals while there are any, looking every `everyMs`. Several server processes may fold: the
 * database lets one at a time. A failure (a restarted database, a full disk) is tried again at the next turn, as no
 * figure depends on folding. Answers how to stop, which waits for the fold under way.
 */
export function startFolding(
  database: Pick<Database, 'owner'>,
  { everyMs = 1_000 }: { everyMs?: number } = {},
): () => Promise<void> {
  let stopped = false
  let wake = () => {}
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const loop = async () => {
    while (!stopped) {
      const moved = await foldOnce(database).catch(() => 0)
      if (moved < deltasAtOnce && !stopped) await pause()
    }
  }
  const running = loop()
  return async () => {
    stopped = true
    wake()
    await running
  }
}

/** Folds once if there is anything to fold; answers how many deltas were moved. */
export async function foldOnce(database: Pick<Database, 'owner'>): Promise<number> {
  const { rows } = await sql<{ moved: number }>`
    select case when exists (select 1 from measures.delta) then measures.fold(${deltasAtOnce}) else 0 end as moved
  `.execute(database.owner)
  return rows[0]?.moved ?? 0
}

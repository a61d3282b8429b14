import { holds, nobody } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'
import { type Board, letGo } from './board.ts'
import { grantsOf, pathsOf } from './live.views.ts'
import { notYours, watchCapability } from './watchable.ts'
import type { Watcher } from './watcher.ts'

/**
 * Looks again whether each page may still see the figures it watches, by the rule that let it in; drops the others and
 * says so. Rights and units are read once for all pages.
 */
export async function dropUnseen(
  database: Database,
  board: Board,
  watchers: ReadonlySet<Watcher>,
): Promise<void> {
  const watching = [...watchers].filter(({ figures }) => figures.length > 0)
  if (watching.length === 0) return
  const units = new Set([...board.figures.values()].map(({ ask }) => ask.unitId))
  const accounts = new Set(watching.map(({ accountId }) => accountId))
  const [grants, paths] = await Promise.all([
    grantsOf(database.owner, [...accounts], watchCapability),
    pathsOf(database.owner, [...units]),
  ])
  const may = new Map<string, boolean>()
  const mayNow = (accountId: string, unitId: string): boolean => {
    const key = `${accountId} ${unitId}`
    let answer = may.get(key)
    if (answer === undefined) {
      const actor = { ...nobody, accountId, held: grants.get(accountId) ?? [] }
      answer = holds(actor, watchCapability, paths.get(unitId) ?? [])
      may.set(key, answer)
    }
    return answer
  }
  for (const watcher of watching) {
    // Who joined while rights were read is looked at in the next look.
    if (!accounts.has(watcher.accountId)) continue
    const at = [...watcher.figures.keys()].filter((place) => {
      const watched = watcher.figures[place]
      return watched && units.has(watched.ask.unitId) && !mayNow(watcher.accountId, watched.ask.unitId)
    })
    if (at.length > 0) drop(board, watcher, at)
  }
}

function drop(board: Board, watcher: Watcher, at: readonly number[]): void {
  for (const place of at) {
    const watched = watcher.figures[place]
    if (watched) letGo(board, watched)
    watcher.figures[place] = null
    watcher.untold.delete(place)
  }
  watcher.pageKey = watcher.figures.map((watched) => watched?.key ?? '').join('\n')
  watcher.stream.write(`event: dropped\ndata: ${JSON.stringify({ at, message: notYours })}\n\n`)
}

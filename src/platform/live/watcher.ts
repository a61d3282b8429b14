import type { ServerResponse } from 'node:http'
import type { Watched } from './board.ts'

/** An open page: its line, whose it is, and the figures that it shows. */
export type Watcher = {
  stream: ServerResponse
  tokenHash: string
  accountId: string
  /** By their place in the page's list; null where one was dropped. */
  figures: (Watched | null)[]
  /** Same for pages that watch the same figures, so that what is sent to them is written once. */
  pageKey: string
  /** The last reading that began before it joined. */
  joinedIn: number
  /** Number of the last change that it has been told. */
  toldThrough: number
  /** Places of figures that it has not been told at all yet. */
  untold: Set<number>
  /** Topics it still has to hear of: its line was full. */
  topics: Set<string>
  /** Since when its line takes no more; 0 while it does. */
  fullSinceMs: number
}

// A page that takes nothing for so long (a sleeping phone) is let go; it connects again and gets everything afresh.
const mostFullMs = 30_000

/** Whether the page can be told something now. What it misses meanwhile is told once it can, in its latest state. */
export function takes(watcher: Watcher, nowMs: number): boolean {
  const { stream } = watcher
  if (stream.writableEnded || stream.destroyed) return false
  if (!stream.writableNeedDrain) {
    watcher.fullSinceMs = 0
    return true
  }
  if (watcher.fullSinceMs === 0) watcher.fullSinceMs = nowMs
  else if (nowMs - watcher.fullSinceMs > mostFullMs) stream.destroy()
  return false
}

/** What pages of the same figures are told is written once, by how far they were told. */
export type Teller = {
  changes: number
  written: Map<number, Map<string, string>>
}

/** Tells a page what it does not know yet: changed figures and topics, in one piece. Answers whether there was anything. */
export function tell(teller: Teller, watcher: Watcher): boolean {
  const text = figuresText(teller, watcher) + topicsText(watcher)
  watcher.toldThrough = teller.changes
  if (text !== '') watcher.stream.write(text)
  return text !== ''
}

function topicsText(watcher: Watcher): string {
  if (watcher.topics.size === 0) return ''
  const topics = [...watcher.topics].sort()
  watcher.topics.clear()
  return `data: ${JSON.stringify({ topics })}\n\n`
}

function figuresText(teller: Teller, watcher: Watcher): string {
  const { figures, toldThrough, pageKey, untold } = watcher
  if (untold.size > 0) return firstFigures(watcher)
  const written = teller.written.get(toldThrough) ?? new Map<string, string>()
  teller.written.set(toldThrough, written)
  let text = written.get(pageKey)
  if (text === undefined) {
    text = eventsOf(figures, (watched) => watched.changedIn > toldThrough)
    written.set(pageKey, text)
  }
  return text
}

/** A page that has just opened is told every figure, each from a reading that began after it joined. */
function firstFigures({ figures, toldThrough, joinedIn, untold }: Watcher): string {
  return eventsOf(figures, (watched, at) => {
    if (watched.readIn <= joinedIn) return false
    return untold.delete(at) || watched.changedIn > toldThrough
  })
}

/** One event for each instant for which figures are true; as a rule that is one. */
function eventsOf(
  figures: readonly (Watched | null)[],
  isDue: (watched: Watched, at: number) => boolean,
): string {
  const byInstant = new Map<string, string[]>()
  figures.forEach((watched, at) => {
    if (!watched || !isDue(watched, at)) return
    const due = byInstant.get(watched.readAt) ?? []
    due.push(`{"at":${at},"figure":${watched.text}}`)
    byInstant.set(watched.readAt, due)
  })
  return [...byInstant]
    .map(([readAt, due]) => `event: figures\ndata: {"readAt":"${readAt}","figures":[${due.join(',')}]}\n\n`)
    .join('')
}

import type { ServerResponse } from 'node:http'
import type { Database } from '../db/database.ts'
import { holdingSessions } from '../session/index.ts'
import { topicsSince } from './live.views.ts'

const lookEveryMs = 300
const heartbeatEveryMs = 15_000

type Watcher = { stream: ServerResponse; tokenHash: string }

/** The open pages of one server process. It looks into the database only while there are any. */
type Watch = {
  watchers: Set<Watcher>
  since: string | null
  timer: NodeJS.Timeout | undefined
  lastSentAt: number
}

const watches = new WeakMap<Database, Watch>()

/**
 * Keeps a page told of what becomes visible after the snapshot `since`, until it leaves, its session ends, or the server
 * closes.
 */
export function watch(database: Database, stream: ServerResponse, tokenHash: string, since: string): void {
  let own = watches.get(database)
  if (!own) {
    own = { watchers: new Set(), since: null, timer: undefined, lastSentAt: Date.now() }
    watches.set(database, own)
  }
  const joined = own
  const watcher = { stream, tokenHash }
  joined.watchers.add(watcher)
  // With others there already theirs is older, so nothing is missed.
  joined.since ??= since
  const leave = () => {
    joined.watchers.delete(watcher)
    if (joined.watchers.size > 0) return
    clearTimeout(joined.timer)
    joined.timer = undefined
    joined.since = null
  }
  stream.on('close', leave)
  stream.on('error', leave)
  joined.timer ??= setTimeout(() => void lookAndGoOn(database, joined), 0)
}

async function lookAndGoOn(database: Database, own: Watch): Promise<void> {
  // A database that is down for a moment ends no stream: what it missed is told once it is back.
  await look(database, own).catch(() => {})
  if (own.watchers.size > 0) {
    own.timer = setTimeout(() => void lookAndGoOn(database, own), lookEveryMs)
  } else {
    own.timer = undefined
    own.since = null
  }
}

async function look(database: Database, own: Watch): Promise<void> {
  if (own.since === null) return
  const hashes = [...new Set([...own.watchers].map((watcher) => watcher.tokenHash))]
  const [{ topics, snapshot }, holding] = await Promise.all([
    topicsSince(database, own.since),
    holdingSessions(database.owner, hashes),
  ])
  if (own.since !== null) own.since = snapshot
  for (const watcher of own.watchers) {
    if (!holding.has(watcher.tokenHash)) watcher.stream.end()
  }
  if (topics.length > 0) send(own, `data: ${JSON.stringify({ topics: withMeasures(topics) })}\n\n`)
  else if (Date.now() - own.lastSentAt >= heartbeatEveryMs) send(own, ': \n\n')
}

/** Whatever is written may be counted somewhere; signing in and out never is. */
function withMeasures(topics: readonly string[]): string[] {
  return topics.every((topic) => topic === 'session') ? [...topics] : [...new Set([...topics, 'measures'])]
}

// A page that cannot take more (a sleeping phone) is let go; it connects again and reads afresh.
const mostUnsentBytes = 64_000

function send(own: Watch, text: string): void {
  own.lastSentAt = Date.now()
  for (const { stream } of own.watchers) {
    if (stream.writableEnded) continue
    if (stream.writableLength > mostUnsentBytes) stream.destroy()
    else stream.write(text)
  }
}

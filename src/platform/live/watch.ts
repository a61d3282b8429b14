import type { ServerResponse } from 'node:http'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'
import { holdingSessions } from '../session/index.ts'
import {
  asksOf,
  type Board,
  emptyBoard,
  hold,
  type Lane,
  letGo,
  markDue,
  putBack,
  settle,
  takeDue,
  unknownUnits,
} from './board.ts'
import { changesSince, linesOf, readFigures } from './live.views.ts'
import { dropUnseen } from './rights.ts'
import { noteTopics, type Topics, takeTopics } from './topics.ts'
import type { WatchedAsk } from './watchable.ts'
import { type Teller, takes, tell, type Watcher } from './watcher.ts'

const lookEveryMs = 100
const leastRestMs = 15
const mostRestMs = 2_000
const heartbeatEveryMs = 15_000
const sessionsEveryMs = 500
const rightsEveryMs = 30_000
/** How much longer than a reading the rest after it is, and how long at least. */
const paces = {
  units: { leastMs: 100, perMs: 2 },
  past: { leastMs: 1_000, perMs: 4 },
} as const
type SlowLane = keyof typeof paces

/** The open pages of one server process. It looks into the database only while there are any. */
type Watch = {
  watchers: Set<Watcher>
  board: Board
  topics: Topics
  since: string | null
  timer: NodeJS.Timeout | undefined
  isLooking: boolean
  beatAtMs: number
  sessionsAtMs: number
  rightsAtMs: number
  /** Somebody joined, so rights are looked at again: they may have gone while the page was being let in. */
  rightsDue: boolean
  /** When the slower lanes may be read next; Infinity while they are being read. */
  laneDueAtMs: Record<SlowLane, number>
  systemId: string
}

const watches = new WeakMap<Database, Watch>()

function watchOf(database: Database): Watch {
  let own = watches.get(database)
  if (!own) {
    own = {
      watchers: new Set(),
      board: emptyBoard(),
      topics: { sentAtMs: new Map(), waiting: new Set() },
      ...{ since: null, timer: undefined, isLooking: false, rightsDue: false, systemId: '' },
      ...{ beatAtMs: 0, sessionsAtMs: 0, rightsAtMs: 0, laneDueAtMs: { units: 0, past: 0 } },
    }
    watches.set(database, own)
  }
  return own
}

/** A page that wants to be told. */
export type Page = {
  stream: ServerResponse
  tokenHash: string
  actor: Actor
  asks: readonly WatchedAsk[]
  /** The snapshot from which on it is told. */
  since: string
}

/** Keeps a page told of its figures and of what is written, until it leaves, its session ends, or the server closes. */
export function watch(database: Database, { stream, tokenHash, actor, asks, since }: Page): void {
  const own = watchOf(database)
  const figures = asks.map((ask) => hold(own.board, ask))
  const watcher: Watcher = {
    ...{ stream, tokenHash, figures, accountId: actor.accountId ?? '' },
    pageKey: figures.map(({ key }) => key).join('\n'),
    joinedIn: own.board.readings,
    toldThrough: own.board.changes,
    untold: new Set(figures.keys()),
    topics: new Set(),
    fullSinceMs: 0,
  }
  own.watchers.add(watcher)
  own.rightsDue ||= figures.length > 0
  // With others there already, their look goes on from a snapshot that is no younger than the answer to this page.
  own.since ??= since
  const leave = () => {
    if (!own.watchers.delete(watcher)) return
    for (const watched of watcher.figures) if (watched) letGo(own.board, watched)
    if (own.watchers.size > 0) return
    clearTimeout(own.timer)
    own.timer = undefined
    own.since = null
    own.board.lines.clear()
  }
  stream.on('close', leave)
  stream.on('error', leave)
  if (!own.isLooking) own.timer ??= setTimeout(() => void lookAndGoOn(database, own), 0)
}

async function lookAndGoOn(database: Database, own: Watch): Promise<void> {
  const began = performance.now()
  own.timer = undefined
  own.isLooking = true
  // A database that is down for a moment ends no stream: what it missed is told once it is back.
  await look(database, own).catch(() => {})
  own.isLooking = false
  if (own.watchers.size === 0) return
  // Looking never takes more than half of the time, so that it cannot starve those who write.
  const took = performance.now() - began
  const rest = Math.min(mostRestMs, Math.max(leastRestMs, lookEveryMs - took, took))
  own.timer = setTimeout(() => void lookAndGoOn(database, own), rest)
}

async function look(database: Database, own: Watch): Promise<void> {
  if (own.since === null) return
  const { board } = own
  const changes = await changesSince(database, own.since)
  const unknown = unknownUnits(board, changes)
  if (unknown.length > 0)
    for (const { unitId, line } of await linesOf(database.owner, unknown))
      board.lines.set(unitId, new Set(line))
  const dayPassed = board.today !== '' && board.today !== changes.today
  markDue(board, changes)
  const heard = Object.keys(changes.topics)
  noteTopics(own.topics, dayPassed ? [...heard, 'calendar'] : heard)
  // Only now: had anything above failed, the next look would have to hear of the same changes.
  if (own.since !== null) own.since = changes.snapshot
  await endSessions(database, own, heard)
  if (dayPassed || heard.some((topic) => topic === 'access' || topic === 'units')) own.rightsDue = true
  if (own.rightsDue || Date.now() - own.rightsAtMs >= rightsEveryMs) {
    own.rightsDue = false
    own.rightsAtMs = Date.now()
    await dropUnseen(database, board, own.watchers).catch((cause) => {
      own.rightsDue = true
      throw cause
    })
  }
  for (const lane of ['units', 'past'] as const)
    if (Date.now() >= own.laneDueAtMs[lane]) void readBeside(database, own, lane)
  // Topics are told even where figures could not be read.
  await readDue(database, own, 'now').finally(() => tellAll(own))
}

/** Beside the looks, so that what is dear to read does not hold up all the rest. */
async function readBeside(database: Database, own: Watch, lane: SlowLane): Promise<void> {
  const { leastMs, perMs } = paces[lane]
  const began = Date.now()
  own.laneDueAtMs[lane] = Number.POSITIVE_INFINITY
  if (await readDue(database, own, lane).catch(() => false)) tellAll(own)
  own.laneDueAtMs[lane] = Date.now() + Math.max(leastMs, (Date.now() - began) * perMs)
}

async function endSessions(database: Database, own: Watch, heard: readonly string[]): Promise<void> {
  const mayHaveEnded = heard.includes('session') || heard.includes('access')
  if (!mayHaveEnded && Date.now() - own.sessionsAtMs < sessionsEveryMs) return
  const hashes = [...new Set([...own.watchers].map((watcher) => watcher.tokenHash))]
  const holding = await holdingSessions(database.owner, hashes)
  own.sessionsAtMs = Date.now()
  const asked = new Set(hashes)
  for (const { stream, tokenHash } of own.watchers)
    if (asked.has(tokenHash) && !holding.has(tokenHash)) stream.end()
}

/** Reads what is due of a lane; answers whether there was anything. */
async function readDue(database: Database, own: Watch, lane: Lane): Promise<boolean> {
  const taken = takeDue(own.board, lane, Date.now())
  if (taken.figures.length === 0) return false
  try {
    own.systemId ||= (await systemActor(database)).accountId ?? ''
    const read = await readFigures(database, own.systemId, asksOf(taken, own.board.today))
    settle(own.board, taken, read, Date.now())
    return true
  } catch (cause) {
    putBack(taken)
    throw cause
  }
}

function tellAll(own: Watch): void {
  const now = Date.now()
  const topics = takeTopics(own.topics, now)
  const teller: Teller = { changes: own.board.changes, written: new Map() }
  const beats = now - own.beatAtMs >= heartbeatEveryMs
  if (beats) own.beatAtMs = now
  for (const watcher of own.watchers) {
    for (const topic of topics) watcher.topics.add(topic)
    if (takes(watcher, now) && !tell(teller, watcher) && beats) watcher.stream.write(': \n\n')
  }
}

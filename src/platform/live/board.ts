import { basesOf } from '../measures/bases.ts'
import type { FigureAnswer } from '../measures/contract.ts'
import type { Ask } from '../measures/figures.ts'
import type { Changes, FiguresRead } from './live.views.ts'
import type { WatchedAsk } from './watchable.ts'

/** One figure that at least one page watches, and what it was when last read. */
export type Watched = {
  key: string
  ask: WatchedAsk
  holders: number
  /** The answer as it travels, in JSON; empty until first read. */
  text: string
  /** What makes two answers the same: all of it but the instant. */
  value: string
  /** Number of the reading that it was last read in, and number of its last change. */
  readIn: number
  changedIn: number
  /** The instant for which it is true. */
  readAt: string
  readAtMs: number
  /** Something was written that it may count. */
  isDue: boolean
  /** Something was written under its topics, in units that it does not seem to count. */
  isDoubtful: boolean
}

/** The distinct figures that the pages of one server process watch: each is read once, however many watch it. */
export type Board = {
  figures: Map<string, Watched>
  /** Number of the last reading that began, and of the last change that was found. */
  readings: number
  changes: number
  today: string
  hour: string
  /** Units in which something of a unit ever counts, for units asked about before. */
  lines: Map<string, ReadonlySet<string>>
}

export function emptyBoard(): Board {
  return { figures: new Map(), readings: 0, changes: 0, today: '', hour: '', lines: new Map() }
}

// Below so many there is nothing to save by leaving some out.
const alwaysAllBelow = 150
const mostAtOnce = 2_000
const mostRecheckedAtOnce = 300
const doubtfulAfterMs = 2_000
const anyAfterMs = 30_000
const mostLines = 10_000

function keyOf({ measure, unitId, asOf, from, map }: WatchedAsk): string {
  return `${measure.name} ${unitId} ${asOf ?? ''} ${from ?? ''} ${map ?? ''}`
}

/** Takes one more page's figure onto the board; due, so that the page gets it from a reading younger than itself. */
export function hold(board: Board, ask: WatchedAsk): Watched {
  const key = keyOf(ask)
  let watched = board.figures.get(key)
  if (!watched) {
    watched = {
      ...{ key, ask, holders: 0, text: '', value: '' },
      ...{ readIn: 0, changedIn: 0, readAt: '', readAtMs: 0, isDue: true, isDoubtful: false },
    }
    board.figures.set(key, watched)
  }
  watched.holders += 1
  watched.isDue = true
  return watched
}

export function letGo(board: Board, watched: Watched): void {
  watched.holders -= 1
  if (watched.holders === 0) board.figures.delete(watched.key)
}

/** Units of which the board must know where they count before `markDue` can tell which figures are concerned. */
export function unknownUnits(board: Board, changes: Changes): string[] {
  if (board.figures.size < alwaysAllBelow) return []
  if ('units' in changes.topics || board.lines.size > mostLines) board.lines.clear()
  const named = Object.values(changes.topics).flatMap((units) => units ?? [])
  if (named.length === 0) return []
  const watched = [...board.figures.values()].map(({ ask }) => ask.unitId)
  return [...new Set([...named, ...watched])].filter((unitId) => !board.lines.has(unitId))
}

/** Notes which figures may differ after these changes. */
export function markDue(board: Board, changes: Changes): void {
  const { topics } = changes
  const hourPassed = board.hour !== '' && board.hour !== changes.hour
  const dayPassed = board.today !== '' && board.today !== changes.today
  board.hour = changes.hour
  board.today = changes.today
  // A deadline passes, a mandate ends: figures of today change by the hour without any row changing.
  if (hourPassed || dayPassed || 'units' in topics || 'measures' in topics || 'calendar' in topics) {
    for (const watched of board.figures.values()) watched.isDue = true
    return
  }
  const touched = new Map(Object.entries(topics).map(([topic, units]) => [topic, touchedBy(board, units)]))
  if (touched.size === 0) return
  for (const watched of board.figures.values()) {
    const own = watched.ask.topics.length > 0 ? watched.ask.topics : touched.keys()
    for (const topic of own) {
      const by = touched.get(topic)
      if (by === undefined) continue
      if (by === 'all' || isTouched(board, watched.ask.unitId, by)) watched.isDue = true
      else watched.isDoubtful = true
    }
  }
}

type Touched = { named: ReadonlySet<string>; above: ReadonlySet<string> }

function touchedBy(board: Board, units: string[] | null): Touched | 'all' {
  if (units === null || board.figures.size < alwaysAllBelow) return 'all'
  const above = new Set<string>()
  for (const unitId of units) for (const one of board.lines.get(unitId) ?? []) above.add(one)
  return { named: new Set(units), above }
}

/** An entry of a whole district (an import) may stand for rows anywhere below it, so both directions count. */
function isTouched(board: Board, unitId: string, { named, above }: Touched): boolean {
  if (above.has(unitId)) return true
  for (const one of board.lines.get(unitId) ?? []) if (named.has(one)) return true
  return false
}

/** Figures that are read together, in one snapshot. */
export type Taken = { reading: number; figures: readonly Watched[] }

/**
 * Figures that are read at one pace. `now`: sums, read in every look. `units`: what looks at units or persons one by one,
 * dearer to read. `past`: of a day that has passed, dearer too, and moved only when somebody writes something late.
 */
export type Lane = 'now' | 'units' | 'past'

function laneOf({ ask: { asOf, measure } }: Watched, today: string): Lane {
  if (asOf !== null && asOf < today) return 'past'
  return measure.kind === 'coverage' || basesOf(measure).length === 0 ? 'units' : 'now'
}

/**
 * The figures of a lane to read now. Besides those that are due, some of those that nothing seemed to
 * concern: an entry may name another unit than its rows, so none stays unread for long.
 */
export function takeDue(board: Board, lane: Lane, nowMs: number): Taken {
  const due: Watched[] = []
  const others: Watched[] = []
  for (const watched of board.figures.values()) {
    if (laneOf(watched, board.today) !== lane) continue
    const age = nowMs - watched.readAtMs
    if (watched.isDue) due.push(watched)
    else if (age > anyAfterMs || (watched.isDoubtful && age > doubtfulAfterMs)) others.push(watched)
  }
  // Who has waited longest comes first: what does not fit into one reading is never passed over again.
  const oldestFirst = (one: Watched, other: Watched) => one.readAtMs - other.readAtMs
  const figures = [
    ...due.sort(oldestFirst).slice(0, mostAtOnce),
    ...others.sort(oldestFirst).slice(0, mostRecheckedAtOnce),
  ]
  for (const watched of figures) {
    watched.isDue = false
    watched.isDoubtful = false
  }
  // Here and not earlier: whoever joins from now on is told from the next reading.
  board.readings += 1
  return { reading: board.readings, figures }
}

/** The questions of these figures on a day. */
export function asksOf({ figures }: Taken, today: string): Ask[] {
  return figures.map(({ ask }) => ({ ...ask, asOf: ask.asOf ?? today }))
}

/** After a reading that failed, all that was to be read still is. */
export function putBack({ figures }: Taken): void {
  for (const watched of figures) watched.isDue = true
}

/** Takes in what was read. */
export function settle(board: Board, { reading, figures }: Taken, read: FiguresRead, nowMs: number): void {
  board.changes += 1
  figures.forEach((watched, at) => {
    const figure = read.figures[at]
    if (figure === undefined) return
    const value = valueIn(figure)
    if (value !== watched.value) {
      watched.value = value
      watched.changedIn = board.changes
    }
    watched.text = JSON.stringify(figure)
    watched.readIn = reading
    watched.readAt = read.readAt
    watched.readAtMs = nowMs
  })
}

// When it was read is no part of what it is.
const instants: ReadonlySet<string> = new Set(['readAt', 'seen'])

function valueIn(figure: FigureAnswer): string {
  return JSON.stringify(figure, (name, value: unknown) => (instants.has(name) ? undefined : value))
}

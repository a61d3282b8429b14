import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { FiguresDropped, FiguresMoved, TopicsChanged } from '../platform/live/contract.ts'
import { figuresOnPage, moveFigures, readAgainAbout, readAgainWith } from './live-answers.ts'
import { watchedFigure } from './live-figures.ts'
import { openLine } from './live-line.ts'
import { meKey } from './me.ts'
import { pacedRefresh } from './paced-refresh.ts'

const watchers = new Set<() => void>()
let connectionLost = false

function setConnectionLost(lost: boolean): void {
  if (lost === connectionLost) return
  connectionLost = lost
  for (const tell of watchers) tell()
}

function follow(tell: () => void): () => void {
  watchers.add(tell)
  return () => watchers.delete(tell)
}

// A page settles after it was opened: its answers come one after another.
const settlingMs = 120
// What the old line heard while the new one was being opened is still told.
const overlapMs = 1_500
const hiddenMs = 10_000
const connectionLostMs = 1_500
const againAfterCutMs = 500
const againAfterRefusalMs = 2_500
const cannotWatch: ReadonlySet<number> = new Set([400, 404, 422])

type Timer = ReturnType<typeof setTimeout> | undefined
/** `keys` are those of the figures it tells of, in the order in which the server was sent them. */
type Line = { keys: readonly string[]; close: () => void }

function listen(queries: QueryClient): () => void {
  const paced = pacedRefresh(queries)
  const unwatchable = new Set<string>()
  const lines = new Set<Line>()
  let line: Line | undefined
  let missed = false
  let moving = false
  let settling: Timer
  let again: Timer
  let quiet: Timer
  let hidden: Timer

  const leave = (one: Line) => {
    lines.delete(one)
    one.close()
  }

  const open = () => {
    clearTimeout(again)
    again = undefined
    const wanted = figuresOnPage(queries, unwatchable)
    const before = [...lines]
    const own: Line = { keys: [...wanted.keys()], close: () => {} }
    line = own
    lines.add(own)
    own.close = openLine([...wanted.values()].map(watchedFigure), {
      onOpen: () => {
        clearTimeout(quiet)
        setConnectionLost(false)
        setTimeout(() => before.forEach(leave), overlapMs)
        // What changed while the line was down was never heard, so everything shown is read again.
        if (missed) void queries.invalidateQueries()
        missed = false
      },
      onEvent: (event, data) => hear(own, event, data),
      onEnd: ({ status, refused }) => {
        lines.delete(own)
        if (line === own) comeBack(own, status, refused)
      },
    })
  }

  const comeBack = (own: Line, status: number | null, refused: readonly number[]) => {
    line = undefined
    if (status !== null && cannotWatch.has(status) && own.keys.length > 0) {
      // Those that the server names; all of them where it names none.
      const keys = refused.length > 0 ? refused.map((at) => own.keys[at] ?? '') : own.keys
      for (const key of keys) unwatchable.add(key)
      return open()
    }
    missed = true
    clearTimeout(quiet)
    quiet = setTimeout(() => setConnectionLost(true), connectionLostMs)
    if (status !== null && status !== 200) void queries.invalidateQueries({ queryKey: meKey })
    // Pages that were cut off together do not all come back at the same moment.
    again = setTimeout(open, (status === 200 ? againAfterCutMs : againAfterRefusalMs) * (1 + Math.random()))
  }

  const hear = (own: Line, event: string, data: unknown) => {
    if (event === 'figures') {
      const { data: moved } = FiguresMoved.safeParse(data)
      moving = true
      if (moved) moveFigures(queries, paced, own.keys, moved)
      moving = false
    } else if (event === 'dropped') {
      const { data: dropped } = FiguresDropped.safeParse(data)
      const keys = new Set(dropped?.at.map((at) => own.keys[at] ?? ''))
      for (const key of keys) unwatchable.add(key)
      readAgainWith(queries, paced, keys)
    } else {
      const topics = new Set(TopicsChanged.safeParse(data).data?.topics)
      if (topics.has('access')) unwatchable.clear()
      readAgainAbout(queries, paced, topics, new Set(line?.keys))
    }
  }

  // Other figures on the page are another list to send.
  const settle = () => {
    settling = undefined
    if (line === undefined || document.visibilityState === 'hidden') return
    const wanted = figuresOnPage(queries, unwatchable)
    const isSame = wanted.size === line.keys.length && line.keys.every((key) => wanted.has(key))
    if (!isSame) open()
  }
  const leaveCache = queries.getQueryCache().subscribe(() => {
    if (!moving) settling ??= setTimeout(settle, settlingMs)
  })

  // A page out of sight needs no line, of which browsers allow few to one server. Seen again, it reads everything again.
  const onVisibility = () => {
    clearTimeout(hidden)
    if (document.visibilityState === 'visible') {
      if (line === undefined && again === undefined) open()
      return
    }
    hidden = setTimeout(() => {
      clearTimeout(again)
      again = undefined
      line = undefined
      lines.forEach(leave)
      missed = true
    }, hiddenMs)
  }
  document.addEventListener('visibilitychange', onVisibility)

  open()
  return () => {
    for (const timer of [settling, again, quiet, hidden]) clearTimeout(timer)
    leaveCache()
    document.removeEventListener('visibilitychange', onVisibility)
    paced.stop()
    lines.forEach(leave)
    setConnectionLost(false)
  }
}

/** Keeps the answers on screen current while `active`; mounted once, by the shell. */
export function useLiveChanges(active: boolean): void {
  const queries = useQueryClient()
  useEffect(() => (active ? listen(queries) : undefined), [active, queries])
}

/** Whether the line for live changes is down at the moment. */
export function useConnectionLost(): boolean {
  return useSyncExternalStore(follow, () => connectionLost)
}

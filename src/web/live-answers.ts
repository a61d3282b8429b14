import type { Query, QueryClient } from '@tanstack/react-query'
import { type FiguresMovedEvent, mostFiguresWatched } from '../platform/live/contract.ts'
import type { FigureAnswer } from '../platform/measures/contract.ts'
import { figureKey, figuresIn, withMoved } from './live-figures.ts'
import type { PacedRefresh } from './paced-refresh.ts'
import { figuresOf } from './read.ts'

// What stands beside figures (a ranking of units below) may follow from figures that are not on the page.
const besideFiguresMs = 15_000

function answersShown(queries: QueryClient): Query[] {
  return queries.getQueryCache().findAll({ type: 'active' })
}

function answersThatMove(queries: QueryClient): Query[] {
  return answersShown(queries).filter((query) => figuresOf(query) !== 'with_list')
}

/** The figures on the page that move by themselves, by key; as many as may be watched. */
export function figuresOnPage(
  queries: QueryClient,
  but: ReadonlySet<string>,
): ReadonlyMap<string, FigureAnswer> {
  const found = new Map<string, FigureAnswer>()
  for (const query of answersThatMove(queries))
    for (const figure of figuresIn(query.state.data)) found.set(figureKey(figure), figure)
  for (const key of but) found.delete(key)
  return new Map([...found].slice(0, mostFiguresWatched))
}

/** Puts figures that have moved into the answers on the page; `keys` are those of the list that the server was sent. */
export function moveFigures(
  queries: QueryClient,
  paced: PacedRefresh,
  keys: readonly string[],
  { readAt, figures }: FiguresMovedEvent,
): void {
  const moved = new Map(figures.map(({ at, figure }) => [keys[at] ?? '', figure]))
  for (const query of answersThatMove(queries)) {
    const before = query.state.data
    const gone = figuresIn(before).filter(
      (figure) => figure.numerator !== null && moved.get(figureKey(figure))?.numerator === null,
    )
    // Only the whole answer says in words why there is no figure any more: as a rule its unit has ended.
    if (gone.length > 0) paced.refreshSoon(query)
    const after = withMoved(before, without(moved, new Set(gone.map(figureKey))))
    if (after === before) continue
    const judged = figuresOf(query) === 'judged'
    // An answer that was asked for before the figure moved may still come, so it is asked for once more.
    if (judged || query.state.fetchStatus === 'fetching') paced.refreshSoon(query)
    queries.setQueryData(query.queryKey, judged ? after : withReadAt(after, readAt), {
      updatedAt: query.state.dataUpdatedAt,
    })
  }
}

function without<T>(all: ReadonlyMap<string, T>, keys: ReadonlySet<string>): ReadonlyMap<string, T> {
  return keys.size === 0 ? all : new Map([...all].filter(([key]) => !keys.has(key)))
}

/** An answer whose figures have moved is true for a later instant. */
function withReadAt(answer: unknown, readAt: string): unknown {
  if (typeof answer !== 'object' || answer === null || !('readAt' in answer)) return answer
  return { ...answer, readAt }
}

/** Reads again what shows figures that the reader may no longer see: the server says so in words. */
export function readAgainWith(queries: QueryClient, paced: PacedRefresh, keys: ReadonlySet<string>): void {
  for (const query of answersShown(queries))
    if (figuresIn(query.state.data).some((figure) => keys.has(figureKey(figure)))) paced.refreshSoon(query)
}

/** Reads again what topics are about, but for answers in which only figures can move that are `watched`. */
export function readAgainAbout(
  queries: QueryClient,
  paced: PacedRefresh,
  topics: ReadonlySet<string>,
  watched: ReadonlySet<string>,
): void {
  // Another day has begun: whatever was asked for today is asked for again.
  const dayPassed = topics.has('calendar')
  const isConcerned = (query: Query) => dayPassed || isAbout(query, topics)
  void queries.invalidateQueries({ predicate: isConcerned, type: 'inactive', refetchType: 'none' })
  const rows = new Set([...topics].filter((topic) => topic !== 'measures'))
  for (const query of answersShown(queries)) {
    if (dayPassed || isAbout(query, rows)) paced.refreshSoon(query)
    else if (isConcerned(query) && !movesByItself(query, watched))
      paced.refreshSoon(query, figuresOf(query) === 'judged' ? besideFiguresMs : undefined)
  }
}

function movesByItself(query: Query, watched: ReadonlySet<string>): boolean {
  if (figuresOf(query) !== 'live') return false
  const figures = figuresIn(query.state.data)
  return figures.length > 0 && figures.every((figure) => watched.has(figureKey(figure)))
}

function isAbout(query: Query, topics: ReadonlySet<string>): boolean {
  const first = query.queryKey[0]
  const own = Array.isArray(first) ? first : [first]
  return own.some((topic) => typeof topic === 'string' && topics.has(topic))
}

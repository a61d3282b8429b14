import type { Query, QueryClient } from '@tanstack/react-query'

const typingMs = 1_500
const shortestPaceMs = 3_000
// However busy the server, no page keeps it busy for more than a twentieth of the time.
const restPerMs = 20
// Pages that hear of the same change do not all ask at the same moment.
const leastWaitMs = 100
const mostWaitMs = 600

let typedAtMs = Number.NEGATIVE_INFINITY

/** Reads answers again at a pace that neither server nor reader suffers from. */
export interface PacedRefresh {
  /** Reads an answer again soon: the first time at once, then not more often than every `paceMs`. */
  refreshSoon: (query: Query, paceMs?: number) => void
  stop: () => void
}

/** Nothing is read again while the page is out of sight, nor while somebody types on it. */
export function pacedRefresh(queries: QueryClient): PacedRefresh {
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; dueAtMs: number }>()
  const done = new Map<string, { atMs: number; tookMs: number }>()
  const onInput = () => {
    typedAtMs = performance.now()
  }
  document.addEventListener('input', onInput, { capture: true, passive: true })

  const wait = (query: Query, ms: number) => {
    clearTimeout(waiting.get(query.queryHash)?.timer)
    const timer = setTimeout(() => void refresh(query), ms)
    waiting.set(query.queryHash, { timer, dueAtMs: performance.now() + ms })
  }
  const refresh = async (query: Query) => {
    if (document.visibilityState === 'hidden') return wait(query, 1_000)
    const stillTyping = typedAtMs + typingMs - performance.now()
    if (stillTyping > 0) return wait(query, stillTyping)
    waiting.delete(query.queryHash)
    if (!query.isActive()) return
    const began = performance.now()
    await queries.refetchQueries({ queryKey: query.queryKey, exact: true, type: 'active' })
    done.set(query.queryHash, { atMs: performance.now(), tookMs: performance.now() - began })
  }
  return {
    refreshSoon: (query, paceMs = shortestPaceMs) => {
      if (!query.isActive()) return
      const last = done.get(query.queryHash)
      const soon = leastWaitMs + Math.random() * (mostWaitMs - leastWaitMs)
      const rest = last
        ? last.atMs + Math.max(paceMs, last.tookMs * restPerMs) * (1 + Math.random() / 4) - performance.now()
        : 0
      const ms = Math.max(soon, rest)
      const before = waiting.get(query.queryHash)
      if (before === undefined || before.dueAtMs > performance.now() + ms) wait(query, ms)
    },
    stop: () => {
      for (const { timer } of waiting.values()) clearTimeout(timer)
      document.removeEventListener('input', onInput, { capture: true })
    },
  }
}

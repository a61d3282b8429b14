import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { meKey } from './me.ts'

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

function isAbout(query: Query, topics: ReadonlySet<string>): boolean {
  const first = query.queryKey[0]
  const own = Array.isArray(first) ? first : [first]
  return own.some((topic) => typeof topic === 'string' && topics.has(topic))
}

function changedTopics(data: unknown): string[] {
  try {
    const { topics } = JSON.parse(String(data)) as { topics?: unknown }
    return Array.isArray(topics) ? topics.filter((topic) => typeof topic === 'string') : []
  } catch {
    return []
  }
}

function listen(queries: QueryClient): () => void {
  let source: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let opened = false
  let quiet: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source = new EventSource('/api/changes')
    source.onopen = () => {
      clearTimeout(quiet)
      // What changed while the line was down was never heard, so everything shown is read again.
      if (opened && connectionLost) void queries.invalidateQueries()
      opened = true
      setConnectionLost(false)
    }
    source.onmessage = (event) => {
      const topics = new Set(changedTopics(event.data))
      if (topics.size > 0) void queries.invalidateQueries({ predicate: (query) => isAbout(query, topics) })
    }
    source.onerror = () => {
      clearTimeout(quiet)
      quiet = setTimeout(() => setConnectionLost(true), opened ? 1500 : 4000)
      // A browser gives up for good after an answer that is not an event stream: the server restarts, or the session
      // is over. Then we reopen it ourselves, and ask who is signed in.
      if (source?.readyState !== EventSource.CLOSED) return
      again = setTimeout(open, 5000)
      void queries.invalidateQueries({ queryKey: meKey })
    }
  }
  open()
  return () => {
    clearTimeout(again)
    clearTimeout(quiet)
    source?.close()
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

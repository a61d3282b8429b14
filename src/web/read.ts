import { QueryCache, QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ZodType } from 'zod'
import { api, type Query, Refusal } from './api.ts'
import { meKey } from './me.ts'
import { staysWithoutSession } from './session-ended.ts'

/** Answers count as fresh for half a minute; live changes make them stale earlier. */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (trouble, query) => {
        // The session ended: show the page to sign in, but never take away a page on which something may be typed.
        const ended = trouble instanceof Refusal && trouble.status === 401
        if (!ended || staysWithoutSession()) return
        if (query.state.data === undefined) client.setQueryData(meKey, null)
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // Without a network the question is asked all the same, so that the page says so instead of waiting mutely.
        networkMode: 'always',
        refetchOnReconnect: true,
        retry: (failures, trouble) => !(trouble instanceof Refusal) && failures < 2,
        refetchOnWindowFocus: true,
      },
    },
  })
  return client
}

export interface ReadOptions {
  query?: Query
  /** false waits, for instance until something was chosen. */
  when?: boolean
  /** Keeps the last answer on screen while the next page or filter loads. */
  keepLast?: boolean
}

/**
 * Reads a path and keeps it current: when the server says one of `topics` changed, the answer is read again.
 * Show it with `<Loaded read={…}>`.
 */
export function useRead<T>(
  topics: string | readonly string[],
  path: string,
  schema: ZodType<T>,
  { query = {}, when = true, keepLast = false }: ReadOptions = {},
): UseQueryResult<T> {
  return useQuery<T>({
    queryKey: [topics, path, query],
    queryFn: ({ signal }) => api.get(path, schema, query, signal),
    enabled: when,
    placeholderData: (last) => (keepLast ? last : undefined),
  })
}

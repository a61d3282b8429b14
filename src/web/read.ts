import {
  type Query as CachedQuery,
  QueryCache,
  QueryClient,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query'
import type { ZodType } from 'zod'
import { api, type Query, Refusal } from './api.ts'
import { meKey } from './me.ts'
import { staysWithoutSession } from './session-ended.ts'

/** Whether a refusal says that the unit asked for is not on the map asked for. */
export function saysUnitHasGone(trouble: unknown): trouble is Refusal {
  return trouble instanceof Refusal && trouble.code === 'measures.not_on_map'
}

/** Answers count as fresh for half a minute; live changes make them stale earlier. */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (trouble, query) => {
        // The figures of a unit that has ended meanwhile are no longer its figures: the refusal stands in their place.
        if (saysUnitHasGone(trouble)) query.setState({ data: undefined })
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
  /** How the answer follows its figures; `live` unless told. */
  figures?: FiguresOfRead
}

/**
 * How an answer follows the figures in it. `live`: they move on the page, and nothing else in it depends on them.
 * `judged`: they move on the page, and what was said about them is read again soon after. `with_list`: figure and rows are
 * of one snapshot, so only the whole answer is read again.
 */
export type FiguresOfRead = 'live' | 'judged' | 'with_list'

/** What `useRead` was told of the figures in an answer. */
export function figuresOf(query: CachedQuery): FiguresOfRead {
  const figures = query.meta?.figures
  return figures === 'judged' || figures === 'with_list' ? figures : 'live'
}

/**
 * Reads a path and keeps it current: when the server says one of `topics` changed, the answer is read again; figures in
 * it move by themselves.
 * Show it with `<Loaded read={…}>`.
 */
export function useRead<T>(
  topics: string | readonly string[],
  path: string,
  schema: ZodType<T>,
  { query = {}, when = true, keepLast = false, figures = 'live' }: ReadOptions = {},
): UseQueryResult<T> {
  return useQuery<T>({
    queryKey: [topics, path, query],
    queryFn: ({ signal }) => api.get(path, schema, query, signal),
    enabled: when,
    meta: { figures },
    placeholderData: (last) => (keepLast ? last : undefined),
  })
}

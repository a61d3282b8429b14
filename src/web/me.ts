import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { z } from 'zod'
import { api, Refusal } from './api.ts'
import { forgetSessionEnded, rememberSignedIn, staysWithoutSession } from './session-ended.ts'

const Me = z.object({
  account: z.object({ id: z.string(), loginName: z.string(), displayName: z.string() }),
  may: z.array(z.object({ capability: z.string(), unitId: z.string(), unitName: z.string() })),
  today: z.string(),
  demo: z.object({ isDemo: z.boolean(), workingOn: z.string().nullable() }),
})
export type Me = z.infer<typeof Me>

export interface MeAnswer {
  state: 'loading' | 'signed_out' | 'signed_in' | 'unreachable'
  /** null unless signed in. */
  me: Me | null
  /**
   * Whether the person holds the capability anywhere or, with unit ids given, in one of them. A grant covers
   * the whole subtree of its unit, so pass the unit together with the units above it. For showing and hiding
   * only: the server decides.
   */
  may: (capability: string, unitIds?: string | readonly string[]) => boolean
  /** Asks the server again; call after signing in or out. */
  refresh: () => Promise<void>
}

/** Read again when a grant changes: 'access' is its topic. */
export const meKey = ['access', 'me'] as const

async function readMe(before: Me | null | undefined): Promise<Me | null> {
  try {
    const me = await api.get('/api/session/me', Me)
    forgetSessionEnded()
    rememberSignedIn(true)
    return me
  } catch (trouble) {
    if (trouble instanceof Refusal && trouble.status === 401) {
      return before && staysWithoutSession() ? before : null
    }
    throw trouble
  }
}

/** Who is signed in, and what they may do where. */
export function useMe(): MeAnswer {
  const queries = useQueryClient()
  const { data, isPending, isError } = useQuery({
    queryKey: meKey,
    queryFn: () => readMe(queries.getQueryData<Me | null>(meKey)),
    staleTime: 60_000,
  })
  const me = data ?? null
  const may = useCallback<MeAnswer['may']>(
    (capability, unitIds) => {
      const wanted = typeof unitIds === 'string' ? [unitIds] : unitIds
      return (
        me?.may.some(
          (grant) =>
            grant.capability === capability && (wanted === undefined || wanted.includes(grant.unitId)),
        ) ?? false
      )
    },
    [me],
  )
  const refresh = useCallback(() => queries.resetQueries(), [queries])
  return useMemo(() => {
    const without = isPending ? 'loading' : isError ? 'unreachable' : 'signed_out'
    return { state: me === null ? without : 'signed_in', me, may, refresh }
  }, [isPending, isError, me, may, refresh])
}

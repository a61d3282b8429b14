import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '../../../web/api.ts'
import { notify } from '../../../web/ui/notices.tsx'
import { Done } from '../contract.ts'

type Method = 'POST' | 'PATCH' | 'DELETE'

/** Does one thing to a team and shows it at once: sends, reads the page again, says what was done. */
export function useDeed() {
  const queries = useQueryClient()
  const refresh = useCallback(
    () =>
      queries.invalidateQueries({
        predicate: ({ queryKey: [topic] }) => topic === 'measures' || [topic].flat().includes('teams'),
      }),
    [queries],
  )
  const send = useCallback(
    async (method: Method, path: string, body?: object) => {
      const done = await api.send(method, `/api/teams/${path}`, Done, body)
      void refresh()
      return done
    },
    [refresh],
  )
  const undoable = useCallback(
    (text: string, path: string, undone: string) =>
      notify({
        text,
        undo: async () => {
          await send('POST', path)
          notify({ text: undone })
        },
      }),
    [send],
  )
  return { send, refresh, undoable }
}

import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useMe } from './me.ts'

const place = 'ban-lang-so.unit'
const watchers = new Set<() => void>()
let chosen: string | null | undefined

function kept(): string | null {
  if (chosen === undefined) {
    try {
      chosen = localStorage.getItem(place)
    } catch {
      chosen = null
    }
  }
  return chosen
}

function follow(tell: () => void): () => void {
  watchers.add(tell)
  return () => watchers.delete(tell)
}

export interface OwnUnit {
  id: string
  name: string
}

export interface CurrentUnit {
  /** The unit the person works for now; null when nothing is granted. */
  unit: OwnUnit | null
  /** Every unit something is granted in. */
  units: readonly OwnUnit[]
  choose: (unitId: string) => void
}

/** Which of their units a person is working for; kept on this machine. */
export function useCurrentUnit(): CurrentUnit {
  const { me } = useMe()
  const wanted = useSyncExternalStore(follow, kept)
  const units = useMemo(() => {
    const byId = new Map(me?.may.map(({ unitId, unitName }) => [unitId, { id: unitId, name: unitName }]))
    return [...byId.values()]
  }, [me])
  const choose = useCallback((unitId: string) => {
    chosen = unitId
    try {
      localStorage.setItem(place, unitId)
    } catch {
      // Chosen for as long as the page is open.
    }
    for (const tell of watchers) tell()
  }, [])
  return { unit: units.find(({ id }) => id === wanted) ?? units[0] ?? null, units, choose }
}

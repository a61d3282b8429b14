import { useCallback } from 'react'
import { useSearchParams } from 'react-router'
import { parseDay } from '../../../web/day-entry.ts'
import { type StatusName, statuses } from '../contract.ts'

/** Which unit, day and status a page shows: kept in the address, so that a view can be sent to somebody. */
export interface ViewAddress {
  unitId: string | null
  asOf: string | null
  /** The day in the address where it cannot be read. */
  unreadDay: string | null
  status: StatusName | null
  /** The day of another map that a target is judged on. */
  map: string | null
  /** Null takes a part out of the address again. */
  show: (changes: { unitId?: string | null; asOf?: string | null; status?: StatusName | null }) => void
}

export function useViewAddress(): ViewAddress {
  const [search, setSearch] = useSearchParams()
  const wanted = search.get('asOf')?.trim() || null
  const asOf = wanted === null ? null : parseDay(wanted)
  const show = useCallback<ViewAddress['show']>(
    (changes) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before)
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === undefined) after.delete(name)
            else after.set(name, value)
          }
          return after
        },
        { replace: true, preventScrollReset: true, state: { keepFocus: true } },
      ),
    [setSearch],
  )
  return {
    unitId: search.get('unitId'),
    asOf,
    unreadDay: asOf === null ? wanted : null,
    map: parseDay(search.get('map') ?? ''),
    status: statuses.find((status) => status === search.get('status')) ?? null,
    show,
  }
}

/** The address of the overview of a unit on the day that is looked at. */
export function overviewHref(unitId: string, asOf: string | null): string {
  const query = new URLSearchParams({ unitId, ...(asOf === null ? {} : { asOf }) })
  return `/?${query}`
}

/** The address of a target on the day that is looked at. */
export function targetHref(targetId: string, asOf: string | null): string {
  return `/targets/${targetId}${asOf === null ? '' : `?asOf=${asOf}`}`
}

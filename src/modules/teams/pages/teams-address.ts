import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { TableView } from '../../../web/ui/data-table.tsx'

export const pageSize = 50

/** The filter as it stands in the address of the page, so that a link keeps it. */
export interface TeamsFilter {
  unitId?: string
  unitName?: string
  kind?: string
  level?: string
  state?: string
  zalo?: string
  search?: string
  sort?: string
  descending?: string
}

const names = ['unitId', 'kind', 'level', 'state', 'zalo', 'search', 'sort', 'descending'] as const
const sortable: Record<string, string> = { name: 'name', members: 'members', formed: 'formed' }

/** Filter, order and page of the list, kept in the address. */
export function useTeamsAddress() {
  const [params, setParams] = useSearchParams()
  const filter = useMemo(() => {
    const found: TeamsFilter = {}
    for (const name of names) {
      const value = params.get(name)
      if (value !== null && value !== '') found[name] = value
    }
    return found
  }, [params])
  const page = Math.max(1, Math.trunc(Number(params.get('page') ?? '1')) || 1)
  const write = useCallback(
    (next: TeamsFilter, nextPage: number) => {
      const kept = new URLSearchParams()
      for (const name of names) {
        const value = next[name]
        if (value !== undefined && value !== '') kept.set(name, value)
      }
      if (nextPage > 1) kept.set('page', String(nextPage))
      setParams(kept, { replace: true })
    },
    [setParams],
  )
  const sorting =
    filter.sort === undefined ? null : { column: filter.sort, descending: filter.descending === 'true' }
  const tableView: TableView = { page, filter: filter.search ?? '', sorting }
  const setTableView = (view: TableView) => {
    const column = view.sorting === null ? undefined : sortable[view.sorting.column]
    const { sort: _sort, descending: _descending, search: _search, ...rest } = filter
    write(
      {
        ...rest,
        ...(view.filter !== '' && { search: view.filter }),
        ...(column !== undefined && { sort: column, descending: String(view.sorting?.descending === true) }),
      },
      view.page,
    )
  }
  return {
    filter,
    setFilter: (next: TeamsFilter) => write(next, 1),
    tableView,
    setTableView,
    isFiltered: names.some((name) => name !== 'sort' && name !== 'descending' && filter[name] !== undefined),
  }
}

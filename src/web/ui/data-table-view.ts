import { type ReactNode, useMemo, useState } from 'react'
import { comparePeople, compareText, foldText } from '../name-order.ts'

export type CellValue = string | number | bigint | boolean | null | undefined

export interface Column<Row> {
  id: string
  title: string
  /** 'number' and 'day' are set right or in tabular digits; 'person' sorts by given name. 'text' is the default. */
  kind?: 'text' | 'number' | 'day' | 'person'
  /** What sorting and filtering see; a column without it can be neither sorted nor filtered. Days as 'YYYY-MM-DD'. */
  value?: (row: Row) => CellValue
  /** What is shown; the value as text when not given. */
  cell?: (row: Row) => ReactNode
  /** The column that names the row; heads the block on a phone. The first one when none is marked. */
  naming?: boolean
  /** Left out on a phone. */
  deskOnly?: boolean
  width?: string
}

export interface Sorting {
  column: string
  descending: boolean
}

export interface TableView {
  /** From 1. */
  page: number
  filter: string
  sorting: Sorting | null
}

function compareValues(a: CellValue, b: CellValue, person: boolean): number {
  if (typeof a === 'string' && typeof b === 'string') return person ? comparePeople(a, b) : compareText(a, b)
  if (a === b) return 0
  return (a as number) < (b as number) ? -1 : 1
}

/** Rows without a value stay at the end, whichever way the table is turned. */
function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting): Row[] {
  const column = columns.find(({ id }) => id === sorting.column)
  const value = column?.value
  if (value === undefined) return [...rows]
  const turn = sorting.descending ? -1 : 1
  return rows.toSorted((one, other) => {
    const a = value(one)
    const b = value(other)
    const missing = Number(a === null || a === undefined) - Number(b === null || b === undefined)
    if (missing !== 0 || a === null || a === undefined) return missing
    return turn * compareValues(a, b, column?.kind === 'person')
  })
}

function filtered<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  filter: string,
): readonly Row[] {
  const words = foldText(filter).split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter((row) => {
    const text = foldText(columns.map((column) => String(column.value?.(row) ?? '')).join(' '))
    return words.every((word) => text.includes(word))
  })
}

/** The rows that match the filter, in the order chosen. */
export function arrangeRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  filter: string,
  sorting: Sorting | null,
): readonly Row[] {
  const kept = filtered(rows, columns, filter)
  return sorting === null ? kept : sorted(kept, columns, sorting)
}

/** The server's own paging: the rows given are one page already, and every change of view is asked of it. */
export interface ServerView {
  total: number
  view: TableView
  onView: (view: TableView) => void
}

export const firstView: TableView = { page: 1, filter: '', sorting: null }

/** The rows to show, and the view they are shown in. */
export function useTableView<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  pageSize: number,
  sortedBy: Sorting | null,
  server: ServerView | undefined,
) {
  const [ownView, setOwnView] = useState<TableView>({ ...firstView, sorting: sortedBy })
  const view = server?.view ?? ownView
  const setView = server?.onView ?? setOwnView
  const found = useMemo(
    () => (server === undefined ? arrangeRows(rows, columns, view.filter, view.sorting) : rows),
    [rows, columns, server, view.filter, view.sorting],
  )
  const total = server?.total ?? found.length
  const pageCount = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(view.page, pageCount)
  const shown = server === undefined ? found.slice((page - 1) * pageSize, page * pageSize) : found
  return { view, setView, shown, total, page, pageCount, all: server?.total ?? rows.length }
}

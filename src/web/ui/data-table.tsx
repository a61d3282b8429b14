import { Skeleton } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { dayText, numberText } from '../formats.ts'
import { useWords } from '../words.ts'
import styles from './data-table.module.css'
import { TableFoot, TableToolbar } from './data-table-controls.tsx'
import { type Column, type ServerView, type Sorting, useTableView } from './data-table-view.ts'
import { EmptyState } from './empty-state.tsx'
import * as texts from './ui.texts.ts'

export type { Column, ServerView, Sorting, TableView } from './data-table-view.ts'
export { firstView } from './data-table-view.ts'

export interface DataTableProps<Row> {
  /** What the table lists; read out, and printed above it when `showCaption`. */
  caption: string
  showCaption?: boolean
  columns: readonly Column<Row>[]
  /** undefined while they load. */
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  /** Shown when there is no row at all: an `EmptyState` that teaches the first step. */
  empty?: ReactNode
  /** false hides the filter box; by default it shows from 8 rows on. */
  filter?: boolean
  sortedBy?: Sorting
  /** 50 when not given. */
  pageSize?: number
  server?: ServerView
  /** An address the browser downloads, or what to do. */
  onExport?: string | (() => void)
  /** Buttons at the end of each row. */
  actions?: (row: Row) => ReactNode
  /** Marks a row that needs attention. */
  rowTone?: (row: Row) => 'attention' | 'ended' | undefined
}

// Laid out as blocks on a phone, a table loses its meaning in some browsers unless the roles are written out.
const as = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  rowheader: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const

function shownCell<Row>(column: Column<Row>, row: Row): ReactNode {
  if (column.cell !== undefined) return column.cell(row)
  const value = column.value?.(row)
  if (value === null || value === undefined || value === '') return <span className={styles.blank}>–</span>
  if (column.kind === 'day') return <time dateTime={String(value)}>{dayText(String(value))}</time>
  if (column.kind === 'number' && typeof value !== 'boolean') return numberText(value)
  return String(value)
}

/** Rows and columns on the desk, labelled blocks on a phone; sorts, filters and pages. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, empty, sortedBy, pageSize = 50, server, actions } = props
  const w = useWords(texts)
  const captionId = useId()
  const table = useTableView(rows ?? [], columns, pageSize, sortedBy ?? null, server)
  const naming = columns.find((column) => column.naming)?.id ?? columns[0]?.id
  const loading = rows === undefined
  if (!loading && table.all === 0 && table.view.filter === '') {
    return empty ?? <EmptyState title={w.table.none} />
  }
  const sortBy = (column: string) => {
    const sorting = table.view.sorting
    const descending = sorting?.column === column && !sorting.descending
    table.setView({ ...table.view, page: 1, sorting: { column, descending } })
  }
  return (
    <div className={styles.root}>
      <TableToolbar
        columns={columns}
        table={table}
        loading={loading}
        filter={props.filter ?? (server !== undefined || table.all >= 8)}
        onExport={props.onExport}
      />
      <table className={styles.table} aria-labelledby={captionId} aria-busy={loading} {...as.table}>
        <caption id={captionId} className={props.showCaption ? styles.caption : 'only-heard'}>
          {caption}
        </caption>
        <thead {...as.rowgroup}>
          <tr {...as.row}>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sorting={table.view.sorting} onSort={sortBy} />
            ))}
            {actions !== undefined && (
              <th {...as.columnheader} scope="col" className={styles.actionsHead} data-not-printed>
                <span className="only-heard">{w.table.actions}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody {...as.rowgroup}>
          {loading && <WaitingRows columns={columns.length + (actions === undefined ? 0 : 1)} />}
          {table.shown.map((row) => (
            <tr key={rowKey(row)} {...as.row} data-tone={props.rowTone?.(row)}>
              {columns.map((column) => (
                <BodyCell key={column.id} column={column} naming={column.id === naming}>
                  {shownCell(column, row)}
                </BodyCell>
              ))}
              {actions !== undefined && (
                <td {...as.cell} className={styles.actions} data-not-printed>
                  {actions(row)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {!loading && table.shown.length === 0 && (
        <p className={styles.none} role="status">
          {w.table.noneFound(table.view.filter)}
        </p>
      )}
      <TableFoot table={table} loading={loading} caption={caption} />
    </div>
  )
}

function HeadCell<Row>(props: {
  column: Column<Row>
  sorting: Sorting | null
  onSort: (column: string) => void
}) {
  const { column, sorting, onSort } = props
  const mine = sorting?.column === column.id
  const direction = mine ? (sorting.descending ? 'descending' : 'ascending') : undefined
  return (
    <th
      {...as.columnheader}
      scope="col"
      data-kind={column.kind ?? 'text'}
      aria-sort={direction}
      style={column.width === undefined ? undefined : { width: column.width }}
    >
      {column.value === undefined ? (
        column.title
      ) : (
        <button type="button" className={styles.sort} onClick={() => onSort(column.id)}>
          <span>{column.title}</span>
          <span className={styles.arrow} aria-hidden="true" data-direction={direction} />
        </button>
      )}
    </th>
  )
}

function BodyCell<Row>(props: { column: Column<Row>; naming: boolean; children: ReactNode }) {
  const { column, naming, children } = props
  const shared = {
    'data-kind': column.kind ?? 'text',
    'data-label': column.title,
    'data-desk-only': column.deskOnly === true ? '' : undefined,
  }
  if (!naming) {
    return (
      <td {...shared} {...as.cell}>
        <div>{children}</div>
      </td>
    )
  }
  return (
    <th {...shared} scope="row" {...as.rowheader}>
      <div>{children}</div>
    </th>
  )
}

function WaitingRows({ columns }: { columns: number }) {
  return ['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
    <tr key={row} {...as.row}>
      {Array.from({ length: columns }, (_, column) => `${column}`).map((column) => (
        <td key={column} {...as.cell}>
          <Skeleton height="1rem" width="70%" />
        </td>
      ))}
    </tr>
  ))
}

import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { numberText } from '../formats.ts'
import { useWords } from '../words.ts'
import styles from './data-table.module.css'
import type { Column, useTableView } from './data-table-view.ts'
import * as texts from './ui.texts.ts'

type Table = ReturnType<typeof useTableView>

interface ToolbarProps<Row> {
  columns: readonly Column<Row>[]
  table: Table
  loading: boolean
  filter: boolean
  onExport: string | (() => void) | undefined
}

/** Above the table: filter, order (phone only, where there is no head to press) and download. */
export function TableToolbar<Row>({ columns, table, loading, filter, onExport }: ToolbarProps<Row>) {
  const w = useWords(texts)
  const { view, setView } = table
  const sortable = columns.filter((column) => column.value !== undefined)
  if (!filter && onExport === undefined && (table.all < 5 || sortable.length === 0)) return null
  const orders = sortable.flatMap((column) => [
    { value: `${column.id} up`, label: `${column.title}, ${w.table.ascending}` },
    { value: `${column.id} down`, label: `${column.title}, ${w.table.descending}` },
  ])
  return (
    <div className={styles.toolbar} data-phone-only={!filter && onExport === undefined} data-not-printed>
      {filter && (
        <TextInput
          className={styles.filter}
          type="search"
          label={w.table.filter}
          placeholder={w.table.filterHint}
          value={view.filter}
          disabled={loading}
          onChange={(event) => setView({ ...view, page: 1, filter: event.currentTarget.value })}
          rightSection={
            view.filter === '' ? null : (
              <CloseButton
                aria-label={w.table.clearFilter}
                onClick={() => setView({ ...view, page: 1, filter: '' })}
              />
            )
          }
        />
      )}
      {sortable.length > 0 && (
        <NativeSelect
          className={styles.order}
          label={w.table.sortBy}
          data={[{ value: '', label: '–' }, ...orders]}
          value={
            view.sorting === null ? '' : `${view.sorting.column} ${view.sorting.descending ? 'down' : 'up'}`
          }
          onChange={(event) => {
            const [column = '', direction] = event.currentTarget.value.split(' ')
            const sorting = column === '' ? null : { column, descending: direction === 'down' }
            setView({ ...view, page: 1, sorting })
          }}
        />
      )}
      {typeof onExport === 'string' && (
        <Button component="a" href={onExport} download variant="default" className={styles.export}>
          {w.table.export}
        </Button>
      )}
      {typeof onExport === 'function' && (
        <Button variant="default" onClick={onExport} className={styles.export}>
          {w.table.export}
        </Button>
      )}
    </div>
  )
}

/** Below the table: how many rows, and the way through the pages. */
export function TableFoot({ table, loading, caption }: { table: Table; loading: boolean; caption: string }) {
  const w = useWords(texts)
  if (loading) return null
  const { view, setView, page, pageCount, total, all } = table
  const go = (to: number) => setView({ ...view, page: to })
  return (
    <div className={styles.foot}>
      <p role="status" className={styles.count}>
        {total === all ? w.table.rows(numberText(total)) : w.table.rowsOf(numberText(total), numberText(all))}
      </p>
      {pageCount > 1 && (
        <nav className={styles.pages} aria-label={`${w.table.pages}: ${caption}`} data-not-printed>
          <Button variant="default" disabled={page <= 1} onClick={() => go(page - 1)}>
            {w.table.previous}
          </Button>
          <span>{w.table.page(numberText(page), numberText(pageCount))}</span>
          <Button variant="default" disabled={page >= pageCount} onClick={() => go(page + 1)}>
            {w.table.next}
          </Button>
        </nav>
      )}
    </div>
  )
}

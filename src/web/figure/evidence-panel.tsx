import { SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { Link } from 'react-router'
import { EvidenceAnswer, type EvidencePage } from '../../platform/measures/contract.ts'
import { pathWithQuery } from '../api.ts'
import { dayText, instantText, numberText } from '../formats.ts'
import { useRead } from '../read.ts'
import { type Column, DataTable, firstView, type TableView } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { type Language, useLanguage } from '../words.ts'
import styles from './evidence-panel.module.css'
import * as texts from './figure.texts.ts'
import { measureHref } from './figure-text.ts'

export interface EvidencePanelProps {
  /** Name of the measure. */
  measure: string
  unitId: string
  asOf: string
  from: string | null
  /** The map that places the records, where it is not that of their time. */
  map?: string | undefined
  /** A part of the list only: see the contract. */
  among?: string | undefined
  /** false where the panel stands on the page of the measure itself. */
  linksToPage?: boolean
}

const rowsAtOnce = 25

/** The very rows behind a figure: their number, the rows with filter and download, and how many are hidden. */
export function EvidencePanel(props: EvidencePanelProps) {
  const { measure, unitId, asOf, from, map, among, linksToPage = true } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const [section, setSection] = useState<string | undefined>(undefined)
  const [view, setView] = useState<TableView>(firstView)
  const [search] = useDebouncedValue(view.filter.trim(), 200)
  const path = `/api/measures/${encodeURIComponent(measure)}/evidence`
  const asked = { unitId, asOf, from, map, among, section, search }
  const read = useRead('measures', path, EvidenceAnswer, {
    query: { ...asked, offset: (view.page - 1) * rowsAtOnce, limit: rowsAtOnce },
    keepLast: true,
    figures: 'with_list',
  })
  return (
    <Loaded read={read}>
      {(page) => (
        <section className={styles.root} aria-busy={read.isFetching}>
          {page.measure.sections.length > 1 && among === undefined && (
            <SegmentedControl
              className={styles.sections}
              fullWidth
              orientation={page.measure.sections.length > 3 ? 'vertical' : 'horizontal'}
              aria-label={w.sections}
              data={page.measure.sections.map(({ key, title }) => ({ value: key, label: title[language] }))}
              value={page.section}
              onChange={(key) => {
                setSection(key)
                setView(firstView)
              }}
            />
          )}
          <NumberOfList
            page={page}
            language={language}
            searching={search !== ''}
            ofRows={among !== undefined}
          />
          <DataTable
            caption={(linksToPage ? w.list : w.ownList)(page.measure.title[language])}
            columns={columnsOf(page, language)}
            rows={page.rows}
            rowKey={(row) => row.id}
            pageSize={rowsAtOnce}
            server={{ total: page.matching, view, onView: setView }}
            onExport={pathWithQuery(`${path}.xlsx`, { ...asked, section: page.section })}
            empty={<EmptyState title={w.none}>{w.noneHint}</EmptyState>}
          />
          <p className={styles.foot}>
            {w.readAt(instantText(page.readAt))}
            {map !== undefined && ` · ${w.onMap(dayText(page.mapDay))}`}
          </p>
          {linksToPage && (
            <p className={styles.foot} data-not-printed>
              <Link to={measureHref({ measure, unitId, asOf, from, ...(map !== undefined && { map }) })}>
                {w.page}
              </Link>
            </p>
          )}
        </section>
      )}
    </Loaded>
  )
}

function NumberOfList(props: {
  page: EvidencePage
  language: Language
  searching: boolean
  /** A part of the list, which is of rows also where the whole is of units. */
  ofRows: boolean
}) {
  const { page, language, searching, ofRows } = props
  const w = useLanguage().words(texts)
  const ofUnits = page.measure.kind === 'coverage' && !ofRows
  const section = page.measure.sections.find(({ key }) => key === page.section)
  const noun =
    ofRows && page.measure.rowNoun !== undefined
      ? page.measure.rowNoun[language]
      : page.measure.sections.length > 1
        ? (section?.title[language] ?? '')
        : page.measure.noun[language]
  const rows = page.matching + page.hidden
  const { recounted } = page
  const addsUp =
    !searching && !ofUnits && recounted === null && page.number !== null && page.number !== String(rows)
  return (
    <>
      <p className={styles.number}>
        {page.number === null ? (
          <span>{w.notCaptured}</span>
        ) : (
          <>
            <b>{numberText(page.number)}</b> <span>{noun}</span>
          </>
        )}
        {addsUp && <span className={styles.soft}> · {w.rowsBehind(numberText(rows))}</span>}
      </p>
      {recounted !== null && (
        <p className={styles.differs} role="status">
          <b>
            {w.notAgreed(
              page.number === null ? w.notCaptured : numberText(page.number),
              numberText(recounted.number),
              numberText(String(recounted.rows)),
            )}
          </b>{' '}
          {w.notAgreedHint}
        </p>
      )}
      {page.hidden > 0 && (
        <p className={styles.hidden}>
          {w.hidden(numberText(page.hidden))} {recounted === null && w.hiddenCounted}
        </p>
      )}
    </>
  )
}

type Row = EvidencePage['rows'][number]

/** The first text column names the row and opens its page. */
function columnsOf(page: EvidencePage, language: Language): Column<Row>[] {
  const naming = page.columns.find(({ kind }) => kind === 'text') ?? page.columns[0]
  return page.columns.map((column) => ({
    id: column.key,
    title: column.title[language],
    kind: column.kind === 'number' ? 'number' : column.kind === 'day' ? 'day' : 'text',
    naming: column === naming,
    cell: (row) => <Cell row={row} column={column} link={column === naming} language={language} />,
  }))
}

function Cell(props: {
  row: Row
  column: EvidencePage['columns'][number]
  link: boolean
  language: Language
}) {
  const { row, column, link, language } = props
  const value = row.cells[column.key] ?? null
  if (value === null || value === '') return '–'
  const text = typeof value === 'object' ? value[language] : value
  if (column.kind === 'day') return <time dateTime={text}>{dayText(text)}</time>
  if (column.kind === 'number') return numberText(text)
  if (column.kind === 'phone') return <a href={`tel:${text}`}>{text}</a>
  return link && row.href !== null ? <Link to={row.href}>{text}</Link> : text
}

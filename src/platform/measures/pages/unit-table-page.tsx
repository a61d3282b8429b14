import { MultiSelect } from '@mantine/core'
import { pathWithQuery } from '../../../web/api.ts'
import { useCurrentUnit } from '../../../web/current-unit.ts'
import { mapDayAsked, queryOf, useFigureQuestion } from '../../../web/figure/figure-query.ts'
import { figureLength } from '../../../web/figure/figure-text.ts'
import { MapControl } from '../../../web/figure/map-control.tsx'
import { useMeasureList } from '../../../web/figure/measure-list.ts'
import { PeriodControl } from '../../../web/figure/period-control.tsx'
import questionStyles from '../../../web/figure/question.module.css'
import { dayText, instantText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useLanguage, useWords } from '../../../web/words.ts'
import { aheadText } from '../ahead.contract.ts'
import { type Below, BelowAnswer } from '../below.contract.ts'
import type { FigureAnswer, MeasureAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { ApartHints } from './apart-rows.tsx'
import { BelowCell, type BelowRow, rowsOf } from './below-rows.tsx'
import styles from './measures.module.css'

const mostMeasures = 60
/** More columns than these do not fit a desk, and the table scrolls in its own frame. */
const columnsThatFit = 6
const shownAtFirst = 4

/** Every unit below one by the measures that are chosen, to compare, sort and take away. */
export function Page() {
  const w = useWords(texts)
  const list = useMeasureList()
  return (
    <Loaded whole read={list}>
      {({ measures }) => <UnitTable measures={measures} title={w.unitTable} />}
    </Loaded>
  )
}

function UnitTable({ measures, title }: { measures: readonly MeasureAnswer[]; title: string }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { unit } = useCurrentUnit()
  const { question, today, params, change } = useFigureQuestion()
  const unitId = params.get('unitId') ?? unit?.id ?? null
  const known = new Map(measures.map((measure) => [measure.name, measure]))
  const named = (params.get('measures') ?? '').split(',').filter((name) => name !== '')
  const wanted = named.filter((name) => known.has(name))
  const unknown = named.filter((name) => !known.has(name))
  const chosen = wanted.length > 0 ? wanted : measures.slice(0, shownAtFirst).map(({ name }) => name)
  const query = { unitId, ...queryOf(question, true), measures: chosen.join(',') }
  const read = useRead('measures', '/api/measures/below', BelowAnswer, {
    query,
    when: unitId !== null && chosen.length > 0 && today !== '',
    keepLast: true,
  })
  if (unitId === null || measures.length === 0) {
    return (
      <>
        <PageHeader title={title} />
        <EmptyState title={w.noUnit}>{w.noUnitHint}</EmptyState>
      </>
    )
  }
  const page = read.data
  const overPeriod = chosen.some((name) => known.get(name)?.overPeriod)
  return (
    <>
      <PageHeader
        title={title}
        above={[{ label: w.title, href: '/measures' }]}
        lead={w.unitTableLead}
        facts={page && factsOf(page, w)}
      />
      <div data-not-printed>
        <MultiSelect
          label={w.chooseMeasures}
          error={unknown.length > 0 && w.unknown(unknown.join(', '))}
          classNames={{ pill: styles.pill ?? '' }}
          data={measures.map(({ name, title: words }) => ({ value: name, label: words[language] }))}
          value={chosen}
          maxValues={mostMeasures}
          searchable
          hidePickedOptions
          onChange={(names) => change({ measures: names.length === 0 ? null : names.join(',') })}
        />
        <fieldset className={styles.question}>
          <legend className="only-heard">{w.question}</legend>
          <div className={questionStyles.root}>
            <PeriodControl question={question} today={today} overPeriod={overPeriod} onChange={change} />
            <MapControl question={question} today={today} onChange={change} />
            <div className={questionStyles.narrow}>
              <UnitPicker
                label={w.otherUnit}
                value={null}
                query={{ may: 'measures.view', asOf: page?.mapDay ?? mapDayAsked(question, today) }}
                onChange={(picked) => picked !== null && change({ unitId: picked.id })}
              />
            </div>
          </div>
        </fieldset>
      </div>
      <Loaded read={read}>
        {(below) => (
          <>
            <Ahead below={below} known={known} />
            <TableOf
              below={below}
              known={known}
              onExport={pathWithQuery('/api/measures/below.xlsx', query)}
            />
            <ApartHints
              parts={below.apart.map(({ part }) => part)}
              kinds={below.columns.flatMap(({ measure }) => known.get(measure)?.kind ?? [])}
            />
          </>
        )}
      </Loaded>
    </>
  )
}

function factsOf(page: Below, w: typeof texts.vi): string {
  const onMap = page.map === 'then' ? '' : ` · ${w.onMap(dayText(page.mapDay))}`
  return `${page.unit.name} · ${w.asAt(dayText(page.asOf))}${onMap} · ${w.trueAt(instantText(page.readAt))}`
}

/** Says of figures that reach ahead of today how far they are counted. */
function Ahead({ below, known }: { below: Below; known: ReadonlyMap<string, MeasureAnswer> }) {
  const w = useWords(texts)
  const { asOf, today } = below
  const sentences = below.columns.map(({ measure, from }) =>
    aheadText({ asOf, from, today, overPeriod: known.get(measure)?.overPeriod === true }, w.ahead, dayText),
  )
  return [...new Set(sentences)].map(
    (sentence) =>
      sentence !== null && (
        <p key={sentence} className={styles.soft}>
          {sentence}
        </p>
      ),
  )
}

interface TableOfProps {
  below: Below
  known: ReadonlyMap<string, MeasureAnswer>
  onExport: string
}

function TableOf({ below, known, onExport }: TableOfProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const rows = rowsOf(below, w)
  const columns: Column<BelowRow>[] = [
    { id: 'unit', title: w.unit, naming: true, value: ({ name }) => name, width: '16rem' },
    ...below.columns.map(
      (column, at): Column<BelowRow> => ({
        id: column.measure,
        title: known.get(column.measure)?.title[language] ?? column.measure,
        kind: 'number',
        value: ({ figures }) => figureLength(figures[at] as FigureAnswer),
        cell: (row) => (
          <BelowCell row={row} at={at} measure={known.get(column.measure)} unit={below.unit.name} />
        ),
      }),
    ),
  ]
  const table = (
    <DataTable
      caption={w.unitTableOf(below.unit.name)}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      pageSize={100}
      onExport={onExport}
      empty={<EmptyState title={w.noUnitsBelow} />}
    />
  )
  if (below.columns.length <= columnsThatFit) return table
  return (
    // Whoever uses a keyboard must reach it to scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus.
    <section className={styles.frame} aria-label={w.unitTableOf(below.unit.name)} tabIndex={0}>
      {table}
    </section>
  )
}

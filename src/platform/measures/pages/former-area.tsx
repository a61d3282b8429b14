import { Fragment, type ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { type FigureQuestion, mapDayAsked, queryOf } from '../../../web/figure/figure-query.ts'
import { figureLength } from '../../../web/figure/figure-text.ts'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { dayText, numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { EndedUnit } from '../../../web/ui/ended-unit.tsx'
import { Loaded, Loading } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useLanguage } from '../../../web/words.ts'
import { type FormerAreaAnswer, FormerAreaFound } from '../../units/contract.ts'
import { type Below, BelowAnswer } from '../below.contract.ts'
import type { FigureAnswer, MeasureAnswer } from '../contract.ts'
import * as formerTexts from '../former-area.texts.ts'
import * as texts from '../texts.ts'
import { ApartHints } from './apart-rows.tsx'
import { BelowCell, rowsOf } from './below-rows.tsx'
import styles from './measures.module.css'

interface FormerAreaProps {
  unitId: string
  /** Of the measure or of a group of it. */
  name: string
  measure: MeasureAnswer
  question: FigureQuestion
  today: string
  /** The refusal, where there is no such area. */
  refusal: ReactNode
  /** Where another period, map or unit is chosen. */
  choose: ReactNode
}

/**
 * In the place of a figure that a unit has no more on a later map: the total over its area as it last stood, by the units
 * of that time, with where each stands now and what cannot be told apart there.
 */
export function FormerArea({ unitId, name, measure, question, today, refusal, choose }: FormerAreaProps) {
  const { language, words } = useLanguage()
  const w = words(formerTexts)
  const m = words(texts)
  const mapDay = mapDayAsked(question, today)
  const former = useRead('units', `/api/units/${unitId}/former-area`, FormerAreaFound, {
    query: { asOf: mapDay },
  })
  const area = former.data?.area
  const read = useRead('measures', '/api/measures/below', BelowAnswer, {
    query: {
      unitId,
      ...queryOf(question, measure.overPeriod),
      map: area?.lastDay ?? null,
      measures: name,
    },
    when: area !== undefined && area !== null,
  })
  if (former.isPending) return <Loading />
  if (!area)
    return (
      <>
        {refusal}
        {choose}
      </>
    )
  return (
    <>
      <PageHeader
        title={measure.title[language]}
        above={[
          { label: m.title, href: '/measures' },
          { label: area.name, href: `/units/${unitId}?asOf=${area.lastDay}` },
        ]}
        lead={measure.meaning[language]}
        facts={w.title(area.name, dayText(mapDay))}
      />
      <Loaded read={read}>
        {(below) => (
          <Shown area={area} below={below} measure={measure} mapDay={mapDay}>
            <div className={styles.note}>
              <p>{w.gone(area.name, dayText(firstDayAfter(area)), dayText(mapDay))}</p>
              <EndedUnit unitId={unitId} asked={{ map: mapDay }} />
            </div>
            {choose}
          </Shown>
        )}
      </Loaded>
      {read.isError && read.data === undefined && choose}
    </>
  )
}

interface ShownProps {
  area: FormerAreaAnswer
  below: Below
  measure: MeasureAnswer
  mapDay: string
  /** What stands between the total and the units that it is made of. */
  children: ReactNode
}

const firstDayAfter = ({ lastDay }: FormerAreaAnswer) =>
  new Date(Date.parse(lastDay) + 86_400_000).toISOString().slice(0, 10)

function Shown({ area, below, measure, mapDay, children }: ShownProps) {
  const { language, words } = useLanguage()
  const w = words(formerTexts)
  const m = words(texts)
  const [whole, ...rows] = rowsOf(below, m)
  const goneTo = new Map(area.below.map(({ id, toIds }) => [id, toIds]))
  const mixed = area.now.filter(({ alsoFrom }) => alsoFrom.length > 0)
  return (
    <section className={styles.section} data-former-area>
      <h2 className="only-heard">{w.title(area.name, dayText(mapDay))}</h2>
      <p className={styles.big}>
        <LiveFigure
          figure={whole?.figures[0] as FigureAnswer}
          unit={area.name}
          what={measure.title[language]}
          size="display"
          withNoun
        />
      </p>
      <p className={styles.soft}>
        {w.total(area.name, dayText(area.lastDay))}{' '}
        {w.counted(numberText(area.below.length), numberText(area.now.length))}{' '}
        {w.whole(numberText(area.now.length - mixed.length))}
      </p>
      {mixed.length > 0 && (
        <>
          <p className={styles.soft}>{w.mixed(numberText(mixed.length))}</p>
          <ul className={styles.soft}>
            {mixed.map(({ id, name, alsoFrom }) => (
              <li key={id}>
                {w.alsoFrom(
                  name,
                  alsoFrom.map((one) => (one.name === name ? w.former(name) : one.name)).join(', '),
                )}
              </li>
            ))}
          </ul>
          <p className={styles.soft}>{w.notApart(dayText(firstDayAfter(area)))}</p>
        </>
      )}
      {children}
      <DataTable
        caption={w.table(area.name)}
        rows={rows}
        rowKey={({ id }) => id}
        filter={false}
        pageSize={100}
        columns={[
          { id: 'then', title: w.old, naming: true, value: ({ name }) => name },
          {
            id: 'figure',
            title: measure.title[language],
            kind: 'number',
            value: ({ figures }) => figureLength(figures[0] as FigureAnswer),
            cell: (row) => <BelowCell row={row} at={0} measure={measure} unit={area.name} />,
          },
          {
            id: 'now',
            title: w.now,
            value: ({ id }) => namesOf(area, goneTo.get(id) ?? []),
            cell: ({ id }) => <StandsIn area={area} ids={goneTo.get(id) ?? []} mapDay={mapDay} />,
          },
        ]}
      />
      <ApartHints parts={below.apart.map(({ part }) => part)} kinds={[measure.kind]} />
    </section>
  )
}

const namesOf = (area: FormerAreaAnswer, ids: readonly string[]) =>
  area.now
    .filter(({ id }) => ids.includes(id))
    .map(({ name }) => name)
    .join(', ')

/** The units of today in which one of that time stands; a door where the reader sees their figures. */
function StandsIn({ area, ids, mapDay }: { area: FormerAreaAnswer; ids: readonly string[]; mapDay: string }) {
  const { words } = useLanguage()
  const w = words(formerTexts)
  const { pathname, search } = useLocation()
  const href = (id: string) => {
    const next = new URLSearchParams(search)
    next.set('unitId', id)
    next.set('map', mapDay)
    return `${pathname}?${next}`
  }
  const now = area.now.filter(({ id }) => ids.includes(id))
  if (now.length === 0) return '–'
  return (
    <>
      {now.map(({ id, name, alsoFrom, isSeen }, at) => (
        <Fragment key={id}>
          {at > 0 && ', '}
          {isSeen ? <Link to={href(id)}>{name}</Link> : name}
          {alsoFrom.length > 0 && <span className={styles.soft}> · {w.more}</span>}
        </Fragment>
      ))}
      {now.length > 1 && <span className={styles.soft}> ({w.divided})</span>}
    </>
  )
}

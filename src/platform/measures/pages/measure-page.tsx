import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import { pathWithQuery } from '../../../web/api.ts'
import { useCurrentUnit } from '../../../web/current-unit.ts'
import { EvidencePanel } from '../../../web/figure/evidence-panel.tsx'
import { mapDayAsked, queryOf, useFigureQuestion } from '../../../web/figure/figure-query.ts'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { MapControl } from '../../../web/figure/map-control.tsx'
import { useMeasureList } from '../../../web/figure/measure-list.ts'
import { PeriodControl } from '../../../web/figure/period-control.tsx'
import questionStyles from '../../../web/figure/question.module.css'
import { dayText, instantText, numberText } from '../../../web/formats.ts'
import { saysUnitHasGone, useRead } from '../../../web/read.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useLanguage, useWords } from '../../../web/words.ts'
import { aheadText } from '../ahead.contract.ts'
import { FigurePage, type FigurePageAnswer, type MeasureAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { ChangesSince } from './changes-since.tsx'
import { FormerArea } from './former-area.tsx'
import { GroupsOfFigure } from './groups-of-figure.tsx'
import { HistoryOfFigure } from './history-of-figure.tsx'
import styles from './measures.module.css'
import { PathOfYear } from './path-of-year.tsx'
import { UnitsBelow } from './units-below.tsx'

/** One measure of one unit: the figure, its way over twelve months, the units below, and the very rows. */
export function Page() {
  const { name = '' } = useParams()
  const w = useWords(texts)
  const list = useMeasureList()
  // A group of a measure has a page of its own and the words of the whole.
  const whole = name.split('/')[0]
  return (
    <Loaded whole read={list}>
      {({ measures }) => {
        const measure = measures.find((one) => one.name === whole)
        if (measure) return <OneMeasure key={name} name={name} measure={measure} />
        return (
          <>
            <PageHeader title={w.unknown(name)} />
            <EmptyState title={w.unknownHint} action={<Link to="/measures">{w.toList}</Link>} />
          </>
        )
      }}
    </Loaded>
  )
}

function OneMeasure({ name, measure }: { name: string; measure: MeasureAnswer }) {
  const w = useWords(texts)
  const { unit } = useCurrentUnit()
  const { question, today, params, change } = useFigureQuestion()
  const unitId = params.get('unitId') ?? unit?.id ?? null
  const query = { unitId, ...queryOf(question, measure.overPeriod) }
  const path = `/api/measures/${encodeURIComponent(name)}`
  const read = useRead('measures', path, FigurePage, {
    query,
    when: unitId !== null && today !== '',
    keepLast: true,
    figures: 'judged',
  })
  const choose = (
    <div data-not-printed>
      <fieldset className={styles.question}>
        <legend className="only-heard">{w.question}</legend>
        <div className={questionStyles.root}>
          <PeriodControl
            question={question}
            today={today}
            overPeriod={measure.overPeriod}
            onChange={change}
          />
          <MapControl question={question} today={today} onChange={change} />
        </div>
      </fieldset>
      <details className={styles.change}>
        <summary>{w.change}</summary>
        <div className={styles.choices}>
          <UnitPicker
            label={w.otherUnit}
            value={null}
            query={{ may: 'measures.view', asOf: read.data?.mapDay ?? mapDayAsked(question, today) }}
            onChange={(picked) => picked !== null && change({ unitId: picked.id })}
          />
        </div>
      </details>
    </div>
  )
  const hasGone = useHasGone(read, `${path} ${JSON.stringify(query)}`)
  if (unitId === null) return <EmptyState title={w.noUnit}>{w.noUnitHint}</EmptyState>
  return (
    <>
      {hasGone ? (
        <FormerArea
          unitId={unitId}
          name={name}
          measure={measure}
          question={question}
          today={today}
          refusal={
            <Loaded whole read={read}>
              {() => null}
            </Loaded>
          }
          choose={choose}
        />
      ) : (
        <Loaded whole read={read}>
          {(page) => (
            <Shown
              page={page}
              choose={choose}
              askedFor={`${name} ${JSON.stringify(query)}`}
              path={path}
              query={query}
            />
          )}
        </Loaded>
      )}
      {read.isError && read.data === undefined && !hasGone && choose}
      {hasGone && (
        <HistoryOfFigure readAt={new Date(read.errorUpdatedAt).toISOString()} path={path} query={query} />
      )}
    </>
  )
}

/** Whether the unit is not on the map asked for; the answer stays while the same question is asked again. */
function useHasGone(read: { data: unknown; error: unknown }, asked: string): boolean {
  const [last, setLast] = useState<string | null>(null)
  const isWaiting = read.data === undefined && read.error === null
  const isRefused = read.data === undefined && saysUnitHasGone(read.error)
  const gone = isWaiting ? last : isRefused ? asked : null
  if (gone !== last) setLast(gone)
  return gone === asked
}

interface ShownProps {
  page: FigurePageAnswer
  choose: ReactNode
  /** The question in its own words, today left open: the same on another day. */
  askedFor: string
  path: string
  query: Record<string, string | null>
}

function Shown({ page, choose, askedFor, path, query }: ShownProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { measure, unit, figure } = page
  const { numerator, denominator, asOf, from, map } = figure
  const when = from === null ? w.asAt(dayText(asOf)) : w.inPeriod(dayText(from), dayText(asOf))
  const onMap = map === undefined ? '' : ` · ${w.onMap(dayText(page.mapDay))}`
  const ahead = aheadText({ asOf, from, today: page.today, overPeriod: measure.overPeriod }, w.ahead, dayText)
  return (
    <>
      <PageHeader
        title={measure.title[language]}
        above={[
          { label: w.title, href: '/measures' },
          { label: unit.name, href: `/units/${unit.id}` },
        ]}
        lead={measure.meaning[language]}
        facts={`${unit.name} · ${when}${onMap}`}
      />
      <p className={styles.big}>
        <LiveFigure figure={figure} unit={unit.name} what={measure.title[language]} size="display" withNoun />
        {numerator !== null && denominator !== null && (
          <span className={styles.parts}>
            {(measure.percent ? w.ofParts : w.divided)(numberText(numerator), numberText(denominator))}
          </span>
        )}
        <Measured page={page} />
      </p>
      {numerator !== null && denominator !== null && (
        <p className={styles.soft}>{measure.percent ? w.cutPercent : w.cutQuotient}</p>
      )}
      <p className={styles.soft}>
        {w.trueAt(instantText(page.readAt))} {ahead ?? w.countedUntil(instantText(page.countedUntil))}
      </p>
      <ChangesSince key={askedFor} page={page} askedFor={askedFor} path={path} query={query} />
      {choose}
      <PathOfYear page={page} />
      <p className={styles.download} data-not-printed>
        <a href={pathWithQuery(`${path}/months.xlsx`, query)} download>
          {w.downloadMonths}
        </a>
      </p>
      <GroupsOfFigure page={page} />
      {page.below.length > 0 && <UnitsBelow page={page} query={query} />}
      <section className={styles.section}>
        <h2 className={styles.heading}>{w.list}</h2>
        <EvidencePanel
          key={`${unit.id} ${asOf} ${from} ${map}`}
          measure={measure.name}
          unitId={unit.id}
          asOf={asOf}
          from={from}
          map={map}
          linksToPage={false}
        />
      </section>
      <HistoryOfFigure readAt={page.readAt} path={path} query={query} />
    </>
  )
}

/** Of a duration: in words how exact it is, and how many were measured. */
function Measured({ page }: { page: FigurePageAnswer }) {
  const { words } = useLanguage()
  const w = words(texts)
  const { counted, atLeast, upTo, numerator } = page.figure
  const unit = page.measure.lengthUnit
  if (counted === undefined || counted === null || unit === null) return null
  return (
    <span className={styles.parts}>
      {numerator !== null &&
        `${
          atLeast === true
            ? w.atLeast(numberText(numerator), w.lengthUnits[unit])
            : upTo === undefined
              ? w.exactLength[unit]
              : w.lengthWithin(numberText(numerator), numberText(upTo), w.lengthUnits[unit])
        } · `}
      {w.counted(numberText(counted))}
    </span>
  )
}

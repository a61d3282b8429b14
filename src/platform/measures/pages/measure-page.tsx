import type { ReactNode } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useCurrentUnit } from '../../../web/current-unit.ts'
import { EvidencePanel } from '../../../web/figure/evidence-panel.tsx'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { useMeasureList } from '../../../web/figure/measure-list.ts'
import { dayText, instantText, numberText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useLanguage, useWords } from '../../../web/words.ts'
import { FigurePage, type FigurePageAnswer, type MeasureAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './measures.module.css'
import { PathOfYear } from './path-of-year.tsx'
import { UnitsBelow } from './units-below.tsx'

/** One measure of one unit: the figure, its way over twelve months, the units below, and the very rows. */
export function Page() {
  const { name = '' } = useParams()
  const w = useWords(texts)
  const list = useMeasureList()
  return (
    <Loaded whole read={list}>
      {({ measures }) => {
        const measure = measures.find((one) => one.name === name)
        if (measure) return <OneMeasure key={name} measure={measure} />
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

function OneMeasure({ measure }: { measure: MeasureAnswer }) {
  const w = useWords(texts)
  const { me } = useMe()
  const { unit } = useCurrentUnit()
  const [params, setParams] = useSearchParams()
  const unitId = params.get('unitId') ?? unit?.id ?? null
  const asOf = params.get('asOf') ?? me?.today ?? ''
  const from = measure.overPeriod ? (params.get('from') ?? `${asOf.slice(0, 4)}-01-01`) : null
  const read = useRead('measures', `/api/measures/${encodeURIComponent(measure.name)}`, FigurePage, {
    query: { unitId, asOf, from },
    when: unitId !== null && asOf !== '',
    keepLast: true,
  })
  const choose = (change: Record<string, string | null>) => {
    const next = new URLSearchParams(params)
    for (const [key, value] of Object.entries(change)) if (value !== null) next.set(key, value)
    setParams(next)
  }
  const change = (
    <details className={styles.change} data-not-printed>
      <summary>{w.change}</summary>
      <div className={styles.choices}>
        <UnitPicker
          label={w.otherUnit}
          value={null}
          query={{ may: 'measures.view' }}
          onChange={(picked) => choose({ unitId: picked?.id ?? null })}
        />
        {measure.overPeriod && (
          <DayInput label={w.from} value={from} onChange={(day) => choose({ from: day })} />
        )}
        <DayInput label={w.asOf} value={asOf} onChange={(day) => choose({ asOf: day })} />
      </div>
    </details>
  )
  if (unitId === null) return <EmptyState title={w.noUnit}>{w.noUnitHint}</EmptyState>
  return (
    <>
      <Loaded read={read}>{(page) => <Shown page={page} change={change} />}</Loaded>
      {read.isError && read.data === undefined && change}
    </>
  )
}

function Shown({ page, change }: { page: FigurePageAnswer; change: ReactNode }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { measure, unit, figure } = page
  const { numerator, denominator, asOf, from } = figure
  const when = from === null ? w.asAt(dayText(asOf)) : w.inPeriod(dayText(from), dayText(asOf))
  return (
    <>
      <PageHeader
        title={measure.title[language]}
        above={[
          { label: w.title, href: '/measures' },
          { label: unit.name, href: `/units/${unit.id}` },
        ]}
        lead={measure.meaning[language]}
        facts={`${unit.name} · ${when}`}
      />
      <p className={styles.big}>
        <LiveFigure figure={figure} unit={unit.name} what={measure.title[language]} size="display" withNoun />
        {numerator !== null && denominator !== null && (
          <span className={styles.parts}>
            {(measure.percent ? w.ofParts : w.divided)(numberText(numerator), numberText(denominator))}
          </span>
        )}
      </p>
      <p className={styles.soft}>{w.readAt(instantText(page.readAt))}</p>
      {change}
      <PathOfYear page={page} />
      {page.below.length > 0 && <UnitsBelow page={page} />}
      <section className={styles.section}>
        <h2 className={styles.heading}>{w.list}</h2>
        <EvidencePanel
          key={`${unit.id} ${asOf} ${from}`}
          measure={measure.name}
          unitId={unit.id}
          asOf={asOf}
          from={from}
          linksToPage={false}
        />
      </section>
    </>
  )
}

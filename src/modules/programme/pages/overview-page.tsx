import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { pathWithQuery } from '../../../web/api.ts'
import { useCurrentUnit } from '../../../web/current-unit.ts'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { dayText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { BarList } from '../../../web/ui/bar-list.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { announce } from '../../../web/ui/notices.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { type PickedUnit, UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useWords } from '../../../web/words.ts'
import { Overview, type OverviewAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { AsOfChoice } from './as-of-choice.tsx'
import { EndedUnitNote } from './ended-unit-note.tsx'
import styles from './overview.module.css'
import { fitsFilter, StatusFilter } from './status-filter.tsx'
import { TargetTable } from './target-table.tsx'
import { overviewHref, useViewAddress } from './view-address.ts'

/** Where the programme stands: the first page of a leader. Moves by itself when records change. */
export function Page() {
  const address = useViewAddress()
  const { unit, units } = useCurrentUnit()
  // Who works for one unit only is best served by the server's choice: the highest unit that has targets.
  const unitId = address.unitId ?? (units.length > 1 ? (unit?.id ?? null) : null)
  const read = useRead(['measures', 'programme'], '/api/programme/overview', Overview, {
    query: { unitId, asOf: address.asOf },
    keepLast: true,
    figures: 'judged',
  })
  return (
    <Loaded whole read={read} lines={12}>
      {(overview) => (
        <div className={read.isPlaceholderData ? styles.stale : undefined} aria-busy={read.isPlaceholderData}>
          <OverviewOf overview={overview} />
        </div>
      )}
    </Loaded>
  )
}

function OverviewOf({ overview }: { overview: OverviewAnswer }) {
  const w = useWords(texts)
  const address = useViewAddress()
  const { unit, counts, asOf, year } = overview
  const { ended } = overview
  const headlineNone =
    ended === null ? w.headlineNone(unit.name, year) : w.headlineEnded(unit.name, dayText(ended.on))
  const headline =
    counts.total === 0 ? headlineNone : w.headline(unit.name, counts.met, counts.total, counts.exceeded)
  useAnnounced(headline)
  const fields = overview.fields
    .map((field) => ({
      ...field,
      targets: field.targets.filter((target) => fitsFilter(target.status, address.status)),
    }))
    .filter((field) => field.targets.length > 0)
  const shown = fields.reduce((sum, field) => sum + field.targets.length, 0)
  return (
    <>
      <PageHeader
        title={headline}
        facts={
          <>
            {[...overview.plans.map((plan) => plan.name), w.asOf(dayText(asOf))].join(' · ')}
            <ShareMet overview={overview} />
          </>
        }
        actions={<Actions overview={overview} />}
      />
      <Controls overview={overview} />
      <EndedUnitNote overview={overview} />
      {counts.total === 0 ? (
        <NoTargets overview={overview} />
      ) : (
        <>
          <StatusFilter
            counts={counts}
            value={address.status}
            onChange={(status) => address.show({ status })}
          />
          <p className={styles.shown} role="status">
            {address.status !== null && w.shown(shown, counts.total)}
          </p>
          {shown === 0 ? (
            <EmptyState
              title={w.noneOfStatus}
              action={
                <Button variant="default" onClick={() => address.show({ status: null })}>
                  {w.showAll}
                </Button>
              }
            />
          ) : (
            <TargetTable overview={overview} fields={fields} asOf={address.asOf} />
          )}
        </>
      )}
      {overview.below.length > 0 && <UnitsBelow overview={overview} />}
    </>
  )
}

/** Says why there is nothing to show, and the way on. */
function NoTargets({ overview }: { overview: OverviewAnswer }) {
  const w = useWords(texts)
  const { unit, year, ended } = overview
  if (ended !== null) return <EmptyState title={w.noneSinceEnd} />
  return (
    <EmptyState title={w.emptyTitle(unit.name, year)} action={<SetTarget overview={overview} />}>
      {w.emptyText} {overview.below.length > 0 && w.emptyBelow}
    </EmptyState>
  )
}

/** Tells those who listen when the headline moves while they are on the page. */
function useAnnounced(headline: string) {
  const [first] = useState(headline)
  useEffect(() => {
    if (headline !== first) announce(headline)
  }, [headline, first])
}

function Actions({ overview }: { overview: OverviewAnswer }) {
  const w = useWords(texts)
  const sheet = pathWithQuery('/api/programme/overview.xlsx', {
    unitId: overview.unit.id,
    asOf: overview.asOf,
  })
  return (
    <>
      {overview.counts.total > 0 && <SetTarget overview={overview} />}
      <Button component="a" href={sheet} download variant="default">
        {w.excel}
      </Button>
      <Button variant="default" onClick={() => window.print()}>
        {w.print}
      </Button>
    </>
  )
}

/** The share of targets met, as a door to which they are; silent where none could be judged. */
function ShareMet({ overview: { unit, asOf, counts } }: { overview: OverviewAnswer }) {
  const w = useWords(texts)
  const judged = counts.total - counts.notCaptured
  if (judged === 0) return null
  return (
    <>
      {` · ${w.shareMet} `}
      <LiveFigure
        figure={{
          measure: 'programme.targets_met',
          unitId: unit.id,
          asOf,
          from: null,
          numerator: String(counts.met),
          denominator: String(judged),
          percent: true,
        }}
        unit={unit.name}
      />
    </>
  )
}

function SetTarget({ overview }: { overview: OverviewAnswer }) {
  const w = useWords(texts)
  if (!overview.mayChange) return null
  return (
    <Button component={Link} to={`/targets/new?unitId=${overview.unit.id}`}>
      {w.setTarget}
    </Button>
  )
}

function Controls({ overview }: { overview: OverviewAnswer }) {
  const w = useWords(texts)
  const { show, asOf } = useViewAddress()
  const { unit, above } = overview
  const [picked, setPicked] = useState<PickedUnit | null>(null)
  return (
    <section className={styles.controls} aria-label={w.controls} data-not-printed>
      <div className={styles.unit}>
        <UnitPicker
          label={w.unit}
          value={picked}
          query={{ may: 'programme.view' }}
          onChange={(chosen) => {
            setPicked(chosen)
            if (chosen !== null) show({ unitId: chosen.id, status: null })
          }}
        />
        {above.length > 0 && (
          <nav aria-label={w.above}>
            <ul className={styles.above}>
              {above.map((one) => (
                <li key={one.id}>
                  <Link to={overviewHref(one.id, asOf)}>↑ {one.name}</Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </div>
      <AsOfChoice
        key={unit.id}
        asOf={overview.asOf}
        today={overview.today}
        onChange={(on) => show({ asOf: on })}
      />
    </section>
  )
}

/** One sentence over the ranking: it names no unit where several share the first place. */
function belowTitle(below: OverviewAnswer['below'], w: typeof texts.vi): string {
  const full = below.filter(({ counts }) => counts.met === counts.total).length
  const best = below[0]?.counts
  if (full > 0) return w.belowFull(full, below.length)
  return best === undefined || best.met === 0 ? w.belowNone : w.belowTop(best.met, best.total)
}

function UnitsBelow({ overview }: { overview: OverviewAnswer }) {
  const w = useWords(texts)
  const { asOf } = useViewAddress()
  const { below, belowMore } = overview
  return (
    <section className={styles.below}>
      <BarList
        title={belowTitle(below, w)}
        keepOrder
        full={1}
        bars={below.map(({ id, name, lastOn, counts }) => ({
          id,
          label: (
            <Link to={overviewHref(id, asOf)}>{lastOn === null ? name : w.until(name, dayText(lastOn))}</Link>
          ),
          value: counts.total === 0 ? null : counts.met / counts.total,
          shown: (
            <>
              {counts.met}/{counts.total}
              {counts.notCaptured > 0 && (
                <span className={styles.soft}> · {w.notCapturedToo(counts.notCaptured)}</span>
              )}
            </>
          ),
        }))}
      />
      <p className={styles.hint}>
        {w.belowHint} {belowMore > 0 && w.belowRest(belowMore)}
      </p>
    </section>
  )
}

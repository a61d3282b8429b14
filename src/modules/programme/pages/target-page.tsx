import { Button } from '@mantine/core'
import { Link, useParams } from 'react-router'
import { figureLength } from '../../../web/figure/figure-text.ts'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { dayOf, dayText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { Figure } from '../../../web/ui/figure.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { PathChart } from '../../../web/ui/path-chart.tsx'
import { Status } from '../../../web/ui/status.tsx'
import { useLanguage, useWords } from '../../../web/words.ts'
import { TargetPage, type TargetPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { AsOfChoice } from './as-of-choice.tsx'
import { SettlingNote } from './settling-note.tsx'
import styles from './target.module.css'
import { TargetHistory } from './target-history.tsx'
import { TargetUnitsBelow } from './target-units-below.tsx'
import { endText, valueText } from './target-values.ts'
import { overviewHref, targetHref, useViewAddress } from './view-address.ts'

/** One target: how it stands and why, its way there, who answers, the units below, its history. */
export function Page() {
  const { targetId = '' } = useParams()
  const { asOf, map } = useViewAddress()
  const read = useRead(['measures', 'programme'], `/api/programme/targets/${targetId}`, TargetPage, {
    query: { asOf, map },
    keepLast: true,
    figures: 'judged',
  })
  return (
    <Loaded whole read={read}>
      {(page) => <TargetOf page={page} />}
    </Loaded>
  )
}

function TargetOf({ page }: { page: TargetPageAnswer }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { asOf, show } = useViewAddress()
  const { target } = page
  const { unit } = target
  return (
    <>
      <PageHeader
        title={w.verdicts[target.status](unit.name, target.title)}
        above={[{ label: unit.name, href: overviewHref(unit.id, asOf) }]}
        facts={w.asOf(dayText(page.asOf))}
        actions={
          page.mayChange && (
            <Button component={Link} to={`/targets/${target.id}/edit`}>
              {w.changeTarget}
            </Button>
          )
        }
      />
      {page.map !== null && (
        <p className={styles.removed}>
          {w.onMap(dayText(page.map))} <Link to={targetHref(target.id, asOf)}>{w.onOwnMap}</Link>
        </p>
      )}
      {target.removedAt !== null && (
        <p className={styles.removed}>{w.removed(dayText(dayOf(target.removedAt)))}</p>
      )}
      {target.closedOn !== null && (
        <p className={styles.removed}>
          {w.closed(dayText(target.closedOn))}{' '}
          {target.replacedById !== null && <Link to={`/targets/${target.replacedById}`}>{w.replacedBy}</Link>}
        </p>
      )}
      {target.settling !== null && target.origin !== null && target.closedOn === null && (
        <p>
          {w.leftAlone(target.origin.name)}{' '}
          <SettlingNote settling={target.settling} unitId={target.origin.id} />
        </p>
      )}
      {target.replaces !== null && (
        <p>
          {w.replaces(target.replaces.unitName, dayText(target.replaces.on))}{' '}
          <Link to={`/targets/${target.replaces.id}`}>{w.replaced}</Link>
        </p>
      )}
      <div className={styles.verdict}>
        <p className={styles.figure}>
          {target.figure === null ? (
            <Figure value={null} what={target.title} size="display" />
          ) : (
            <LiveFigure
              figure={target.figure}
              unit={target.origin?.area ?? unit.name}
              size="display"
              withNoun
            />
          )}
        </p>
        <div className={styles.status}>
          <Status value={target.status} reason={target.reason[language]} />
        </div>
        <div className={styles.asOf} data-not-printed>
          <AsOfChoice asOf={page.asOf} today={page.today} onChange={(on) => show({ asOf: on })} />
        </div>
      </div>
      <div className={styles.chart}>
        <Chart page={page} />
      </div>
      <Facts page={page} />
      <TargetUnitsBelow page={page} />
      <TargetHistory page={page} />
    </>
  )
}

function Chart({ page }: { page: TargetPageAnswer }) {
  const w = useWords(texts)
  const { target, planned, actual } = page
  const ownTitle =
    target.direction === 'at_least' ? undefined : w.chartAtMost[target.status as 'late' | 'not_met']
  return (
    <PathChart
      title={ownTitle ?? w.chart[target.status]}
      planned={planned.points.map(({ on, value }) => ({ on, value: Number(value) }))}
      actual={actual.map((figure) => ({ on: figure.asOf, value: figureLength(figure) }))}
      today={page.asOf}
      marked={page.asOf === page.today ? 'today' : 'as_of'}
      from={target.startsOn}
      until={target.endsOn}
      format={(value) => valueText(cut(value), target)}
    />
  )
}

/** Lengths for drawing come from a division; more than six places of them mean nothing. */
const cut = (value: number) => Math.trunc(value * 1e6) / 1e6

function Facts({ page }: { page: TargetPageAnswer }) {
  const w = useWords(texts)
  const { target } = page
  const rows: [string, string][] = [
    [
      w.origin,
      target.origin === null
        ? ''
        : w.originFacts[target.origin.kind](target.origin.name, dayText(target.origin.lastOn)),
    ],
    [w.facts.end, `${endText(target, w)}${target.isAssumption ? ` · ${w.assumption}` : ''}`],
    [w.facts.period, `${dayText(target.startsOn)} – ${dayText(target.endsOn)}`],
    [w.facts.baseline, target.baseline === null ? '' : valueText(target.baseline, target)],
    [
      w.facts.person,
      [target.answerableName, target.answerablePosition].filter((text) => text !== '').join(', '),
    ],
    [w.facts.field, target.fieldName],
    [w.facts.plan, target.planName],
    [w.facts.legalBasis, target.legalBasis],
    [w.facts.note, target.note],
    [w.facts.code, target.code],
  ]
  return (
    <dl className={styles.facts}>
      {rows
        .filter(([, fact]) => fact !== '')
        .map(([name, fact]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
    </dl>
  )
}

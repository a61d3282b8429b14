import { NativeSelect } from '@mantine/core'
import { Link, useParams, useSearchParams } from 'react-router'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { dayText, numberText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Figure } from '../../../web/ui/figure.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Status } from '../../../web/ui/status.tsx'
import { useLanguage, useWords } from '../../../web/words.ts'
import { PlanTargets, type PlanTargetsAnswer, planTargetsAtOnce } from '../plans.contract.ts'
import * as texts from '../texts.ts'
import { AsOfChoice } from './as-of-choice.tsx'
import styles from './overview.module.css'
import { endText } from './target-values.ts'
import { overviewHref, targetHref, useViewAddress } from './view-address.ts'

/** Every target of a plan, unit by unit: as many as the list of plans says it has. */
export function Page() {
  const { planId = '' } = useParams()
  const address = useViewAddress()
  const [search, setSearch] = useSearchParams()
  const page = Number(search.get('page') ?? 1)
  const read = useRead(['measures', 'programme'], `/api/programme/plans/${planId}/targets`, PlanTargets, {
    query: { unitId: address.unitId, asOf: address.asOf, page },
    keepLast: true,
    figures: 'judged',
  })
  const turn = (to: number) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      after.set('page', String(to))
      return after
    })
  return (
    <Loaded whole read={read} lines={12}>
      {(answer) => <PlanOf answer={answer} page={page} onPage={turn} />}
    </Loaded>
  )
}

type Row = PlanTargetsAnswer['targets'][number]

function PlanOf(props: { answer: PlanTargetsAnswer; page: number; onPage: (page: number) => void }) {
  const { answer, page, onPage } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const { asOf } = useViewAddress()
  const { plan } = answer
  const columns: Column<Row>[] = [
    {
      id: 'title',
      title: w.columns.target,
      naming: true,
      cell: (row) => (
        <>
          <Link to={targetHref(row.id, asOf)}>{row.title}</Link>
          {row.origin !== null && (
            <span className={styles.origin}>{w.origins[row.origin.kind](row.origin.name)}</span>
          )}
        </>
      ),
    },
    {
      id: 'unit',
      title: w.unit,
      cell: (row) => <Link to={overviewHref(row.unit.id, asOf ?? answer.asOf)}>{row.unit.name}</Link>,
    },
    {
      id: 'actual',
      title: w.columns.actual,
      kind: 'number',
      cell: (row) =>
        row.figure === null ? (
          <Figure value={null} what={row.title} />
        ) : (
          <LiveFigure figure={row.figure} unit={row.origin?.area ?? row.unit.name} />
        ),
    },
    { id: 'end', title: w.columns.end, kind: 'number', cell: (row) => endText(row, w) },
    {
      id: 'status',
      title: w.columns.status,
      cell: (row) => <Status value={row.status} reason={row.reason[language]} />,
    },
  ]
  return (
    <>
      <PageHeader
        title={w.planHolds(plan.name, numberText(plan.targets))}
        above={[{ label: w.plansTitle, href: '/plans' }]}
        facts={[plan.unit.name, w.year(plan.year), w.asOf(dayText(answer.asOf))].join(' · ')}
      />
      <PlanControls answer={answer} />
      <DataTable
        caption={w.planHolds(plan.name, numberText(answer.matching))}
        columns={columns}
        rows={answer.targets}
        rowKey={(row) => row.id}
        filter={false}
        pageSize={planTargetsAtOnce}
        server={{
          total: answer.matching,
          view: { page, filter: '', sorting: null },
          onView: (view) => onPage(view.page),
        }}
        empty={<EmptyState title={w.planEmpty}>{w.emptyText}</EmptyState>}
      />
    </>
  )
}

function PlanControls({ answer }: { answer: PlanTargetsAnswer }) {
  const w = useWords(texts)
  const { me } = useMe()
  const { unitId } = useViewAddress()
  const [, setSearch] = useSearchParams()
  // Another unit or day begins with its first page.
  const choose = (name: string, value: string | null) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        after.delete('page')
        if (value === null) after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true, preventScrollReset: true, state: { keepFocus: true } },
    )
  return (
    <section className={styles.controls} aria-label={w.controls} data-not-printed>
      <NativeSelect
        label={w.unit}
        value={unitId ?? ''}
        data={[
          { value: '', label: w.allUnits(numberText(answer.plan.targets)) },
          ...answer.units.map((unit) => ({
            value: unit.id,
            label: `${unit.name} (${numberText(unit.targets)})`,
          })),
        ]}
        onChange={(event) => choose('unitId', event.currentTarget.value || null)}
      />
      <AsOfChoice asOf={answer.asOf} today={me?.today ?? answer.asOf} onChange={(on) => choose('asOf', on)} />
    </section>
  )
}

import { Link } from 'react-router'
import { useCurrentUnit } from '../../../web/current-unit.ts'
import { numberText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useWords } from '../../../web/words.ts'
import { PlanList, type PlanListAnswer } from '../plans.contract.ts'
import * as texts from '../texts.ts'
import { AddField, AddPlan, AddProgramme } from './plan-forms.tsx'
import styles from './plans.module.css'
import { overviewHref } from './view-address.ts'

/** The programmes, their fields and their yearly plans. */
export function Page() {
  const w = useWords(texts)
  const { unit } = useCurrentUnit()
  const { may } = useMe()
  const read = useRead('programme', '/api/programme/plans', PlanList)
  const mayAdd = unit !== null && may('programme.change', unit.id)
  return (
    <>
      <PageHeader title={w.plansTitle} lead={w.plansLead} />
      <Loaded read={read}>
        {(list) => (
          <>
            {list.programmes.length === 0 && (
              <EmptyState title={w.noProgramme}>{w.noProgrammeText}</EmptyState>
            )}
            {list.programmes.map((programme) => (
              <Programme key={programme.id} programme={programme} today={list.today} />
            ))}
            {mayAdd && <AddProgramme unitId={unit.id} year={Number(list.today.slice(0, 4))} />}
          </>
        )}
      </Loaded>
    </>
  )
}

function Programme({ programme, today }: { programme: PlanListAnswer['programmes'][number]; today: string }) {
  const w = useWords(texts)
  const { unit, fields, plans } = programme
  const facts = [
    unit.name,
    w.years(programme.fromYear, programme.untilYear),
    programme.orientation,
    programme.decisionNo,
  ]
  return (
    <section className={styles.programme} aria-labelledby={`programme-${programme.id}`}>
      <h2 id={`programme-${programme.id}`}>{programme.name}</h2>
      <p className={styles.facts}>{facts.filter((fact) => fact !== '').join(' · ')}</p>
      {programme.note !== '' && <p className={styles.facts}>{programme.note}</p>}
      <h3>{w.programmePlans}</h3>
      {plans.length === 0 && <p className={styles.facts}>{w.noPlans}</p>}
      <ul className={styles.plans}>
        {plans.map((plan) => (
          <li key={plan.id}>
            <Link to={`/plans/${plan.id}`}>
              {plan.name}: {w.targetsInPlan(numberText(plan.targets))}
            </Link>
            <span className={styles.facts}>
              {plan.unit.name} ·{' '}
              <Link to={overviewHref(plan.unit.id, asOfIn(plan.year, today))}>{w.toOverview}</Link>
              {plan.decisionNo !== '' && ` · ${plan.decisionNo}`}
            </span>
          </li>
        ))}
      </ul>
      {programme.mayChange && <AddPlan programme={programme} year={Number(today.slice(0, 4))} />}
      <h3>{w.programmeFields}</h3>
      {fields.length === 0 && <p className={styles.facts}>{w.noFields}</p>}
      <ol className={styles.fields}>
        {fields.map((field) => (
          <li key={field.id}>{field.name}</li>
        ))}
      </ol>
      {programme.mayChange && <AddField programmeId={programme.id} />}
    </section>
  )
}

/** The day to look at a plan on: its last, or today (null) in its own year. */
function asOfIn(year: number, today: string): string | null {
  return today.startsWith(`${year}-`) ? null : `${year}-12-31`
}

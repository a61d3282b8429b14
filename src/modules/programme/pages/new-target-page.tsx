import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useCurrentUnit } from '../../../web/current-unit.ts'
import { useRead } from '../../../web/read.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { type PickedUnit, UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useWords } from '../../../web/words.ts'
import { Overview } from '../contract.ts'
import { PlanList, type PlanListAnswer } from '../plans.contract.ts'
import * as texts from '../texts.ts'
import styles from './overview.module.css'
import { emptyDraft } from './target-draft.ts'
import { TargetForm } from './target-form.tsx'
import { overviewHref, useViewAddress } from './view-address.ts'

/** Sets a target for a unit. */
export function Page() {
  const w = useWords(texts)
  const address = useViewAddress()
  const { unit } = useCurrentUnit()
  const unitId = address.unitId ?? unit?.id ?? ''
  const [picked, setPicked] = useState<PickedUnit | null>(null)
  const read = useRead('programme', '/api/programme/plans', PlanList)
  const overview = useRead('programme', '/api/programme/overview', Overview, {
    query: { unitId },
    when: unitId !== '',
  })
  const name = overview.data?.unit.name ?? ''
  return (
    <>
      <PageHeader
        title={w.newTargetFor(name)}
        lead={w.newTargetLead}
        above={[{ label: w.overviewTitle, href: unitId === '' ? '/' : overviewHref(unitId, null) }]}
      />
      <div className={styles.controls}>
        <div className={styles.unit}>
          <UnitPicker
            label={w.fields.unit}
            hint={w.unitHint}
            value={picked}
            query={{ may: 'programme.change' }}
            onChange={(chosen) => {
              setPicked(chosen)
              if (chosen !== null) address.show({ unitId: chosen.id })
            }}
          />
        </div>
      </div>
      <Loaded read={read}>{(list) => <NewTarget key={unitId} unitId={unitId} list={list} />}</Loaded>
    </>
  )
}

function NewTarget({ unitId, list }: { unitId: string; list: PlanListAnswer }) {
  const w = useWords(texts)
  const navigate = useNavigate()
  const plans = list.programmes.flatMap((programme) =>
    programme.fields.length === 0 ? [] : programme.plans.map((plan) => ({ ...plan, programme })),
  )
  const thisYear = Number(list.today.slice(0, 4))
  const plan = plans.find((one) => one.year === thisYear) ?? plans[0]
  if (plan === undefined) {
    return (
      <EmptyState
        title={w.noPlan}
        action={
          <Button component={Link} to="/plans">
            {w.toPlans}
          </Button>
        }
      >
        {w.noPlanText}
      </EmptyState>
    )
  }
  return (
    <TargetForm
      unitId={unitId}
      programmes={list.programmes}
      initial={emptyDraft(plan, plan.programme.fields[0]?.id ?? '')}
      onCancel={() => void navigate(overviewHref(unitId, null))}
      onDone={(id, title) => {
        notify({ text: w.given(title) })
        void navigate(`/targets/${id}`)
      }}
    />
  )
}

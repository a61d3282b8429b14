import { api } from '../../../web/api.ts'
import { useRead } from '../../../web/read.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import {
  CheckField,
  ChoiceField,
  LongTextField,
  NumberField,
  SelectField,
  TextField,
} from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { type RefusalForm, useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useLanguage } from '../../../web/words.ts'
import { directions, Made, MeasureList } from '../contract.ts'
import type { PlanListAnswer } from '../plans.contract.ts'
import * as texts from '../texts.ts'
import styles from './editor.module.css'
import { PathFields } from './path-fields.tsx'
import { PersonField } from './person-field.tsx'
import { type TargetDraft, termsOf, withEnd } from './target-draft.ts'
import { TargetPreview } from './target-preview.tsx'

type Programme = PlanListAnswer['programmes'][number]

interface TargetFormProps {
  unitId: string
  /** The programmes whose plans the target can stand in. */
  programmes: readonly Programme[]
  initial: TargetDraft
  /** The target that is changed, with what the person saw of it; a new one is set when not given. */
  changes?: { targetId: string; revisionId: string }
  onDone: (id: string, title: string) => void
  onCancel: () => void
}

/** Sets or changes a target; beside it stands how it would come out today. */
export function TargetForm(props: TargetFormProps) {
  const { unitId, programmes, initial, changes, onDone, onCancel } = props
  const { words } = useLanguage()
  const w = words(texts)
  const form = useRefusalForm({
    initial,
    submit: (draft: TargetDraft) =>
      changes === undefined
        ? api.send('POST', '/api/programme/targets', Made, {
            ...termsOf(draft),
            unitId,
            planId: draft.planId,
          })
        : api.send('PUT', `/api/programme/targets/${changes.targetId}`, Made, {
            ...termsOf(draft),
            revisionId: changes.revisionId,
            reason: draft.reason,
          }),
    onDone: ({ id }) => onDone(id, form.values.title),
    keepAs: changes === undefined ? `programme.new-target-${unitId}` : `programme.target-${changes.targetId}`,
  })
  return (
    <div className={styles.editor}>
      <Form
        form={form}
        label={changes === undefined ? w.giveTarget : w.changeTarget}
        send={changes === undefined ? w.giveTarget : w.saveTarget}
        onCancel={onCancel}
      >
        <What form={form} programmes={programmes} fixedPlan={changes !== undefined} />
        <Level form={form} />
        <Who form={form} unitId={unitId} />
        {changes !== undefined && (
          <fieldset className={styles.group}>
            <legend>{w.groups.why}</legend>
            <LongTextField label={w.fields.reason} hint={w.hints.reason} required {...form.field('reason')} />
          </fieldset>
        )}
      </Form>
      <TargetPreview draft={form.values} unitId={unitId} />
    </div>
  )
}

type GroupProps = { form: RefusalForm<TargetDraft> }

function What({
  form,
  programmes,
  fixedPlan,
}: GroupProps & { programmes: readonly Programme[]; fixedPlan: boolean }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { data } = useRead('measure-list', '/api/measures', MeasureList)
  const plans = programmes.flatMap((programme) => programme.plans)
  const own = programmes.find((programme) => programme.plans.some((plan) => plan.id === form.values.planId))
  const measures = data?.measures ?? []
  const chooseMeasure = (name: string) => {
    const measure = measures.find((one) => one.name === name)
    const noun = measure?.percent ? '%' : measure?.noun[language]
    form.set({ measure: name, ...(noun !== undefined && { valueUnit: noun }) })
  }
  const choosePlan = (planId: string) => {
    const year = plans.find((plan) => plan.id === planId)?.year
    const programme = programmes.find((one) => one.plans.some((plan) => plan.id === planId))
    form.set({
      planId,
      fieldId: programme?.fields[0]?.id ?? '',
      ...(year !== undefined && { startsOn: `${year}-01-01`, endsOn: `${year}-12-31`, path: [] }),
    })
  }
  return (
    <fieldset className={styles.group}>
      <legend>{w.groups.what}</legend>
      <SelectField
        label={w.fields.plan}
        disabled={fixedPlan}
        choices={plans.map((plan) => ({ value: plan.id, label: `${plan.year} · ${plan.name}` }))}
        {...form.field('planId')}
        onChange={choosePlan}
      />
      <SelectField
        label={w.fields.field}
        choices={(own?.fields ?? []).map((field) => ({ value: field.id, label: field.name }))}
        {...form.field('fieldId')}
      />
      <TextField label={w.fields.title} required {...form.field('title')} />
      <TextField label={w.fields.code} required {...form.field('code')} />
      <SelectField
        label={w.fields.measure}
        hint={w.hints.measure}
        choices={[
          { value: '', label: w.fields.noMeasure },
          ...measures.map((measure) => ({ value: measure.name, label: measure.title[language] })),
        ]}
        {...form.field('measure')}
        onChange={chooseMeasure}
      />
    </fieldset>
  )
}

function Level({ form }: GroupProps) {
  const { words } = useLanguage()
  const w = words(texts)
  const { values } = form
  return (
    <fieldset className={styles.group}>
      <legend>{w.groups.level}</legend>
      <ChoiceField
        label={w.fields.direction}
        choices={directions.map((value) => ({ value, label: w.directions[value] }))}
        {...form.field('direction')}
      />
      <div className={styles.pair}>
        <NumberField
          label={w.fields.endValue}
          required
          measuredIn={values.valueUnit}
          {...form.field('endValue')}
          onChange={(endValue) => form.set({ endValue, path: withEnd(values, endValue) })}
        />
        <TextField label={w.fields.valueUnit} {...form.field('valueUnit')} />
        <NumberField
          label={w.fields.baseline}
          hint={w.hints.baseline}
          measuredIn={values.valueUnit}
          {...form.field('baseline')}
        />
      </div>
      <div className={styles.pair}>
        <DayInput label={w.fields.startsOn} required {...form.field('startsOn')} />
        <DayInput label={w.fields.endsOn} required {...form.field('endsOn')} />
      </div>
      <PathFields draft={values} error={form.field('path').error} onChange={(path) => form.set({ path })} />
      <CheckField label={w.fields.isAssumption} {...form.field('isAssumption')} />
    </fieldset>
  )
}

function Who({ form, unitId }: GroupProps & { unitId: string }) {
  const { words } = useLanguage()
  const w = words(texts)
  return (
    <fieldset className={styles.group}>
      <legend>{w.groups.who}</legend>
      <div className={styles.pair}>
        <PersonField
          unitId={unitId}
          name={form.values.answerableName}
          accountId={form.values.answerableAccountId}
          error={form.field('answerableName').error ?? form.field('answerableAccountId').error}
          onType={(answerableName) => form.set({ answerableName, answerableAccountId: null })}
          onChoose={({ id, name, position }) =>
            form.set({ answerableName: name, answerablePosition: position, answerableAccountId: id })
          }
        />
        <TextField label={w.fields.answerablePosition} {...form.field('answerablePosition')} />
      </div>
      <TextField label={w.fields.legalBasis} {...form.field('legalBasis')} />
      <LongTextField label={w.fields.note} {...form.field('note')} />
    </fieldset>
  )
}

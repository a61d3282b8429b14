import { type ReactNode, useState } from 'react'
import { api } from '../../../web/api.ts'
import { TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useWords } from '../../../web/words.ts'
import { Made } from '../contract.ts'
import type { PlanListAnswer } from '../plans.contract.ts'
import * as texts from '../texts.ts'
import styles from './plans.module.css'

/** A form that opens under its own verb and closes once it has written. */
function Opening({ verb, children }: { verb: string; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <details
      className={styles.add}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      data-not-printed
    >
      <summary>{verb}</summary>
      {open && children(() => setOpen(false))}
    </details>
  )
}

/** A form that adds one thing with a name, and says so. */
function useAdding<Values extends { name: string }>(
  path: string,
  initial: Values,
  body: (values: Values) => object,
  close: () => void,
) {
  const w = useWords(texts)
  const form = useRefusalForm({
    initial,
    submit: (values: Values) => api.send('POST', path, Made, body(values)),
    onDone: () => {
      notify({ text: w.added(form.values.name) })
      close()
    },
  })
  return form
}

/** A year is typed as text, since numbers are written with dots; what is no year travels as nothing. */
const typedYear = (text: string) => (/^\d{4}$/.test(text.trim()) ? Number(text) : null)

type Programme = PlanListAnswer['programmes'][number]

export function AddProgramme({ unitId, year }: { unitId: string; year: number }) {
  const w = useWords(texts)
  return (
    <Opening verb={w.addProgramme}>
      {(close) => <ProgrammeForm unitId={unitId} year={year} close={close} />}
    </Opening>
  )
}

function ProgrammeForm({ unitId, year, close }: { unitId: string; year: number; close: () => void }) {
  const w = useWords(texts)
  const initial = {
    name: '',
    fromYear: String(year),
    untilYear: String(year + 4),
    orientation: '',
    decisionNo: '',
    note: '',
  }
  const form = useAdding(
    '/api/programme/programmes',
    initial,
    (values) => ({
      ...values,
      unitId,
      fromYear: typedYear(values.fromYear),
      untilYear: typedYear(values.untilYear),
    }),
    close,
  )
  return (
    <Form form={form} label={w.addProgramme} send={w.addProgramme} onCancel={close}>
      <TextField label={w.planFields.name} required {...form.field('name')} />
      <div className={styles.pair}>
        <TextField label={w.planFields.fromYear} required {...form.field('fromYear')} />
        <TextField label={w.planFields.untilYear} required {...form.field('untilYear')} />
      </div>
      <TextField label={w.planFields.orientation} {...form.field('orientation')} />
      <TextField label={w.planFields.decisionNo} {...form.field('decisionNo')} />
      <TextField label={w.planFields.note} {...form.field('note')} />
    </Form>
  )
}

export function AddPlan({ programme, year }: { programme: Programme; year: number }) {
  const w = useWords(texts)
  return (
    <Opening verb={w.addPlan}>
      {(close) => <PlanForm programme={programme} year={year} close={close} />}
    </Opening>
  )
}

function PlanForm({ programme, year, close }: { programme: Programme; year: number; close: () => void }) {
  const w = useWords(texts)
  const fixed = { programmeId: programme.id, unitId: programme.unit.id }
  const form = useAdding(
    '/api/programme/plans',
    { name: '', year: String(year), decisionNo: '' },
    (values) => ({ ...values, ...fixed, year: typedYear(values.year) }),
    close,
  )
  return (
    <Form form={form} label={w.addPlan} send={w.addPlan} onCancel={close}>
      <div className={styles.pair}>
        <TextField label={w.planFields.year} required {...form.field('year')} />
        <TextField label={w.planFields.decisionNo} {...form.field('decisionNo')} />
      </div>
      <TextField label={w.planFields.name} required {...form.field('name')} />
    </Form>
  )
}

export function AddField({ programmeId }: { programmeId: string }) {
  const w = useWords(texts)
  return (
    <Opening verb={w.addField}>{(close) => <FieldForm programmeId={programmeId} close={close} />}</Opening>
  )
}

function FieldForm({ programmeId, close }: { programmeId: string; close: () => void }) {
  const w = useWords(texts)
  const form = useAdding(
    '/api/programme/fields',
    { name: '' },
    (values) => ({ ...values, programmeId }),
    close,
  )
  return (
    <Form form={form} label={w.addField} send={w.addField} onCancel={close}>
      <TextField label={w.planFields.name} required {...form.field('name')} />
    </Form>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../../web/api.ts'
import { dayText } from '../../../web/formats.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useWords } from '../../../web/words.ts'
import { UnitChanged, type UnitSummaryAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './units.module.css'

/** The form that gives a unit another name from a day on; says beforehand what changes and what stays. */
export function RenameUnitForm({ unit, onClose }: { unit: UnitSummaryAnswer; onClose: () => void }) {
  const w = useWords(texts)
  const queries = useQueryClient()
  const form = useRefusalForm({
    initial: { name: unit.name, from: null as string | null, legalBasis: '' },
    submit: ({ name, from, legalBasis }) =>
      api.send('POST', `/api/units/${unit.id}/rename`, UnitChanged, {
        name,
        from,
        ...(legalBasis.trim() !== '' && { legalBasis }),
      }),
    onDone: () => {
      notify({ text: w.renamed(form.values.name) })
      void queries.invalidateQueries({ queryKey: ['units'] })
      onClose()
    },
  })
  const { name, from } = form.values
  const ready = name.trim() !== '' && name.trim() !== unit.name && from !== null
  return (
    <section className={styles.form}>
      <h2 className={styles.heading}>{w.rename}</h2>
      <Form form={form} label={w.rename} send={w.renameSend} onCancel={onClose}>
        <TextField label={w.newName} hint={w.nameHint} required autoFocus {...form.field('name')} />
        <DayInput label={w.from} required {...form.field('from')} />
        <TextField label={w.basis} hint={w.basisHint} {...form.field('legalBasis')} />
        <p className={styles.preview} aria-live="polite">
          {ready ? w.previewRename(unit.name, name.trim(), dayText(from)) : w.previewWaiting}
        </p>
      </Form>
    </section>
  )
}

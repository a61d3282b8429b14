import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../../web/api.ts'
import { dayText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { CheckField, SelectField, TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useLanguage } from '../../../web/words.ts'
import { UnitCreated, UnitKinds, type UnitSummaryAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './units.module.css'

/** The form that adds a unit below another; says beforehand what will be. */
export function AddUnit({ parent, onClose }: { parent: UnitSummaryAnswer; onClose: () => void }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const queries = useQueryClient()
  const kinds = useRead('units', '/api/units/kinds', UnitKinds)
  const form = useRefusalForm({
    initial: {
      name: '',
      code: '',
      kind: 'village',
      validFrom: null as string | null,
      legalBasis: '',
      nameIsOurs: false,
    },
    submit: ({ legalBasis, ...values }) =>
      api.send('POST', '/api/units', UnitCreated, {
        ...values,
        parentId: parent.id,
        ...(legalBasis.trim() !== '' && { legalBasis }),
      }),
    onDone: () => {
      notify({ text: w.added(form.values.name) })
      void queries.invalidateQueries({ queryKey: ['units'] })
      onClose()
    },
    keepAs: `unit-below-${parent.id}`,
  })
  const { name, validFrom } = form.values
  const ready = name.trim() !== '' && validFrom !== null
  return (
    <section className={styles.form}>
      <h2 className={styles.heading}>{w.add}</h2>
      <Form form={form} label={w.add} send={w.addSend} onCancel={onClose}>
        <TextField label={w.name} hint={w.nameHint} required autoFocus {...form.field('name')} />
        <SelectField
          label={w.kind}
          required
          choices={(kinds.data?.kinds ?? []).map((kind) => ({ value: kind.key, label: kind.name[language] }))}
          {...form.field('kind')}
        />
        <TextField label={w.code} hint={w.codeHint} required {...form.field('code')} />
        <DayInput label={w.from} required {...form.field('validFrom')} />
        <TextField label={w.basis} hint={w.basisHint} {...form.field('legalBasis')} />
        <CheckField label={w.nameIsOurs} {...form.field('nameIsOurs')} />
        <p className={styles.preview} aria-live="polite">
          {ready ? w.previewAdd(name.trim(), parent.name, dayText(validFrom)) : w.previewWaiting}
        </p>
      </Form>
    </section>
  )
}

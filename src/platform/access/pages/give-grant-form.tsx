import { api } from '../../../web/api.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { SelectField, TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { type PickedUnit, UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useWords } from '../../../web/words.ts'
import { GrantMade, type PersonSummaryAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './access-pages.module.css'
import { useRoleChoices, useRoleName } from './role-words.ts'

type Typed = {
  role: string
  unitId: PickedUnit | null
  validFrom: string | null
  validUntil: string | null
  reason: string
}

const initial: Typed = {
  role: 'commune_officer',
  unitId: null,
  validFrom: null,
  validUntil: null,
  reason: '',
}

/** Gives a person a role over a unit, from a day until a day. */
export function GiveGrantForm(props: { person: PersonSummaryAnswer; onGiven: () => Promise<unknown> }) {
  const w = useWords(texts)
  const roleName = useRoleName()
  const form = useRefusalForm({
    initial,
    submit: async (typed: Typed) => {
      await api.send('POST', `/api/access/people/${props.person.id}/grants`, GrantMade, {
        role: typed.role,
        unitId: typed.unitId?.id,
        ...(typed.validFrom === null ? {} : { validFrom: typed.validFrom }),
        ...(typed.validUntil === null ? {} : { validUntil: typed.validUntil }),
        ...(typed.reason.trim() === '' ? {} : { reason: typed.reason }),
      })
      return typed
    },
    onDone: ({ role, unitId }) => {
      form.reset()
      notify({ text: w.given(roleName(role), unitId?.name ?? '') })
      void props.onGiven()
    },
  })
  return (
    <section className={styles.section}>
      <h2>{w.give}</h2>
      <Form form={form} label={w.give} send={w.give}>
        <SelectField label={w.role} required choices={useRoleChoices()} {...form.field('role')} />
        <UnitPicker
          label={w.scope}
          hint={w.scopeHint}
          required
          query={{ may: 'access.manage' }}
          {...form.field('unitId')}
        />
        <DayInput label={w.from} {...form.field('validFrom')} />
        <DayInput label={w.until} hint={w.untilHint} {...form.field('validUntil')} />
        <TextField label={w.reason} hint={w.reasonHint} {...form.field('reason')} />
      </Form>
    </section>
  )
}

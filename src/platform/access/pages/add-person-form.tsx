import { api } from '../../../web/api.ts'
import { TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { type PickedUnit, UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useWords } from '../../../web/words.ts'
import { NewAccountAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './access-pages.module.css'

export type AddedPerson = { accountId: string; displayName: string; oneTimePassword: string }

type Typed = { displayName: string; loginName: string; position: string; unitId: PickedUnit | null }

const initial: Typed = { displayName: '', loginName: '', position: '', unitId: null }

/** Adds a person to a unit within one's own. */
export function AddPersonForm(props: { onAdded: (person: AddedPerson) => void; onCancel: () => void }) {
  const w = useWords(texts)
  const form = useRefusalForm({
    initial,
    keepAs: 'access.new-person',
    submit: async ({ displayName, loginName, position, unitId }: Typed): Promise<AddedPerson> => {
      const answer = await api.send('POST', '/api/access/people', NewAccountAnswer, {
        displayName,
        loginName,
        unitId: unitId?.id,
        ...(position.trim() === '' ? {} : { position }),
      })
      return { accountId: answer.accountId, displayName, oneTimePassword: answer.oneTimePassword }
    },
    onDone: props.onAdded,
  })
  return (
    <section className={styles.section}>
      <h2>{w.add}</h2>
      <p>{w.addLead}</p>
      <Form form={form} label={w.add} send={w.add} onCancel={props.onCancel}>
        <TextField label={w.name} required autoComplete="off" {...form.field('displayName')} />
        <TextField
          label={w.loginName}
          hint={w.loginNameHint}
          required
          autoComplete="off"
          {...form.field('loginName')}
        />
        <TextField label={w.position} autoComplete="off" {...form.field('position')} />
        <UnitPicker label={w.unit} required query={{ may: 'access.manage' }} {...form.field('unitId')} />
      </Form>
    </section>
  )
}

import { api } from '../../../web/api.ts'
import { dayText } from '../../../web/formats.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { ChoiceField, TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useLanguage } from '../../../web/words.ts'
import { MemberAdded, type MemberRole, memberRoles, roleNames, type TeamPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

/** Adds people one after another: the form stays open and empty for the next. */
export function AddMember({ answer, onClose }: { answer: TeamPageAnswer; onClose: () => void }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { refresh } = useDeed()
  const hasHead = answer.members.some((member) => member.role === 'head')
  const form = useRefusalForm({
    initial: {
      fullName: '',
      phone: '',
      role: (hasHead ? 'member' : 'head') as MemberRole,
      joinedOn: answer.today as string | null,
    },
    submit: ({ joinedOn, ...values }) =>
      api.send('POST', `/api/teams/${answer.team.id}/members`, MemberAdded, {
        ...values,
        ...(joinedOn !== null && { joinedOn }),
      }),
    onDone: ({ fullName }) => {
      void refresh()
      notify({ text: w.memberAdded(fullName) })
      form.set({ fullName: '', phone: '', role: 'member' })
      document.querySelector<HTMLInputElement>('input[name="fullName"]')?.focus()
    },
    keepAs: `member-of-${answer.team.id}`,
  })
  return (
    <div className={styles.form}>
      <Form form={form} label={w.addMember} send={w.addMember} onCancel={onClose}>
        <TextField label={w.fullName} required autoFocus autoComplete="off" {...form.field('fullName')} />
        <TextField label={w.phone} type="tel" autoComplete="off" {...form.field('phone')} />
        <ChoiceField
          label={w.role}
          choices={memberRoles.map((value) => ({ value, label: roleNames[value][language] }))}
          {...form.field('role')}
        />
        <DayInput
          label={w.joinedOn}
          required
          hint={w.sinceDay(dayText(answer.team.formedOn))}
          from={answer.team.formedOn}
          until={answer.today}
          {...form.field('joinedOn')}
        />
      </Form>
    </div>
  )
}

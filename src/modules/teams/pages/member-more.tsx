import { Button } from '@mantine/core'
import { useState } from 'react'
import { dayText } from '../../../web/formats.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { ChoiceField, SelectField, TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useLanguage } from '../../../web/words.ts'
import { type MemberAnswer, type MemberRole, memberRoles, roleNames } from '../contract.ts'
import * as texts from '../texts.ts'
import { NewestVersion, useSeenRevision } from './newest.tsx'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

interface OfMember {
  member: MemberAnswer
  today: string
  onClose: () => void
}

type Doing = 'end' | 'role' | 'correct'

/** What can be done with one member: end, another role, correct a mistake, take back. */
export function MemberMore(props: OfMember) {
  const { member, onClose } = props
  const { words } = useLanguage()
  const w = words(texts)
  const { send } = useDeed()
  const [doing, setDoing] = useState<Doing | null>(null)
  if (doing === 'end') return <EndMember {...props} onClose={() => setDoing(null)} />
  if (doing === 'role') return <ChangeRole {...props} onClose={() => setDoing(null)} />
  if (doing === 'correct') return <CorrectMember {...props} onClose={() => setDoing(null)} />
  return (
    <section className={styles.more} aria-label={w.more(member.fullName)}>
      <Button variant="default" onClick={() => setDoing('end')}>
        {w.end}
      </Button>
      <Button variant="default" onClick={() => setDoing('role')}>
        {w.changeRole}
      </Button>
      <Button variant="default" onClick={() => setDoing('correct')}>
        {w.correct}
      </Button>
      {member.mayRemove && (
        <ConfirmButton
          question={w.removeMemberQuestion(member.fullName)}
          consequence={w.removeMemberConsequence}
          confirm={w.removeMember}
          dangerous
          onConfirm={async () => {
            await send('DELETE', `members/${member.id}`)
            notify({ text: w.removed })
            onClose()
          }}
        >
          {w.removeMember}
        </ConfirmButton>
      )}
    </section>
  )
}

function EndMember({ member, today, onClose }: OfMember) {
  const { words } = useLanguage()
  const w = words(texts)
  const { send, undoable } = useDeed()
  const form = useRefusalForm({
    initial: { on: today as string | null, reason: '' },
    submit: ({ on, reason }) =>
      send('POST', `members/${member.id}/end`, { reason, ...(on !== null && { on }) }),
    onDone: () =>
      undoable(w.ended(member.fullName), `members/${member.id}/reopen`, w.reopened(member.fullName)),
  })
  return (
    <div className={styles.form}>
      <Form form={form} label={`${w.end}: ${member.fullName}`} send={w.end} onCancel={onClose}>
        <DayInput label={w.endOn} hint={w.endOnHint} required {...form.field('on')} />
        <TextField label={w.endReason} {...form.field('reason')} />
      </Form>
    </div>
  )
}

function ChangeRole({ member, today, onClose }: OfMember) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { send } = useDeed()
  const others = memberRoles.filter((role) => role !== member.role)
  const form = useRefusalForm({
    initial: { role: others[0] ?? ('member' as MemberRole), on: today as string | null },
    submit: ({ role, on }) => send('POST', `members/${member.id}/role`, { role, ...(on !== null && { on }) }),
    onDone: () =>
      notify({
        text: w.roleChanged(member.fullName, roleNames[form.values.role][language].toLocaleLowerCase('vi')),
      }),
  })
  return (
    <div className={styles.form}>
      <Form form={form} label={`${w.changeRole}: ${member.fullName}`} send={w.changeRole} onCancel={onClose}>
        <ChoiceField
          label={w.role}
          choices={others.map((value) => ({ value, label: roleNames[value][language] }))}
          {...form.field('role')}
        />
        <DayInput
          label={w.changeRoleOn}
          required
          from={member.joinedOn}
          until={today}
          {...form.field('on')}
        />
      </Form>
    </div>
  )
}

function CorrectMember({ member, onClose }: OfMember) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { send } = useDeed()
  const initial = {
    fullName: member.fullName,
    phone: member.phone ?? '',
    role: member.role,
    joinedOn: member.joinedOn as string | null,
    note: member.note ?? '',
  }
  const revision = useSeenRevision({ revision: member.revision, values: initial })
  const form = useRefusalForm({
    initial,
    submit: ({ joinedOn, ...values }) =>
      send('PATCH', `members/${member.id}`, {
        ...values,
        ...(joinedOn !== null && { joinedOn }),
        revision: revision.seen,
      }),
    onDone: () => {
      notify({ text: w.saved })
      onClose()
    },
  })
  return (
    <div className={styles.form}>
      <Form form={form} label={`${w.correct}: ${member.fullName}`} send={w.save} onCancel={onClose}>
        <TextField label={w.fullName} required autoComplete="off" {...form.field('fullName')} />
        <TextField label={w.phone} type="tel" autoComplete="off" {...form.field('phone')} />
        <SelectField
          label={w.role}
          choices={memberRoles.map((value) => ({ value, label: roleNames[value][language] }))}
          {...form.field('role')}
        />
        <DayInput label={w.joinedOn} required {...form.field('joinedOn')} />
        <TextField label={w.note} {...form.field('note')} />
        <NewestVersion
          form={form}
          revision={revision}
          lines={[
            [w.fullName, initial.fullName],
            [w.phone, initial.phone],
            [w.role, roleNames[member.role][language]],
            [w.joinedOn, dayText(member.joinedOn)],
            [w.note, initial.note],
          ]}
        />
      </Form>
    </div>
  )
}

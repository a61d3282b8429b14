import { api } from '../../../web/api.ts'
import { numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useWords } from '../../../web/words.ts'
import { Ended, Me, type MeAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { DevicesSection } from './devices-section.tsx'
import styles from './session-pages.module.css'

/** The own account: password and devices. */
export function Page() {
  const w = useWords(texts)
  const read = useRead('access', '/api/session/me', Me)
  return (
    <Loaded whole read={read}>
      {(me) => <Account me={me} title={w.account} onChange={() => void read.refetch()} />}
    </Loaded>
  )
}

function Account({ me, title, onChange }: { me: MeAnswer; title: string; onChange: () => void }) {
  const w = useWords(texts)
  const { displayName, position, loginName, unitName, mustChangePassword } = me.account
  const where = position === null ? unitName : `${position} · ${unitName}`
  return (
    <>
      <PageHeader title={title} lead={displayName} facts={w.accountLead(loginName, where)} />
      {mustChangePassword && (
        <p className={styles.must} role="status">
          {w.mustChange}
        </p>
      )}
      <PasswordSection oneTime={mustChangePassword} loginName={loginName} onChange={onChange} />
      <DevicesSection />
    </>
  )
}

const empty = { currentPassword: '', newPassword: '' }

function PasswordSection(props: { oneTime: boolean; loginName: string; onChange: () => void }) {
  const w = useWords(texts)
  const form = useRefusalForm({
    initial: empty,
    submit: (typed: typeof empty) => api.send('PUT', '/api/session/password', Ended, typed),
    onDone: ({ sessionsEnded }) => {
      form.reset()
      props.onChange()
      notify({
        text: sessionsEnded > 0 ? w.passwordChangedElsewhere(numberText(sessionsEnded)) : w.passwordChanged,
      })
    },
  })
  return (
    <section className={styles.section}>
      <h2>{w.changePassword}</h2>
      <Form form={form} label={w.changePassword} send={w.changePassword}>
        <input type="text" name="username" autoComplete="username" value={props.loginName} readOnly hidden />
        <TextField
          label={props.oneTime ? w.oneTimePassword : w.currentPassword}
          type="password"
          autoComplete="current-password"
          required
          {...form.field('currentPassword')}
        />
        <TextField
          label={w.newPassword}
          hint={w.newPasswordHint}
          type="password"
          autoComplete="new-password"
          required
          {...form.field('newPassword')}
        />
      </Form>
    </section>
  )
}

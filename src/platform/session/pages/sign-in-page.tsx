import { UnstyledButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { api } from '../../../web/api.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useWords } from '../../../web/words.ts'
import { DemoHint, type DemoHintAnswer, SignedIn } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './session-pages.module.css'

type Typed = { loginName: string; password: string }

const signIn = (typed: Typed) => api.send('POST', '/api/session', SignedIn, typed)

/** Only a path of this product: whoever sends a link must not choose where a person lands after signing in. */
function ownPath(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/'
}

/** Name and password; in a demonstration also its people, to choose from. */
export function Page() {
  const w = useWords(texts)
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const { state, refresh } = useMe()
  const [arrived, setArrived] = useState(false)
  const next = ownPath(search.get('next'))
  const enter = async ({ mustChangePassword }: { mustChangePassword: boolean }) => {
    setArrived(true)
    await refresh()
    await navigate(mustChangePassword ? '/account' : next, { replace: true })
  }
  useEffect(() => {
    if (state === 'signed_in' && !arrived) void navigate(next, { replace: true })
  }, [state, arrived, next, navigate])
  const form = useRefusalForm({
    initial: { loginName: '', password: '' },
    submit: signIn,
    onDone: enter,
    leaveFreely: true,
  })
  const ended = (useLocation().state as { sessionEnded?: boolean } | null)?.sessionEnded === true
  const hint = useRead('session', '/api/session/demo', DemoHint)
  return (
    <div className={styles.signIn}>
      <PageHeader title={w.signIn} lead={w.signInLead} />
      {ended && <p role="status">{w.sessionEnded}</p>}
      <Form form={form} label={w.signIn} send={w.signIn}>
        <TextField label={w.loginName} autoComplete="username" required {...form.field('loginName')} />
        <TextField
          label={w.password}
          type="password"
          autoComplete="current-password"
          required
          {...form.field('password')}
        />
      </Form>
      <p className={styles.quiet}>{w.forgotten}</p>
      {hint.data?.isDemo && hint.data.accounts.length > 0 && <DemoPeople hint={hint.data} onEnter={enter} />}
    </div>
  )
}

function DemoPeople(props: {
  hint: DemoHintAnswer
  onEnter: (answer: { mustChangePassword: boolean }) => Promise<void>
}) {
  const w = useWords(texts)
  const [trouble, setTrouble] = useState<unknown>(undefined)
  const [busy, setBusy] = useState(false)
  const { accounts } = props.hint
  const passwords = new Set(accounts.map((account) => account.password))
  const enter = async (typed: Typed) => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await props.onEnter(await signIn(typed))
    } catch (thrown) {
      setTrouble(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={styles.demo} aria-labelledby="demo-people">
      <h2 id="demo-people">{w.demoTitle}</h2>
      <p>{w.demoLead}</p>
      <ErrorWords trouble={trouble} />
      <ul className={styles.people} aria-label={w.demoAccounts}>
        {accounts.map(({ loginName, password, displayName, position }) => (
          <li key={loginName}>
            <UnstyledButton
              className={styles.person}
              disabled={busy}
              onClick={() => void enter({ loginName, password })}
            >
              <span className={styles.name}>{displayName}</span>
              <span className={styles.position}>{position}</span>
              <code className={styles.login}>{loginName}</code>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {passwords.size === 1 && <p className={styles.quiet}>{w.demoPassword([...passwords].join(''))}</p>}
    </section>
  )
}

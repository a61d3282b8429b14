import { useState } from 'react'
import { useParams } from 'react-router'
import { api } from '../../../web/api.ts'
import { instantText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useWords } from '../../../web/words.ts'
import { Done, OneTimePassword, PersonPage, type PersonPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './access-pages.module.css'
import { GiveGrantForm } from './give-grant-form.tsx'
import { GrantsTable } from './grants-table.tsx'
import { OneTimePasswordNote } from './one-time-password.tsx'

/** One person: what they were given, and what can be done about the account. */
export function Page() {
  const { accountId = '' } = useParams()
  const read = useRead('access', `/api/access/people/${encodeURIComponent(accountId)}`, PersonPage)
  return (
    <Loaded whole read={read}>
      {(answer) => <Person answer={answer} onChange={() => read.refetch()} />}
    </Loaded>
  )
}

type Part = { answer: PersonPageAnswer; onChange: () => Promise<unknown> }

function Person({ answer, onChange }: Part) {
  const w = useWords(texts)
  const { may } = useMe()
  const { person, grants, mayManage, isSelf } = answer
  const [password, setPassword] = useState<string | null>(null)
  const seen = person.lastSignedInAt === null ? w.never : instantText(person.lastSignedInAt)
  return (
    <>
      <PageHeader
        title={person.displayName}
        above={[{ label: w.people, href: '/people' }]}
        lead={person.position === null ? person.unitName : `${person.position} · ${person.unitName}`}
        facts={`${person.loginName} · ${person.status === 'suspended' ? w.suspended : w.active} · ${w.lastSignedIn}: ${seen}`}
        actions={
          mayManage ? (
            <AccountButtons answer={answer} onChange={onChange} onPassword={setPassword} />
          ) : undefined
        }
      />
      {password !== null && (
        <OneTimePasswordNote
          displayName={person.displayName}
          password={password}
          onHide={() => setPassword(null)}
        />
      )}
      {isSelf && <p>{w.self}</p>}
      {!isSelf && !mayManage && may('access.manage') && <p>{w.notYours}</p>}
      <section className={styles.section}>
        <h2>{w.grants}</h2>
        <GrantsTable
          caption={w.grants}
          grants={grants}
          onChange={onChange}
          empty={{ title: w.noGrants, lead: w.noGrantsLead }}
        />
      </section>
      {!isSelf && may('access.manage') && <GiveGrantForm person={person} onGiven={onChange} />}
    </>
  )
}

function AccountButtons({ answer, onChange, onPassword }: Part & { onPassword: (password: string) => void }) {
  const w = useWords(texts)
  const { id, displayName, status } = answer.person
  const path = `/api/access/people/${id}`
  const suspend = async () => {
    await api.send('POST', `${path}/suspend`, Done, {})
    await onChange()
    notify({ text: w.suspendDone(displayName) })
  }
  const restore = async () => {
    await api.send('POST', `${path}/restore`, Done)
    await onChange()
    notify({ text: w.restoreDone(displayName) })
  }
  const reset = async () => {
    const { oneTimePassword } = await api.send('POST', `${path}/reset-password`, OneTimePassword)
    onPassword(oneTimePassword)
  }
  return (
    <>
      <ConfirmButton
        question={w.resetQuestion(displayName)}
        consequence={w.resetConsequence}
        confirm={w.reset}
        onConfirm={reset}
      >
        {w.reset}
      </ConfirmButton>
      {status === 'active' ? (
        <ConfirmButton
          question={w.suspendQuestion(displayName)}
          consequence={w.suspendConsequence}
          confirm={w.suspend}
          onConfirm={suspend}
          dangerous
        >
          {w.suspend}
        </ConfirmButton>
      ) : (
        <ConfirmButton
          question={w.restoreQuestion(displayName)}
          consequence={w.restoreConsequence}
          confirm={w.restore}
          onConfirm={restore}
        >
          {w.restore}
        </ConfirmButton>
      )}
    </>
  )
}

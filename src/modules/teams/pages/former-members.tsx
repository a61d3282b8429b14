import { Button } from '@mantine/core'
import { useState } from 'react'
import { dayText } from '../../../web/formats.ts'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useLanguage } from '../../../web/words.ts'
import { type MemberAnswer, roleNames } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

/** Who was a member before: the history stays; what was noted today can be undone. */
export function FormerMembers({ members }: { members: readonly MemberAnswer[] }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { send } = useDeed()
  const [trouble, setTrouble] = useState<unknown>(undefined)
  const reopen = async (member: MemberAnswer) => {
    setTrouble(undefined)
    try {
      await send('POST', `members/${member.id}/reopen`)
      notify({ text: w.reopened(member.fullName) })
    } catch (thrown) {
      setTrouble(thrown)
    }
  }
  return (
    <details className={styles.former}>
      <summary>{w.former(members.length)}</summary>
      <ErrorWords trouble={trouble} />
      <ul className={styles.people}>
        {members.map((member) => (
          <li key={member.id}>
            <div className={styles.row}>
              <div>
                <div>{member.fullName}</div>
                <div className={styles.about}>
                  {roleNames[member.role][language]} ·{' '}
                  {w.fromUntil(
                    dayText(member.joinedOn),
                    member.leftOn === null ? '' : dayText(member.leftOn),
                  )}
                  {member.leftReason !== null && ` · ${member.leftReason}`}
                </div>
              </div>
              {member.mayReopen && (
                <Button
                  variant="default"
                  aria-label={`${w.reopen}: ${member.fullName}`}
                  onClick={() => void reopen(member)}
                >
                  {w.reopen}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}

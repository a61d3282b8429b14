import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { dayText } from '../../../web/formats.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { useLanguage } from '../../../web/words.ts'
import { type MemberAnswer, roleNames, type TeamPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { AddMember } from './add-member.tsx'
import { FormerMembers } from './former-members.tsx'
import { MemberMore } from './member-more.tsx'
import styles from './teams.module.css'

/** The people of a team, head first, then by given name; each with a number to call. */
export function Members({ answer }: { answer: TeamPageAnswer }) {
  const { words } = useLanguage()
  const w = words(texts)
  const [adding, setAdding] = useState(false)
  const { members, formerMembers, mayChange, team } = answer
  const mayAdd = mayChange && team.dissolvedOn === null
  return (
    <section aria-labelledby="members">
      <div className={styles.sectionHead}>
        <h2 id="members">{w.members(members.length)}</h2>
        {mayAdd && !adding && <Button onClick={() => setAdding(true)}>{w.addMember}</Button>}
      </div>
      {adding && <AddMember answer={answer} onClose={() => setAdding(false)} />}
      {members.length === 0 && !adding && (
        <EmptyState
          title={w.noMembers}
          {...(mayAdd && { action: <Link to="/teams/import">{w.importMembers}</Link> })}
        >
          {mayAdd && w.noMembersHelp}
        </EmptyState>
      )}
      <ul className={styles.people}>
        {members.map((member) => (
          <Person key={member.id} member={member} answer={answer} />
        ))}
      </ul>
      {formerMembers.length > 0 && <FormerMembers members={formerMembers} />}
    </section>
  )
}

function Person({ member, answer }: { member: MemberAnswer; answer: TeamPageAnswer }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const [open, setOpen] = useState(false)
  return (
    <li>
      <div className={styles.person}>
        <div>
          <div className={styles.personName}>{member.fullName}</div>
          <div className={styles.about}>
            {roleNames[member.role][language]} · {w.since(dayText(member.joinedOn))}
            {member.note !== null && ` · ${member.note}`}
          </div>
        </div>
        {member.phone === null ? (
          <span className={`${styles.phone} ${styles.about}`}>{w.noPhone}</span>
        ) : (
          <a
            className={styles.phone}
            href={`tel:${member.phone}`}
            aria-label={`${w.call(member.fullName)}, ${member.phone}`}
          >
            {member.phone}
          </a>
        )}
        {answer.mayChange && (
          <Button
            variant="default"
            aria-expanded={open}
            aria-label={`${open ? w.close : w.change}: ${member.fullName}`}
            onClick={() => setOpen(!open)}
          >
            {open ? w.close : w.change}
          </Button>
        )}
      </div>
      {open && <MemberMore member={member} today={answer.today} onClose={() => setOpen(false)} />}
    </li>
  )
}

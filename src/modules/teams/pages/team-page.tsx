import { useParams } from 'react-router'
import { dayText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useLanguage } from '../../../web/words.ts'
import { kindNames, levelNames, TeamPage, type TeamPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { Activities } from './activities.tsx'
import { Channels } from './channels.tsx'
import { Members } from './members.tsx'
import { placeText } from './place-text.ts'
import { TeamMore } from './team-more.tsx'
import styles from './teams.module.css'

/** One team: its people, its Zalo group, what it did. */
export function Page() {
  const { teamId = '' } = useParams()
  const read = useRead(['teams', 'files'], `/api/teams/${teamId}`, TeamPage)
  return (
    <Loaded whole read={read}>
      {(answer) => <Team answer={answer} />}
    </Loaded>
  )
}

function Team({ answer }: { answer: TeamPageAnswer }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { team } = answer
  return (
    <>
      <PageHeader
        title={team.name}
        above={[{ label: w.teams, href: '/teams' }]}
        facts={
          <span className={styles.facts}>
            <span>
              {team.unit.name}
              {team.unit.within !== '' && `, ${placeText(team.unit, w)}`}
            </span>
            <span>
              {kindNames[team.kind][language]} · {levelNames[team.level][language]}
            </span>
            <span>{w.sinceDay(dayText(team.formedOn))}</span>
            {team.dissolvedOn !== null && <strong>{w.dissolved(dayText(team.dissolvedOn))}</strong>}
            {team.decisionNo !== null && (
              <span>
                {w.decision(team.decisionNo, team.decisionOn === null ? '' : dayText(team.decisionOn))}
              </span>
            )}
            {team.decisionFileId !== null && (
              <a href={`/api/files/${team.decisionFileId}`} target="_blank" rel="noreferrer">
                {w.decisionFile}
              </a>
            )}
          </span>
        }
      />
      {team.note !== null && <p className={styles.note}>{team.note}</p>}
      {team.dissolvedReason !== null && <p className={styles.note}>{team.dissolvedReason}</p>}
      <Members answer={answer} />
      <Channels answer={answer} />
      <Activities answer={answer} />
      {answer.mayChange && <TeamMore answer={answer} />}
    </>
  )
}

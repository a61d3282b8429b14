import { Button } from '@mantine/core'
import { useState } from 'react'
import { dayText, numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useLanguage } from '../../../web/words.ts'
import { ActivitiesAnswer, type ActivityAnswer, type TeamPageAnswer, topicNames } from '../contract.ts'
import * as texts from '../texts.ts'
import { ActivityForm } from './activity-form.tsx'
import { ActivityPhotos } from './activity-photos.tsx'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

/** What the team did, the latest first. */
export function Activities({ answer }: { answer: TeamPageAnswer }) {
  const { words } = useLanguage()
  const w = words(texts)
  const [adding, setAdding] = useState(false)
  const [all, setAll] = useState(false)
  const { activities, activitiesTotal, mayChange, team } = answer
  const older = useRead('teams', `/api/teams/${team.id}/activities`, ActivitiesAnswer, {
    query: { offset: activities.length, limit: 100 },
    when: all,
  })
  const shown = all ? [...activities, ...(older.data?.activities ?? [])] : activities
  return (
    <section className={styles.section} aria-labelledby="activities">
      <div className={styles.sectionHead}>
        <h2 id="activities">{w.activities(activitiesTotal)}</h2>
        {mayChange && !adding && (
          <Button variant="default" onClick={() => setAdding(true)}>
            {w.addActivity}
          </Button>
        )}
      </div>
      {adding && <ActivityForm answer={answer} onClose={() => setAdding(false)} />}
      {activities.length === 0 && !adding && <p className="soft">{w.noActivities}</p>}
      <ul className={styles.list}>
        {shown.map((activity) => (
          <OneActivity key={activity.id} activity={activity} answer={answer} />
        ))}
      </ul>
      {!all && activitiesTotal > activities.length && (
        <div className={styles.more}>
          <Button variant="default" onClick={() => setAll(true)}>
            {w.olderActivities}
          </Button>
        </div>
      )}
    </section>
  )
}

function OneActivity({ activity, answer }: { activity: ActivityAnswer; answer: TeamPageAnswer }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { send } = useDeed()
  const [open, setOpen] = useState(false)
  const [changing, setChanging] = useState(false)
  if (changing) {
    return (
      <li>
        <ActivityForm answer={answer} activity={activity} onClose={() => setChanging(false)} />
      </li>
    )
  }
  return (
    <li>
      <div className={styles.person}>
        <div>
          <div className={styles.personName}>{activity.title}</div>
          <div className={styles.about}>
            {dayText(activity.heldOn)} · {topicNames[activity.topic][language]} ·{' '}
            {activity.peopleHelped === null ? w.notCounted : w.helped(numberText(activity.peopleHelped))}
          </div>
        </div>
        {answer.mayChange && (
          <Button
            variant="default"
            aria-expanded={open}
            aria-label={`${open ? w.close : w.change}: ${activity.title}, ${dayText(activity.heldOn)}`}
            onClick={() => setOpen(!open)}
          >
            {open ? w.close : w.change}
          </Button>
        )}
      </div>
      {activity.description !== null && <p className={styles.note}>{activity.description}</p>}
      <ActivityPhotos activity={activity} changing={open} />
      {open && (
        <div className={styles.more}>
          <Button variant="default" onClick={() => setChanging(true)}>
            {w.change}
          </Button>
          {activity.mayRemove && (
            <ConfirmButton
              question={w.removeActivityQuestion(activity.title)}
              confirm={w.removeActivity}
              dangerous
              onConfirm={async () => {
                await send('DELETE', `activities/${activity.id}`)
                notify({ text: w.removed })
              }}
            >
              {w.removeActivity}
            </ConfirmButton>
          )}
        </div>
      )}
    </li>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { dayText } from '../../../web/formats.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { LongTextField, NumberField, SelectField, TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useLanguage } from '../../../web/words.ts'
import {
  type ActivityAnswer,
  type ActivityTopic,
  activityTopics,
  type TeamPageAnswer,
  topicNames,
} from '../contract.ts'
import * as texts from '../texts.ts'
import { NewestVersion, useSeenRevision } from './newest.tsx'
import { PhotoInput, QueuedPhotos, usePhotoQueue } from './photo-queue.tsx'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

interface ActivityFormProps {
  answer: TeamPageAnswer
  /** The activity to correct; a new one without it. */
  activity?: ActivityAnswer
  onClose: () => void
}

/** Writes down or corrects what a team did on a day. */
export function ActivityForm({ answer, activity, onClose }: ActivityFormProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { send } = useDeed()
  const queue = usePhotoQueue()
  /** Recorded, while its photos are still on their way. */
  const [recorded, setRecorded] = useState<string | null>(null)
  const initial = {
    title: activity?.title ?? '',
    heldOn: (activity?.heldOn ?? answer.today) as string | null,
    topic: (activity?.topic ?? 'public_services') as ActivityTopic,
    peopleHelped: activity?.peopleHelped ?? null,
    description: activity?.description ?? '',
  }
  const revision = useSeenRevision({ revision: activity?.revision ?? 0, values: initial })
  const sendPhotos = async (activityId: string) => {
    if (await queue.send(activityId)) onClose()
  }
  const form = useRefusalForm({
    initial,
    submit: ({ heldOn, ...values }) => {
      const body = { ...values, ...(heldOn !== null && { heldOn }) }
      return activity === undefined
        ? send('POST', `${answer.team.id}/activities`, body)
        : send('PATCH', `activities/${activity.id}`, { ...body, revision: revision.seen })
    },
    onDone: ({ id }) => {
      notify({ text: activity === undefined ? w.activityRecorded : w.saved })
      if (queue.photos.length === 0) return onClose()
      setRecorded(id)
      void sendPhotos(id)
    },
    ...(activity === undefined && { keepAs: `activity-of-${answer.team.id}` }),
  })
  if (recorded !== null) {
    return (
      <section className={styles.form} aria-label={w.photosOfActivity} aria-live="polite">
        <p>{queue.busy ? w.activityRecorded : w.photosLeft}</p>
        <QueuedPhotos queue={queue} onAgain={() => void sendPhotos(recorded)} />
        <div className={styles.more}>
          <Button variant="default" disabled={queue.busy} onClick={onClose}>
            {w.close}
          </Button>
        </div>
      </section>
    )
  }
  return (
    <div className={styles.form}>
      <Form
        form={form}
        label={w.addActivity}
        send={activity === undefined ? w.addActivity : w.save}
        onCancel={onClose}
      >
        <TextField label={w.activityTitle} required autoFocus {...form.field('title')} />
        <DayInput
          label={w.heldOn}
          required
          from={answer.team.formedOn}
          until={answer.today}
          {...form.field('heldOn')}
        />
        <SelectField
          label={w.topic}
          choices={activityTopics.map((value) => ({ value, label: topicNames[value][language] }))}
          {...form.field('topic')}
        />
        <NumberField
          label={w.peopleHelped}
          hint={w.peopleHelpedHint}
          measuredIn={w.peopleUnit}
          {...form.field('peopleHelped')}
        />
        <LongTextField label={w.description} {...form.field('description')} />
        {activity === undefined ? (
          <>
            <PhotoInput label={w.choosePhotos} onPhotos={queue.add} />
            <QueuedPhotos queue={queue} />
          </>
        ) : (
          <NewestVersion
            form={form}
            revision={revision}
            lines={[
              [w.activityTitle, activity.title],
              [w.heldOn, dayText(activity.heldOn)],
              [w.topic, topicNames[activity.topic][language]],
              [w.peopleHelped, activity.peopleHelped === null ? '' : String(activity.peopleHelped)],
              [w.description, initial.description],
            ]}
          />
        )}
      </Form>
    </div>
  )
}

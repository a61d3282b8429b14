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
  const form = useRefusalForm({
    initial: {
      title: activity?.title ?? '',
      heldOn: (activity?.heldOn ?? answer.today) as string | null,
      topic: (activity?.topic ?? 'public_services') as ActivityTopic,
      peopleHelped: activity?.peopleHelped ?? null,
      description: activity?.description ?? '',
    },
    submit: ({ heldOn, ...values }) => {
      const body = { ...values, ...(heldOn !== null && { heldOn }) }
      return activity === undefined
        ? send('POST', `${answer.team.id}/activities`, body)
        : send('PATCH', `activities/${activity.id}`, body)
    },
    onDone: () => {
      notify({ text: activity === undefined ? w.activityRecorded : w.saved })
      onClose()
    },
    ...(activity === undefined && { keepAs: `activity-of-${answer.team.id}` }),
  })
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
      </Form>
    </div>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { api } from '../../../web/api.ts'
import { dayText } from '../../../web/formats.ts'
import { troubleText } from '../../../web/refusal.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { LongTextField, TextField } from '../../../web/ui/fields.tsx'
import { FileDrop } from '../../../web/ui/file-drop.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useLanguage } from '../../../web/words.ts'
import type { TeamPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { NewestVersion, useSeenRevision } from './newest.tsx'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

interface OfTeam {
  answer: TeamPageAnswer
  onClose: () => void
}

const Attached = z.object({ fileId: z.string() })

/** What is seldom done with a team: correct it, attach its decision, dissolve it. */
export function TeamMore({ answer }: { answer: TeamPageAnswer }) {
  const { words } = useLanguage()
  const w = words(texts)
  const go = useNavigate()
  const { send } = useDeed()
  const [doing, setDoing] = useState<'change' | 'decision' | 'dissolve' | null>(null)
  const { team } = answer
  const close = () => setDoing(null)
  if (doing === 'change') return <ChangeTeam answer={answer} onClose={close} />
  if (doing === 'decision') return <AttachDecision answer={answer} onClose={close} />
  if (doing === 'dissolve') return <DissolveTeam answer={answer} onClose={close} />
  return (
    <section className={`${styles.section} ${styles.more}`} aria-label={w.more(team.name)} data-not-printed>
      <Button variant="default" onClick={() => setDoing('change')}>
        {w.change}
      </Button>
      <Button variant="default" onClick={() => setDoing('decision')}>
        {w.attachDecision}
      </Button>
      {team.dissolvedOn === null && (
        <Button variant="default" onClick={() => setDoing('dissolve')}>
          {w.dissolve}
        </Button>
      )}
      {team.mayRestore && (
        <ConfirmButton
          question={`${w.restore}: ${team.name}`}
          confirm={w.restore}
          onConfirm={async () => {
            await send('POST', `${team.id}/restore`)
            notify({ text: w.restored(team.name) })
          }}
        >
          {w.restore}
        </ConfirmButton>
      )}
      {team.mayRemove && (
        <ConfirmButton
          question={w.removeTeamQuestion(team.name)}
          confirm={w.removeTeam}
          dangerous
          onConfirm={async () => {
            await send('DELETE', team.id)
            notify({ text: w.removed })
            void go('/teams')
          }}
        >
          {w.removeTeam}
        </ConfirmButton>
      )}
    </section>
  )
}

function ChangeTeam({ answer: { team, today }, onClose }: OfTeam) {
  const { words } = useLanguage()
  const w = words(texts)
  const { send } = useDeed()
  const initial = {
    name: team.name,
    formedOn: team.formedOn as string | null,
    decisionNo: team.decisionNo ?? '',
    decisionOn: team.decisionOn,
    note: team.note ?? '',
  }
  const revision = useSeenRevision({ revision: team.revision, values: initial })
  const form = useRefusalForm({
    initial,
    submit: ({ formedOn, ...values }) =>
      send('PATCH', team.id, {
        ...values,
        ...(formedOn !== null && { formedOn }),
        revision: revision.seen,
      }),
    onDone: () => {
      notify({ text: w.saved })
      onClose()
    },
  })
  return (
    <div className={styles.form}>
      <Form form={form} label={w.change} send={w.save} onCancel={onClose}>
        <TextField label={w.teamName} required autoFocus {...form.field('name')} />
        <DayInput label={w.formedOnField} required until={today} {...form.field('formedOn')} />
        <TextField label={w.decisionNo} hint={w.decisionNoHint} {...form.field('decisionNo')} />
        <DayInput label={w.decisionOn} until={today} {...form.field('decisionOn')} />
        <LongTextField label={w.note} {...form.field('note')} />
        <NewestVersion
          form={form}
          revision={revision}
          lines={[
            [w.teamName, team.name],
            [w.formedOnField, dayText(team.formedOn)],
            [w.decisionNo, initial.decisionNo],
            [w.decisionOn, team.decisionOn === null ? '' : dayText(team.decisionOn)],
            [w.note, initial.note],
          ]}
        />
      </Form>
    </div>
  )
}

function DissolveTeam({ answer, onClose }: OfTeam) {
  const { words } = useLanguage()
  const w = words(texts)
  const { send, undoable } = useDeed()
  const { team } = answer
  const members = [...answer.members, ...answer.formerMembers].filter(
    (member) => member.leftOn === null,
  ).length
  const channels = answer.channels.filter((channel) => channel.closedOn === null).length
  const form = useRefusalForm({
    initial: { on: answer.today as string | null, reason: '' },
    submit: ({ on, reason }) =>
      send('POST', `${team.id}/dissolve`, { reason, members, channels, ...(on !== null && { on }) }),
    onDone: () => {
      undoable(w.dissolveQuestion(team.name).replace('?', ''), `${team.id}/restore`, w.restored(team.name))
      onClose()
    },
  })
  return (
    <div className={styles.form}>
      <h2>{w.dissolveQuestion(team.name)}</h2>
      <p className={styles.said}>{w.dissolveConsequence(members, channels)}</p>
      <Form form={form} label={w.dissolve} send={w.dissolve} onCancel={onClose}>
        <DayInput label={w.dissolveOn} required {...form.field('on')} />
        <TextField label={w.dissolveReason} {...form.field('reason')} />
      </Form>
    </div>
  )
}

function AttachDecision({ answer, onClose }: OfTeam) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { refresh } = useDeed()
  const [progress, setProgress] = useState<number | undefined>(undefined)
  const [error, setError] = useState<string | undefined>(undefined)
  const send = async (file: File | null) => {
    if (file === null) return
    setError(undefined)
    try {
      await api.upload(`/api/teams/${answer.team.id}/decision`, Attached, file, { onProgress: setProgress })
      notify({ text: w.attached })
      void refresh()
      onClose()
    } catch (thrown) {
      setError(troubleText(thrown, language))
    } finally {
      setProgress(undefined)
    }
  }
  return (
    <div className={styles.form}>
      <FileDrop
        label={w.attachDecision}
        hint={w.attachDecisionHint}
        accept={['.pdf', '.docx', '.jpg', '.jpeg', '.png', '.webp']}
        maxBytes={20_000_000}
        file={null}
        onFile={(file) => void send(file)}
        progress={progress}
        error={error}
      />
      <div className={styles.more}>
        <Button variant="default" onClick={onClose}>
          {w.close}
        </Button>
      </div>
    </div>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { dayText } from '../../../web/formats.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useLanguage } from '../../../web/words.ts'
import type { TeamPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

/** The Zalo group through which a team reaches its village. */
export function Channels({ answer }: { answer: TeamPageAnswer }) {
  const { words } = useLanguage()
  const w = words(texts)
  const { send } = useDeed()
  const [adding, setAdding] = useState(false)
  const { channels, mayChange, team, today } = answer
  const open = channels.filter((channel) => channel.closedOn === null)
  return (
    <section className={styles.section} aria-labelledby="channels">
      <div className={styles.sectionHead}>
        <h2 id="channels">{w.channels}</h2>
        {mayChange && team.dissolvedOn === null && !adding && (
          <Button variant="default" onClick={() => setAdding(true)}>
            {w.addChannel}
          </Button>
        )}
      </div>
      {adding && <AddChannel answer={answer} onClose={() => setAdding(false)} />}
      {open.length === 0 && !adding && <p className="soft">{w.noChannel}</p>}
      <ul className={styles.list}>
        {channels.map((channel) => (
          <li key={channel.id} className={styles.row}>
            <div>
              <a className={styles.link} href={channel.url} target="_blank" rel="noreferrer">
                {channel.url}
              </a>
              <div className={styles.about}>
                {w.since(dayText(channel.openedOn))}
                {channel.closedOn !== null && ` · ${w.closedOn(dayText(channel.closedOn))}`}
              </div>
            </div>
            {mayChange && (
              <div className={styles.more}>
                {channel.closedOn === null && channel.openedOn < today && (
                  <ConfirmButton
                    question={w.closeChannelQuestion}
                    consequence={w.closeChannelConsequence(dayText(today))}
                    confirm={w.closeChannel}
                    onConfirm={async () => {
                      await send('POST', `channels/${channel.id}/close`, { on: today })
                      notify({ text: w.channelClosed })
                    }}
                  >
                    {w.closeChannel}
                  </ConfirmButton>
                )}
                {channel.mayRemove && (
                  <ConfirmButton
                    question={w.removeTeamQuestion(channel.url)}
                    confirm={w.removeChannel}
                    dangerous
                    onConfirm={async () => {
                      await send('DELETE', `channels/${channel.id}`)
                      notify({ text: w.removed })
                    }}
                  >
                    {w.removeChannel}
                  </ConfirmButton>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function AddChannel({ answer, onClose }: { answer: TeamPageAnswer; onClose: () => void }) {
  const { words } = useLanguage()
  const w = words(texts)
  const { send } = useDeed()
  const form = useRefusalForm({
    initial: { url: '', openedOn: answer.today as string | null },
    submit: ({ url, openedOn }) =>
      send('POST', `${answer.team.id}/channels`, { url, ...(openedOn !== null && { openedOn }) }),
    onDone: () => {
      notify({ text: w.channelAdded })
      onClose()
    },
  })
  return (
    <div className={styles.form}>
      <Form form={form} label={w.addChannel} send={w.addChannel} onCancel={onClose}>
        <TextField
          label={w.channelUrl}
          hint={w.channelUrlHint}
          type="url"
          required
          autoFocus
          autoComplete="off"
          {...form.field('url')}
        />
        <DayInput
          label={w.openedOn}
          required
          from={answer.team.formedOn}
          until={answer.today}
          {...form.field('openedOn')}
        />
      </Form>
    </div>
  )
}

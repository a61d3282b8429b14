import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { parseDay } from '../../../web/day-entry.ts'
import { dayOf, instantText, numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { useWords } from '../../../web/words.ts'
import { type History, HistoryAnswer } from '../change.contract.ts'
import type { FigurePageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { amountText, ChangedLists, changeSentence } from './changed-lists.tsx'
import styles from './measures.module.css'

interface HistoryOfFigureProps {
  page: FigurePageAnswer
  path: string
  query: Record<string, string | null>
}

/** The figure by the records as they are now, beside what had been recorded up to a day; the difference row by row. */
export function HistoryOfFigure({ page, path, query }: HistoryOfFigureProps) {
  const w = useWords(texts)
  const [params, setParams] = useSearchParams()
  const knownOn = params.get('knownOn')
  // As long as what stands in the field is no day, nothing below answers it.
  const [isUnread, setUnread] = useState(false)
  // Records carry the clock of the machine, whatever day a demonstration stands on.
  const clockDay = dayOf(page.readAt)
  // Without a time it is the end of the day.
  const time = /^([01]\d|2[0-3]):[0-5]\d$/.exec(params.get('knownTime') ?? '')?.[0] ?? null
  const isAsked = knownOn !== null && !isUnread && parseDay(knownOn) === knownOn && knownOn <= clockDay
  const choose = (name: 'knownOn' | 'knownTime', value: string | null) => {
    const next = new URLSearchParams(params)
    if (value === null || value === '') next.delete(name)
    else next.set(name, value)
    setParams(next, { preventScrollReset: true })
  }
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{w.history}</h2>
      <p className={styles.lead}>{w.historyLead}</p>
      <div className={styles.knownOn} data-not-printed>
        <DayInput
          label={w.knownOn}
          value={knownOn}
          until={clockDay}
          today={clockDay}
          onChange={(day) => {
            setUnread(day === null)
            if (day !== null || knownOn === null) choose('knownOn', day)
          }}
        />
        <TextInput
          type="time"
          label={w.knownTime}
          description={w.knownTimeHint}
          value={time ?? ''}
          onChange={(event) => choose('knownTime', event.currentTarget.value)}
        />
      </div>
      {isAsked && (
        <Known
          key={`${knownOn} ${time}`}
          path={path}
          query={{ ...query, knownAt: `${knownOn}T${time === null ? '23:59:59' : `${time}:00`}+07:00` }}
        />
      )}
    </section>
  )
}

function Known({ path, query }: { path: string; query: Record<string, string | null> }) {
  const w = useWords(texts)
  const read = useRead('measures', `${path}/history`, HistoryAnswer, { query, figures: 'with_list' })
  return (
    <Loaded read={read} lines={2}>
      {(history) => (
        <>
          <dl className={styles.sideBySide}>
            <div>
              <dt>{w.byRecordsNow}</dt>
              <dd>{amountText(history.now, history.measure) ?? w.nothingKnown}</dd>
            </div>
            <div>
              <dt>{w.asRecorded(instantText(history.knownAt))}</dt>
              <dd>{amountText(history.before, history.measure) ?? w.nothingKnown}</dd>
            </div>
          </dl>
          <p>{explained(history, w)}</p>
          {history.mapChanged && (
            <p>
              {w.mapChanged} <Link to="/units/changes">{w.toChanges}</Link>
            </p>
          )}
          {history.markAt !== null && (
            <p className={styles.soft}>{w.markBefore(instantText(history.markAt))}</p>
          )}
          <ChangedLists
            lists={history.lists}
            hasLists={history.hasLists}
            ofItems={history.measure.kind === 'share'}
          />
        </>
      )}
    </Loaded>
  )
}

function explained({ lists, hasLists, measure }: History, w: typeof texts.vi): string {
  if (!hasLists) return ''
  if (measure.kind === 'share') {
    const items = lists.reduce((sum, { added, taken, altered }) => sum + added + taken + altered, 0)
    return items === 0 ? w.nothingJudgedOtherwise : w.judgedOtherwise(numberText(items))
  }
  const sentence = changeSentence(lists, w)
  return sentence === '' ? w.nothingRecordedLater : w.recordedLater(sentence)
}

import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { parseDay } from '../../../web/day-entry.ts'
import { dayOf, dayText, instantText, numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { useWords } from '../../../web/words.ts'
import { type History, HistoryAnswer } from '../change.contract.ts'
import * as texts from '../texts.ts'
import { amountText, byDeed, byMapText, ChangedLists, changeSentence } from './changed-lists.tsx'
import styles from './measures.module.css'

interface HistoryOfFigureProps {
  /** The clock of the machine that records. */
  readAt: string
  path: string
  query: Record<string, string | null>
}

/** The figure by the records as they are now, beside what had been recorded up to a day; the difference row by row. */
export function HistoryOfFigure({ readAt, path, query }: HistoryOfFigureProps) {
  const w = useWords(texts)
  const [params, setParams] = useSearchParams()
  const knownOn = params.get('knownOn')
  // As long as what stands in the field is no day, nothing below answers it.
  const [isUnread, setUnread] = useState(false)
  // Records carry the clock of the machine, whatever day a demonstration stands on.
  const clockDay = dayOf(readAt)
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
              <dd>{figureOf(history, 'now', w)}</dd>
            </div>
            <div>
              <dt>{w.asRecorded(instantText(history.knownAt))}</dt>
              <dd>{figureOf(history, 'before', w)}</dd>
            </div>
          </dl>
          <div className={styles.explained}>
            {absent(history, w).map((said) => (
              <p key={said}>{said}</p>
            ))}
            {history.mapChanged && (
              <p>
                {w.mapChanged} {byMapText(history, w)} <Link to="/units/changes">{w.toChanges}</Link>
              </p>
            )}
            {explained(history, w).map((said) => (
              <p key={said}>{said}</p>
            ))}
            {history.markAt !== null && (
              <p className={styles.soft}>{w.markBefore(instantText(history.markAt))}</p>
            )}
          </div>
          {history.onMap.now && (
            <ChangedLists
              lists={history.lists}
              hasLists={history.hasLists}
              ofItems={history.measure.kind === 'share'}
            />
          )}
        </>
      )}
    </Loaded>
  )
}

function figureOf(history: History, which: 'before' | 'now', w: typeof texts.vi): string {
  if (!history.onMap[which]) return w.notOnMap
  return amountText(history[which], history.measure) ?? w.nothingKnown
}

/** That the unit is not on the map, as known then or now. */
function absent({ onMap, unit, mapDay }: History, w: typeof texts.vi): string[] {
  return [
    ...(onMap.before ? [] : [w.notOnMapThen(unit.name, dayText(mapDay))]),
    ...(onMap.now ? [] : [w.notOnMapNow(unit.name, dayText(mapDay))]),
  ]
}

function explained({ lists, hasLists, measure, onMap }: History, w: typeof texts.vi): string[] {
  if (!hasLists || !onMap.now) return []
  if (measure.kind === 'share') {
    const items = lists.reduce((sum, { added, taken, altered }) => sum + added + taken + altered, 0)
    return [items === 0 ? w.nothingJudgedOtherwise : w.judgedOtherwise(numberText(items))]
  }
  const parts = lists.map(byDeed)
  const recorded = changeSentence(
    parts.map((part) => part.recorded),
    w,
  )
  const settled = changeSentence(
    parts.map((part) => part.settled),
    w,
  )
  if (recorded === '' && settled === '') return [w.nothingRecordedLater]
  return [
    ...(settled === '' ? [] : [w.settledLater(settled)]),
    ...(recorded === '' ? [] : [w.recordedLater(recorded)]),
  ]
}

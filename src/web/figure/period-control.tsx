import { ActionIcon, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import {
  type PeriodKind,
  periodKinds,
  periodOf,
  stepPeriod,
} from '../../platform/measures/period.contract.ts'
import { dayText, monthText, quarterText } from '../formats.ts'
import { DayInput } from '../ui/day-input.tsx'
import { type Language, useLanguage } from '../words.ts'
import type { FigureQuestion, QuestionChange } from './figure-query.ts'
import styles from './question.module.css'
import type { vi } from './question.texts.ts'
import * as texts from './question.texts.ts'

interface PeriodControlProps {
  question: FigureQuestion
  today: string
  /** false where figures are read on a day: only the day is asked for. */
  overPeriod: boolean
  onChange: (change: QuestionChange) => void
}

const range = 'range'

/** The period of figures, or the day on which they are read: whole periods with steps back and forth, or any range. */
export function PeriodControl({ question, today, overPeriod, onChange }: PeriodControlProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const [free, setFree] = useState(question.period === null)
  const { asOf, period, unread } = question
  const isRange = overPeriod && (free || period === null || unread.from !== undefined)
  // What is read on a day is stepped through by the month.
  const steps: PeriodKind = overPeriod ? (period ?? 'day') : 'month'
  const step = (by: -1 | 1) => {
    const next = stepPeriod(steps, asOf, by, today)
    onChange({ asOf: next === today ? null : next })
  }
  return (
    <div className={styles.group}>
      {overPeriod && (
        <NativeSelect
          className={styles.narrow}
          label={w.period}
          value={isRange ? range : (period ?? range)}
          error={unread.period && w.unreadPeriod(unread.period)}
          data={[
            ...periodKinds.map((kind) => ({ value: kind, label: w.periods[kind] })),
            { value: range, label: w.periods.range },
          ]}
          onChange={(event) => {
            const chosen = event.currentTarget.value
            setFree(chosen === range)
            if (chosen === range)
              onChange({ period: null, from: question.from ?? `${asOf.slice(0, 4)}-01-01` })
            else onChange({ period: chosen, from: null })
          }}
        />
      )}
      {isRange && (
        <DayInput
          label={w.from}
          value={unread.from ?? question.from}
          unreadable={unread.from && w.unreadFrom(unread.from)}
          until={asOf}
          today={today}
          onChange={(day) => day !== null && onChange({ from: day, period: null })}
        />
      )}
      <DayInput
        label={overPeriod ? w.until : w.asOf}
        value={unread.asOf ?? asOf}
        unreadable={unread.asOf && w.unreadDay(unread.asOf)}
        today={today}
        onChange={(day) => day !== null && onChange({ asOf: day === today ? null : day })}
      />
      {!isRange && steps !== 'all' && (
        <div className={styles.steps}>
          <ActionIcon
            variant="default"
            size="input-sm"
            aria-label={w.earlier(w.steps[steps])}
            onClick={() => step(-1)}
          >
            ‹
          </ActionIcon>
          <span className={styles.named} aria-live="polite">
            {periodName(steps, asOf, language, w)}
          </span>
          <ActionIcon
            variant="default"
            size="input-sm"
            aria-label={w.later(w.steps[steps])}
            disabled={asOf >= today}
            onClick={() => step(1)}
          >
            ›
          </ActionIcon>
        </div>
      )}
    </div>
  )
}

function periodName(kind: PeriodKind, asOf: string, language: Language, w: typeof vi): string {
  if (asOf === '') return ''
  const { from, until } = periodOf(kind, asOf)
  switch (kind) {
    case 'month':
      return monthText(asOf, language)
    case 'quarter':
      return quarterText(asOf, language)
    case 'half_year':
      return w.halfYear(Number(asOf.slice(5, 7)) <= 6, asOf.slice(0, 4))
    case 'year':
      return w.year(asOf.slice(0, 4))
    case 'week':
      return w.week(dayText(from ?? asOf), dayText(until))
    default:
      return dayText(asOf)
  }
}

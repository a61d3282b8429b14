import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import * as questionTexts from '../../../web/figure/question.texts.ts'
import { dayText } from '../../../web/formats.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { useWords } from '../../../web/words.ts'
import * as texts from '../texts.ts'
import styles from './overview.module.css'
import { useViewAddress } from './view-address.ts'

interface AsOfChoiceProps {
  asOf: string
  today: string
  /** Null is today. */
  onChange: (asOf: string | null) => void
}

const other = 'other'

/** The ends of the months of the year up to today, latest first; of a past year all twelve. */
function monthEndsBefore(asOf: string, today: string): string[] {
  const year = Number(asOf.slice(0, 4))
  return Array.from({ length: 12 }, (_, month) =>
    new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10),
  )
    .filter((end) => end < today)
    .toReversed()
}

/** The day that figures are read on: today, the end of a month, or any other day. */
export function AsOfChoice({ asOf, today, onChange }: AsOfChoiceProps) {
  const w = useWords(texts)
  const q = useWords(questionTexts)
  const { unreadDay } = useViewAddress()
  const ends = monthEndsBefore(asOf, today)
  const preset = asOf === today || ends.includes(asOf)
  const [free, setFree] = useState(!preset)
  const isFree = free || !preset || unreadDay !== null
  const choose = (on: string) => onChange(on === today ? null : on)
  return (
    <div className={styles.asOf}>
      <NativeSelect
        label={w.asOfDay}
        value={isFree ? other : asOf}
        data={[
          { value: today, label: w.today(dayText(today)) },
          ...ends.map((end) => ({ value: end, label: w.monthEnd(dayText(end)) })),
          { value: other, label: w.otherDay },
        ]}
        onChange={(event) => {
          const chosen = event.currentTarget.value
          setFree(chosen === other)
          if (chosen !== other) choose(chosen)
        }}
      />
      {isFree && (
        <DayInput
          label={w.otherDay}
          value={unreadDay ?? asOf}
          unreadable={unreadDay === null ? undefined : q.unreadDay(unreadDay)}
          today={today}
          onChange={(on) => on !== null && choose(on)}
        />
      )}
    </div>
  )
}

import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { DayInput } from '../ui/day-input.tsx'
import { useWords } from '../words.ts'
import type { FigureQuestion, QuestionChange } from './figure-query.ts'
import styles from './question.module.css'
import * as texts from './question.texts.ts'

interface MapControlProps {
  question: FigureQuestion
  today: string
  onChange: (change: QuestionChange) => void
}

const other = 'other'

/** Which map places the records: that of their time, of today, or of another day. */
export function MapControl({ question, today, onChange }: MapControlProps) {
  const w = useWords(texts)
  const { map, unread } = question
  const preset = map === 'then' || map === 'today'
  const [free, setFree] = useState(!preset)
  const isFree = free || !preset || unread.map !== undefined
  return (
    <div className={styles.group}>
      <NativeSelect
        className={styles.narrow}
        label={w.map}
        value={isFree ? other : map}
        data={[
          { value: 'then', label: w.maps.ofThen },
          { value: 'today', label: w.maps.today },
          { value: other, label: w.maps.other },
        ]}
        onChange={(event) => {
          const chosen = event.currentTarget.value
          setFree(chosen === other)
          if (chosen !== other) onChange({ map: chosen === 'then' ? null : chosen })
        }}
      />
      {isFree && (
        <DayInput
          label={w.mapDay}
          value={unread.map ?? (preset ? null : map)}
          unreadable={unread.map && w.unreadMap(unread.map)}
          today={today}
          onChange={(day) => day !== null && onChange({ map: day })}
        />
      )}
    </div>
  )
}

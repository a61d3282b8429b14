import { ActionIcon, Popover, TextInput } from '@mantine/core'
import { DatePicker, DatesProvider } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/vi'
import { useEffect, useState } from 'react'
import { isTypedOut, parseDay } from '../day-entry.ts'
import { dayText } from '../formats.ts'
import { useLanguage } from '../words.ts'
import type { FieldWords } from './fields.tsx'
import { Icon } from './icon.tsx'
import * as texts from './ui.texts.ts'

export interface DayInputProps extends FieldWords {
  name?: string
  /** 'YYYY-MM-DD', or null while empty. A text that is no day is shown as it is, with the error. */
  value: string | null
  /** What was typed stays in the box; as long as it cannot be read it gives null. */
  onChange: (on: string | null) => void
  error?: string | undefined
  /** Said instead of the usual sentence of a `value` that is no day. */
  unreadable?: string | undefined
  /** First and last day allowed, 'YYYY-MM-DD'. */
  from?: string
  until?: string
  /** The month the calendar opens at while empty: give the working day. */
  today?: string
}

const readOf = (text: string | null) => (text === null ? null : parseDay(text))

function shownOf(value: string | null): string {
  const day = readOf(value)
  return day === null ? (value ?? '') : dayText(day)
}

/** A day, typed the way people write it or picked from a calendar whose weeks start on Monday. */
export function DayInput(props: DayInputProps) {
  const { label, hint, required, disabled, name, value, onChange, error, from, until, today } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const [typed, setTyped] = useState(shownOf(value))
  const [opened, setOpened] = useState(false)
  const [left, setLeft] = useState(true)
  useEffect(() => {
    if (value === null) setTyped((now) => (parseDay(now) === null || !isTypedOut(now) ? now : ''))
    else setTyped((now) => (now !== '' && parseDay(now) === readOf(value) ? now : shownOf(value)))
  }, [value])
  const day = readOf(value)
  const outside = (on: string) => (from !== undefined && on < from) || (until !== undefined && on > until)
  const allowed =
    from !== undefined && until !== undefined
      ? w.day.outside(dayText(from), dayText(until))
      : from !== undefined
        ? w.day.after(dayText(from))
        : w.day.before(until === undefined ? '' : dayText(until))
  const isWrong = left && typed.trim() !== '' && parseDay(typed) === null
  const wrong = isWrong ? (typed === value && props.unreadable) || w.day.wrong : undefined
  const bounds = day !== null && outside(day) ? allowed : undefined
  const settle = () => {
    setLeft(true)
    const on = parseDay(typed)
    if (on !== null) {
      setTyped(dayText(on))
      if (on !== value) onChange(on)
    } else if (typed.trim() === '' && value !== null) {
      setTyped(shownOf(value))
      if (day !== null) onChange(value)
    }
  }
  return (
    <DatesProvider settings={{ locale: language, firstDayOfWeek: 1, weekendDays: [0] }}>
      <TextInput
        name={name}
        label={label}
        description={hint ?? w.day.hint}
        withAsterisk={required === true}
        aria-required={required === true ? true : undefined}
        disabled={disabled}
        error={wrong ?? bounds ?? error}
        value={typed}
        autoComplete="off"
        onChange={(event) => {
          const text = event.currentTarget.value
          setTyped(text)
          setLeft(false)
          onChange(isTypedOut(text) ? parseDay(text) : null)
        }}
        onBlur={settle}
        onKeyDown={(event) => event.key === 'Enter' && settle()}
        rightSectionWidth="2.75rem"
        rightSection={
          <Popover
            opened={opened}
            onChange={setOpened}
            position="bottom-end"
            trapFocus
            returnFocus
            shadow="sm"
            transitionProps={{ duration: 0 }}
          >
            <Popover.Target>
              <ActionIcon
                variant="subtle"
                c="var(--ink-soft)"
                size={40}
                aria-label={`${w.day.calendar}: ${label}`}
                disabled={disabled}
                onClick={() => setOpened(!opened)}
              >
                <Icon name="calendar" />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown>
              <DatePicker
                size="md"
                value={day}
                defaultDate={day ?? today}
                minDate={from}
                maxDate={until}
                ariaLabels={{
                  previousMonth: w.day.previousMonth,
                  nextMonth: w.day.nextMonth,
                }}
                onChange={(on) => {
                  setTyped(shownOf(on))
                  onChange(on)
                  setOpened(false)
                }}
              />
            </Popover.Dropdown>
          </Popover>
        }
      />
    </DatesProvider>
  )
}

import { tidy } from '../text/index.ts'
import { en, vi } from './cell.texts.ts'
import { dayInWords, dayOfSerial } from './excel-day.ts'
import type { SheetCell } from './sheet.types.ts'

export type Reading<V> =
  | { ok: true; value: V }
  | { ok: false; code: string; message: string; messageEn: string }

const DAY_FIRST = /^(\d{1,2})\s*[/.\s-]\s*(\d{1,2})\s*[/.\s-]\s*(\d{2}|\d{4})$/
const YEAR_FIRST = /^(\d{4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})$/
const IN_WORDS = /^(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})$/i
const MONTH_ONLY = /^(?:tháng\s*)?(?:(\d{1,2})\s*(?:[/.-]|năm)\s*\d{4}|\d{4}\s*[/-]\s*\d{1,2})$/i
const TIME_AFTER = /[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M|\s*(?:SA|CH))?Z?$/i

/**
 * Reads a day as 'YYYY-MM-DD'. Takes Excel dates, 30/8/2022, 30-08-2022, 30.8.2022, 2022-08-30 and «ngày 30 tháng 8 năm
 * 2022», each with a time behind it or not. Day comes before month, always; what does not say day, month and a
 * four-digit year is refused with advice rather than guessed.
 */
export function parseDay(cell: SheetCell): Reading<string> {
  if (cell.kind === 'day') {
    if (cell.monthOnly) return refused('day_month_only', vi.dayMonthOnly, en.dayMonthOnly)
    return cell.on === undefined ? impossible(cell.text) : withinRange(cell.on)
  }
  if (cell.kind === 'number') return parseNumber(cell.number)
  const text = tidy(cell.text).replace(TIME_AFTER, '').replace(/^'/, '').trim()
  const worded = IN_WORDS.exec(text)
  if (worded) return fromParts(worded[1], worded[2], worded[3])
  const isoDay = YEAR_FIRST.exec(text)
  if (isoDay) return fromParts(isoDay[3], isoDay[2], isoDay[1])
  const written = DAY_FIRST.exec(text)
  if (written) return fromParts(written[1], written[2], written[3])
  if (MONTH_ONLY.test(text)) return refused('day_month_only', vi.dayMonthOnly, en.dayMonthOnly)
  if (/^\d+$/.test(text)) return parseNumber(Number(text))
  return refused('day_unreadable', vi.dayUnreadable, en.dayUnreadable)
}

function parseNumber(value: number): Reading<string> {
  if (Number.isInteger(value) && value >= 1900 && value <= 2100) {
    return refused('day_year_only', vi.dayYearOnly, en.dayYearOnly)
  }
  // 20,000 to 80,000 are the days 1954 to 2119: the date format of the cell was lost on the way.
  const day = value >= 20_000 && value <= 80_000 ? dayOfSerial(value) : undefined
  if (day === undefined) return refused('day_unreadable', vi.dayUnreadable, en.dayUnreadable)
  const likely = dayInWords(day)
  return refused('day_serial', vi.daySerial(likely), en.daySerial(likely))
}

function fromParts(dayText = '', monthText = '', yearText = ''): Reading<string> {
  const [day, month] = [Number(dayText), Number(monthText)]
  if (yearText.length === 2) {
    const likely = `${day}/${month}/20${yearText}`
    return refused('day_short_year', vi.dayShortYear(likely), en.dayShortYear(likely))
  }
  const year = Number(yearText)
  if (month > 12 && month <= 31 && day >= 1 && day <= 12) {
    const likely = `${month}/${day}/${yearText}`
    return refused('day_month_first', vi.dayMonthFirst(likely), en.dayMonthFirst(likely))
  }
  const time = new Date(Date.UTC(2000, 0, 1))
  time.setUTCFullYear(year, month - 1, day)
  if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== day)
    return impossible(`${day}/${month}/${yearText}`)
  return withinRange(`${yearText}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
}

function withinRange(day: string): Reading<string> {
  if (day >= '1900-01-01' && day <= '2100-12-31') return { ok: true, value: day }
  return refused('day_out_of_range', vi.dayOutOfRange, en.dayOutOfRange)
}

function impossible(typed: string): Reading<string> {
  return refused('day_impossible', vi.dayImpossible(typed), en.dayImpossible(typed))
}

/** A refusal of one cell in both languages. */
export function refused(code: string, message: string, messageEn: string): Reading<never> {
  return { ok: false, code, message, messageEn }
}

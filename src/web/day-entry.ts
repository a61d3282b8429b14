import { currentNotation } from './exact.ts'

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function wholeYear(text: string): number {
  const year = Number(text)
  if (text.length === 4) return year
  // Two digits: 00–49 are of this century, 50–99 of the last, as on most birth records still alive.
  return year < 50 ? 2000 + year : 1900 + year
}

/**
 * Reads a day as people type it, day first: '30/8/2022', '30-8-22', '30.08.2022', '30 8 2022', '30082022', and
 * also '2022-08-30'. Gives 'YYYY-MM-DD', or null when it is no day of the calendar (years 1900 to 2199).
 */
export function parseDay(typed: string): string | null {
  const text = typed.normalize('NFC').trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const spoken =
    /^(\d{1,2})\s*[/\-.\s]\s*(\d{1,2})\s*[/\-.\s]\s*(\d{4}|\d{2})$/.exec(text) ??
    /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text)
  const [year, month, day] =
    iso !== null
      ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
      : spoken !== null
        ? [wholeYear(spoken[3] ?? ''), Number(spoken[2]), Number(spoken[1])]
        : [0, 0, 0]
  if (year < 1900 || year > 2199 || !isDay(year, month, day)) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Whether what is being typed is a day to its end: '1/1/20' reads as a day too, but may be on its way to '1/1/2022'. */
export function isTypedOut(typed: string): boolean {
  return /^(\d{4}-\d{2}-\d{2}|\d{8}|.*\D\d{4})$/.test(typed.trim())
}

/**
 * Reads a number as people type it: '1.234,5', '1234,5', '1234.5' (a lone '.' not followed by exactly three
 * digits is a decimal mark); on English pages '1,234.5'. null when it is no number.
 */
export function parseNumber(typed: string): number | null {
  const plain = typed.replaceAll(/\s/g, '')
  const text =
    currentNotation() === 'en' ? plain.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.')) : plain
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'))
  if (/^-?\d+([.,]\d+)?$/.test(text)) return Number(text.replace(',', '.'))
  return null
}

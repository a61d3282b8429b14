/**
 * The one place for how numbers, days and money are written: as in Vietnam, and numbers as in English on English pages.
 * The server, which writes exports and papers, uses it too and writes Vietnamese; where it writes a sentence in both
 * languages, it says which numbers it wants.
 */
import {
  currentNotation,
  cutQuotient,
  cutTo,
  type ExactInput,
  exact,
  exactText,
  type Notation,
} from './exact.ts'
import type { Language } from './words.ts'

const zone = 'Asia/Ho_Chi_Minh'

/** 1234567.8 → '1.234.567,8'. At most `places` decimals, cut; all of them when not given. */
export function numberText(value: ExactInput, places?: number, notation = currentNotation()): string {
  const number = exact(value)
  return exactText(places === undefined ? number : cutTo(number, places), notation)
}

/** (142n, 178n) → '79,77 %': cut, never rounded, so 99,999 % never shows as 100 %. '–' of nothing. */
export function percentText(
  numerator: ExactInput,
  denominator: ExactInput,
  places = 2,
  notation = currentNotation(),
): string {
  const whole = exact(denominator)
  if (whole.digits === 0n) return '–'
  const part = exact(numerator)
  const percent = cutQuotient({ ...part, digits: part.digits * 100n }, whole, places)
  return withPercent(exactText(percent, notation), notation)
}

/** A percentage already worked out: '87.50' → '87,5 %'. */
export function percentValueText(percent: ExactInput, places = 2): string {
  return withPercent(exactText(cutTo(exact(percent), places)))
}

const withPercent = (text: string, notation: Notation = currentNotation()) =>
  notation === 'en' ? `${text}%` : `${text} %`

/** Like `percentText` without the sign, for a mean: members per team '5,43'. '–' of nothing. */
export function quotientText(
  numerator: ExactInput,
  denominator: ExactInput,
  places = 2,
  notation = currentNotation(),
): string {
  const whole = exact(denominator)
  return whole.digits === 0n ? '–' : exactText(cutQuotient(exact(numerator), whole, places), notation)
}

/** 62600000 → '62.600.000 đồng'. */
export function moneyText(amountDong: ExactInput): string {
  return `${numberText(amountDong)} đồng`
}

/** 62600000 → '62,6 triệu đồng'; 1250000000 → '1,25 tỷ đồng'. Cut to two decimals; small sums in full. */
export function moneyShortText(amountDong: ExactInput, language: Language = 'vi'): string {
  const { digits, places } = exact(amountDong)
  const size = (digits < 0n ? -digits : digits) / 10n ** BigInt(places)
  const [power, vi, en] =
    size >= 1_000_000_000n
      ? ([9, ' tỷ', ' billion'] as const)
      : size >= 1_000_000n
        ? ([6, ' triệu', ' million'] as const)
        : ([0, '', ''] as const)
  const shown = exactText(cutTo({ digits, places: places + power }, 2))
  return language === 'en' ? `${shown}${en} dong` : `${shown}${vi} đồng`
}

interface DayParts {
  year: number
  month: number
  day: number
}

function dayParts(on: string): DayParts {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(on)
  if (match === null) throw new RangeError(`not a day: ${on}`)
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
}

/** '2022-08-30' → '30/8/2022'. */
export function dayText(on: string): string {
  const { year, month, day } = dayParts(on)
  return `${day}/${month}/${year}`
}

/** '2022-08-30' → '30/8', where the year is said elsewhere. */
export function dayMonthText(on: string): string {
  const { month, day } = dayParts(on)
  return `${day}/${month}`
}

const englishMonths =
  'January February March April May June July August September October November December'.split(' ')

/** '2022-08-30' or '2022-08' → 'tháng 8/2022', 'August 2022'. */
export function monthText(on: string, language: Language = 'vi'): string {
  const { year, month } = dayParts(`${on.slice(0, 7)}-01`)
  return language === 'en' ? `${englishMonths[month - 1]} ${year}` : `tháng ${month}/${year}`
}

/** '2022-08-30' → 'quý III/2022'. */
export function quarterText(on: string, language: Language = 'vi'): string {
  const { year, month } = dayParts(on)
  const quarter = Math.ceil(month / 3)
  return language === 'en' ? `Q${quarter} ${year}` : `quý ${['I', 'II', 'III', 'IV'][quarter - 1]}/${year}`
}

const weekdays = {
  vi: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}

/** '2022-08-30' → 'thứ Ba, 30/8/2022'. */
export function weekdayText(on: string, language: Language = 'vi'): string {
  const { year, month, day } = dayParts(on)
  return `${weekdays[language][new Date(Date.UTC(year, month - 1, day)).getUTCDay()]}, ${dayText(on)}`
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** An instant (ISO text) as the clock in Việt Nam shows it: '14:05 30/8/2022'. */
export function instantText(at: string): string {
  const parts = new Map(clock.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return `${part('hour')}:${part('minute')} ${Number(part('day'))}/${Number(part('month'))}/${part('year')}`
}

/** The day in Việt Nam on which an instant falls: 'YYYY-MM-DD'. */
export function dayOf(at: string): string {
  const parts = new Map(clock.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
}

/** How long ago, or until, seen from `now` (both ISO instants): '5 phút trước'; beyond a week the day itself. */
export function relativeText(at: string, now: string, language: Language = 'vi'): string {
  const seconds = Math.trunc((Date.parse(at) - Date.parse(now)) / 1000)
  const size = Math.abs(seconds)
  if (size < 45) return language === 'en' ? 'just now' : 'vừa xong'
  if (size >= 7 * 86_400) return dayText(dayOf(at))
  const [count, vi, en] =
    size < 3_600
      ? [Math.max(1, Math.trunc(size / 60)), 'phút', 'minute']
      : size < 86_400
        ? [Math.trunc(size / 3_600), 'giờ', 'hour']
        : [Math.trunc(size / 86_400), 'ngày', 'day']
  if (language === 'en') {
    const span = `${count} ${en}${count === 1 ? '' : 's'}`
    return seconds < 0 ? `${span} ago` : `in ${span}`
  }
  return seconds < 0 ? `${count} ${vi} trước` : `${count} ${vi} nữa`
}

/** 1536000 → '1,46 MB'. */
export function fileSizeText(bytes: number): string {
  const units = ['byte', 'KB', 'MB', 'GB']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1000) + 1e-9))
  const shown = cutQuotient(exact(Math.trunc(bytes)), exact(1000 ** step), step === 0 ? 0 : 2)
  return `${exactText(shown)} ${units[step]}`
}

import { z } from 'zod'

/** How long a period is: weeks run from Monday to Sunday, `all` has no beginning. */
export const periodKinds = ['day', 'week', 'month', 'quarter', 'half_year', 'year', 'all'] as const
export const PeriodKind = z.enum(periodKinds)
export type PeriodKind = (typeof periodKinds)[number]

/** First and last day; without a first day, since the start. */
export type Period = { from: string | null; until: string }

const msPerDay = 86_400_000
const monthsIn = { month: 1, quarter: 3, half_year: 6, year: 12 } as const

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const partsOf = (day: string): [year: number, month: number, day: number] => [
  Number(day.slice(0, 4)),
  Number(day.slice(5, 7)) - 1,
  Number(day.slice(8, 10)),
]
// Not Date.UTC: it takes the years 0 to 99 for those of the twentieth century.
const msOf = (year: number, month: number, day: number) => new Date(0).setUTCFullYear(year, month, day)

/** A day some days later, or earlier. */
export function addDays(day: string, days: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * msPerDay)
}

/** The whole period of a kind that holds a day. */
export function periodOf(kind: PeriodKind, on: string): Period {
  if (kind === 'all') return { from: null, until: on }
  if (kind === 'day') return { from: on, until: on }
  if (kind === 'week') {
    const monday = addDays(on, -((new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7))
    return { from: monday, until: addDays(monday, 6) }
  }
  const [year, month] = partsOf(on)
  const months = monthsIn[kind]
  const first = month - (month % months)
  return { from: dayOf(msOf(year, first, 1)), until: dayOf(msOf(year, first + months, 0)) }
}

/** The first day of the period of a kind that holds a day; null for all that ever was. */
export function periodStart(kind: PeriodKind, on: string): string | null {
  return periodOf(kind, on).from
}

/**
 * The kind of period that two days bound, the day itself being the last that counts so far; null for any other range.
 * Of kinds that begin on the same day the one that ends there wins, then the longest.
 */
export function kindOfPeriod(from: string | null, asOf: string): PeriodKind | null {
  if (from === null) return 'all'
  const beginning = periodKinds.filter((kind) => kind !== 'all' && periodStart(kind, asOf) === from)
  return beginning.find((kind) => periodOf(kind, asOf).until === asOf) ?? beginning.at(-1) ?? null
}

/** The last day of the period before or after the one that holds a day, never later than `today`. */
export function stepPeriod(kind: PeriodKind, on: string, step: -1 | 1, today: string): string {
  const { from, until } = periodOf(kind, on)
  if (from === null) return on
  const next = step === 1 ? periodOf(kind, addDays(until, 1)).until : addDays(from, -1)
  return step === 1 && next > today && until < today ? today : next
}

/** The same day a year earlier; 29 February becomes the 28th. */
export function yearBefore(on: string): string {
  const [year, month, day] = partsOf(on)
  const last = new Date(msOf(year - 1, month + 1, 0)).getUTCDate()
  return dayOf(msOf(year - 1, month, Math.min(day, last)))
}

/**
 * The last day of each of the twelve months up to a day; the day itself stands for its own month, and today for the month
 * under way. Months that begin after today are to come.
 */
export function lastMonthEnds(
  asOf: string,
  today: string,
): { from: string; asOf: string; isToCome: boolean }[] {
  const [year, month] = partsOf(asOf)
  return Array.from({ length: 12 }, (_, at) => {
    const back = month - 11 + at
    const from = dayOf(msOf(year, back, 1))
    const end = at === 11 ? asOf : dayOf(msOf(year, back + 1, 0))
    return { from, asOf: from <= today && end > today ? today : end, isToCome: from > today }
  })
}

import { add, compare, divide, type Fraction, fraction, multiply } from '../../platform/measures/fraction.ts'
import type { Words } from '../../platform/part.ts'
import { compareText } from '../../platform/text/index.ts'
import type { CountsAnswer, DirectionName, StatusName } from './contract.ts'

/** What is laid down for a target, as far as its status depends on it. Decimals as text; 70 of a percentage is 70 %. */
export type Terms = {
  direction: DirectionName
  endValue: string
  baseline: string | null
  startsOn: string
  endsOn: string
  /** Steps: from its day on, and until the next one, a value is planned. In order of days. */
  path: readonly { dueOn: string; value: string }[]
  percent: boolean
}

/** The figure as counting answers it; `value` is null where nothing was captured. */
export type CountedFigure = { value: Fraction | null; numerator: string | null; denominator: string | null }

export type Case = Terms & {
  /** Null where the target has no measure: nothing in the product records it. */
  figure: CountedFigure | null
  /** What one of the counted things is called. */
  noun: Words
  asOf: string
}

/** `planned` is what the plan asks for on `judgedOn`, the day up to which the target is judged. */
export type Standing = { status: StatusName; planned: Fraction; judgedOn: string }

const zero: Fraction = { n: 0n, d: 1n }
const hundred: Fraction = { n: 100n, d: 1n }
const minus = (a: Fraction, b: Fraction) => add(a, { n: -b.n, d: b.d })

/** A figure in the measure of the target's values: a percentage is its number, 199/213 → 93.427… */
export function inTargetUnits(value: Fraction, percent: boolean): Fraction {
  return percent ? multiply(value, hundred) : value
}

/** The day up to which a target is judged: a period that has ended is judged by its last day. */
export function judgedOn(terms: Pick<Terms, 'endsOn'>, asOf: string): string {
  return asOf < terms.endsOn ? asOf : terms.endsOn
}

const dayNumber = (on: string) => Math.round(Date.parse(`${on}T00:00:00Z`) / 86_400_000)

/**
 * What the plan asks for at the end of a day. With a path: the last point on or before the day, and before the first
 * one the baseline. Without: a straight line over the days of the period from the baseline to the end value. No
 * baseline is none (0); for "at most" it is the end value itself, which then holds all the time.
 */
export function plannedOn(terms: Terms, on: string): Fraction {
  const end = fraction(terms.endValue)
  const start =
    terms.baseline !== null ? fraction(terms.baseline) : terms.direction === 'at_most' ? end : zero
  if (on >= terms.endsOn) return end
  if (terms.path.length > 0) {
    const reached = terms.path.findLast((point) => point.dueOn <= on)
    return reached ? fraction(reached.value) : start
  }
  if (on < terms.startsOn) return start
  const days = BigInt(dayNumber(terms.endsOn) - dayNumber(terms.startsOn) + 1)
  const gone = BigInt(dayNumber(on) - dayNumber(terms.startsOn) + 1)
  return add(start, multiply(minus(end, start), { n: gone, d: days }))
}

/**
 * How a target stands at the end of a day. All comparisons are of exact fractions.
 * - not captured: no measure, or no row feeds it. That is not zero.
 * - at least: met as soon as the end value is reached, exceeded beyond it; until the last day on course while the value
 *   is not below the plan of the day, else late; not met from the last day on.
 * - at most: what stays within a limit is known on the last day only. Until then on course while the value is within the
 *   plan of the day, else late; on the last day met, exceeded where the value stays strictly below the limit.
 * - exactly: met while the value is the end value; too much is late until the last day, since it must be put right.
 * The last day is judged as a whole day, because figures are read at its end.
 */
export function standingOf(question: Case): Standing {
  const on = judgedOn(question, question.asOf)
  const planned = plannedOn(question, on)
  return { status: statusOf(question, planned, on), planned, judgedOn: on }
}

function statusOf(question: Case, planned: Fraction, asOf: string): StatusName {
  if (question.figure === null || question.figure.value === null) return 'not_captured'
  const value = inTargetUnits(question.figure.value, question.percent)
  const toEnd = compare(value, fraction(question.endValue))
  const toPlan = compare(value, planned)
  const over = asOf >= question.endsOn
  switch (question.direction) {
    case 'at_least':
      if (toEnd >= 0) return toEnd > 0 ? 'exceeded' : 'met'
      if (over) return 'not_met'
      return toPlan >= 0 ? 'on_course' : 'late'
    case 'at_most':
      if (over) return toEnd > 0 ? 'not_met' : toEnd < 0 ? 'exceeded' : 'met'
      return toPlan <= 0 ? 'on_course' : 'late'
    case 'exactly':
      if (toEnd === 0) return 'met'
      if (over) return 'not_met'
      return toEnd < 0 && toPlan >= 0 ? 'on_course' : 'late'
  }
}

/** How many targets stand how. An exceeded target is met. */
export function countStatuses(found: readonly StatusName[]): CountsAnswer {
  const of = (...wanted: StatusName[]) => found.filter((status) => wanted.includes(status)).length
  return {
    total: found.length,
    met: of('met', 'exceeded'),
    exceeded: of('exceeded'),
    onCourse: of('on_course'),
    late: of('late'),
    notMet: of('not_met'),
    notCaptured: of('not_captured'),
  }
}

/** Orders units by the share of their targets that is met, then by how many are, then by name: exact, best first. */
export function rankByMet<U extends { name: string; counts: CountsAnswer }>(units: readonly U[]): U[] {
  const share = (unit: U) =>
    divide({ n: BigInt(unit.counts.met), d: 1n }, { n: BigInt(unit.counts.total), d: 1n }) ?? zero
  return units.toSorted(
    (a, b) => compare(share(b), share(a)) || b.counts.met - a.counts.met || compareText(a.name, b.name),
  )
}

/** A quotient as decimal text, cut to six places towards zero: for drawing, never for comparing. */
export function decimalText({ n, d }: Fraction): string {
  const millionths = (n * 1_000_000n) / d
  const digits = String(millionths < 0n ? -millionths : millionths).padStart(7, '0')
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '')
  return millionths < 0n ? `-${text}` : text
}

/** The last day of each month from the one of `from` up to `until`, and `until` itself. */
export function monthEnds(from: string, until: string): string[] {
  const days: string[] = []
  let [year = 0, month = 0] = from.split('-').map(Number)
  while (days.length < 600) {
    const end = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
    if (end >= until) break
    days.push(end)
    year += month === 12 ? 1 : 0
    month = (month % 12) + 1
  }
  return until >= from ? [...days, until] : []
}

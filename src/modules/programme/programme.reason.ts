import { compare, type Fraction, fraction, multiply } from '../../platform/measures/fraction.ts'
import type { Words } from '../../platform/part.ts'
import { dayText, numberText, percentText, quotientText } from '../../web/formats.ts'
import type { Language } from '../../web/words.ts'
import type { StatusName } from './contract.ts'
import { type Case, type Standing, standingOf } from './programme.rules.ts'

/** Decimals are cut; two, or as many more as keep two unlike numbers unlike in print. */
function placesFor(a: Fraction, b: Fraction): number {
  if (compare(a, b) === 0) return 2
  for (let places = 2; places < 12; places += 1) {
    if (quotientText(a.n, a.d, places) !== quotientText(b.n, b.d, places)) return places
  }
  return 12
}

const shown = (value: Fraction, places: number, language: Language) =>
  quotientText(value.n, value.d, places, language)
/** The same in both languages, each with its own numbers. */
const inBoth = (sentence: (language: Language) => string): Words => ({
  vi: sentence('vi'),
  en: sentence('en'),
})
const difference = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d })
const ceiling = (value: Fraction) => (value.n >= 0n ? (value.n + value.d - 1n) / value.d : value.n / value.d)
const isWhole = (value: Fraction) => value.n % value.d === 0n
const inWhole = (count: bigint) => inBoth((language) => numberText(count, undefined, language))

export type Verdict = Standing & { reason: Words }

/** How a target stands at the end of a day, and why in one sentence. */
export function judge(question: Case): Verdict {
  const standing = standingOf(question)
  const judged = { ...question, asOf: standing.judgedOn }
  return { ...standing, reason: reasonFor(judged, standing.status, standing.planned) }
}

/**
 * The status in one sentence: what was counted, what was planned, what is missing. `question.asOf` is the judged day.
 * Percentages are cut, never rounded, and printed only; the comparison has been made before.
 */
function reasonFor(question: Case, status: StatusName, planned: Fraction): Words {
  const { figure } = question
  if (figure === null) return noMeasure
  if (figure.value === null) {
    if (question.asOf < question.startsOn) return notBegun(question)
    return figure.denominator === null && figure.numerator === null ? noRows : noDenominator
  }
  const value = question.percent ? multiply(figure.value, { n: 100n, d: 1n }) : figure.value
  const end = fraction(question.endValue)
  const level = status === 'on_course' || status === 'late' ? planned : end
  const places = Math.max(placesFor(value, level), placesFor(value, end))
  const print = (quantity: Fraction) =>
    inBoth((language) =>
      question.percent
        ? percentText(quantity.n, quantity.d * 100n, places, language)
        : shown(quantity, places, language),
    )
  const facts = factsOf(question, figure.value, places)
  const gap = gapOf(question, figure.numerator, figure.denominator, value, level)
  const on = dayText(question.asOf)
  const limit = question.direction === 'at_most'
  const [atEnd, atDay] = [print(end), print(planned)]
  switch (status) {
    case 'exceeded': {
      const beyond = difference(value, end)
      const by = inBoth((language) =>
        shown({ n: beyond.n < 0n ? -beyond.n : beyond.n, d: beyond.d }, places, language),
      )
      const points = question.percent ? ' điểm phần trăm' : ''
      const pointsEn = question.percent ? ' percentage points' : ''
      return limit
        ? {
            vi: `${facts.vi}; cho phép nhiều nhất ${atEnd.vi}, thấp hơn ${by.vi}${points}.`,
            en: `${facts.en}; at most ${atEnd.en} allowed, lower by ${by.en}${pointsEn}.`,
          }
        : {
            vi: `${facts.vi}; kế hoạch ${atEnd.vi}, vượt ${by.vi}${points}.`,
            en: `${facts.en}; plan ${atEnd.en}, exceeded by ${by.en}${pointsEn}.`,
          }
    }
    case 'met':
      return {
        vi: `${facts.vi}; ${limit ? 'cho phép nhiều nhất' : 'kế hoạch'} ${atEnd.vi}.`,
        en: `${facts.en}; ${limit ? 'at most' : 'plan'} ${atEnd.en}${limit ? ' allowed' : ''}.`,
      }
    case 'not_met':
      return {
        vi: `${facts.vi}; ${limit ? 'cho phép nhiều nhất' : 'kế hoạch'} ${atEnd.vi}${gap.vi}. Kỳ thực hiện hết ngày ${on}.`,
        en: `${facts.en}; ${limit ? 'at most' : 'plan'} ${atEnd.en}${gap.en}. The period ended on ${on}.`,
      }
    case 'on_course':
      if (question.asOf < question.startsOn) return withStart(facts, question, atEnd)
      return {
        vi: `${facts.vi}; kế hoạch đến ${on} là ${atDay.vi}, hết kỳ ${atEnd.vi}.`,
        en: `${facts.en}; plan for ${on} is ${atDay.en}, in the end ${atEnd.en}.`,
      }
    default:
      return {
        vi: `${facts.vi}; kế hoạch đến ${on} là ${atDay.vi}${gap.vi}; hết kỳ ${atEnd.vi}.`,
        en: `${facts.en}; plan for ${on} is ${atDay.en}${gap.en}; in the end ${atEnd.en}.`,
      }
  }
}

function factsOf(question: Case, value: Fraction, places: number): Words {
  const { numerator, denominator } = question.figure ?? { numerator: null, denominator: null }
  return inBoth((language) => {
    const noun = question.noun[language]
    if (numerator === null || denominator === null) {
      return question.percent
        ? percentText(value.n, value.d, places, language)
        : `${shown(value, places, language)} ${noun}`
    }
    const number = (of: string) => numberText(of, undefined, language)
    const parts = `${number(numerator)}/${number(denominator)}`
    if (question.percent) {
      const equals = language === 'vi' ? 'bằng' : 'which is'
      return `${parts} ${noun}, ${equals} ${percentText(value.n, value.d, places, language)}`
    }
    return `${parts}, ${language === 'vi' ? 'bình quân' : 'on average'} ${shown(value, places, language)} ${noun}`
  })
}

/** How many whole things are missing to a level, or too many for it; nothing where that has no meaning. */
function gapOf(
  question: Case,
  numerator: string | null,
  denominator: string | null,
  value: Fraction,
  level: Fraction,
): Words {
  const none = { vi: '', en: '' }
  const whole = numerator === null ? null : fraction(numerator)
  if (whole === null || !isWhole(whole) || (denominator !== null && !question.percent)) return none
  const { vi, en } = question.noun
  if (compare(value, level) > 0) {
    if (question.direction === 'at_least' || denominator !== null || !isWhole(level)) return none
    const excess = inWhole(whole.n / whole.d - level.n / level.d)
    return { vi: `, nhiều hơn ${excess.vi} ${vi}`, en: `, ${excess.en} ${en} too many` }
  }
  if (question.direction === 'at_most' || compare(value, level) === 0) return none
  const needed =
    denominator === null ? level : multiply(multiply(level, fraction(denominator)), { n: 1n, d: 100n })
  const missing = inWhole(ceiling(needed) - whole.n / whole.d)
  return { vi: `, còn thiếu ${missing.vi} ${vi}`, en: `, ${missing.en} ${en} short` }
}

const noMeasure: Words = {
  vi: 'Chưa có sổ sách nào ghi nhận nội dung này nên chưa đếm được. Khi có, hãy sửa chỉ tiêu và chọn chỉ số để đếm.',
  en: 'No records are kept of this yet, so it cannot be counted. Once there are, change the target and choose its measure.',
}

const noRows: Words = {
  vi: 'Chưa có bản ghi nào được nhập cho nội dung này. Hãy nhập bản ghi đầu tiên, con số sẽ tự hiện.',
  en: 'No record of this has been entered yet. Enter the first one and the figure appears by itself.',
}

const noDenominator: Words = {
  vi: 'Chưa tính được vì chưa có bản ghi cho một trong hai phần của phép chia. Hãy nhập đủ cả hai phần.',
  en: 'This cannot be worked out because one part of the quotient has no records. Enter both parts.',
}

function notBegun(question: Case): Words {
  const on = dayText(question.startsOn)
  return {
    vi: `Kỳ thực hiện bắt đầu từ ngày ${on} nên chưa có số liệu.`,
    en: `The period begins on ${on}, so there is nothing to count yet.`,
  }
}

function withStart(facts: Words, question: Case, end: Words): Words {
  const on = dayText(question.startsOn)
  return {
    vi: `${facts.vi}; kỳ thực hiện bắt đầu từ ngày ${on}, hết kỳ ${end.vi}.`,
    en: `${facts.en}; the period begins on ${on}, in the end ${end.en}.`,
  }
}

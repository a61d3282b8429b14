import { compare, fraction } from '../../platform/measures/fraction.ts'
import type { Words } from '../../platform/part.ts'
import { dayText, numberText } from '../../web/formats.ts'
import type { TargetTermsInput } from './contract.ts'

/** A field of a target that cannot stand as it is, and how to mend it. */
export type Flaw = { code: string; path: string; words: Words }

/** What is known of a measure by its name: whether its figures are percentages, and of a whole. Null where nobody declares it. */
export type KnownMeasure = { percent: boolean; ofWhole: boolean } | null

type Checked = Pick<
  TargetTermsInput,
  'measure' | 'valueUnit' | 'startsOn' | 'endsOn' | 'baseline' | 'endValue' | 'path'
>

/** The first thing in the terms of a target that cannot stand, or null. `year` is that of its plan. */
export function findFlaw(terms: Checked, year: number, known: KnownMeasure): Flaw | null {
  return (
    flawOfPeriod(terms, year) ??
    flawOfPath(terms) ??
    flawOfMeasure(terms, known) ??
    flawOfLevels(terms, known)
  )
}

function flawOfPeriod(terms: Checked, year: number): Flaw | null {
  if (terms.endsOn < terms.startsOn) {
    return flaw('ends_before_start', 'endsOn', {
      vi: `Ngày kết thúc ${dayText(terms.endsOn)} trước ngày bắt đầu ${dayText(terms.startsOn)}. Hãy đổi một trong hai ngày.`,
      en: 'The period ends before it begins. Change one of the two days.',
    })
  }
  for (const path of ['startsOn', 'endsOn'] as const) {
    if (Number(terms[path].slice(0, 4)) !== year) {
      return flaw('outside_year', path, {
        vi: `Kế hoạch này là của năm ${year}, nên kỳ thực hiện phải nằm trong năm ${year}.`,
        en: `This is the plan of ${year}, so the period must lie in ${year}.`,
      })
    }
  }
  return null
}

function flawOfPath(terms: Checked): Flaw | null {
  const outside = terms.path.find((point) => point.dueOn < terms.startsOn || point.dueOn > terms.endsOn)
  if (outside) {
    return flaw('path_outside', 'path', {
      vi: `Mốc ${dayText(outside.dueOn)} nằm ngoài kỳ thực hiện. Hãy bỏ mốc này hoặc đổi ngày.`,
      en: `The point ${dayText(outside.dueOn)} lies outside the period. Remove it or change its day.`,
    })
  }
  const unordered = terms.path.find((point, at) => at > 0 && point.dueOn <= (terms.path[at - 1]?.dueOn ?? ''))
  if (unordered) {
    return flaw('path_unordered', 'path', {
      vi: `Các mốc phải theo thứ tự ngày, mỗi ngày một mốc. Hãy xem lại mốc ${dayText(unordered.dueOn)}.`,
      en: `The points must stand in order of days, one a day. Look at ${dayText(unordered.dueOn)} again.`,
    })
  }
  const last = terms.path.at(-1)
  if (last?.dueOn === terms.endsOn && compare(fraction(last.value), fraction(terms.endValue)) !== 0) {
    return flaw('path_end', 'path', {
      vi: `Mốc cuối ghi ${numberText(last.value, undefined, 'vi')} nhưng mức phải đạt là ${numberText(terms.endValue, undefined, 'vi')}. Hãy ghi hai số như nhau.`,
      en: `The last point says ${numberText(last.value, undefined, 'en')}, the end value ${numberText(terms.endValue, undefined, 'en')}. Make them equal.`,
    })
  }
  return null
}

function flawOfMeasure(terms: Checked, known: KnownMeasure): Flaw | null {
  if (terms.measure === null) return null
  if (known === null) {
    return flaw('measure_unknown', 'measure', {
      vi: 'Không có chỉ số này. Hãy chọn một chỉ số trong danh sách, hoặc để «chưa có chỉ số».',
      en: 'There is no such measure. Choose one from the list, or “no measure yet”.',
    })
  }
  if (known.percent !== (terms.valueUnit === '%')) {
    return flaw('value_unit', 'valueUnit', {
      vi: known.percent
        ? 'Chỉ số này tính bằng phần trăm, nên đơn vị tính phải là «%».'
        : 'Chỉ số này là số đếm, không phải phần trăm. Hãy ghi đơn vị tính, ví dụ «tổ».',
      en: known.percent
        ? 'This measure is a percentage, so its values are in “%”.'
        : 'This measure is a count and no percentage. Give the word for what is counted.',
    })
  }
  return null
}

/** Nothing that is counted is below none, and no share of a whole is above 100 %. A ratio may be. */
function flawOfLevels(terms: Checked, known: KnownMeasure): Flaw | null {
  const levels = [
    { path: 'endValue', level: terms.endValue },
    ...(terms.baseline === null ? [] : [{ path: 'baseline', level: terms.baseline }]),
    ...terms.path.map(({ value }) => ({ path: 'path', level: value })),
  ]
  for (const { path, level } of levels) {
    if (compare(fraction(level), fraction('0')) < 0) {
      return flaw('level_below_zero', path, {
        vi: `${fieldNames[path]?.vi}: ${numberText(level, undefined, 'vi')} nhỏ hơn 0, không thể có. Hãy ghi từ 0 trở lên.`,
        en: `${fieldNames[path]?.en}: ${numberText(level, undefined, 'en')} is below 0, which cannot be. Give 0 or more.`,
      })
    }
    if (known?.ofWhole && compare(fraction(level), fraction('100')) > 0) {
      return flaw('level_above_whole', path, {
        vi: `${fieldNames[path]?.vi}: chỉ số này là tỷ lệ trong tổng số đơn vị, không thể quá 100 %. Hãy ghi từ 0 đến 100.`,
        en: `${fieldNames[path]?.en}: this measure is a share of all units, never above 100 %. Give 0 to 100.`,
      })
    }
  }
  return null
}

const fieldNames: Readonly<Record<string, Words>> = {
  endValue: { vi: 'Phải đạt', en: 'To reach' },
  baseline: { vi: 'Mức ban đầu', en: 'Baseline' },
  path: { vi: 'Tiến độ từng mốc', en: 'Planned path' },
}

/** What may stand but is seldom meant: a level to reach that lies below where it begins. Null where nothing is odd. */
export function findOddity(
  terms: Pick<TargetTermsInput, 'direction' | 'baseline' | 'endValue'>,
): Words | null {
  const { direction, baseline, endValue } = terms
  if (direction !== 'at_least' || baseline === null) return null
  if (compare(fraction(endValue), fraction(baseline)) >= 0) return null
  return {
    vi: `Mức phải đạt ${numberText(endValue, undefined, 'vi')} thấp hơn mức ban đầu ${numberText(baseline, undefined, 'vi')}. Nếu muốn giảm, hãy chọn «Nhiều nhất».`,
    en: `The level to reach, ${numberText(endValue, undefined, 'en')}, is below the baseline ${numberText(baseline, undefined, 'en')}. If it is to fall, choose “at most”.`,
  }
}

const flaw = (reason: string, path: string, words: Words): Flaw => ({
  code: `programme.${reason}`,
  path,
  words,
})

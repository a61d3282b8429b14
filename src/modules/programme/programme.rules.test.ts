import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divide, fraction } from '../../platform/measures/fraction.ts'
import { type Case, countStatuses, judge, monthEnds, plannedOn, rankByMet } from './programme.rules.ts'

const noun = { vi: 'cơ sở', en: 'producers' }

/** A target of the year 2022, at least 70, judged on 30 August unless told otherwise. */
const usual: Case = {
  direction: 'at_least',
  endValue: '70',
  baseline: null,
  startsOn: '2022-01-01',
  endsOn: '2022-12-31',
  path: [
    { dueOn: '2022-06-30', value: '30' },
    { dueOn: '2022-09-30', value: '50' },
    { dueOn: '2022-12-31', value: '70' },
  ],
  percent: false,
  figure: null,
  noun,
  asOf: '2022-08-30',
}

const counted = (numerator: string): Case['figure'] => ({
  value: fraction(numerator),
  numerator,
  denominator: null,
})
const shared = (numerator: string, denominator: string): Case['figure'] => ({
  value: divide(fraction(numerator), fraction(denominator)),
  numerator,
  denominator,
})

describe('the status of a target', () => {
  const lastDay = '2022-12-31'
  const rows = [
    ['at least, below the plan of the day', { figure: counted('29') }, 'late'],
    ['at least, exactly on the plan of the day', { figure: counted('30') }, 'on_course'],
    ['at least, the plan steps up on its day', { figure: counted('49'), asOf: '2022-09-30' }, 'late'],
    ['at least, the day before the step', { figure: counted('30'), asOf: '2022-09-29' }, 'on_course'],
    ['at least, the end value reached early', { figure: counted('70') }, 'met'],
    ['at least, beyond the end value', { figure: counted('71') }, 'exceeded'],
    ['at least, one short on the last day', { figure: counted('69'), asOf: lastDay }, 'not_met'],
    ['at least, exactly there on the last day', { figure: counted('70'), asOf: lastDay }, 'met'],
    ['at least, after the period', { figure: counted('69'), asOf: '2023-06-01' }, 'not_met'],
    ['at least, one short the day before the last', { figure: counted('69'), asOf: '2022-12-30' }, 'on_course'],
    ['at least, nothing yet before the first step', { figure: counted('0'), asOf: '2022-05-01' }, 'on_course'],
    ['at most, within the plan', { direction: 'at_most', figure: counted('30') }, 'on_course'],
    ['at most, above the plan', { direction: 'at_most', figure: counted('31') }, 'late'],
    ['at most, on the limit at the end', { direction: 'at_most', figure: counted('70'), asOf: lastDay }, 'met'],
    ['at most, below it at the end', { direction: 'at_most', figure: counted('69'), asOf: lastDay }, 'exceeded'],
    ['at most, above it at the end', { direction: 'at_most', figure: counted('71'), asOf: lastDay }, 'not_met'],
    [
      'at most without a path, the limit holds all the time',
      { direction: 'at_most', path: [], figure: counted('70'), asOf: '2022-01-01' },
      'on_course',
    ],
    ['exactly, there already', { direction: 'exactly', figure: counted('70') }, 'met'],
    ['exactly, too many before the end', { direction: 'exactly', figure: counted('71') }, 'late'],
    ['exactly, too many at the end', { direction: 'exactly', figure: counted('71'), asOf: lastDay }, 'not_met'],
    ['exactly, on the way', { direction: 'exactly', figure: counted('30') }, 'on_course'],
    ['exactly, behind', { direction: 'exactly', figure: counted('29') }, 'late'],
    ['exactly, one short at the end', { direction: 'exactly', figure: counted('69'), asOf: lastDay }, 'not_met'],
    ['without a measure', { figure: null }, 'not_captured'],
    ['without a single record', { figure: { value: null, numerator: null, denominator: null } }, 'not_captured'],
    ['of zero records that say zero', { figure: counted('0') }, 'late'],
    ['of 142 of 178 at least 70 %', { percent: true, figure: shared('142', '178'), asOf: lastDay }, 'exceeded'],
    [
      'of 42 of 48 exactly at 87,5 %',
      { percent: true, endValue: '87.5', path: [], figure: shared('42', '48'), asOf: lastDay },
      'met',
    ],
    [
      'of 2 of 3 is below 66,67 %',
      { percent: true, endValue: '66.67', path: [], figure: shared('2', '3'), asOf: lastDay },
      'not_met',
    ],
    [
      'of all at 100 %',
      { percent: true, endValue: '100', path: [], figure: shared('213', '213'), asOf: lastDay },
      'met',
    ],
    [
      'of 212 of 213 is not 100 %',
      { percent: true, endValue: '100', path: [], figure: shared('212', '213'), asOf: lastDay },
      'not_met',
    ],
    [
      'of more than all',
      { percent: true, endValue: '100', path: [], figure: shared('70904', '61840'), asOf: lastDay },
      'exceeded',
    ],
  ] as const satisfies readonly (readonly [string, Partial<Case>, string])[]

  it.each(rows)('%s', (_, change, status) => {
    expect(judge({ ...usual, ...change }).status).toBe(status)
  })
})

describe('the reason', () => {
  const lastDay = '2022-12-31'
  const rows = [
    [
      { percent: true, figure: shared('142', '178'), asOf: lastDay },
      '142/178 cơ sở, bằng 79,77 %; kế hoạch 70 %, vượt 9,77 điểm phần trăm.',
      '142/178 producers, which is 79,77 %; plan 70 %, exceeded by 9,77 percentage points.',
    ],
    [
      { percent: true, endValue: '87.5', path: [], figure: shared('42', '48'), asOf: lastDay },
      '42/48 cơ sở, bằng 87,5 %; kế hoạch 87,5 %.',
      '42/48 producers, which is 87,5 %; plan 87,5 %.',
    ],
    [
      { percent: true, figure: shared('50', '178') },
      '50/178 cơ sở, bằng 28,08 %; kế hoạch đến 30/8/2022 là 30 %, còn thiếu 4 cơ sở; hết kỳ 70 %.',
      '50/178 producers, which is 28,08 %; plan for 30/8/2022 is 30 %, 4 producers short; in the end 70 %.',
    ],
    [
      { endValue: '1100', path: [], figure: counted('1057'), asOf: lastDay },
      '1.057 cơ sở; kế hoạch 1.100, còn thiếu 43 cơ sở. Kỳ thực hiện hết ngày 31/12/2022.',
      '1.057 producers; plan 1.100, 43 producers short. The period ended on 31/12/2022.',
    ],
    [
      { figure: counted('40') },
      '40 cơ sở; kế hoạch đến 30/8/2022 là 30, hết kỳ 70.',
      '40 producers; plan for 30/8/2022 is 30, in the end 70.',
    ],
    [
      { direction: 'at_most', figure: counted('72'), asOf: lastDay },
      '72 cơ sở; cho phép nhiều nhất 70, nhiều hơn 2 cơ sở. Kỳ thực hiện hết ngày 31/12/2022.',
      '72 producers; at most 70, 2 producers too many. The period ended on 31/12/2022.',
    ],
    [
      { endValue: '5', path: [], figure: shared('1157', '213'), asOf: lastDay },
      '1.157/213, bình quân 5,43 cơ sở; kế hoạch 5, vượt 0,43.',
      '1.157/213, on average 5,43 producers; plan 5, exceeded by 0,43.',
    ],
  ] as const satisfies readonly (readonly [Partial<Case>, string, string])[]

  it.each(rows)('%#: %o', (change, vi, en) => {
    expect(judge({ ...usual, ...change }).reason).toEqual({ vi, en })
  })

  it('never prints two unlike numbers alike', () => {
    const short = judge({
      ...usual,
      percent: true,
      endValue: '66.67',
      path: [],
      figure: shared('2', '3'),
      asOf: '2022-12-31',
    })
    expect(short.reason.vi).toContain('bằng 66,66 %; kế hoạch 66,67 %')
    const shorter = judge({ ...usual, endValue: '1000.001', path: [], figure: counted('1000'), asOf: '2022-12-31' })
    expect(shorter.reason.vi).toContain('1.000 cơ sở; kế hoạch 1.000,001')
  })

  it('says what to do where nothing is captured', () => {
    expect(judge({ ...usual, figure: null }).reason.vi).toContain('hãy sửa chỉ tiêu và chọn chỉ số')
    const empty = { value: null, numerator: null, denominator: null }
    expect(judge({ ...usual, figure: empty }).reason.vi).toContain('Hãy nhập bản ghi đầu tiên')
    expect(judge({ ...usual, figure: empty, asOf: '2021-12-31' }).reason.vi).toContain('bắt đầu từ ngày 1/1/2022')
    const divided = { value: null, numerator: '5', denominator: null }
    expect(judge({ ...usual, figure: divided }).reason.vi).toContain('cả hai phần')
  })
})

describe('the planned value', () => {
  const text = (value: { n: bigint; d: bigint }) => `${value.n}/${value.d}`
  it('is a straight line over the days of the period where no path was laid down', () => {
    const line = { ...usual, path: [], baseline: '5', endValue: '370' }
    expect(plannedOn(line, '2021-12-31')).toEqual(fraction('5'))
    const one = plannedOn(line, '2022-01-01')
    expect(one.n / one.d).toBe(6n)
    expect(one.n % one.d).toBe(0n)
    expect(plannedOn(line, '2022-12-31')).toEqual(fraction('370'))
    expect(plannedOn(line, '2024-01-01')).toEqual(fraction('370'))
  })
  it('is the baseline before the first step, and nothing without one', () => {
    expect(text(plannedOn(usual, '2022-06-29'))).toBe('0/1')
    expect(text(plannedOn({ ...usual, baseline: '12' }, '2022-06-29'))).toBe('12/1')
  })
})

describe('judging', () => {
  const path = fc
    .uniqueArray(fc.integer({ min: 1, max: 364 }), { maxLength: 8 })
    .chain((days) =>
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: days.length, maxLength: days.length }).map((values) =>
        days
          .toSorted((a, b) => a - b)
          .map((day, at) => ({
            dueOn: new Date(Date.UTC(2022, 0, day)).toISOString().slice(0, 10),
            value: String(values[at]),
          })),
      ),
    )
  const anyDay = fc
    .integer({ min: -40, max: 420 })
    .map((day) => new Date(Date.UTC(2022, 0, 1 + day)).toISOString().slice(0, 10))
  const rank = { not_captured: -1, not_met: 0, late: 0, on_course: 1, met: 2, exceeded: 3 } as const

  it('never grows worse when an "at least" figure grows', () => {
    fc.assert(
      fc.property(path, anyDay, fc.nat(1500), fc.nat(1500), fc.nat(1000), (steps, asOf, a, b, end) => {
        const at = (value: number) =>
          rank[judge({ ...usual, path: steps, endValue: String(end), asOf, figure: counted(String(value)) }).status]
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)))
      }),
    )
  })

  it('prints a percentage that is never above the true one and never contradicts the status', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 5000n), fc.bigInt(1n, 4000n), fc.integer({ min: 0, max: 20_000 }), (part, all, end) => {
        const endValue = `${Math.floor(end / 100)}.${String(end % 100).padStart(2, '0')}`
        const verdict = judge({
          ...usual,
          percent: true,
          path: [],
          endValue,
          asOf: '2022-12-31',
          figure: shared(String(part), String(all)),
        })
        const [, actual = '', plan = ''] = /bằng ([\d.,]+) %; kế hoạch ([\d.,]+) %/.exec(verdict.reason.vi) ?? []
        const read = (text: string) => fraction(text.replaceAll('.', '').replace(',', '.'))
        const printed = read(actual)
        const planned = read(plan)
        expect(printed.n * all <= part * 100n * printed.d).toBe(true)
        const difference = printed.n * planned.d - planned.n * printed.d
        const expected = { exceeded: difference > 0n, met: difference === 0n, not_met: difference < 0n }
        expect(expected[verdict.status as keyof typeof expected]).toBe(true)
      }),
    )
  })
})

describe('counting and ranking', () => {
  it('counts an exceeded target as met', () => {
    expect(countStatuses(['exceeded', 'met', 'late', 'on_course', 'not_met', 'not_captured', 'exceeded'])).toEqual({
      total: 7,
      met: 3,
      exceeded: 2,
      onCourse: 1,
      late: 1,
      notMet: 1,
      notCaptured: 1,
    })
  })
  it('ranks by the share met, exactly, then by the number, then by name', () => {
    const unit = (name: string, met: number, total: number) => ({
      name,
      counts: { ...countStatuses([]), met, total },
    })
    const units = [unit('Đại Lịch', 15, 18), unit('Đồng Khê', 17, 18), unit('Ấn', 1, 3), unit('An', 2, 6), unit('Bản', 0, 0)]
    expect(rankByMet(units).map((one) => one.name)).toEqual(['Đồng Khê', 'Đại Lịch', 'An', 'Ấn', 'Bản'])
  })
  it('reads a year at the ends of its months and on the day', () => {
    expect(monthEnds('2022-01-01', '2022-03-15')).toEqual(['2022-01-31', '2022-02-28', '2022-03-15'])
    expect(monthEnds('2021-12-15', '2022-01-31')).toEqual(['2021-12-31', '2022-01-31'])
    expect(monthEnds('2022-05-01', '2022-04-30')).toEqual([])
  })
})

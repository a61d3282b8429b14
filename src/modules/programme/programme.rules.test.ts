import { describe, expect, it } from 'vitest'
import { fraction } from '../../platform/measures/fraction.ts'
import { counted, shared, usual } from './programme.fixtures.ts'
import { type Case, countStatuses, monthEnds, plannedOn, rankByMet, standingOf } from './programme.rules.ts'

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
    [
      'at least, one short the day before the last',
      { figure: counted('69'), asOf: '2022-12-30' },
      'on_course',
    ],
    [
      'at least, nothing yet before the first step',
      { figure: counted('0'), asOf: '2022-05-01' },
      'on_course',
    ],
    ['at most, within the plan', { direction: 'at_most', figure: counted('30') }, 'on_course'],
    ['at most, above the plan', { direction: 'at_most', figure: counted('31') }, 'late'],
    [
      'at most, on the limit at the end',
      { direction: 'at_most', figure: counted('70'), asOf: lastDay },
      'met',
    ],
    [
      'at most, below it at the end',
      { direction: 'at_most', figure: counted('69'), asOf: lastDay },
      'exceeded',
    ],
    [
      'at most, above it at the end',
      { direction: 'at_most', figure: counted('71'), asOf: lastDay },
      'not_met',
    ],
    [
      'at most without a path, the limit holds all the time',
      { direction: 'at_most', path: [], figure: counted('70'), asOf: '2022-01-01' },
      'on_course',
    ],
    ['exactly, there already', { direction: 'exactly', figure: counted('70') }, 'met'],
    ['exactly, too many before the end', { direction: 'exactly', figure: counted('71') }, 'late'],
    [
      'exactly, too many at the end',
      { direction: 'exactly', figure: counted('71'), asOf: lastDay },
      'not_met',
    ],
    ['exactly, on the way', { direction: 'exactly', figure: counted('30') }, 'on_course'],
    ['exactly, behind', { direction: 'exactly', figure: counted('29') }, 'late'],
    [
      'exactly, one short at the end',
      { direction: 'exactly', figure: counted('69'), asOf: lastDay },
      'not_met',
    ],
    ['without a measure', { figure: null }, 'not_captured'],
    [
      'without a single record',
      { figure: { value: null, numerator: null, denominator: null } },
      'not_captured',
    ],
    ['of zero records that say zero', { figure: counted('0') }, 'late'],
    [
      'of 142 of 178 at least 70 %',
      { percent: true, figure: shared('142', '178'), asOf: lastDay },
      'exceeded',
    ],
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
    expect(standingOf({ ...usual, ...change }).status).toBe(status)
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

describe('counting and ranking', () => {
  it('counts an exceeded target as met', () => {
    expect(
      countStatuses(['exceeded', 'met', 'late', 'on_course', 'not_met', 'not_captured', 'exceeded']),
    ).toEqual({
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
    const units = [
      unit('Đại Lịch', 15, 18),
      unit('Đồng Khê', 17, 18),
      unit('Ấn', 1, 3),
      unit('An', 2, 6),
      unit('Bản', 0, 0),
    ]
    expect(rankByMet(units).map((one) => one.name)).toEqual(['Đồng Khê', 'Đại Lịch', 'An', 'Ấn', 'Bản'])
  })
  it('reads a year at the ends of its months and on the day', () => {
    expect(monthEnds('2022-01-01', '2022-03-15')).toEqual(['2022-01-31', '2022-02-28', '2022-03-15'])
    expect(monthEnds('2021-12-15', '2022-01-31')).toEqual(['2021-12-31', '2022-01-31'])
    expect(monthEnds('2022-05-01', '2022-04-30')).toEqual([])
  })
})

import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  addDays,
  kindOfPeriod,
  lastMonthEnds,
  periodKinds,
  periodOf,
  stepPeriod,
  yearBefore,
} from './period.contract.ts'

describe('the period that holds a day', () => {
  const rows = [
    ['a day is itself', 'day', '2022-08-30', '2022-08-30', '2022-08-30'],
    ['a week goes from Monday to Sunday', 'week', '2022-08-30', '2022-08-29', '2022-09-04'],
    ['Sunday ends its week', 'week', '2022-09-04', '2022-08-29', '2022-09-04'],
    ['a week may lie in two years', 'week', '2023-01-01', '2022-12-26', '2023-01-01'],
    ['a month of a leap year', 'month', '2024-02-10', '2024-02-01', '2024-02-29'],
    ['a month of another year', 'month', '2023-02-10', '2023-02-01', '2023-02-28'],
    ['1900 was no leap year', 'month', '1900-02-10', '1900-02-01', '1900-02-28'],
    ['a quarter', 'quarter', '2022-08-30', '2022-07-01', '2022-09-30'],
    ['the last quarter', 'quarter', '2022-12-31', '2022-10-01', '2022-12-31'],
    ['half a year', 'half_year', '2022-06-30', '2022-01-01', '2022-06-30'],
    ['the second half', 'half_year', '2022-07-01', '2022-07-01', '2022-12-31'],
    ['a year', 'year', '2022-08-30', '2022-01-01', '2022-12-31'],
    ['all that ever was has no beginning', 'all', '2022-08-30', null, '2022-08-30'],
  ] as const
  it.each(rows)('%s', (_, kind, on, from, until) => {
    expect(periodOf(kind, on)).toEqual({ from, until })
  })

  const days = fc.integer({ min: -40_000, max: 40_000 }).map((at) => addDays('2000-01-01', at))
  it('holds every day of it and no other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...periodKinds.slice(0, -1)), days, (kind, on) => {
        const { from, until } = periodOf(kind, on)
        expect(from !== null && from <= on && on <= until).toBe(true)
        expect(periodOf(kind, from ?? on)).toEqual({ from, until })
        expect(periodOf(kind, addDays(until, 1)).from).toBe(addDays(until, 1))
      }),
    )
  })
})

describe('the name of a period', () => {
  const rows = [
    ['a whole quarter', '2022-07-01', '2022-09-30', 'quarter'],
    ['a year up to today', '2022-01-01', '2022-11-15', 'year'],
    ['a month up to today', '2022-11-01', '2022-11-15', 'month'],
    ['January as far as it went is a year as far as it went', '2022-01-01', '2022-01-15', 'year'],
    ['all of January is a month', '2022-01-01', '2022-01-31', 'month'],
    ['any other range has none', '2022-03-03', '2022-11-15', null],
    ['without a beginning', null, '2022-11-15', 'all'],
  ] as const
  it.each(rows)('%s', (_, from, asOf, kind) => {
    expect(kindOfPeriod(from, asOf)).toBe(kind)
  })
})

describe('going from period to period', () => {
  const rows = [
    ['back by a quarter', 'quarter', '2022-11-15', -1, '2022-09-30'],
    ['on by a quarter', 'quarter', '2022-02-15', 1, '2022-06-30'],
    ['not beyond today', 'quarter', '2022-09-30', 1, '2022-11-15'],
    ['back over new year', 'week', '2022-01-02', -1, '2021-12-26'],
    ['a month of a leap year', 'month', '2024-03-31', -1, '2024-02-29'],
    ['all stays', 'all', '2022-02-15', -1, '2022-02-15'],
  ] as const
  it.each(rows)('%s', (_, kind, on, step, expected) => {
    expect(stepPeriod(kind, on, step, '2022-11-15')).toBe(expected)
  })
})

test('a year before 29 February is the 28th', () => {
  expect(yearBefore('2024-02-29')).toBe('2023-02-28')
  expect(yearBefore('2025-02-28')).toBe('2024-02-28')
})

test('the last month of a series ends on the day asked for', () => {
  const months = lastMonthEnds('2024-03-15', '2024-05-02')
  expect(months).toHaveLength(12)
  expect(months[0]).toEqual({ from: '2023-04-01', asOf: '2023-04-30', isToCome: false })
  expect(months[10]).toEqual({ from: '2024-02-01', asOf: '2024-02-29', isToCome: false })
  expect(months[11]).toEqual({ from: '2024-03-01', asOf: '2024-03-15', isToCome: false })
})

test('a series does not go beyond today: the month under way ends there, and later ones are to come', () => {
  const months = lastMonthEnds('2024-05-31', '2024-03-15')
  expect(months.slice(-4)).toEqual([
    { from: '2024-02-01', asOf: '2024-02-29', isToCome: false },
    { from: '2024-03-01', asOf: '2024-03-15', isToCome: false },
    { from: '2024-04-01', asOf: '2024-04-30', isToCome: true },
    { from: '2024-05-01', asOf: '2024-05-31', isToCome: true },
  ])
})

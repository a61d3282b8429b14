import { divide, fraction } from '../../platform/measures/fraction.ts'
import type { Case } from './programme.rules.ts'

const noun = { vi: 'cơ sở', en: 'producers' }

/** A target of the year 2022, at least 70, judged on 30 August unless told otherwise. */
export const usual: Case = {
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

export const counted = (numerator: string): Case['figure'] => ({
  value: fraction(numerator),
  numerator,
  denominator: null,
})
export const shared = (numerator: string, denominator: string): Case['figure'] => ({
  value: divide(fraction(numerator), fraction(denominator)),
  numerator,
  denominator,
})

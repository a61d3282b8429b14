import { describe, expect, it } from 'vitest'
import { mayStandBelow } from './level.contract.ts'
import { dayToShow } from './units.rules.ts'

const kind = (isArea: boolean, rank: number) => ({ isArea, rank, nameVi: '', nameEn: '' })

describe('what may stand in what', () => {
  const rows = [
    ['a village stands in a commune', kind(true, 40), kind(true, 30), true],
    ['a commune does not stand in a village', kind(true, 30), kind(true, 40), false],
    ['a commune does not stand in a commune', kind(true, 30), kind(true, 30), false],
    ['a commune stands in a province, since districts ended', kind(true, 30), kind(true, 10), true],
    ['an office sits in a village', kind(false, 50), kind(true, 40), true],
    ['an office sits in a committee', kind(false, 50), kind(false, 50), true],
    ['a village does not stand in an office', kind(true, 40), kind(false, 50), false],
  ] as const
  for (const [fact, child, parent, may] of rows)
    it(fact, () => expect(mayStandBelow(child, parent)).toBe(may))
})

describe('the day on which a unit that is not there is shown', () => {
  it('is its last day once it has ended', () => {
    const versions = [
      { validFrom: '2021-01-01', validUntil: '2022-12-31' },
      { validFrom: '2020-03-01', validUntil: '2021-01-01' },
    ]
    expect(dayToShow(versions, '2023-05-01')).toBe('2022-12-30')
  })
  it('is its first day before it begins', () => {
    expect(dayToShow([{ validFrom: '2025-07-01', validUntil: null }], '2022-12-31')).toBe('2025-07-01')
  })
})

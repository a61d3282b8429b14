import { describe, expect, it } from 'vitest'
import { median, percentile, summarize, table } from './summary.ts'

describe('a median', () => {
  const rows = [
    ['is the middle one, in whatever order', [30, 10, 20], 20],
    ['of an even number lies half way', [4, 1, 3, 2], 2.5],
    ['of one is that one', [7], 7],
    ['sorts numbers, not words', [9, 100, 20], 20],
  ] as const

  it.each(rows)('%s', (_name, values, expected) => {
    expect(median(values)).toBe(expected)
  })

  it('of none is not a number', () => {
    expect(median([])).toBeNaN()
  })
})

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at)

  it('is the smallest value that so many in a hundred do not exceed', () => {
    expect(percentile(hundred, 50)).toBe(50)
    expect(percentile(hundred, 99)).toBe(99)
    expect(percentile([5], 99)).toBe(5)
    expect(percentile([], 99)).toBeNaN()
  })
})

describe('the ratio to the limit', () => {
  const side = (perSecond: number) => ({ perSecond, p50: 1000 / perSecond, p99: 2000 / perSecond })

  it('is taken within each round, so that a slow round of a busy machine does not shift it', () => {
    const rounds = [
      { limit: side(1000), ours: side(300) },
      { limit: side(500), ours: side(150) },
      { limit: side(2000), ours: side(500) },
    ]
    expect(summarize(rounds)).toMatchObject({ ours: 300, limit: 1000, ratio: 0.3 })
  })
})

describe('the printed table', () => {
  it('sets words to the left and numbers to the right', () => {
    expect(
      table([
        ['work', 'ours/s'],
        ['read', '7'],
      ]),
    ).toEqual(['work  ours/s', 'read       7'])
  })
})

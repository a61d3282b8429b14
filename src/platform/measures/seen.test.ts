import { describe, expect, it } from 'vitest'
import { knownSince, parseSeen } from './seen.ts'

describe('what an answer was read in', () => {
  it('is read back', () => {
    expect(parseSeen('2.464567.810:815:812,813')).toMatchObject({ epoch: 2, hour: 464_567, xmax: 815n })
    expect(parseSeen('1.464567.810:810:')).not.toBeNull()
  })

  const wrong = [
    ['nothing', ''],
    ['words', 'hom qua'],
    ['a snapshot alone', '810:815:'],
    ['an end before its beginning', '1.1.815:810:'],
    ['running numbers out of order', '1.1.810:815:813,812'],
    ['running numbers outside', '1.1.810:815:820'],
    ['a number twice', '1.1.810:815:812,812'],
    ['more than a number', '1.1.810:815:812;drop'],
    ['zero', '1.1.0:0:'],
  ] as const
  it.each(wrong)('is not %s', (_, text) => {
    expect(parseSeen(text)).toBeNull()
  })

  it('of another life of the server is refused in words', () => {
    expect(() => knownSince('1.464567.810:815:', '2.464600.90:90:')).toThrow(/quá lâu/)
    expect(() => knownSince('1.464567.810:915:', '1.464600.890:890:')).toThrow(/Không đọc được/)
  })
})

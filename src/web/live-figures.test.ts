import { describe, expect, it } from 'vitest'
import type { FigureAnswer } from '../platform/measures/contract.ts'
import { figureKey, figuresIn, withMoved } from './live-figures.ts'

const figure = (numerator: string | null, more: Partial<FigureAnswer> = {}): FigureAnswer => ({
  ...{ measure: 'teams.members', unitId: '7', asOf: '2022-12-31', from: null },
  ...{ numerator, denominator: null, percent: false },
  ...more,
})
const moved = (...figures: FigureAnswer[]) => new Map(figures.map((one) => [figureKey(one), one]))

describe('a figure that has moved', () => {
  const other = figure('3', { unitId: '8' })
  const answer = { unit: { id: '7' }, figures: [{ figure: figure('5') }, { figure: other }], none: null }

  it('takes its place in the answer, wherever it stands', () => {
    const after = withMoved(answer, moved(figure('6')))
    expect(figuresIn(after).map(({ numerator }) => numerator)).toEqual(['6', '3'])
  })

  it('leaves all the rest as it is, so that only what shows it is drawn anew', () => {
    const after = withMoved(answer, moved(figure('6')))
    expect(after.unit).toBe(answer.unit)
    expect(after.figures[1]).toBe(answer.figures[1])
    expect(withMoved(answer, moved(figure('5')))).toBe(answer)
  })

  it('of another day, period, unit or map is another figure', () => {
    const others = [
      { asOf: '2022-12-30' },
      { from: '2022-01-01' },
      { unitId: '9' },
      { measure: 'teams.other' },
      { map: 'today' },
    ]
    for (const more of others) expect(withMoved(answer, moved(figure('6', more)))).toBe(answer)
  })

  it('may become not captured, and captured again', () => {
    const none = withMoved(answer, moved(figure(null)))
    expect(figuresIn(none)[0]?.numerator).toBeNull()
    expect(figuresIn(withMoved(none, moved(figure('0'))))[0]?.numerator).toBe('0')
  })
})

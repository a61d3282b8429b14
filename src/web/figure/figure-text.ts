import type { FigureAnswer } from '../../platform/measures/contract.ts'
import { kindOfPeriod } from '../../platform/measures/period.contract.ts'
import { dayText, numberText, percentText, quotientText } from '../formats.ts'
import type { vi } from './figure.texts.ts'

/** A figure as it is printed, '79,77 %', '1.157' or, of a duration in a wider class, '44–47'; null where nothing was captured. Percentages are cut, not rounded. */
export function figureText(figure: FigureAnswer): string | null {
  const { numerator, denominator, percent } = figure
  if (numerator === null) return null
  // A share of which nothing is known below the line is not a number.
  if (denominator === null) {
    if (percent) return null
    if (figure.atLeast === true) return `≥ ${numberText(numerator)}`
    return figure.upTo === undefined
      ? numberText(numerator)
      : `${numberText(numerator)}–${numberText(figure.upTo)}`
  }
  if (Number(denominator) === 0) return null
  return percent ? percentText(numerator, denominator) : quotientText(numerator, denominator)
}

/** A figure as a number to draw with, never to print or compare with; null where nothing was captured. */
export function figureLength(figure: FigureAnswer): number | null {
  if (figureText(figure) === null) return null
  const numerator = Number(figure.numerator)
  if (figure.denominator === null) return numerator
  return (numerator / Number(figure.denominator)) * (figure.percent ? 100 : 1)
}

/** The period of a figure in words, or undefined where it is read on a day. */
export function periodText(figure: FigureAnswer, w: typeof vi): string | undefined {
  const { from, asOf } = figure
  if (from === null) return undefined
  const year = asOf.slice(0, 4)
  if (from === `${year}-01-01` && asOf === `${year}-12-31`) return w.wholeYear(year)
  return w.period(dayText(from), dayText(asOf))
}

/** Address of the page of a figure's measure. */
export function measureHref(
  figure: Pick<FigureAnswer, 'measure' | 'unitId' | 'asOf' | 'from' | 'map'>,
): string {
  const query = new URLSearchParams({ unitId: figure.unitId, asOf: figure.asOf })
  if (figure.from !== null) {
    const kind = kindOfPeriod(figure.from, figure.asOf)
    if (kind === null) query.set('from', figure.from)
    else query.set('period', kind)
  }
  if (figure.map !== undefined) query.set('map', figure.map)
  return `/measures/${encodeURIComponent(figure.measure)}?${query}`
}

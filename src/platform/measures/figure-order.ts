import { compareText } from '../text/index.ts'
import type { FigureAnswer } from './contract.ts'
import { compare, divide, type Fraction, fraction } from './fraction.ts'

/** The value of a figure that travelled, exact; null where nothing was captured. */
function exactValue({ numerator, denominator }: FigureAnswer): Fraction | null {
  if (numerator === null) return null
  return denominator === null ? fraction(numerator) : divide(fraction(numerator), fraction(denominator))
}

/** Units with their figures: the highest first, equal ones as a dictionary has their names, not captured at the end. */
export function highestFirst<U extends { unit: { name: string }; figure: FigureAnswer }>(
  units: readonly U[],
): U[] {
  return units
    .map((one) => ({ one, value: exactValue(one.figure) }))
    .toSorted((a, b) => {
      const missing = Number(a.value === null) - Number(b.value === null)
      const higher = a.value === null || b.value === null ? 0 : compare(b.value, a.value)
      return missing || higher || compareText(a.one.unit.name, b.one.unit.name)
    })
    .map(({ one }) => one)
}

import type { DurationMeasure } from './declare.ts'
import type { Cell, Figure } from './figures.ts'
import { fraction } from './fraction.ts'

/**
 * A percentile read from a histogram, in the unit of the measure: within the class that holds it, as if its rows lay
 * evenly. In the open class at the end it is the last bound: "at least".
 */
export function percentileOf(measure: DurationMeasure, cells: readonly Cell[]): Figure {
  const captured = cells.some((cell) => Number(cell.rows ?? 0) > 0)
  if (!captured) return { value: null, numerator: null, denominator: null, counted: null }
  const counts = cells.map((cell) => Number(cell.amount ?? 0))
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return { value: null, numerator: null, denominator: null, counted: '0' }
  const rank = measure.percentile * total
  let below = 0
  for (const [at, count] of counts.entries()) {
    if (count > 0 && below + count >= rank) {
      const until = measure.bounds[at]
      const from = at === 0 ? Math.min(0, measure.bounds[0] ?? 0) : (measure.bounds[at - 1] ?? 0)
      const within = until === undefined ? from : from + ((until - from) * (rank - below)) / count
      const text = String(Math.round(within * 100) / 100)
      return {
        value: fraction(text),
        numerator: text,
        denominator: null,
        counted: String(total),
        atLeast: until === undefined,
      }
    }
    below += count
  }
  return { value: null, numerator: null, denominator: null, counted: String(total) }
}

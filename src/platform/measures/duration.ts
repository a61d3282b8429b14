import type { DurationMeasure } from './declare.ts'
import type { Cell, Figure } from './figures.ts'
import { fraction } from './fraction.ts'

/** What is known of a length besides its least: how long it can be, where that is more; or that it has no end. */
export type Span = { upTo?: string; atLeast?: boolean }

/**
 * A percentile read from a histogram, in whole hours or days: the shortest time within which that share was done. Its least
 * where the class that holds it is wider than one.
 */
export function percentileOf(measure: DurationMeasure, cells: readonly Cell[]): Figure {
  const captured = cells.some((cell) => Number(cell.rows ?? 0) > 0)
  if (!captured) return { value: null, numerator: null, denominator: null, counted: null }
  const counts = cells.map((cell) => Number(cell.amount ?? 0))
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return { value: null, numerator: null, denominator: null, counted: '0' }
  // What a share comes to in binary may lie a hair above the whole number that it is.
  const rank = Math.ceil(measure.percentile * total - 1e-9)
  let within = 0
  const at = counts.findIndex((count) => {
    within += count
    return within >= rank
  })
  const least = String(at === 0 ? 0 : measure.bounds[at - 1])
  return {
    value: fraction(least),
    numerator: least,
    denominator: null,
    counted: String(total),
    ...spanOf(measure, least),
  }
}

/** How far the class reaches that begins with a length. */
export function spanOf({ bounds }: Pick<DurationMeasure, 'bounds'>, least: string | null): Span {
  if (least === null) return {}
  const until = bounds.find((bound) => bound > Number(least))
  if (until === undefined) return { atLeast: true }
  return until - Number(least) > 1 ? { upTo: String(until - 1) } : {}
}

import type { Tx } from '../db/database.ts'
import { membersOf } from './bases.ts'
import type { BaseMeasure, Dimension, Measure } from './declare.ts'
import { type Ask, type Figure, figures } from './figures.ts'
import { less } from './fraction.ts'
import type { Given } from './known.ts'
import { dimensionsOf } from './registry.ts'

/** A measure broken down: the figure of every member, and what belongs to none. */
export type Broken = {
  dimension: Dimension
  members: { member: BaseMeasure; figure: Figure }[]
  /** The whole less its members; null where the whole is not captured. */
  unclear: string | null
}

/** The figures of a question by every dimension that its measure declares, in the snapshot of `tx`. */
export async function readGroups(tx: Tx, ask: Ask, whole: Figure, given: Given): Promise<Broken[]> {
  const dimensions = dimensionsOf(ask.measure)
  if (dimensions.length === 0) return []
  const broken = dimensions.map((dimension) => ({
    dimension,
    members: membersOf(ask.measure as BaseMeasure, dimension),
  }))
  const answered = await figures(
    tx,
    broken.flatMap(({ members }) => members.map((measure) => ({ ...ask, measure }))),
    given,
  )
  let at = 0
  return broken.map(({ dimension, members }) => {
    const own = members.map((member) => ({ member, figure: answered[at++] as Figure }))
    return {
      dimension,
      members: own,
      unclear: lessAll(
        whole,
        own.map(({ figure }) => figure),
      ),
    }
  })
}

/** A figure less others; not captured where it is not. */
export function lessAll(whole: Figure | undefined, others: readonly Figure[]): string | null {
  const from = whole?.numerator ?? null
  return from === null ? null : others.reduce<string | null>((left, one) => less(left, one.numerator), from)
}

/** A dimension of a measure by its key, or undefined. */
export function dimensionOf(measure: Measure, key: string): Dimension | undefined {
  return dimensionsOf(measure).find((dimension) => dimension.key === key)
}

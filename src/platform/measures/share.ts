import type { Tx } from '../db/database.ts'
import type { JudgedItem, JudgedPlace, ShareMeasure } from './declare.ts'
import type { Figure } from './figures.ts'
import { divide, fraction } from './fraction.ts'
import type { Given } from './known.ts'

type ShareAsk = { at: number; share: ShareMeasure; ask: JudgedPlace }

/** Shares of what is met, by place of asking: a module judges all places that are asked at once. */
export async function readShares(
  tx: Tx,
  asks: readonly ShareAsk[],
  given: Given,
): Promise<Map<number, Figure>> {
  const answers = new Map<number, Figure>()
  for (const [share, group] of Map.groupBy(asks, (one) => one.share)) {
    const judged = await share.judged(
      tx,
      group.map(({ ask }) => ({
        unitId: ask.unitId,
        asOf: ask.asOf,
        ...(ask.map !== undefined && { map: ask.map }),
      })),
      given,
    )
    for (const [place, { at }] of group.entries()) answers.set(at, shareOf(judged[place] ?? []))
  }
  return answers
}

/** Met of what could be judged; not captured where nothing could. */
export function shareOf(items: readonly JudgedItem[]): Figure {
  const judged = items.filter(({ isMet }) => isMet !== null)
  if (judged.length === 0) return { value: null, numerator: null, denominator: null }
  const numerator = String(judged.filter(({ isMet }) => isMet).length)
  const denominator = String(judged.length)
  return { value: divide(fraction(numerator), fraction(denominator)), numerator, denominator }
}

/** What of a question lies ahead of today: the day it is read on, the rest of its period, or all of it; null for none. */
type Ahead = 'day' | 'rest' | 'whole' | null

type AheadAsk = { asOf: string; from: string | null; today: string; overPeriod: boolean }

/** Says how far it reaches ahead, in the words given for each; null where it does not. */
export function aheadText(
  asked: AheadAsk,
  words: Record<NonNullable<Ahead>, (day: string) => string>,
  dayText: (day: string) => string,
): string | null {
  const ahead = aheadOf(asked)
  return ahead === null ? null : words[ahead](dayText(ahead === 'day' ? asked.asOf : asked.today))
}

/** How far a figure reaches ahead. `overPeriod`: it is summed over a period, and not read on a day. */
function aheadOf({ asOf, from, today, overPeriod }: AheadAsk): Ahead {
  if (asOf <= today) return null
  if (!overPeriod) return 'day'
  return from !== null && from > today ? 'whole' : 'rest'
}

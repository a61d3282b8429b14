import type { CountryLists } from './country-lists.ts'
import type { LinkPlan } from './link-plan.ts'

/** A new unit of whose row a person has to say something: words that name no old unit, or no old unit at all. */
export type Finding = { code: string; words: readonly string[]; isAlone: boolean }

/** What the lists say of new units that matches nothing in the old list, in the order of the list. Pure. */
export function findingsOf(lists: CountryLists, plan: LinkPlan): Finding[] {
  const reached = new Set([...plan.links.flatMap((link) => link.toCodes), ...plan.continues.values()])
  const unmatched = Map.groupBy(plan.unmatched, (one) => one.toCode)
  return lists.since.flatMap(({ code }) => {
    const words = (unmatched.get(code) ?? []).map((one) => one.words)
    const isAlone = !reached.has(code)
    return words.length > 0 || isAlone ? [{ code, words, isAlone }] : []
  })
}

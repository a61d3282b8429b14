import { cutAreaName, nameKeys } from './area-name.ts'
import type { CountryLists } from './country-lists.ts'
import { parseFormedFrom } from './formed-from.parse.ts'

const plainKey = (name: string) => nameKeys(cutAreaName(name))[0] ?? ''

/**
 * Which new province each old one went into, by code: the one whose communes name most communes that only this old
 * province has. The lists do not say it, and codes and names of provinces are used again for others.
 */
export function provincesMerged(lists: CountryLists): Map<string, string> {
  const provincesOf = new Map<string, Set<string>>()
  for (const commune of lists.before) {
    const key = plainKey(commune.name)
    provincesOf.set(key, (provincesOf.get(key) ?? new Set()).add(commune.provinceCode))
  }
  const votes = new Map<string, Map<string, number>>()
  const vote = (old: string, since: string) => {
    const count = votes.get(old) ?? new Map<string, number>()
    votes.set(old, count.set(since, (count.get(since) ?? 0) + 1))
  }
  for (const commune of lists.since) {
    const formation = parseFormedFrom(commune.formedFrom)
    const keys = formation.unchanged
      ? [plainKey(commune.name)]
      : formation.mentions.map(({ name }) => nameKeys(name)[0] ?? '')
    for (const key of keys) {
      const [only, ...others] = provincesOf.get(key) ?? []
      if (only !== undefined && others.length === 0) vote(only, commune.provinceCode)
    }
  }
  return new Map(
    [...votes].flatMap(([old, counts]) => {
      const [best] = [...counts].toSorted((a, b) => b[1] - a[1])
      return best ? [[old, best[0]] as const] : []
    }),
  )
}

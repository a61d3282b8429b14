import { cutAreaName, nameKeys } from './area-name.ts'
import type { CountryLists, NewCommune, OldCommune } from './country-lists.ts'
import { type Ground, isCertain, type Match, matchMentions } from './link-match.ts'
import { provincesMerged } from './province-merge.ts'

/** How sure a link is: given by the text, worked out and not contradicted, or for a person to say. */
export type Certainty = 'certain' | 'assumed' | 'open'

/** Why a link is as sure as it is; the last four ask for a person. */
export type Reason = Ground | 'not_named' | 'several' | 'rest_unknown' | 'other_not_named'

/** Where one old commune went: all of it to one new unit, or a part to each of several. */
export type PlannedLink = {
  fromCode: string
  /** The new province it lies in; null where the lists do not tell. */
  provinceCode: string | null
  toCodes: readonly string[]
  isWhole: boolean
  certainty: Certainty
  reason: Reason
  /** The words of the texts that speak of it, by the new unit whose text it is. */
  said: readonly { toCode: string; words: string }[]
  /** New units for a person to choose from, the likeliest first. */
  candidates: readonly string[]
}

/** Words of a text that name no commune of the old list: a firing range, a district without communes. */
export type Unmatched = { toCode: string; words: string }

export type LinkPlan = {
  /** New province code by old one. */
  provinces: ReadonlyMap<string, string>
  /** Old communes that go on as they are, below another unit: new code by old one. */
  continues: ReadonlyMap<string, string>
  links: readonly PlannedLink[]
  unmatched: readonly Unmatched[]
}

/** Works out from the lists where every old commune went, and how sure that is. Pure. */
export function planLinks(lists: CountryLists): LinkPlan {
  const provinces = provincesMerged(lists)
  const known = new Map<string, Set<string>>()
  for (const { oldCode, newCode } of lists.known)
    known.set(newCode, (known.get(newCode) ?? new Set()).add(oldCode))
  const oldOf = Map.groupBy(lists.before, (one) => provinces.get(one.provinceCode) ?? '')
  const continues = new Map<string, string>()
  const links: PlannedLink[] = []
  const unmatched: Unmatched[] = []
  for (const [code, since] of Map.groupBy(lists.since, (one) => one.provinceCode)) {
    const before = oldOf.get(code) ?? []
    const matches = matchMentions({ before, since, known })
    for (const match of matches)
      if (match.from.length === 0 && match.candidates.length === 0)
        unmatched.push({ toCode: match.toCode, words: match.mention.words })
    links.push(...linksOf({ before, since, matches, continues }))
  }
  for (const commune of oldOf.get('') ?? []) links.push({ ...unsaid(commune, null), candidates: [] })
  return { provinces, continues, links, unmatched }
}

type Within = {
  before: readonly OldCommune[]
  since: readonly NewCommune[]
  matches: readonly Match[]
  continues: Map<string, string>
}

function linksOf({ before, since, matches, continues }: Within): PlannedLink[] {
  const matchesOf = new Map<string, Match[]>()
  const mayBe = new Map<string, Match[]>()
  for (const match of matches) {
    for (const one of match.from) matchesOf.set(one.code, [...(matchesOf.get(one.code) ?? []), match])
    for (const one of match.from.length > 0 ? [] : match.candidates)
      mayBe.set(one.code, [...(mayBe.get(one.code) ?? []), match])
  }
  const newByName = new Map<string, NewCommune[]>()
  for (const commune of since)
    for (const key of new Set(nameKeys(cutAreaName(commune.name)).slice(0, 2)))
      newByName.set(key, [...(newByName.get(key) ?? []), commune])
  const provinceCode = since[0]?.provinceCode ?? null
  const nearby = neighbours(before, matches)
  // A new unit whose text has words that name nothing is the likeliest place of a commune that nobody names.
  const lacking = new Set(
    matches.filter((one) => one.from.length === 0 && one.candidates.length === 0).map((one) => one.toCode),
  )
  return before.flatMap((commune): PlannedLink[] => {
    const own = matchesOf.get(commune.code) ?? []
    const [first] = own
    if (own.length === 1 && first?.ground === 'unchanged') {
      continues.set(commune.code, first.toCode)
      return []
    }
    const maybe = mayBe.get(commune.code) ?? []
    const near = nearby.get(commune.districtCode) ?? []
    const likely = [...maybe.map((one) => one.toCode), ...near.filter((code) => lacking.has(code))]
    const candidates = [...new Set([...likely, ...near])].slice(0, 12)
    const said = [...own, ...maybe].map(({ toCode, mention }) => ({ toCode, words: mention.words }))
    if (!first) {
      const reason = maybe.length > 0 ? 'several' : 'not_named'
      return [{ ...unsaid(commune, provinceCode), reason, said, candidates }]
    }
    return [{ ...told(commune, own, newByName), provinceCode, said, candidates }]
  })
}

const unsaid = (commune: OldCommune, provinceCode: string | null) => ({
  fromCode: commune.code,
  provinceCode,
  toCodes: [],
  isWhole: false,
  certainty: 'open' as const,
  reason: 'not_named' as Reason,
  said: [],
})

/** New units that took in communes of a district, by district, those that took most first. */
function neighbours(before: readonly OldCommune[], matches: readonly Match[]): Map<string, string[]> {
  const counts = new Map<string, Map<string, number>>(before.map((one) => [one.districtCode, new Map()]))
  // What nothing was merged with took in no other.
  for (const { from, toCode, ground } of matches)
    for (const { districtCode } of ground === 'unchanged' ? [] : from) {
      const count = counts.get(districtCode)
      count?.set(toCode, (count.get(toCode) ?? 0) + 1)
    }
  return new Map(
    [...counts].map(([district, count]) => [
      district,
      [...count].toSorted((a, b) => b[1] - a[1]).map(([code]) => code),
    ]),
  )
}

/** What the texts say of a commune that they name. */
function told(
  commune: OldCommune,
  own: readonly Match[],
  newByName: ReadonlyMap<string, NewCommune[]>,
): Pick<PlannedLink, 'fromCode' | 'toCodes' | 'isWhole' | 'certainty' | 'reason'> {
  const toCodes = new Set(own.map((match) => match.toCode))
  let lost = false
  for (const name of own.flatMap(({ mention }) => mention.othersWentTo)) {
    const keys = nameKeys(cutAreaName(name))
    const found = newByName.get(keys[0] ?? '') ?? newByName.get(keys[1] ?? '') ?? []
    const [only] = found
    if (found.some((one) => toCodes.has(one.code))) continue
    if (found.length === 1 && only) toCodes.add(only.code)
    else lost = true
  }
  const doubtful = own.find(({ ground }) => ground !== null && !isCertain(ground))
  const reason: Reason = (doubtful ?? own[0])?.ground ?? 'not_named'
  const certainty: Certainty = doubtful ? 'assumed' : 'certain'
  const base = { fromCode: commune.code, toCodes: [...toCodes], isWhole: toCodes.size === 1 }
  if (toCodes.size > 1)
    return lost
      ? { ...base, certainty: 'assumed', reason: 'other_not_named' }
      : { ...base, certainty, reason }
  if (own.some(({ mention }) => mention.share !== 'not_said'))
    return { ...base, isWhole: false, certainty: 'open', reason: 'rest_unknown' }
  return { ...base, certainty, reason }
}

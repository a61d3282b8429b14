import { cutAreaName, firstKeyWithoutWord, lettersApart, nameKeys } from './area-name.ts'
import type { NewCommune, OldCommune } from './country-lists.ts'
import { type Mention, parseFormedFrom } from './formed-from.parse.ts'

/** What makes us take an old commune for the one that a text names. */
export type Ground =
  | 'unchanged' // the list says that nothing changed
  | 'known' // a list of links gives it
  | 'only_name' // no other in the province is called so
  | 'district_named' // the text names its district
  | 'whole_district' // the text names the district, and with it each of its communes
  | 'same_province' // only this one lies in the old province of the others in the text
  | 'same_district' // only this one lies in a district of the others in the text
  | 'left_over' // the others of that name are named elsewhere
  | 'other_kind' // «Xã» in the text, «Phường» in the old list, and no other of that name
  | 'spelling' // written a little differently, and nobody else names it

/** Worked out and not contradicted, where the text itself does not give it. */
const workedOut: ReadonlySet<Ground> = new Set(['same_district', 'left_over', 'other_kind', 'spelling'])

/** Whether the text itself says so. */
export const isCertain = (ground: Ground) => !workedOut.has(ground)

/** One mention in the text of a new unit, and the old communes it stands for or may stand for. */
export type Match = {
  mention: Mention
  toCode: string
  /** Old communes meant; several only where a whole district is named. Empty while nobody knows. */
  from: readonly OldCommune[]
  ground: Ground | null
  candidates: readonly OldCommune[]
}

type Group = {
  before: readonly OldCommune[]
  since: readonly NewCommune[]
  known: ReadonlyMap<string, ReadonlySet<string>>
}

/**
 * Resolves every name in the texts of one new province among the communes of the old provinces it was formed of:
 * what is sure by itself first, then what its neighbours in the text decide, then what is left.
 */
export function matchMentions(group: Group): Match[] {
  const names = indexOfNames(group.before)
  const matches = group.since.flatMap((commune) => {
    const formation = parseFormedFrom(commune.formedFrom)
    if (formation.unchanged) return [matchUnchanged(commune, group, names)]
    return formation.mentions.map((mention) => matchAlone(mention, commune, group, names))
  })
  const byUnit = Map.groupBy(matches, (match) => match.toCode)
  const claimed = () => new Set(matches.flatMap((match) => match.from.map((one) => one.code)))
  const settle = (step: (match: Match, together: readonly Match[]) => void) => {
    let before = -1
    for (let open = unsettled(matches).length; open !== before; open = unsettled(matches).length) {
      before = open
      for (const match of unsettled(matches)) step(match, byUnit.get(match.toCode) ?? [])
    }
  }
  settle((match, together) => byNeighbours(match, together, names))
  for (const together of byUnit.values()) byCommonDistrict(unsettled(together))
  settle((match, together) => byNeighbours(match, together, names))
  const takenBefore = claimed()
  for (const match of unsettled(matches)) {
    const left = match.candidates.filter((one) => !takenBefore.has(one.code))
    if (left.length === 1) take(match, left[0], 'left_over')
  }
  const taken = claimed()
  const orphans = group.before.filter((one) => !taken.has(one.code))
  for (const match of matches)
    if (match.from.length === 0 && match.candidates.length === 0)
      bySpelling(match, byUnit.get(match.toCode) ?? [], orphans)
  return matches
}

const unsettled = (matches: readonly Match[]) =>
  matches.filter((match) => match.from.length === 0 && match.candidates.length > 1)

function take(match: Match, commune: OldCommune | undefined, ground: Ground): void {
  if (!commune) return
  match.from = [commune]
  match.ground = ground
}

type Names = {
  communes: readonly ReadonlyMap<string, readonly OldCommune[]>[]
  /** Codes of the districts of a folded name. */
  districts: ReadonlyMap<string, ReadonlySet<string>>
}

const districtKey = (name: string) => nameKeys(cutAreaName(name))[1] ?? ''

function indexOfNames(communes: readonly OldCommune[]): Names {
  const keyed = communes.map((commune) => ({ commune, keys: nameKeys(cutAreaName(commune.name)) }))
  const levels = keyed[0]?.keys.map((_, level) => Map.groupBy(keyed, ({ keys }) => keys[level] ?? '')) ?? []
  const names = new Map(communes.map((one) => [one.districtCode, one.district]))
  const districts = Map.groupBy(names, ([, name]) => districtKey(name))
  return {
    communes: levels.map(
      (level) => new Map([...level].map(([key, all]) => [key, all.map(({ commune }) => commune)])),
    ),
    districts: new Map([...districts].map(([key, all]) => [key, new Set(all.map(([code]) => code))])),
  }
}

type Named = { found: readonly OldCommune[]; level: number }

/** Old communes of a name, in these districts where any are given, by the surest key that finds one. */
function named(name: Mention['name'], names: Names, within?: ReadonlySet<string>): Named {
  const keys = nameKeys(name)
  for (const [level, index] of names.communes.entries()) {
    const all = index.get(keys[level] ?? '') ?? []
    const found = within ? all.filter((one) => within.has(one.districtCode)) : all
    if (found.length > 0) return { found, level }
  }
  return { found: [], level: names.communes.length }
}

const unsaid = { district: null, province: null, share: 'not_said', othersWentTo: [] } as const

function matchUnchanged(commune: NewCommune, group: Group, names: Names): Match {
  const mention: Mention = { ...unsaid, words: commune.formedFrom, name: cutAreaName(commune.name) }
  const match: Match = { mention, toCode: commune.code, from: [], ground: null, candidates: [] }
  const { found } = named(mention.name, names)
  const sameCode = group.before.find((one) => one.code === commune.code)
  const byCode =
    sameCode && (found.includes(sameCode) || lettersApart(cutAreaName(sameCode.name), mention.name) <= 2)
  take(match, byCode ? sameCode : found.length === 1 ? found[0] : undefined, 'unchanged')
  match.candidates = found
  return match
}

function matchAlone(mention: Mention, commune: NewCommune, group: Group, names: Names): Match {
  const match: Match = { mention, toCode: commune.code, from: [], ground: null, candidates: [] }
  const within = mention.district ? names.districts.get(districtKey(mention.district)) : undefined
  const { found, level } = named(mention.name, names, within)
  match.candidates = found
  if (mention.name.word === 'district' && found.length === 0) {
    const whole = names.districts.get(districtKey(mention.words))
    match.from = group.before.filter((one) => whole?.has(one.districtCode))
    match.ground = match.from.length > 0 ? 'whole_district' : null
    return match
  }
  const known = group.known.get(commune.code)
  const linked = (found.length > 0 ? found : known ? group.before : []).filter(
    (one) =>
      known?.has(one.code) && (found.length > 0 || lettersApart(cutAreaName(one.name), mention.name) <= 2),
  )
  if (linked.length === 1) take(match, linked[0], 'known')
  else if (found.length === 1) {
    const fits = level < firstKeyWithoutWord || mention.name.word === null
    take(match, found[0], fits ? (within ? 'district_named' : 'only_name') : 'other_kind')
  }
  return match
}

/** Among several of one name, the one that lies where the others of the same text lie. */
function byNeighbours(match: Match, together: readonly Match[], names: Names): void {
  const others = together.filter((one) => one !== match)
  const settled = others.flatMap((one) => one.from)
  const provinces = new Set(settled.map((one) => one.provinceCode))
  const districts = new Set(settled.map((one) => one.districtCode))
  const namedDistricts = others.flatMap(({ mention }) =>
    mention.district ? [...(names.districts.get(districtKey(mention.district)) ?? [])] : [],
  )
  const isNamed = (one: OldCommune) => namedDistricts.includes(one.districtCode)
  const inProvince = match.candidates.filter((one) => provinces.has(one.provinceCode))
  if (inProvince.length === 1) {
    take(match, inProvince[0], 'same_province')
    return
  }
  const near = match.candidates.filter((one) => districts.has(one.districtCode) || isNamed(one))
  const [only] = near
  if (near.length !== 1 || !only) return
  take(match, only, isNamed(only) ? 'district_named' : 'same_district')
}

/** Several names of one text, each borne by several: the one district in which all of them are found. */
function byCommonDistrict(open: readonly Match[]): void {
  const [first, ...rest] = open
  if (!first || rest.length === 0) return
  const common = first.candidates.filter((one) =>
    rest.every(({ candidates }) => candidates.some((other) => other.districtCode === one.districtCode)),
  )
  const districts = new Set(common.map((one) => one.districtCode))
  if (districts.size !== 1) return
  for (const match of open) {
    const inside = match.candidates.filter((one) => districts.has(one.districtCode))
    if (inside.length === 1) take(match, inside[0], 'same_district')
  }
}

/** A name that no old commune bears: the one nobody names, of nearly that name, where the others of the text lie. */
function bySpelling(match: Match, together: readonly Match[], orphans: readonly OldCommune[]): void {
  const districts = new Set(together.flatMap((one) => one.from.map((commune) => commune.districtCode)))
  const alike = orphans
    .map((one) => ({ one, apart: lettersApart(cutAreaName(one.name), match.mention.name) }))
    .filter(({ one, apart }) => apart <= (districts.has(one.districtCode) ? 3 : 1))
    .filter(({ apart }) => apart * 2 < match.mention.name.bare.length)
    .toSorted((a, b) => a.apart - b.apart)
  match.candidates = alike.map(({ one }) => one)
  const [best, second] = alike
  if (best && (second === undefined || second.apart > best.apart)) take(match, best.one, 'spelling')
}

import { type AreaWord, cutAreaName, nameKeys } from './area-name.ts'
import type { CountryLists } from './country-lists.ts'
import { type LinkPlan, planLinks } from './link-plan.ts'

export type Level = 'province' | 'district' | 'commune'

/** A unit of a list as it will stand; its key says level, list and code, because codes are used again. */
export type PlannedUnit = {
  key: string
  level: Level
  list: 'before' | 'since'
  code: string
  name: string
  kind: string
  /** Key of the unit above; null for the top of the tree. */
  parentKey: string | null
}

export type CountryPlan = LinkPlan & {
  units: readonly PlannedUnit[]
  /** Key in the new list by key in the old one, for what goes on: its versions are of one unit. */
  goesOn: ReadonlyMap<string, string>
  /** Old provinces that went whole into a new one: key in the new list by key in the old one. */
  provinceLinks: ReadonlyMap<string, string>
  /** What the new list says a commune was formed from, by its key. */
  formedFrom: ReadonlyMap<string, string>
}

export const unitKey = (list: 'before' | 'since', level: Level, code: string) => `${list}:${level}:${code}`

const kindOf: Readonly<Record<Level, Partial<Record<AreaWord, string>>>> = {
  province: { province: 'province', city: 'municipality' },
  district: { district: 'district', urban_district: 'urban_district', town: 'town', city: 'provincial_city' },
  commune: { commune: 'commune', township: 'township', ward: 'ward', special_zone: 'special_zone' },
}
const usualKind: Readonly<Record<Level, string>> = {
  province: 'province',
  district: 'district',
  commune: 'commune',
}

/** The kind of a unit by the word its name begins with. */
export function kindByName(level: Level, name: string): string {
  const { word } = cutAreaName(name)
  return (word === null ? undefined : kindOf[level][word]) ?? usualKind[level]
}

/** Every unit of both lists, what goes on and what ends, and where what ended went. Pure. */
export function planCountry(lists: CountryLists): CountryPlan {
  const links = planLinks(lists)
  const units = new Map<string, PlannedUnit>()
  const add = (
    list: 'before' | 'since',
    level: Level,
    code: string,
    name: string,
    parentKey: string | null,
  ) => {
    const key = unitKey(list, level, code)
    if (!units.has(key))
      units.set(key, { key, level, list, code, name, kind: kindByName(level, name), parentKey })
    return key
  }
  for (const one of lists.before) {
    const province = add('before', 'province', one.provinceCode, one.province, null)
    const district = add('before', 'district', one.districtCode, one.district, province)
    add('before', 'commune', one.code, one.name, district)
  }
  for (const one of lists.since) {
    const province = add('since', 'province', one.provinceCode, one.province, null)
    add('since', 'commune', one.code, one.name, province)
  }
  const { goesOn, provinceLinks } = followProvinces(links.provinces, units)
  for (const [old, since] of links.continues)
    goesOn.set(unitKey('before', 'commune', old), unitKey('since', 'commune', since))
  const formedFrom = new Map(
    lists.since.map((one) => [unitKey('since', 'commune', one.code), one.formedFrom] as const),
  )
  return { ...links, units: [...units.values()], goesOn, provinceLinks, formedFrom }
}

/** A province that kept code and name and took in no other goes on; every other is a new one of those that ended. */
function followProvinces(provinces: ReadonlyMap<string, string>, units: ReadonlyMap<string, PlannedUnit>) {
  const goesOn = new Map<string, string>()
  const provinceLinks = new Map<string, string>()
  const key = (name: string | undefined) => nameKeys(cutAreaName(name ?? ''))[0]
  for (const [old, since] of provinces) {
    const from = unitKey('before', 'province', old)
    const to = unitKey('since', 'province', since)
    const alone = [...provinces.values()].filter((one) => one === since).length === 1
    const same = old === since && key(units.get(from)?.name) === key(units.get(to)?.name)
    if (alone && same) goesOn.set(from, to)
    else provinceLinks.set(from, to)
  }
  return { goesOn, provinceLinks }
}

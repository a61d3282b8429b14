import type { Tx } from '../../platform/db/database.ts'
import type { Words } from '../../platform/part.ts'
import { fold } from '../../platform/text/index.ts'
import { findUnitsByName, type Place, type PlaceMatch } from '../../platform/units/index.ts'
import * as words from './import.words.ts'
import { levelOfUnitKind } from './teams.rules.ts'
import type { TeamKind, TeamLevel } from './teams.words.ts'

/** The unit an import was started in. */
export type ImportUnit = { id: string; name: string; kind: string }

export type PlaceAsked = { commune: string; village: string; kind: TeamKind }
export type PlaceFound = { unit: { id: string; name: string } } | { key: 'commune' | 'village'; error: Words }

const kindsOf: Record<TeamLevel, readonly string[]> = {
  village: ['village', 'residential_group'],
  commune: ['commune', 'township', 'ward', 'special_zone'],
  district: ['district', 'town'],
  office: ['office', 'school', 'station', 'committee', 'body'],
}

type Names = { names: readonly string[]; withinId: string; asOf: string }

/** Finds for each row the unit meant. Each distinct name is looked for once. */
export async function findPlaces(
  tx: Tx,
  unit: ImportUnit,
  asked: readonly PlaceAsked[],
  asOf: string,
): Promise<PlaceFound[]> {
  const communes = new Map<string, PlaceMatch>()
  const names = [...new Set(asked.map((one) => one.commune).filter((name) => name !== ''))]
  const ownLevel = levelOfUnitKind(unit.kind)
  if (ownLevel === 'district' || ownLevel === null) {
    const found = await findUnitsByName(tx, { names, withinId: unit.id, asOf, kinds: kindsOf.commune })
    names.forEach((name, at) => {
      communes.set(name, found[at] ?? nowhere)
    })
  }
  const searches = new Map<string, { within: ImportUnit | Place; kind: TeamKind; names: Set<string> }>()
  const found: (PlaceFound | { search: string; village: string })[] = asked.map((one) => {
    let within: ImportUnit | Place = unit
    const match = communes.get(one.commune)
    if (match) {
      if (!match.unit) return { key: 'commune', error: unknown(one.commune, unit, match) }
      within = match.unit
    }
    if (one.village === '')
      return match?.unit || ownLevel !== 'district'
        ? ownUnit(within, one, match === undefined && ownLevel === 'commune')
        : missing
    const search = `${within.id} ${one.kind}`
    const names = searches.get(search)?.names ?? new Set<string>()
    searches.set(search, { within, kind: one.kind, names: names.add(one.village) })
    return { search, village: one.village }
  })
  const answers = new Map<string, PlaceFound>()
  for (const [search, { within, kind, names: wanted }] of searches) {
    const list = [...wanted]
    const matches = await matchNames(tx, { names: list, withinId: within.id, asOf }, kind)
    list.forEach((name, at) => {
      const match = matches[at] ?? nowhere
      const place = match.unit
      answers.set(
        `${search} ${name}`,
        place ? { unit: place } : { key: 'village', error: unknown(name, within, match) },
      )
    })
  }
  return found.map((one) =>
    'search' in one ? (answers.get(`${one.search} ${one.village}`) ?? missing) : one,
  )
}

const nowhere: PlaceMatch = { unit: null, candidates: [] }
const missing: PlaceFound = { key: 'village', error: words.unitMissing }

/** A row without a village means the unit itself only where that cannot be a slip: a village or an agency. */
function ownUnit(within: ImportUnit | Place, asked: PlaceAsked, isWholeCommune: boolean): PlaceFound {
  const level = levelOfUnitKind(within.kind)
  if (level === null || isWholeCommune || level === 'commune' || level === 'district') return missing
  if ((level === 'office') !== (asked.kind === 'digital_club')) {
    return { key: 'village', error: words.unitWithoutTeams(within.name) }
  }
  return { unit: within }
}

/**
 * «Nậm Búng» in the column of villages is the village and not its commune, «xã Nậm Búng» the commune: the level that
 * the words ask for is searched first, then every other.
 */
async function matchNames(tx: Tx, ask: Names, kind: TeamKind): Promise<PlaceMatch[]> {
  if (kind === 'digital_club') return findUnitsByName(tx, { ...ask, kinds: kindsOf.office })
  const areas = [...kindsOf.village, ...kindsOf.commune, ...kindsOf.district]
  const [villages, communes, districts, all] = [
    await findUnitsByName(tx, { ...ask, kinds: kindsOf.village }),
    await findUnitsByName(tx, { ...ask, kinds: kindsOf.commune }),
    await findUnitsByName(tx, { ...ask, kinds: kindsOf.district }),
    await findUnitsByName(tx, { ...ask, kinds: areas }),
  ]
  return ask.names.map((name, at) => {
    const level = levelInWords(name)
    const first = level === 'commune' ? communes[at] : level === 'district' ? districts[at] : villages[at]
    if (first?.unit || (first && first.candidates.length > 1 && level === 'village')) return first
    return all[at] ?? nowhere
  })
}

function levelInWords(name: string): TeamLevel {
  const folded = `${fold(name)} `
  if (/^(?:xa|x|phuong|p|thi tran|tt|dac khu) /.test(folded)) return 'commune'
  if (/^(?:huien|h|thi xa|tx|quan|thanh pho|tp) /.test(folded)) return 'district'
  return 'village'
}

function unknown(typed: string, within: { name: string }, match: PlaceMatch): Words {
  const names = match.candidates
    .slice(0, 4)
    .map((one) => (one.parentName ? `${one.name} (${one.parentName})` : one.name))
  return words.unitUnknown(typed, within.name, names)
}

import type { CountryPlan, Level, PlannedUnit } from './country-plan.ts'
import type { KnownVersion } from './import.store.ts'

export type Period = {
  /** First day from which the old list is taken to hold. */
  since: string
  /** The day of the change: the old list ends, the new one begins. */
  day: string
}

/** A version to be written for the planned unit of a key. */
export type StepVersion = { key: string; unit: PlannedUnit; validFrom: string; validUntil: string | null }

export type CountrySteps = {
  /** Unit ids by key, of those that are there already. */
  known: ReadonlyMap<string, string>
  /** Keys of units to be made; those that go on share one unit with the key in the old list. */
  make: readonly string[]
  /** Key whose unit stands for another key: what goes on. */
  sameAs: ReadonlyMap<string, string>
  versions: readonly StepVersion[]
  /** Versions that end on the day. */
  end: readonly string[]
  /** Units there already that end on the day. */
  endedIds: readonly string[]
}

/** A code that the lists give to one unit and the installation to another kind of unit. */
export type CodeConflict = { unit: PlannedUnit; holder: KnownVersion }

const rankOf: Readonly<Record<Level, number>> = { province: 10, district: 20, commune: 30 }

const later = (...days: readonly (string | null | undefined)[]) =>
  days.reduce<string>((latest, day) => (day && day > latest ? day : latest), '')

/**
 * Compares the plan with the versions that are there. A unit of the old list is the one that holds its code on the eve of
 * the day; a unit of the new list is the one whose version with that code begins on the day. What is there keeps its name.
 */
export function countrySteps(
  plan: CountryPlan,
  versions: readonly KnownVersion[],
  { since, day }: Period,
): CountrySteps | CodeConflict {
  const byCode = Map.groupBy(versions, (version) => version.code)
  const eve = (one: KnownVersion) => one.validFrom < day && (one.validUntil === null || one.validUntil >= day)
  const found = new Map<string, KnownVersion>()
  for (const unit of plan.units) {
    const holders = byCode.get(unit.code) ?? []
    const holder = holders.find(unit.list === 'before' ? eve : (one) => one.validFrom === day)
    if (!holder) continue
    if (holder.rank !== rankOf[unit.level]) return { unit, holder }
    found.set(unit.key, holder)
  }
  const known = new Map([...found].map(([key, version]) => [key, version.unitId]))
  const sameAs = new Map<string, string>()
  for (const [old, after] of plan.goesOn) if (!known.has(after)) sameAs.set(after, old)
  const goes = new Set(sameAs.values())
  const stayed = new Set(
    plan.units.flatMap((one) => (one.list === 'since' ? (known.get(one.key) ?? []) : [])),
  )
  const make: string[] = []
  const steps: StepVersion[] = []
  const end: string[] = []
  const endedIds: string[] = []
  const beginOf = new Map<string, string>()
  for (const unit of plan.units) {
    const version = found.get(unit.key)
    const unchanged = unit.level === 'province' && (sameAs.has(unit.key) || goes.has(unit.key))
    if (unit.list === 'before') {
      beginOf.set(
        unit.key,
        version?.validFrom ?? begin(unit, byCode.get(unit.code) ?? [], beginOf, { since, day }),
      )
      if (!version) {
        make.push(unit.key)
        const validFrom = beginOf.get(unit.key) ?? since
        steps.push({ key: unit.key, unit, validFrom, validUntil: unchanged ? null : day })
      } else if (!unchanged && version.validUntil === null && !stayed.has(version.unitId)) {
        end.push(version.versionId)
        if (!goes.has(unit.key)) endedIds.push(version.unitId)
      }
    } else if (!version && !unchanged) {
      if (!sameAs.has(unit.key)) make.push(unit.key)
      const next = (byCode.get(unit.code) ?? []).find((one) => one.validFrom > day)
      steps.push({ key: unit.key, unit, validFrom: day, validUntil: next?.validFrom ?? null })
    }
  }
  return { known, make, sameAs, versions: steps, end, endedIds }
}

/** Not before the unit above begins, nor while another unit held the code. */
function begin(
  unit: PlannedUnit,
  holders: readonly KnownVersion[],
  beginOf: ReadonlyMap<string, string>,
  { since, day }: Period,
): string {
  const before = holders.filter((one) => one.validUntil !== null && one.validUntil < day)
  return later(since, beginOf.get(unit.parentKey ?? ''), ...before.map((one) => one.validUntil))
}

import { refuseField } from '../http/refusal.ts'
import * as texts from './change.texts.ts'

/** One version of a unit; `id` is null until it is written. */
export type Version = {
  id: string | null
  unitId: string
  kind: string
  code: string
  name: string
  parentId: string | null
  validFrom: string
  validUntil: string | null
  legalBasis: string | null
  nameIsOurs: boolean
}

/** Where the records of a unit go that has ended, or gave a part away. */
export type Link = { fromId: string; toId: string; isWhole: boolean }

/** A recorded change that names a unit and takes effect later. */
export type LaterDeed = { kind: string; on: string }

/** From that day on a unit stands below this one; the first entry says where it stands at once. */
export type Seat = { parentId: string; from: string }

/**
 * A change being worked out: versions by unit as they will be, nothing written. Units that are to be made have ids of
 * their own, 'new:1', until they are written.
 */
export type Draft = {
  on: string
  legalBasis: string | null
  units: Map<string, Version[]>
  touched: Set<string>
  made: string[]
  ended: string[]
  links: Link[]
  /** For each unit the first recorded change that would be lost if it ended on that day. */
  later: ReadonlyMap<string, LaterDeed>
}

/** 'YYYY-MM-DD' as Vietnamese write it; the pages' formats are not the server's to import. */
export const written = (day: string) => day.split('-').map(Number).reverse().join('/')

const byDay = (a: Version, b: Version) => (a.validFrom < b.validFrom ? -1 : 1)

const holds = (version: Version, on: string) =>
  version.validFrom <= on && (version.validUntil === null || version.validUntil > on)

export function startDraft(ask: {
  on: string
  legalBasis: string | null
  versions: readonly Version[]
  later: ReadonlyMap<string, LaterDeed>
}): Draft {
  const units = new Map<string, Version[]>()
  for (const version of [...ask.versions].sort(byDay)) {
    units.set(version.unitId, [...(units.get(version.unitId) ?? []), { ...version }])
  }
  const { on, legalBasis, later } = ask
  return { on, legalBasis, later, units, touched: new Set(), made: [], ended: [], links: [] }
}

const versionsOf = (draft: Draft, unitId: string) => draft.units.get(unitId) ?? []

/** The version of a unit that holds on a day in the draft, or null. */
export function versionOn(draft: Draft, unitId: string, on: string): Version | null {
  return versionsOf(draft, unitId).find((version) => holds(version, on)) ?? null
}

/** The version that holds on the day of the change; refuses `path` where the unit is not there then. */
export function requireVersion(draft: Draft, unitId: string, path: string): Version {
  const version = versionOn(draft, unitId, draft.on)
  if (version) return version
  const known = versionsOf(draft, unitId).at(-1)
  refuseField('units.not_there', path, {
    vi: known
      ? `«${known.name}» không có vào ngày ${written(draft.on)} (có từ ${written(versionsOf(draft, unitId)[0]?.validFrom ?? draft.on)}${known.validUntil ? ` đến trước ${written(known.validUntil)}` : ''}). Hãy chọn ngày khác hoặc đơn vị khác.`
      : 'Không tìm thấy đơn vị này. Hãy chọn lại đơn vị.',
    en: known
      ? `“${known.name}” is not there on ${written(draft.on)}. Choose another day or unit.`
      : 'There is no such unit. Choose again.',
  })
}

/** Lays out the versions of a unit that begins on the day of the change. Answers its id in the draft. */
export function make(
  draft: Draft,
  unit: Pick<Version, 'kind' | 'code' | 'name' | 'nameIsOurs'>,
  seats: readonly Seat[],
): string {
  const id = `new:${draft.made.length + 1}`
  const base = { id: null, unitId: id, legalBasis: draft.legalBasis }
  const { kind, code, name, nameIsOurs } = unit
  draft.units.set(
    id,
    seats.map(({ parentId, from }, at) => ({
      ...base,
      kind,
      code,
      name,
      nameIsOurs,
      parentId,
      validFrom: from,
      validUntil: seats[at + 1]?.from ?? null,
    })),
  )
  draft.made.push(id)
  draft.touched.add(id)
  return id
}

/** The version in which a unit ends on the day of the change. Refuses where something is recorded of it for later. */
export function requireEndable(draft: Draft, unitId: string, path: string): Version {
  const version = requireVersion(draft, unitId, path)
  const on = draft.on
  const deed = draft.later.get(unitId)
  if (deed) refuseLaterDeed(draft, version, deed, path)
  const later = laterVersions(draft, unitId)
  const onlyMoves = later.every((one) =>
    (['name', 'code', 'kind'] as const).every((key) => one[key] === version[key]),
  )
  if (version.validUntil !== null && !(onlyMoves && later.at(-1)?.validUntil === null)) {
    refuseField('units.cannot_end_then', path, {
      vi: `Không kết thúc «${version.name}» vào ngày ${written(on)} được: đơn vị này đã có thay đổi từ ${written(version.validUntil)}. Hãy hủy thay đổi đó trước, hoặc chọn ngày khác.`,
      en: `“${version.name}” cannot end on ${written(on)}: it changes or ends on ${written(version.validUntil)} already. Undo that first, or choose another day.`,
    })
  }
  return version
}

const laterVersions = (draft: Draft, unitId: string) =>
  versionsOf(draft, unitId).filter((one) => one.validFrom > draft.on)

/**
 * Ends a unit on the day of the change; where it was to go along with what it stands in later, it does not any more.
 * Refuses where a later change names it, where it ends or is called otherwise later, or first began on that day.
 */
export function end(draft: Draft, unitId: string, path: string): void {
  const version = requireEndable(draft, unitId, path)
  const on = draft.on
  const later = laterVersions(draft, unitId)
  const before = versionsOf(draft, unitId).find((one) => one.validUntil === version.validFrom)
  if (version.validFrom === on && !before) {
    refuseField('units.cannot_end_then', path, {
      vi: `Không kết thúc được vào ngày ${written(on)}: tên đang dùng của «${version.name}» bắt đầu từ ${written(version.validFrom)}. Hãy chọn ngày khác.`,
      en: `“${version.name}” begins on ${written(version.validFrom)}, so it cannot end then. Choose another day.`,
    })
  }
  const kept = versionsOf(draft, unitId).filter((one) => !later.includes(one))
  draft.units.set(
    unitId,
    version.validFrom === on
      ? kept.filter((one) => one !== version)
      : kept.map((one) => (one === version ? { ...one, validUntil: on } : one)),
  )
  draft.touched.add(unitId)
  draft.ended.push(unitId)
}

function refuseLaterDeed(draft: Draft, version: Version, deed: LaterDeed, path: string): never {
  const what = (words: typeof texts.vi) => words.kinds[deed.kind as keyof typeof words.kinds] ?? deed.kind
  const [on, day] = [written(draft.on), written(deed.on)]
  // A unit that is gone by then has no later day to choose.
  const lasts = versionsOf(draft, version.unitId).at(-1)?.validUntil === null
  refuseField('units.cannot_end_then', path, {
    vi: `Không kết thúc «${version.name}» vào ngày ${on} được: đơn vị này đã có thay đổi từ ${day} («${what(texts.vi)}»), và thay đổi đó sẽ mất. Hãy hủy thay đổi đó trước${lasts ? `, hoặc chọn ngày sau ngày ${day}` : ', ghi thay đổi này, rồi ghi lại thay đổi đó cho các đơn vị mới'}.`,
    en: `“${version.name}” cannot end on ${on}: a change of it is recorded for ${day} (“${what(texts.en)}”) and would be lost. Undo that first${lasts ? `, or choose a day after ${day}` : ', record this change, then record that one again for the units that are there then'}.`,
  })
}

type Patch = Partial<Pick<Version, 'name' | 'code' | 'kind' | 'nameIsOurs'>>

/**
 * Gives a unit other words from the day of the change on. Each word lasts until a later change says otherwise: what that
 * one gives the unit, and what comes after it, stays, even where it gives back the old word.
 */
export function revise(draft: Draft, unitId: string, patch: Patch, path: string): void {
  const version = requireVersion(draft, unitId, path)
  const versions = splitAt(draft, unitId, draft.on, path)
  const keys = Object.keys(patch) as (keyof Patch)[]
  const until = new Map(
    keys.map((key) => [
      key,
      versions.find((one) => one.validFrom > draft.on && one[key] !== version[key])?.validFrom,
    ]),
  )
  draft.units.set(
    unitId,
    versions.map((one) => {
      if (one.validFrom < draft.on) return one
      const following = keys.filter((key) => one.validFrom < (until.get(key) ?? '9999-12-31'))
      if (following.length === 0) return one
      const changes = Object.fromEntries(following.map((key) => [key, patch[key]]))
      const isFirst = one.validFrom === draft.on
      return { ...one, ...changes, ...(isFirst && { legalBasis: draft.legalBasis }) }
    }),
  )
  draft.touched.add(unitId)
}

/** Every day from the change on that a unit stands below `fromId` it stands below `toId` instead. */
export function follow(draft: Draft, unitId: string, fromId: string, toId: string): void {
  const versions =
    versionOn(draft, unitId, draft.on)?.parentId === fromId
      ? splitAt(draft, unitId, draft.on, 'on')
      : versionsOf(draft, unitId)
  draft.units.set(
    unitId,
    versions.map((one) => {
      if (one.parentId !== fromId || one.validFrom < draft.on) return one
      const isFirst = one.validFrom === draft.on
      return { ...one, parentId: toId, ...(isFirst && { legalBasis: draft.legalBasis }) }
    }),
  )
  draft.touched.add(unitId)
}

/** Puts a unit below others from the day of the change on. Refuses where its place changes again later. */
export function seat(draft: Draft, unitId: string, seats: readonly Seat[]): void {
  const version = requireVersion(draft, unitId, 'on')
  const later = versionsOf(draft, unitId).find(
    (one) => one.validFrom > draft.on && one.parentId !== version.parentId,
  )
  if (later) {
    refuseField('units.moves_again', 'on', {
      vi: `«${version.name}» đã được ghi là chuyển nơi trực thuộc từ ${written(later.validFrom)}. Hãy hủy thay đổi đó trước, hoặc chọn ngày sau ngày đó.`,
      en: `“${version.name}” is recorded to move on ${written(later.validFrom)}. Undo that first, or choose a later day.`,
    })
  }
  splitAt(draft, unitId, draft.on, 'on')
  for (const { from } of seats.slice(1))
    if (versionOn(draft, unitId, from)) splitAt(draft, unitId, from, 'on')
  draft.units.set(
    unitId,
    versionsOf(draft, unitId).map((one) => {
      const place = seats.findLast((any) => any.from <= one.validFrom)
      if (!place || one.validFrom < draft.on) return one
      const isFirst = one.validFrom === draft.on
      return { ...one, parentId: place.parentId, ...(isFirst && { legalBasis: draft.legalBasis }) }
    }),
  )
  draft.touched.add(unitId)
}

/** Makes a version of a unit begin on a day. Refuses the day on which the unit itself begins. */
function splitAt(draft: Draft, unitId: string, on: string, path: string): Version[] {
  const versions = versionsOf(draft, unitId)
  const version = versions.find((one) => holds(one, on))
  if (!version) return versions
  if (version.validFrom === on) {
    if (versions.some((one) => one.validUntil === on)) return versions
    refuseField('units.begins_same_day', path, {
      vi: `Tên hiện nay của «${version.name}» bắt đầu từ ${written(on)}. Thay đổi phải từ một ngày sau ngày đó.`,
      en: `“${version.name}” begins on ${written(on)}. The change must begin on a later day.`,
    })
  }
  const split = versions.flatMap((one) =>
    one === version
      ? [
          { ...one, validUntil: on },
          { ...one, id: null, validFrom: on },
        ]
      : [one],
  )
  draft.units.set(unitId, split)
  return split
}

/** Notes where the records of a unit go. */
export function link(
  draft: Draft,
  fromId: string,
  toId: string,
  { isWhole, path }: { isWhole: boolean; path: string },
): void {
  if (fromId === toId) {
    refuseField('units.into_itself', path, {
      vi: 'Một đơn vị không thể nhập hay tách vào chính nó. Hãy chọn đơn vị khác.',
      en: 'A unit cannot go into itself. Choose another unit.',
    })
  }
  draft.links.push({ fromId, toId, isWhole })
}

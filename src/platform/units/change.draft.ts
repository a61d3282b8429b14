import { refuseField } from '../http/refusal.ts'
import type { UnitElsewhereAnswer } from './contract.ts'
import { elsewhereWords } from './whereabouts.words.ts'

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
export type LaterDeed = { kind: string; on: string; eventId: string }

/** On that day a unit goes whole into another, by an event that is recorded. */
export type Going = { on: string; toId: string; toName: string; eventId: string }

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
  /** Where units that are made go later, by an event that is recorded of those they come from. */
  goings: (Going & { fromId: string })[]
  /** For each unit the recorded changes that would be lost if it ended on that day. */
  deeds: ReadonlyMap<string, readonly LaterDeed[]>
  /** Named units that are not there on that day, and what is in their place. */
  elsewhere: ReadonlyMap<string, UnitElsewhereAnswer>
  /** Units whose later life what they become takes over. */
  followed: Set<string>
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
  deeds: Draft['deeds']
  elsewhere: Draft['elsewhere']
}): Draft {
  const units = new Map<string, Version[]>()
  for (const version of [...ask.versions].sort(byDay)) {
    units.set(version.unitId, [...(units.get(version.unitId) ?? []), { ...version }])
  }
  const { on, legalBasis, deeds, elsewhere } = ask
  const nothing = { made: [], ended: [], links: [], goings: [] }
  return { on, legalBasis, deeds, elsewhere, units, touched: new Set(), followed: new Set(), ...nothing }
}

export const versionsOf = (draft: Draft, unitId: string) => draft.units.get(unitId) ?? []

/** The version of a unit that holds on a day in the draft, or null. */
export function versionOn(draft: Draft, unitId: string, on: string): Version | null {
  return versionsOf(draft, unitId).find((version) => holds(version, on)) ?? null
}

/** The version that holds on the day of the change; refuses `path` where the unit is not there then. */
export function requireVersion(draft: Draft, unitId: string, path: string): Version {
  const version = versionOn(draft, unitId, draft.on)
  if (version) return version
  const found = draft.elsewhere.get(unitId)
  refuseField(
    'units.not_there',
    path,
    found
      ? elsewhereWords(found, draft.on)
      : { vi: 'Không tìm thấy đơn vị này. Hãy chọn lại đơn vị.', en: 'There is no such unit. Choose again.' },
  )
}

/**
 * Lays out the versions of a unit that begins on the day of the change, and where it goes later. Answers its id in the
 * draft.
 */
export function make(
  draft: Draft,
  unit: Pick<Version, 'kind' | 'code' | 'name' | 'nameIsOurs'>,
  seats: readonly Seat[],
  going: Going | null,
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
      validUntil: seats[at + 1]?.from ?? going?.on ?? null,
    })),
  )
  if (going) draft.goings.push({ ...going, fromId: id })
  draft.made.push(id)
  draft.touched.add(id)
  return id
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

/**
 * Every day from the change on that a unit stands below `fromId` it stands where `seats` say instead; and `carried`, the
 * units below which it came along with `fromId` later, likewise, unless something of its own is recorded by then.
 */
export function follow(
  draft: Draft,
  unitId: string,
  { fromId, seats, carried = [] }: { fromId: string; seats: readonly Seat[]; carried?: readonly string[] },
): void {
  const own = draft.deeds.get(unitId)?.[0]?.on ?? '9999-12-31'
  const isLeft = (one: Version) =>
    one.parentId === fromId ||
    (one.validFrom > draft.on && one.validFrom < own && carried.includes(one.parentId ?? ''))
  for (const { from } of seats) {
    const version = versionOn(draft, unitId, from)
    if (version && isLeft(version)) splitAt(draft, unitId, from, 'on')
  }
  draft.units.set(
    unitId,
    versionsOf(draft, unitId).map((one) => {
      const place = seats.findLast((any) => any.from <= one.validFrom)
      if (!place || !isLeft(one)) return one
      const isFirst = one.validFrom === draft.on
      return { ...one, parentId: place.parentId, ...(isFirst && { legalBasis: draft.legalBasis }) }
    }),
  )
  draft.touched.add(unitId)
}

/**
 * Puts a unit below others from the day of the change on, and where it was to come along with what it stood in, below
 * what they go into. Refuses where it moves again later by itself.
 */
export function seat(draft: Draft, unitId: string, seats: readonly Seat[]): void {
  const version = requireVersion(draft, unitId, 'on')
  const own = draft.deeds.get(unitId)?.find((deed) => deed.kind === 'move')
  const later = versionsOf(draft, unitId).find(
    (one) => one.validFrom > draft.on && one.parentId !== version.parentId,
  )
  if (own && later) {
    refuseField('units.moves_again', 'on', {
      vi: `«${version.name}» đã được ghi là chuyển nơi trực thuộc từ ${written(own.on)}. Hãy hủy thay đổi đó trước, hoặc chọn ngày sau ngày đó.`,
      en: `“${version.name}” is recorded to move on ${written(own.on)}. Undo that first, or choose a later day.`,
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

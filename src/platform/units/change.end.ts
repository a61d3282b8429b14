import { refuseField } from '../http/refusal.ts'
import {
  type Draft,
  type LaterDeed,
  requireVersion,
  type Version,
  versionsOf,
  written,
} from './change.draft.ts'
import * as texts from './change.texts.ts'

/**
 * The version in which a unit ends on the day of the change. Refuses where something is recorded of it for later that
 * nothing takes over; `along`: it ends with what it stands in, as it would have later.
 */
export function requireEndable(draft: Draft, unitId: string, path: string, along = false): Version {
  const version = requireVersion(draft, unitId, path)
  if (draft.followed.has(unitId)) return version
  const [deed] = draft.deeds.get(unitId) ?? []
  if (deed) refuseLaterDeed(draft, version, deed, path)
  const later = laterVersions(draft, unitId)
  const onlyMoves = later.every((one) =>
    (['name', 'code', 'kind'] as const).every((key) => one[key] === version[key]),
  )
  const lasts = version.validUntil === null || later.at(-1)?.validUntil === null
  if (!onlyMoves || !(lasts || along)) refuseOtherEnd(draft, version, path)
  return version
}

/** Refuses for what is recorded of a unit for later without an event that names it. */
export function refuseOtherEnd(draft: Draft, version: Version, path: string): never {
  const [on, day] = [written(draft.on), written(version.validUntil ?? draft.on)]
  refuseField('units.cannot_end_then', path, {
    vi: `Không kết thúc «${version.name}» vào ngày ${on} được: đơn vị này đã có thay đổi từ ${day}. Hãy hủy thay đổi đó trước, hoặc chọn ngày khác.`,
    en: `“${version.name}” cannot end on ${on}: it changes or ends on ${day} already. Undo that first, or choose another day.`,
  })
}

const laterVersions = (draft: Draft, unitId: string) =>
  versionsOf(draft, unitId).filter((one) => one.validFrom > draft.on)

/**
 * Ends a unit on the day of the change; where it was to go along with what it stands in later, it does not any more.
 * Refuses where a later change names it, where it ends or is called otherwise later, or first began on that day.
 */
export function end(draft: Draft, unitId: string, path: string, along = false): void {
  const version = requireEndable(draft, unitId, path, along)
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

/** Refuses for a recorded change of a later day that would be lost. */
export function refuseLaterDeed(draft: Draft, version: Version, deed: LaterDeed, path: string): never {
  const what = (words: typeof texts.vi) => words.kinds[deed.kind as keyof typeof words.kinds] ?? deed.kind
  const [on, day] = [written(draft.on), written(deed.on)]
  // A unit that is gone by then has no later day to choose.
  const lasts = versionsOf(draft, version.unitId).at(-1)?.validUntil === null
  refuseField('units.cannot_end_then', path, {
    vi: `Không kết thúc «${version.name}» vào ngày ${on} được: đơn vị này đã có thay đổi từ ${day} («${what(texts.vi)}»), và thay đổi đó sẽ mất. Hãy hủy thay đổi đó trước${lasts ? `, hoặc chọn ngày sau ngày ${day}` : ', ghi thay đổi này, rồi ghi lại thay đổi đó cho các đơn vị mới'}.`,
    en: `“${version.name}” cannot end on ${on}: a change of it is recorded for ${day} (“${what(texts.en)}”) and would be lost. Undo that first${lasts ? `, or choose a day after ${day}` : ', record this change, then record that one again for the units that are there then'}.`,
  })
}

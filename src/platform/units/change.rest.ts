import { refuseField } from '../http/refusal.ts'
import { type Ground, lastOf } from './change.checks.ts'
import {
  type Going,
  type LaterDeed,
  requireVersion,
  type Seat,
  type Version,
  versionsOf,
  written,
} from './change.draft.ts'
import { refuseLaterDeed, refuseOtherEnd } from './change.end.ts'

/**
 * What is recorded for later of units that end, and what they become takes over: all of it goes into one other unit on a
 * day, or moves with the whole. Null where nothing is.
 */
export type Rest = {
  going: Going | null
  /** Where the whole will stand, where it is recorded to move. */
  moves: { seats: Seat[]; deed: LaterDeed } | null
  /** One of the units of which it is recorded. */
  of: Version
  deed: LaterDeed
}

/**
 * The rest of the life of units that are joined, or of one that is split, for what they become. Refuses what nobody could
 * say of each new unit: a later split, renaming or merger of others into it, or a later day that is not the same for all.
 */
export function restOf(ground: Ground, unitIds: readonly string[], path: string): Rest | null {
  const rests = unitIds.map((id) => ({ id, rest: restOfOne(ground, id, path) }))
  const [first] = rests
  const said = rests.find((one) => one.rest)?.rest
  if (!said) return null
  if (rests.some((one) => alike(one.rest) !== alike(first?.rest ?? null))) {
    refuseLaterDeed(ground.draft, said.of, said.deed, path)
  }
  for (const id of unitIds) ground.draft.followed.add(id)
  return said
}

const alike = (rest: Rest | null) =>
  JSON.stringify(rest && [rest.going?.on, rest.going?.toId, rest.moves?.seats])

function restOfOne({ draft, deeds, goings }: Ground, unitId: string, path: string): Rest | null {
  const version = requireVersion(draft, unitId, path)
  const going = goings.get(unitId) ?? null
  const named = deeds.get(unitId) ?? []
  const other = named.find((deed) => deed.kind !== 'move' && deed.eventId !== going?.eventId)
  if (other) refuseLaterDeed(draft, version, other, path)
  if (going === null && lastOf(draft, unitId)?.validUntil) refuseOtherEnd(draft, version, path)
  const move = named.find((deed) => deed.kind === 'move')
  const deed = move ?? (going && { kind: 'merge', on: going.on, eventId: going.eventId })
  if (!deed) return null
  const seats = versionsOf(draft, unitId).flatMap((one) =>
    one.validFrom > draft.on ? [{ parentId: one.parentId ?? '', from: one.validFrom }] : [],
  )
  return { going, moves: move ? { seats, deed: move } : null, of: version, deed }
}

/** The rest of the life of a unit that stays and gives a part away, as far as it is that part's: its going whole into another. */
export function restOfPart({ draft, deeds, goings }: Ground, unitId: string): Rest | null {
  const version = requireVersion(draft, unitId, 'on')
  const going = goings.get(unitId)
  const isAll = (deeds.get(unitId) ?? []).every((deed) => deed.eventId === going?.eventId)
  if (!going || !isAll) return null
  return { going, moves: null, of: version, deed: { kind: 'merge', on: going.on, eventId: going.eventId } }
}

/** Where a unit that is made below another will stand, until it goes where the rest of life of the old ones leads. */
export function seatsOfMade(ground: Ground, parentId: string, rest: Rest | null): readonly Seat[] {
  const { draft, chains } = ground
  if (rest?.moves) {
    if (rest.of.parentId !== parentId) refuseLaterDeed(draft, rest.of, rest.moves.deed, 'on')
    return [{ parentId, from: draft.on }, ...rest.moves.seats]
  }
  const until = rest?.going?.on ?? null
  return knownSeats(ground, parentId, until, chains.get(parentId))
}

/** Seats below a unit as far as they are known; refuses where they are not, before the day until which they must be. */
export function knownSeats(
  ground: Ground,
  parentId: string,
  until: string | null,
  chain = ground.chains.get(parentId),
): readonly Seat[] {
  if (!chain) return [{ parentId, from: ground.draft.on }]
  if (chain.until !== null && (until === null || chain.until < until)) {
    refuseScattered(ground, parentId, chain.until)
  }
  return chain.seats.filter((one) => until === null || one.from < until)
}

/** A unit that others go into: where it will be. Refuses where nobody knows, or where the rest of their life leads elsewhere. */
export function receiverSeats(
  ground: Ground,
  { unitId, path, rest }: { unitId: string; path: string; rest: Rest | null },
): readonly Seat[] {
  const { draft, chains } = ground
  const version = requireVersion(draft, unitId, path)
  const chain = chains.get(unitId) ?? { seats: [{ parentId: unitId, from: draft.on }], until: null }
  if (chain.until !== null) {
    const until = written(chain.until)
    refuseField('units.ends_later', path, {
      vi: `«${version.name}» đã được ghi là kết thúc từ ${until} mà không nhập trọn vào một đơn vị nào, nên không nhận thêm đơn vị được. Hãy hủy thay đổi đó trước, hoặc chọn đơn vị khác.`,
      en: `“${version.name}” is recorded to end on ${until} without going whole into one unit. Undo that first, or choose another unit.`,
    })
  }
  const isThere =
    !rest?.going ||
    chain.seats.findLast((one) => one.from <= (rest.going?.on ?? ''))?.parentId === rest.going.toId
  if (rest && (rest.moves || !isThere)) refuseLaterDeed(draft, rest.of, rest.deed, path)
  return chain.seats
}

function refuseScattered({ draft }: Ground, unitId: string, until: string): never {
  const name = lastOf(draft, unitId)?.name ?? ''
  const day = written(until)
  refuseField('units.parent_scatters', 'on', {
    vi: `«${name}» đã được ghi là kết thúc từ ${day} mà không nhập trọn vào một đơn vị nào, nên từ ngày đó không biết đơn vị lập hay chuyển đến từ ${written(draft.on)} thuộc về đâu. Hãy chọn ngày có hiệu lực từ ${day} trở đi cùng đơn vị cấp trên của khi ấy, hoặc chọn đơn vị cấp trên khác; muốn giữ ngày này thì hủy việc kết thúc «${name}» trước, ghi thay đổi này rồi ghi lại việc kết thúc.`,
    en: `“${name}” is recorded to end on ${day} without going whole into one unit, so where what is put below it on ${written(draft.on)} would stand afterwards is not known. Choose ${day} or a later day, with the unit above of that time, or choose another unit above. To keep this day, undo the end of “${name}” first, record this change, then record the end again.`,
  })
}

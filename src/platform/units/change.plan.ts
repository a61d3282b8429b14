import { refuseField } from '../http/refusal.ts'
import {
  type Ground,
  lastOf,
  requireApart,
  requireLevel,
  requireNotTop,
  requireOther,
  requireSameLevel,
  type Territory,
} from './change.checks.ts'
import type { ChangeInput } from './change.contract.ts'
import {
  type Draft,
  follow,
  link,
  make,
  requireVersion,
  revise,
  type Seat,
  seat,
  startDraft,
  versionOn,
  written,
} from './change.draft.ts'
import { end, requireEndable } from './change.end.ts'
import { knownSeats, type Rest, receiverSeats, restOf, restOfPart, seatsOfMade } from './change.rest.ts'
import { nameOfKind } from './kind-word.contract.ts'
import { elsewhereWords } from './whereabouts.words.ts'

type Of<K extends ChangeInput['kind']> = Extract<ChangeInput, { kind: K }>

/** Works out what an administrative change does to versions and successions. Writes nothing; refuses in words. */
export function planChange(change: ChangeInput, territory: Territory): Draft {
  const { versions, deeds, elsewhere } = territory
  const draft = startDraft({
    ...{ on: change.on, legalBasis: change.legalBasis ?? null },
    ...{ versions, deeds, elsewhere },
  })
  const ground = { ...territory, draft }
  switch (change.kind) {
    case 'create':
      makeUnit(ground, change.made, { path: 'made', nameIsOurs: change.made.nameIsOurs })
      break
    case 'merge':
      merge(ground, change)
      break
    case 'split':
      split(ground, change)
      break
    case 'rename':
      rename(ground, change)
      break
    case 'move':
      move(ground, change)
      break
    case 'change_kind':
      changeKind(ground, change)
      break
    case 'abolish':
      abolish(ground, change)
      break
  }
  return draft
}

function merge(ground: Ground, change: Of<'merge'>): void {
  const { draft } = ground
  const { made } = change
  if (new Set(change.fromIds).size < change.fromIds.length || change.fromIds.includes(change.intoId ?? '')) {
    refuseField('units.named_twice', 'fromIds', {
      vi: 'Có đơn vị được chọn hai lần. Mỗi đơn vị chỉ nhập một lần, và không nhập vào chính nó.',
      en: 'A unit has been chosen twice. Each goes in once, and never into itself.',
    })
  }
  if (made && change.fromIds.length < 2) {
    refuseField('units.merge_of_one', 'fromIds', {
      vi: 'Nhập thì phải từ hai đơn vị trở lên. Hãy thêm đơn vị, hoặc chọn một đơn vị đang có để nhập vào; nếu chỉ đổi tên hay mã thì chọn «Đổi tên, đổi mã».',
      en: 'A merger joins two units or more. Add another, or choose a unit that takes this one in; where only the name or code changes, choose “Change name or code”.',
    })
  }
  for (const id of change.fromIds) requireNotTop(requireVersion(draft, id, 'fromIds'), 'fromIds')
  requireApart(draft, [...change.fromIds, ...(change.intoId ? [change.intoId] : [])])
  const rest = restOf(ground, change.fromIds, 'fromIds')
  const intoId = change.intoId ?? ''
  const into = made ? null : receiverSeats(ground, { unitId: intoId, path: 'intoId', rest })
  // The old units give their codes free on that day, so they end before the new one is laid out.
  const moving = change.fromIds.map((id) => ({ id, below: unitsBelow(draft, id) }))
  const target = into ? intoId : makeUnit(ground, made ?? missing(), { path: 'made', rest })
  for (const { id, below } of moving) {
    hand(ground, id, target, { ids: below, path: made ? 'made.kind' : 'intoId', seats: into })
    end(draft, id, 'fromIds')
    link(draft, id, target, { isWhole: true, path: 'fromIds' })
  }
}

function split(ground: Ground, change: Of<'split'>): void {
  const { draft } = ground
  const whole = requireVersion(draft, change.unitId, 'on')
  requireNotTop(whole)
  const rest = change.stays ? restOfPart(ground, change.unitId) : restOf(ground, [change.unitId], 'on')
  if (!change.stays && change.halves.length < 2) {
    refuseField('units.one_half', 'halves', {
      vi: `Tách «${whole.name}» mà đơn vị này không còn thì phải có ít nhất hai đơn vị nhận. Hãy thêm đơn vị nhận, hoặc đánh dấu «vẫn còn».`,
      en: 'A unit that does not stay is split among at least two. Add another, or say that it stays.',
    })
  }
  const below = unitsBelow(draft, change.unitId)
  const wanted = change.halves.flatMap((half) => half.belowIds)
  if (new Set(wanted).size < wanted.length || wanted.some((id) => !below.includes(id))) {
    refuseField('units.below_elsewhere', 'halves', {
      vi: `Có đơn vị được xếp hai lần, hoặc không trực thuộc «${whole.name}» vào ngày ${written(change.on)}. Hãy xếp lại.`,
      en: 'A unit below has been given twice, or does not stand below this one on that day.',
    })
  }
  if (!change.stays) {
    const left = below.filter((id) => !wanted.includes(id) && !isCommittee(draft, id))
    if (left.length > 0) {
      const names = left.slice(0, 5).map((id) => nameOf(draft, id))
      const more = left.length > names.length ? ', …' : ''
      refuseField('units.below_left', 'halves', {
        vi: `Còn ${left.length} đơn vị trực thuộc chưa được xếp về đâu: ${names.map((name) => `«${name}»`).join(', ')}${more}. Hãy xếp từng đơn vị vào một bên.`,
        en: `${left.length} ${left.length === 1 ? 'unit below has' : 'units below have'} not been given to any half: ${names.map((name) => `“${name}”`).join(', ')}${more}. Give each of them to one.`,
      })
    }
  }
  for (const [at, half] of change.halves.entries()) {
    const path = `halves.${at}`
    if (half.made) requireSameLevel(ground, whole, half.made.kind, `${path}.made.kind`)
    const unitId = half.unitId ?? ''
    const seats = half.made
      ? null
      : receiverSeats(ground, { unitId, path: `${path}.unitId`, rest: change.stays ? null : rest })
    const target = half.made ? makeUnit(ground, half.made, { path: `${path}.made`, rest }) : unitId
    hand(ground, change.unitId, target, { ids: half.belowIds, path: `${path}.belowIds`, seats })
    link(draft, change.unitId, target, { isWhole: false, path: `${path}.unitId` })
  }
  if (change.stays) {
    draft.touched.add(change.unitId)
    return
  }
  const committees = below.filter((id) => isCommittee(draft, id) && !wanted.includes(id))
  hand(ground, change.unitId, change.unitId, { ids: committees, path: 'halves', seats: null })
  end(draft, change.unitId, 'on')
}

function move(ground: Ground, change: Of<'move'>): void {
  const version = requireVersion(ground.draft, change.unitId, 'on')
  requireNotTop(version)
  requireLevel(ground, version.kind, change.parentId, 'parentId')
  requireOther(version, change.parentId)
  requireAbove(ground, change.parentId, 'parentId')
  const until = lastOf(ground.draft, change.unitId)?.validUntil ?? null
  seat(ground.draft, change.unitId, knownSeats(ground, change.parentId, until))
}

function rename(ground: Ground, change: Of<'rename'>): void {
  const before = requireVersion(ground.draft, change.unitId, 'on')
  const { name, code = before.code } = change
  if (before.name === name && before.code === code) {
    refuseField('units.same_name', 'name', {
      vi: `Vào ngày ${written(change.on)} đơn vị đã mang tên «${name}». Không có gì phải đổi.`,
      en: 'The unit has that name on that day already. Nothing needs to change.',
    })
  }
  revise(ground.draft, change.unitId, { name, code, nameIsOurs: false }, 'on')
}

function changeKind(ground: Ground, change: Of<'change_kind'>): void {
  const { draft } = ground
  const before = requireVersion(draft, change.unitId, 'on')
  if (before.kind === change.toKind) {
    refuseField('units.same_kind', 'toKind', {
      vi: `«${before.name}» đã thuộc loại này vào ngày ${written(change.on)}. Hãy chọn loại khác.`,
      en: 'The unit is of that kind already. Choose another.',
    })
  }
  if (before.parentId !== null) requireLevel(ground, change.toKind, before.parentId, 'toKind')
  const { toKind, name = before.name, code = before.code } = change
  const kindNames = [...ground.kinds.values()].flatMap((kind) => (kind.isArea ? kind.nameVi : []))
  const named =
    name === before.name ? nameOfKind(name, kindNames, ground.kinds.get(toKind)?.nameVi ?? '') : name
  revise(draft, change.unitId, { kind: toKind, name: named, code }, 'on')
  // Where it stands after a later move it must be able to stand as well.
  for (const { validFrom, parentId, kind } of draft.units.get(change.unitId) ?? []) {
    if (validFrom > change.on && parentId !== null) {
      requireLevel(ground, kind, parentId, 'toKind', validFrom)
    }
  }
  for (const id of unitsBelow(draft, change.unitId)) {
    const child = versionOn(draft, id, change.on)
    if (child) requireLevel(ground, child.kind, change.unitId, 'toKind')
  }
}

function abolish(ground: Ground, change: Of<'abolish'>): void {
  const { draft } = ground
  const before = requireEndable(draft, change.unitId, 'on')
  requireNotTop(before)
  const below = unitsBelow(draft, change.unitId)
  const areas = below.filter((id) => ground.kinds.get(lastOf(draft, id)?.kind ?? '')?.isArea)
  if (change.belowToId) {
    const seats = receiverSeats(ground, { unitId: change.belowToId, path: 'belowToId', rest: null })
    hand(ground, change.unitId, change.belowToId, { ids: below, path: 'belowToId', seats })
  } else if (areas.length > 0) {
    refuseField('units.has_units_below', 'on', {
      vi: `Còn ${areas.length} đơn vị trực thuộc sau ngày ${written(change.on)}. Hãy chọn đơn vị nhận các đơn vị đó, hoặc kết thúc hay chuyển chúng trước.`,
      en: `${areas.length} units still stand below it on that day. Choose where they go, or end or move them first.`,
    })
  } else {
    for (const id of below) if (versionOn(draft, id, change.on)) end(draft, id, 'on', true)
  }
  end(draft, change.unitId, 'on')
}

type Handed = { ids: readonly string[]; path: string; seats: readonly Seat[] | null }

/**
 * Units below go along with what they stand in; its people's committee ends with it. `seats`: where a unit that is there
 * already will be; one that is made goes where the rest of life of the old ones leads, and so does what stands below it.
 */
function hand(ground: Ground, fromId: string, toId: string, { ids, path, seats }: Handed): void {
  const { draft } = ground
  const carried = seats ? (ground.chains.get(fromId)?.seats ?? []).slice(1).map((one) => one.parentId) : []
  for (const id of ids) {
    const version = versionOn(draft, id, draft.on)
    if (version && isCommittee(draft, id)) {
      end(draft, id, 'on', true)
      continue
    }
    requireLevel(ground, (version ?? lastOf(draft, id))?.kind ?? '', toId, path)
    follow(draft, id, { fromId, seats: seats ?? [{ parentId: toId, from: draft.on }], carried })
  }
}

const nameOf = (draft: Draft, id: string) => (versionOn(draft, id, draft.on) ?? lastOf(draft, id))?.name ?? ''
const isCommittee = (draft: Draft, id: string) =>
  (versionOn(draft, id, draft.on) ?? lastOf(draft, id))?.kind === 'committee'

/** Units that stand directly below one on the day of the change or later. */
function unitsBelow(draft: Draft, parentId: string): string[] {
  return [...draft.units].flatMap(([id, versions]) =>
    versions.some(
      (one) => one.parentId === parentId && (one.validUntil === null || one.validUntil > draft.on),
    )
      ? [id]
      : [],
  )
}

type MadeUnit = { name: string; code: string; kind: string; parentId: string }

type Making = { path: string; nameIsOurs?: boolean; rest?: Rest | null }

function makeUnit(ground: Ground, unit: MadeUnit, { path, nameIsOurs = false, rest = null }: Making): string {
  requireAbove(ground, unit.parentId, `${path}.parentId`)
  requireLevel(ground, unit.kind, unit.parentId, `${path}.kind`)
  const seats = seatsOfMade(ground, unit.parentId, rest)
  for (const { parentId, from } of seats.slice(1))
    requireLevel(ground, unit.kind, parentId, `${path}.kind`, from)
  return make(ground.draft, { ...unit, nameIsOurs }, seats, rest?.going ?? null)
}

function missing(): never {
  refuseField('units.into_missing', 'intoId', {
    vi: 'Hãy chọn đơn vị nhận, hoặc ghi tên đơn vị mới.',
    en: 'Choose the unit that takes the others in, or name a new one.',
  })
}

function requireAbove(ground: Ground, parentId: string, path: string): void {
  if (versionOn(ground.draft, parentId, ground.draft.on)) return
  const found = ground.elsewhere.get(parentId)
  if (found) refuseField('units.parent_not_there', path, elsewhereWords(found, ground.draft.on))
  refuseField('units.parent_not_there', path, {
    vi: `Đơn vị cấp trên chưa có hoặc đã thôi vào ngày ${written(ground.draft.on)}. Hãy chọn ngày khác hoặc đơn vị khác.`,
    en: 'The unit above is not there on that day. Choose another day or another unit.',
  })
}

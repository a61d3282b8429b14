import { refuse, refuseField } from '../http/refusal.ts'
import type { ChangeInput } from './change.contract.ts'
import {
  type Draft,
  end,
  follow,
  link,
  make,
  requireVersion,
  revise,
  type Seat,
  seat,
  startDraft,
  type Version,
  versionOn,
  written,
} from './change.draft.ts'
import { mayStandBelow, type UnitKind } from './units.rules.ts'

/** What a change is worked out from: the units it names, those directly below them, and the units above. */
export type Territory = {
  versions: readonly Version[]
  kinds: ReadonlyMap<string, UnitKind>
  /** For each unit that something is to stand below: where that will be from the day of the change on. */
  seats: ReadonlyMap<string, readonly Seat[]>
}

type Ground = Territory & { draft: Draft }
type Of<K extends ChangeInput['kind']> = Extract<ChangeInput, { kind: K }>

/** Works out what an administrative change does to versions and successions. Writes nothing; refuses in words. */
export function planChange(change: ChangeInput, territory: Territory): Draft {
  const { versions } = territory
  const draft = startDraft({ on: change.on, legalBasis: change.legalBasis ?? null, versions })
  const ground = { ...territory, draft }
  switch (change.kind) {
    case 'create':
      makeUnit(ground, change.made, 'made', change.made.nameIsOurs)
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
      requireNotTop(requireVersion(draft, change.unitId, 'unitId'), 'unitId')
      requireLevel(ground, requireVersion(draft, change.unitId, 'unitId').kind, change.parentId, 'parentId')
      requireOther(requireVersion(draft, change.unitId, 'unitId'), change.parentId)
      seat(draft, change.unitId, seatsBelow(ground, change.parentId, 'parentId'))
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
  for (const id of change.fromIds) requireNotTop(requireVersion(draft, id, 'fromIds'), 'fromIds')
  const into = made ? null : requireLasting(ground, change.intoId ?? '', 'intoId')
  // The old units give their codes free on that day, so they end before the new one is laid out.
  const moving = change.fromIds.map((id) => ({ id, below: unitsBelow(draft, id) }))
  const target = into?.unitId ?? makeUnit(ground, made ?? missing(), 'made', false)
  for (const { id, below } of moving) {
    hand(ground, id, target, below)
    end(draft, id, 'fromIds')
    link(draft, id, target, true)
  }
}

function split(ground: Ground, change: Of<'split'>): void {
  const { draft } = ground
  const whole = requireVersion(draft, change.unitId, 'unitId')
  requireNotTop(whole, 'unitId')
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
      const names = left.slice(0, 5).map((id) => `«${nameOf(draft, id)}»`)
      refuseField('units.below_left', 'halves', {
        vi: `Còn ${left.length} đơn vị trực thuộc chưa được xếp về đâu: ${names.join(', ')}${left.length > 5 ? '…' : ''}. Hãy xếp từng đơn vị vào một bên.`,
        en: `${left.length} units below have not been given to either side: ${names.join(', ')}.`,
      })
    }
  }
  for (const [at, half] of change.halves.entries()) {
    const path = `halves.${at}`
    const target = half.made
      ? makeUnit(ground, half.made, `${path}.made`, false)
      : requireLasting(ground, half.unitId ?? '', `${path}.unitId`).unitId
    hand(ground, change.unitId, target, half.belowIds)
    link(draft, change.unitId, target, false)
  }
  if (change.stays) {
    draft.touched.add(change.unitId)
    return
  }
  hand(
    ground,
    change.unitId,
    change.unitId,
    below.filter((id) => isCommittee(draft, id) && !wanted.includes(id)),
  )
  end(draft, change.unitId, 'unitId')
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
  const before = requireVersion(draft, change.unitId, 'unitId')
  if (before.kind === change.toKind) {
    refuseField('units.same_kind', 'toKind', {
      vi: `«${before.name}» đã thuộc loại này vào ngày ${written(change.on)}. Hãy chọn loại khác.`,
      en: 'The unit is of that kind already. Choose another.',
    })
  }
  if (before.parentId !== null) requireLevel(ground, change.toKind, before.parentId, 'toKind')
  revise(
    draft,
    change.unitId,
    { kind: change.toKind, name: change.name ?? before.name, code: change.code ?? before.code },
    'on',
  )
  for (const id of unitsBelow(draft, change.unitId)) {
    const child = versionOn(draft, id, change.on)
    if (child) requireLevel(ground, child.kind, change.unitId, 'toKind')
  }
}

function abolish(ground: Ground, change: Of<'abolish'>): void {
  const { draft } = ground
  const before = requireVersion(draft, change.unitId, 'on')
  requireNotTop(before, 'unitId')
  const below = unitsBelow(draft, change.unitId)
  const areas = below.filter((id) => ground.kinds.get(lastOf(draft, id)?.kind ?? '')?.isArea)
  if (change.belowToId) {
    requireLasting(ground, change.belowToId, 'belowToId')
    hand(ground, change.unitId, change.belowToId, below)
  } else if (areas.length > 0) {
    refuseField('units.has_units_below', 'on', {
      vi: `Còn ${areas.length} đơn vị trực thuộc sau ngày ${written(change.on)}. Hãy chọn đơn vị nhận các đơn vị đó, hoặc kết thúc hay chuyển chúng trước.`,
      en: `${areas.length} units still stand below it on that day. Choose where they go, or end or move them first.`,
    })
  } else {
    for (const id of below) if (versionOn(draft, id, change.on)) end(draft, id, 'on')
  }
  end(draft, change.unitId, 'on')
}

/** Units below go along with what they stand in; its people's committee ends with it. */
function hand(ground: Ground, fromId: string, toId: string, ids: readonly string[]): void {
  const { draft } = ground
  for (const id of ids) {
    const version = versionOn(draft, id, draft.on)
    if (version && isCommittee(draft, id)) {
      end(draft, id, 'on')
      continue
    }
    requireLevel(ground, (version ?? lastOf(draft, id))?.kind ?? '', toId, 'intoId')
    follow(draft, id, fromId, toId)
  }
}

const lastOf = (draft: Draft, id: string) => draft.units.get(id)?.at(-1)
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

function makeUnit(ground: Ground, unit: MadeUnit, path: string, nameIsOurs: boolean): string {
  const seats = seatsBelow(ground, unit.parentId, `${path}.parentId`)
  requireLevel(ground, unit.kind, unit.parentId, `${path}.kind`)
  return make(ground.draft, { ...unit, nameIsOurs }, seats)
}

function missing(): never {
  refuseField('units.into_missing', 'intoId', {
    vi: 'Hãy chọn đơn vị nhận, hoặc ghi tên đơn vị mới.',
    en: 'Choose the unit that takes the others in, or name a new one.',
  })
}

function seatsBelow(ground: Ground, parentId: string, path: string): readonly Seat[] {
  if (!versionOn(ground.draft, parentId, ground.draft.on)) {
    refuseField('units.parent_not_there', path, {
      vi: `Đơn vị cấp trên chưa có hoặc đã thôi vào ngày ${written(ground.draft.on)}. Hãy chọn ngày khác hoặc đơn vị khác.`,
      en: 'The unit above is not there on that day. Choose another day or another unit.',
    })
  }
  return ground.seats.get(parentId) ?? [{ parentId, from: ground.draft.on }]
}

function requireNotTop(version: Version, path: string): void {
  if (version.parentId !== null) return
  refuseField('units.top_stays', path, {
    vi: 'Đơn vị đứng đầu cây không thể thôi, tách, nhập hay chuyển đi.',
    en: 'The unit at the top of the tree cannot end, be split, merged or moved.',
  })
}

function requireOther(version: Version, parentId: string): void {
  if (version.parentId !== parentId && version.unitId !== parentId) return
  refuseField('units.same_parent', 'parentId', {
    vi: `«${version.name}» đã đứng ở đó vào ngày này. Hãy chọn đơn vị cấp trên khác.`,
    en: 'The unit stands there already. Choose another unit above.',
  })
}

/** A unit that others go into must not be recorded to end later: what went into it would hang in the air. */
function requireLasting(ground: Ground, unitId: string, path: string): Version {
  const version = requireVersion(ground.draft, unitId, path)
  const until = lastOf(ground.draft, unitId)?.validUntil ?? null
  if (until === null) return version
  refuseField('units.ends_later', path, {
    vi: `«${version.name}» đã được ghi là kết thúc từ ${written(until)}, nên không nhận thêm đơn vị được. Hãy hủy thay đổi đó trước, hoặc chọn đơn vị khác.`,
    en: `“${version.name}” is recorded to end on ${written(until)}. Undo that first, or choose another unit.`,
  })
}

function requireLevel(ground: Ground, kind: string, parentId: string, path: string): void {
  const child = ground.kinds.get(kind)
  if (!child || kind === 'part') {
    refuseField('units.kind_unknown', path, {
      vi: 'Không có loại đơn vị này. Hãy chọn một loại trong danh sách.',
      en: 'There is no such kind of unit. Choose one from the list.',
    })
  }
  const parent = versionOn(ground.draft, parentId, ground.draft.on)
  const above = ground.kinds.get(parent?.kind ?? '')
  if (!parent || !above || mayStandBelow(child, above)) return
  const words = {
    vi: `${child.nameVi} không nằm trong ${above.nameVi.toLocaleLowerCase('vi')} «${parent.name}». Hãy chọn loại khác hoặc đơn vị cấp trên khác.`,
    en: `A ${child.nameEn.toLowerCase()} does not stand in a ${above.nameEn.toLowerCase()}. Choose another kind or another unit above.`,
  }
  refuse('units.wrong_level', words, { fields: [{ path, message: words }] })
}

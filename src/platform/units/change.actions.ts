import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { refuse, refuseField, refuseNotFound } from '../http/refusal.ts'
import type { ChangeAppliedAnswer, ChangeInput, ChangePreviewAnswer } from './change.contract.ts'
import { type Draft, differences, isSame, type Seat, type Version, written } from './change.draft.ts'
import { planChange } from './change.plan.ts'
import { previewOf } from './change.preview.ts'
import * as store from './change.store.ts'
import { countRecords, settledBelow } from './records.store.ts'
import { requireRightOver } from './units.right.ts'
import { unitPath } from './units.views.ts'

/** The units a change names, so that rights are asked for all of them, and those that something comes to stand below. */
function namedUnits(change: ChangeInput): { units: string[]; above: string[] } {
  switch (change.kind) {
    case 'create':
      return { units: [change.made.parentId], above: [change.made.parentId] }
    case 'merge': {
      const above = change.made ? [change.made.parentId] : []
      return { units: [...change.fromIds, ...(change.intoId ? [change.intoId] : []), ...above], above }
    }
    case 'split': {
      const above = change.halves.flatMap((half) => (half.made ? [half.made.parentId] : []))
      const takers = change.halves.flatMap((half) => (half.unitId ? [half.unitId] : []))
      return { units: [change.unitId, ...takers, ...above], above }
    }
    case 'move':
      return { units: [change.unitId, change.parentId], above: [change.parentId] }
    case 'abolish':
      return { units: [change.unitId, ...(change.belowToId ? [change.belowToId] : [])], above: [] }
    default:
      return { units: [change.unitId], above: [] }
  }
}

type Worked = { draft: Draft; before: Version[]; placeId: string }

/** Works a change out on the map as it is now, under a lock that lasts to the end of the transaction. */
async function workOut(tx: Tx, actor: Actor, change: ChangeInput): Promise<Worked> {
  const named = namedUnits(change)
  for (const id of named.units) await requireRightOver(tx, actor, id)
  await store.lockChanges(tx)
  const before = await store.versionsAround(tx, await withParents(tx, named.units), change.on)
  const seats = new Map<string, readonly Seat[]>()
  for (const id of named.above) {
    const found = await store.seatsFrom(tx, id, change.on)
    if (!found) refuseScattered(before, id)
    seats.set(id, found)
  }
  if (change.kind === 'move' && (await store.standsWithin(tx, change.parentId, change.unitId, change.on))) {
    refuseField('units.below_itself', 'parentId', {
      vi: 'Đơn vị cấp trên mới lại đang nằm trong chính đơn vị này. Hãy chọn đơn vị khác.',
      en: 'The new unit above stands below this one. Choose another.',
    })
  }
  const draft = planChange(change, { versions: before, kinds: await store.kindsByKey(tx), seats })
  const changes = differences(before, draft)
  const fresh = [...changes.added, ...changes.revised.map((one) => one.after)]
  // Units that are written anew may hand their codes to one another; those beside them keep theirs.
  const rewritten = [...changes.removed, ...changes.revised.map((one) => one.before), ...fresh]
  const taken = await store.codeConflicts(tx, fresh, rewritten.map((one) => one.unitId).filter(isStored))
  if (taken) refuseCode(taken)
  return { draft, before, placeId: await commonUnit(tx, actor, named.units) }
}

const isStored = (id: string) => !id.startsWith('new:')

/** Units above the named ones have a say about levels, so the plan must know them. */
async function withParents(tx: Tx, unitIds: readonly string[]): Promise<string[]> {
  const versions = await store.versionsAround(tx, unitIds, '9999-12-31')
  return [...new Set([...unitIds, ...versions.flatMap((one) => (one.parentId ? [one.parentId] : []))])]
}

function refuseScattered(versions: readonly Version[], unitId: string): never {
  const name = versions.findLast((one) => one.unitId === unitId)?.name ?? ''
  refuseField('units.parent_scatters', 'on', {
    vi: `«${name}» đã được ghi là kết thúc mà không nhập trọn vào một đơn vị, nên không biết đơn vị này sau đó thuộc về đâu. Hãy chọn đơn vị cấp trên khác, hoặc hủy thay đổi đó trước.`,
    en: `“${name}” is recorded to end without going whole into one unit, so where this one would stand is not known. Choose another unit above.`,
  })
}

function refuseCode(holder: {
  code: string
  name: string
  validFrom: string
  validUntil: string | null
}): never {
  refuseField('units.code_taken', 'code', {
    vi: `Mã ${holder.code} đang là của «${holder.name}» từ ${written(holder.validFrom)}${holder.validUntil ? ` đến trước ${written(holder.validUntil)}` : ''}. Hãy dùng mã khác, hoặc chọn ngày sau khi mã đó thôi dùng.`,
    en: `Code ${holder.code} belongs to “${holder.name}” at that time. Use another code or a later day.`,
  })
}

/** The lowest unit that holds all the given ones as rights see them; the actor must manage it. */
async function commonUnit(tx: Tx, actor: Actor, unitIds: readonly string[]): Promise<string> {
  const paths = await Promise.all([...new Set(unitIds)].map((id) => unitPath(tx, id)))
  const common = paths[0]?.find((id) => paths.every((path) => path.includes(id))) ?? refuseNotFound()
  await requireRightOver(tx, actor, common)
  return common
}

/** What a change would do, in the words of a preview; writes nothing and refuses what applying would refuse. */
export async function previewChange(tx: Tx, actor: Actor, change: ChangeInput): Promise<ChangePreviewAnswer> {
  const { draft, before } = await workOut(tx, actor, change)
  return previewOf(tx, { change, draft, before })
}

/** Applies an administrative change: versions, successions, the event and its audit entry, in one transaction. */
export async function applyChange(tx: Tx, actor: Actor, change: ChangeInput): Promise<ChangeAppliedAnswer> {
  const { draft, before, placeId } = await workOut(tx, actor, change)
  const ids = await store.numberMade(tx, draft)
  const stored = (id: string) => ids.get(id) ?? id
  const changes = differences(before, draft)
  const parentOf = (one: Version) => one.parentId && stored(one.parentId)
  const named = (one: Version) => ({ ...one, unitId: stored(one.unitId), parentId: parentOf(one) })
  const revised = changes.revised.map((one) => ({ ...one, after: named(one.after) }))
  const added = changes.added.map(named)
  await store.noteChanges(tx)
  const fresh = await store.writeVersions(tx, { removed: changes.removed, revised, added })
  const facts: store.EventFacts = {
    unitIds: [...draft.touched].map(stored),
    from: [...new Set(draft.links.map((one) => stored(one.fromId)))],
    to: [...new Set(draft.links.map((one) => stored(one.toId)))],
    before: [...changes.removed, ...changes.revised.map((one) => one.before)],
    after: [...revised.map((one) => one.after), ...fresh],
  }
  if (facts.from.length === 0) facts.from = subjectsOf(change, facts)
  const eventId = await store.insertEvent(tx, { unitId: placeId, change, facts, by: actor.accountId })
  await store.insertSuccessions(
    tx,
    eventId,
    change.on,
    draft.links.map((one) => ({ ...one, fromId: stored(one.fromId), toId: stored(one.toId) })),
  )
  await store.placeNoted(tx)
  await refuseHanging(tx, facts.unitIds)
  const { kind, on, legalBasis = null } = change
  await audit(tx, actor, {
    action: `units.${deeds[kind]}`,
    subject: 'units.event',
    subjectId: eventId,
    unitId: placeId,
    before: { versions: facts.before.map(summary) },
    after: { kind, on, legalBasis, versions: facts.after.map(summary) },
  })
  return { eventId, madeIds: [...ids.values()] }
}

const deeds = {
  create: 'unit_created',
  merge: 'units_merged',
  split: 'unit_split',
  rename: 'unit_renamed',
  move: 'unit_moved',
  change_kind: 'unit_kind_changed',
  abolish: 'unit_ended',
} as const

const summary = ({ unitId, name, code, kind, parentId, validFrom, validUntil }: Version) => ({
  unitId,
  name,
  code,
  kind,
  parentId,
  validFrom,
  validUntil,
})

function subjectsOf(change: ChangeInput, facts: store.EventFacts): string[] {
  return 'unitId' in change ? [change.unitId] : facts.unitIds
}

async function refuseHanging(tx: Tx, unitIds: readonly string[]): Promise<void> {
  const name = await store.hanging(tx, unitIds)
  if (name === null) return
  refuse('units.parent_not_there', {
    vi: `«${name}» sẽ không có đơn vị cấp trên vào một số ngày. Hãy chọn ngày khác, hoặc thay đổi đơn vị đó trước.`,
    en: `“${name}” would have no unit above it on some days. Choose another day, or change that unit first.`,
  })
}

/** Takes an event back as if it had never been. Refuses, and says why, once something stands on it. */
export async function undoChange(tx: Tx, actor: Actor, eventId: string): Promise<void> {
  const event = (await store.lockEvent(tx, eventId)) ?? refuseNotFound()
  await requireRightOver(tx, actor, event.unitId)
  await store.lockChanges(tx)
  if (event.undoneAt !== null) {
    refuse('units.undone_already', {
      vi: 'Thay đổi này đã được hủy rồi. Không có gì phải làm nữa.',
      en: 'This change has been undone already.',
    })
  }
  if (!event.facts.after) {
    refuse('units.not_undoable', {
      vi: 'Thay đổi này do nhập danh mục mà có nên không hủy ở đây được. Hãy sửa từng đơn vị bằng một thay đổi mới.',
      en: 'This came with an imported list and is not undone here. Correct single units by a new change.',
    })
  }
  const { before, after } = event.facts
  const idsOf = (versions: readonly Version[]) => versions.flatMap((one) => (one.id ? [one.id] : []))
  await refuseDependents(tx, event)
  const kept = new Set(idsOf(before))
  const now = new Set(idsOf(after))
  const changes = {
    removed: after.filter((one) => one.id !== null && !kept.has(one.id)),
    revised: before.flatMap((one) =>
      one.id !== null && now.has(one.id) ? [{ before: one, after: one }] : [],
    ),
    added: before.filter((one) => one.id !== null && !now.has(one.id)),
  }
  const outside = await store.codeConflicts(tx, before, event.facts.unitIds)
  if (outside) refuseCode(outside)
  await store.noteChanges(tx)
  await store.removeSuccessions(tx, eventId)
  await store.writeVersions(tx, changes)
  await store.placeNoted(tx)
  await refuseHanging(tx, event.facts.unitIds)
  await store.markUndone(tx, eventId, actor.accountId)
  await audit(tx, actor, {
    action: 'units.change_undone',
    subject: 'units.event',
    subjectId: eventId,
    unitId: event.unitId,
    before: { kind: event.kind, on: event.on, versions: after.map(summary) },
    after: { versions: before.map(summary) },
  })
}

/** Refuses to undo an event on which a later one, a unit or a record stands by now. */
async function refuseDependents(tx: Tx, event: store.StoredEvent): Promise<void> {
  const { facts } = event
  const later = await store.laterEvent(tx, event)
  if (later) {
    refuse('units.later_event', {
      vi: `Không hủy được: đã có thay đổi khác của chính các đơn vị này, có hiệu lực từ ${written(later.on)}. Hãy hủy thay đổi đó trước.`,
      en: `A later change of these units takes effect on ${written(later.on)}. Undo that first.`,
    })
  }
  const stored = new Map(
    (
      await store.versionsById(
        tx,
        facts.after.map((one) => one.id ?? ''),
      )
    ).map((one) => [one.id, one]),
  )
  const isChanged = facts.after.some((one) => !isSame(stored.get(one.id), one))
  if (isChanged) {
    refuse('units.changed_since', {
      vi: 'Không hủy được: tên, mã hoặc nơi trực thuộc của các đơn vị này đã được sửa sau thay đổi này. Hãy ghi một thay đổi mới.',
      en: 'These units have been corrected since. Record a new change instead.',
    })
  }
  const earlier = new Set(facts.before.map((one) => one.unitId))
  const made = [...new Set(facts.after.map((one) => one.unitId))].filter((id) => !earlier.has(id))
  const below = made.length > 0 ? await store.strangerBelow(tx, made, facts.unitIds) : null
  if (below) {
    refuse('units.has_units_below', {
      vi: `Không hủy được: «${below}» đã được ghi là trực thuộc đơn vị do thay đổi này lập ra. Hãy chuyển hoặc kết thúc đơn vị đó trước.`,
      en: `“${below}” stands below a unit that this change made. Move or end it first.`,
    })
  }
  const counts = [
    ...(made.length > 0 ? await countRecords(tx, made) : []),
    ...(await settledBelow(tx, event.id)),
  ]
  const held = counts.filter((one) => one.count > 0)
  if (held.length === 0) return
  const list = (language: 'vi' | 'en') => held.map((one) => `${one.count} ${one.noun[language]}`).join(', ')
  refuse('units.records_depend', {
    vi: `Không hủy được: đã có ${list('vi')} ghi vào đơn vị do thay đổi này lập ra. Hãy chuyển các bản ghi đó đi trước, hoặc ghi một thay đổi mới.`,
    en: `${list('en')} point at units that this change made. Move those records first, or record a new change.`,
  })
}

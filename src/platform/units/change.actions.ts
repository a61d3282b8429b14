import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { refuseField, refuseNotFound } from '../http/refusal.ts'
import type { ChangeAppliedAnswer, ChangeInput, ChangePreviewAnswer } from './change.contract.ts'
import { differences } from './change.differences.ts'
import type { Draft, Version } from './change.draft.ts'
import { laterOf } from './change.later.ts'
import { planChange } from './change.plan.ts'
import { previewOf } from './change.preview.ts'
import { refuseCode, refuseHanging, summary } from './change.refusals.ts'
import * as store from './change.store.ts'
import type { UnitElsewhereAnswer } from './contract.ts'
import { requireRightOver, requireRightOverAll } from './units.right.ts'
import { unitPath } from './units.views.ts'
import { whereabouts } from './whereabouts.ts'

type NamedUnit = { id: string; path: string }

/** The units a change names, so that rights are asked for all of them, and those that something comes to stand below. */
function namedUnits(change: ChangeInput): { units: NamedUnit[]; above: string[] } {
  const one = (id: string | undefined, path: string): NamedUnit[] => (id === undefined ? [] : [{ id, path }])
  switch (change.kind) {
    case 'create':
      return { units: one(change.made.parentId, 'made.parentId'), above: [change.made.parentId] }
    case 'merge': {
      const from = change.fromIds.flatMap((id) => one(id, 'fromIds'))
      const { intoId, made } = change
      const units = [...from, ...one(intoId, 'intoId'), ...one(made?.parentId, 'made.parentId')]
      return { units, above: made ? [made.parentId] : [] }
    }
    case 'split': {
      const halves = change.halves.flatMap(({ unitId, made }, at) => [
        ...one(unitId, `halves.${at}.unitId`),
        ...one(made?.parentId, `halves.${at}.made.parentId`),
      ])
      const above = change.halves.flatMap((half) => (half.made ? [half.made.parentId] : []))
      return { units: [...one(change.unitId, 'unitId'), ...halves], above }
    }
    case 'move':
      return {
        units: [...one(change.unitId, 'unitId'), ...one(change.parentId, 'parentId')],
        above: [change.parentId],
      }
    case 'abolish':
      return { units: [...one(change.unitId, 'unitId'), ...one(change.belowToId, 'belowToId')], above: [] }
    default:
      return { units: one(change.unitId, 'unitId'), above: [] }
  }
}

/** Units that are there already and take others in. */
function receivers(change: ChangeInput): string[] {
  if (change.kind === 'merge') return change.intoId ? [change.intoId] : []
  if (change.kind === 'split') return change.halves.flatMap((half) => half.unitId ?? [])
  return change.kind === 'abolish' && change.belowToId ? [change.belowToId] : []
}

type Worked = { draft: Draft; before: Version[]; placeId: string }

/** Works a change out on the map as it is now, under a lock that lasts to the end of the transaction. */
async function workOut(tx: Tx, actor: Actor, change: ChangeInput): Promise<Worked> {
  const named = namedUnits(change)
  for (const { id, path } of named.units) await requireRightOver(tx, actor, id, path)
  await store.lockChanges(tx)
  const unitIds = named.units.map((one) => one.id)
  const before = await store.versionsAround(tx, await withParents(tx, unitIds), change.on)
  if (change.kind === 'move' && (await store.standsWithin(tx, change.parentId, change.unitId, change.on))) {
    refuseField('units.below_itself', 'parentId', {
      vi: 'Đơn vị cấp trên mới lại đang nằm trong chính đơn vị này. Hãy chọn đơn vị khác.',
      en: 'The new unit above stands below this one. Choose another.',
    })
  }
  const later = await laterOf(tx, before, { on: change.on, chained: [...named.above, ...receivers(change)] })
  const elsewhere = await elsewhereOf(tx, unitIds, before, change.on)
  const draft = planChange(change, {
    versions: before,
    kinds: await store.kindsByKey(tx),
    elsewhere,
    ...later,
  })
  const changes = differences(before, draft)
  const fresh = [...changes.added, ...changes.revised.map((one) => one.after)]
  // Units that are written anew may hand their codes to one another; those beside them keep theirs.
  const rewritten = [...changes.removed, ...changes.revised.map((one) => one.before), ...fresh]
  const taken = await store.codeConflicts(tx, fresh, rewritten.map((one) => one.unitId).filter(isStored))
  if (taken) refuseCode(taken, codeField(change, taken.code))
  return { draft, before, placeId: await commonUnit(tx, actor, unitIds) }
}

/** Where those of the named units are that are not there on the day. */
async function elsewhereOf(tx: Tx, unitIds: readonly string[], versions: readonly Version[], on: string) {
  const isThere = (one: Version) => one.validFrom <= on && (one.validUntil === null || one.validUntil > on)
  const there = new Set(versions.filter(isThere).map((one) => one.unitId))
  const found = new Map<string, UnitElsewhereAnswer>()
  for (const id of new Set(unitIds)) {
    const one = there.has(id) ? null : await whereabouts(tx, id, on)
    if (one) found.set(id, one)
  }
  return found
}

const isStored = (id: string) => !id.startsWith('new:')

/** Units above the named ones have a say about levels, so the plan must know them. */
async function withParents(tx: Tx, unitIds: readonly string[]): Promise<string[]> {
  const versions = await store.versionsAround(tx, unitIds, '9999-12-31')
  return [...new Set([...unitIds, ...versions.flatMap((one) => (one.parentId ? [one.parentId] : []))])]
}

/** The field of a change that gives a code. */
function codeField(change: ChangeInput, code: string): string {
  if (change.kind === 'create' || change.kind === 'merge') return 'made.code'
  if (change.kind === 'rename' || change.kind === 'change_kind') return 'code'
  if (change.kind !== 'split') return 'on'
  const at = change.halves.findIndex((half) => half.made?.code === code)
  return at < 0 ? 'halves' : `halves.${at}.made.code`
}

/** The lowest unit that holds all the given ones as rights see them; the actor must manage it. */
async function commonUnit(tx: Tx, actor: Actor, unitIds: readonly string[]): Promise<string> {
  const paths = await Promise.all([...new Set(unitIds)].map((id) => unitPath(tx, id)))
  const common = paths[0]?.find((id) => paths.every((path) => path.includes(id))) ?? refuseNotFound()
  if (unitIds.includes(common)) await requireRightOver(tx, actor, common)
  else await requireRightOverAll(tx, actor, common)
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
  const from = (one: { fromId: string; toId: string }) => ({
    fromId: stored(one.fromId),
    toId: stored(one.toId),
  })
  await store.insertSuccessions(
    tx,
    draft.links.map((one) => ({ ...one, ...from(one), eventId, on: change.on })),
  )
  await store.placeNoted(tx)
  // Where the new units go later is theirs to say, and rights over them follow from their place.
  await store.insertSuccessions(
    tx,
    draft.goings.map((one) => ({ ...one, ...from(one), isWhole: true })),
  )
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

function subjectsOf(change: ChangeInput, facts: store.EventFacts): string[] {
  return 'unitId' in change ? [change.unitId] : facts.unitIds
}

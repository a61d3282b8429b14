import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { refuse, refuseNotFound } from '../http/refusal.ts'
import { isSame } from './change.differences.ts'
import type { Version } from './change.draft.ts'
import { refuseBackBelowEnded, refuseCode, summary } from './change.refusals.ts'
import * as store from './change.store.ts'
import { countRecords, settledBelow } from './records.store.ts'
import { refuseForLater, refuseHeld, refuseSettled } from './undo.refusals.ts'
import { rowsBack } from './undo.views.ts'
import { requireRightOver } from './units.right.ts'

/** Takes an event back as if it had never been. Refuses, and says why, once something stands on it. */
export async function undoChange(tx: Tx, actor: Actor, eventId: string): Promise<void> {
  const { unitId } = (await store.findEvent(tx, eventId)) ?? refuseNotFound()
  await requireRightOver(tx, actor, unitId)
  await store.lockChanges(tx)
  const event = (await store.findEvent(tx, eventId)) ?? refuseNotFound()
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
  const made = madeBy(event)
  await refuseDependents(tx, actor, event, made)
  const back = await rowsBack(tx, eventId)
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
  if (outside) refuseCode(outside, 'eventId')
  await store.noteChanges(tx)
  await store.removeSuccessions(tx, eventId, made)
  await store.writeVersions(tx, changes)
  await store.placeNoted(tx)
  await refuseBackBelowEnded(tx, event.facts.unitIds)
  await store.markUndone(tx, eventId, actor.accountId)
  await audit(tx, actor, {
    action: 'units.change_undone',
    subject: 'units.event',
    subjectId: eventId,
    unitId: event.unitId,
    before: { kind: event.kind, on: event.on, versions: after.map(summary) },
    after: {
      versions: before.map(summary),
      ...(back.length > 0 && { back: back.map(({ table, count }) => ({ table, count })) }),
    },
  })
}

/** Units that an event brought into being. */
function madeBy({ facts }: store.StoredEvent): string[] {
  const earlier = new Set(facts.before.map((one) => one.unitId))
  return [...new Set(facts.after.map((one) => one.unitId))].filter((id) => !earlier.has(id))
}

/** Refuses to undo an event on which a later one, a unit or a record stands by now. */
async function refuseDependents(
  tx: Tx,
  actor: Actor,
  event: store.StoredEvent,
  made: readonly string[],
): Promise<void> {
  const { facts } = event
  const later = await store.laterEvent(tx, event)
  if (later) await refuseForLater(tx, actor, later)
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
  const below = made.length > 0 ? await store.strangerBelow(tx, made, facts.unitIds) : null
  if (below) {
    refuse('units.has_units_below', {
      vi: `Không hủy được: «${below}» đã được ghi là trực thuộc đơn vị do thay đổi này lập ra. Hãy chuyển hoặc kết thúc đơn vị đó trước.`,
      en: `“${below}” stands below a unit that this change made. Move or end it first.`,
    })
  }
  const settled = await settledBelow(tx, event.id, made)
  if (settled.records.length > 0) await refuseSettled(tx, settled)
  const held = made.length > 0 ? await countRecords(tx, made) : []
  if (held.length > 0) await refuseHeld(tx, made, held)
}

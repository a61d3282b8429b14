import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { refuse, refuseNotFound } from '../http/refusal.ts'
import type { Words } from '../part.ts'
import type { RecordCountAnswer } from './change.contract.ts'
import { isSame } from './change.differences.ts'
import { type Version, written } from './change.draft.ts'
import { refuseBackBelowEnded, refuseCode, summary } from './change.refusals.ts'
import * as store from './change.store.ts'
import * as texts from './change.texts.ts'
import { eventsOf } from './change.views.ts'
import { countRecords, settledBelow } from './records.store.ts'
import { mayChangeUnits } from './units.policy.ts'
import { requireRightOver, rightWords } from './units.right.ts'
import { lastName, unitPath } from './units.views.ts'

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
    after: { versions: before.map(summary) },
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
  if (held.length === 0) return
  const list = listOf(held)
  refuse('units.records_depend', {
    vi: `Không hủy được: đã có ${list.vi} ghi vào đơn vị do thay đổi này lập ra. Hãy chuyển các bản ghi đó đi trước, hoặc ghi một thay đổi mới.`,
    en: `${list.en} point at units that this change made. Move those records first, or record a new change.`,
  })
}

function listOf(counts: readonly RecordCountAnswer[]): Words {
  const list = (language: 'vi' | 'en') => counts.map((one) => `${one.count} ${one.noun[language]}`).join(', ')
  return { vi: list('vi'), en: list('en') }
}

/** Refuses for a change recorded since of the same units, by what it was; who may not undo that one either is told who may. */
async function refuseForLater(tx: Tx, actor: Actor, later: store.LaterEvent): Promise<never> {
  const [said] = await eventsOf(tx, { eventId: later.id, limit: 1 })
  const names = (said?.from ?? []).slice(0, 5).map((one) => one.name)
  const kind = (words: typeof texts.vi) => words.kinds[later.kind as keyof typeof words.kinds] ?? later.kind
  const isTheirs = mayChangeUnits(actor, await unitPath(tx, later.unitId))
  const unit = isTheirs ? null : await lastName(tx, later.unitId)
  const whom = unit === null ? { vi: '', en: '' } : rightWords(unit)
  refuse(
    'units.later_event',
    {
      vi: `Không hủy được: đã có thay đổi khác của chính các đơn vị này, có hiệu lực từ ${written(later.on)} («${kind(texts.vi)}»: ${names.join(', ')}). Hãy hủy thay đổi đó trước.${whom.vi && ` ${whom.vi}`}`,
      en: `A later change of these units takes effect on ${written(later.on)} (“${kind(texts.en)}”: ${names.join(', ')}). Undo that first.${whom.en && ` ${whom.en}`}`,
    },
    { links: [{ href: '/units/changes', label: { vi: 'Mở «Các thay đổi»', en: 'Open “Changes”' } }] },
  )
}

/** Refuses while records of units are settled by or in what the event made, and leads to where that is undone. */
async function refuseSettled(
  tx: Tx,
  { unitIds, records }: { unitIds: readonly string[]; records: readonly RecordCountAnswer[] },
): Promise<never> {
  const units: { unitId: string; name: string }[] = []
  for (const unitId of unitIds.slice(0, 10)) units.push({ unitId, name: (await lastName(tx, unitId)) ?? '' })
  const names = {
    vi: units.map(({ name }) => `«${name}»`).join(', '),
    en: units.map(({ name }) => `“${name}”`).join(', '),
  }
  const list = listOf(records)
  refuse(
    'units.records_settled',
    {
      vi: `Không hủy được: đã phân bổ ${list.vi} của ${names.vi} cho các đơn vị nhận. Hãy hoàn tác việc phân bổ ở trang «Bản ghi chưa phân bổ» của ${names.vi}, rồi hủy thay đổi này.`,
      en: `${list.en} of ${names.en} have been settled in other units. Undo that on the page “Unassigned records” of ${names.en}, then undo this change.`,
    },
    {
      links: units.map(({ unitId, name }) => ({
        href: `/units/unassigned/${unitId}`,
        label: { vi: `Mở bản ghi của ${name}`, en: `Open the records of ${name}` },
      })),
    },
  )
}

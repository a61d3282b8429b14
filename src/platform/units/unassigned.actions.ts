import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { refuseField, refuseNotFound } from '../http/refusal.ts'
import { written } from './change.draft.ts'
import { lockChanges, standsWithin } from './change.store.ts'
import { type RecordTable, settledTableOf } from './records.ts'
import type { SettleInput } from './unassigned.contract.ts'
import * as store from './unassigned.store.ts'
import { findWaiting, settledTables } from './unassigned.views.ts'
import { requireRightOver } from './units.right.ts'
import { findUnit } from './units.views.ts'
import { whereabouts } from './whereabouts.ts'
import { elsewhereWords } from './whereabouts.words.ts'

/**
 * Gives records of a unit that was split, or ended without a successor, to the unit they belong to: they count there on
 * every later map, and on older ones as before. What belongs to a unit itself, as a target does, is that unit's from the
 * day of the change on.
 */
export async function settleRecords(
  tx: Tx,
  actor: Actor,
  unitId: string,
  input: SettleInput,
): Promise<{ count: number }> {
  return give(tx, actor, { unitId, input, back: false })
}

/** Takes records back that were given to a half: they stand unassigned again. */
export async function returnRecords(
  tx: Tx,
  actor: Actor,
  unitId: string,
  input: SettleInput,
): Promise<{ count: number }> {
  return give(tx, actor, { unitId, input, back: true })
}

type Ask = { unitId: string; input: SettleInput; back: boolean }

async function give(tx: Tx, actor: Actor, { unitId, input, back }: Ask): Promise<{ count: number }> {
  await requireRightOver(tx, actor, unitId)
  await requireRightOver(tx, actor, input.toUnitId, 'toUnitId')
  await lockChanges(tx)
  const tables = await settledTables(tx)
  const split = (await findWaiting(tx, tables, unitId)) ?? refuseNotFound()
  const half = await requireHalf(tx, split, input.toUnitId)
  const table = tables.find((one) => one.table === input.table)
  if (!table) {
    refuseField('units.not_settled', 'table', {
      vi: 'Loại bản ghi này không phân bổ riêng được: nó đi theo bản ghi mà nó thuộc về. Hãy chọn loại khác.',
      en: 'Records of this kind follow the record they belong to. Choose another kind.',
    })
  }
  const rowIds = input.rowIds ?? null
  const count = await repoint(tx, { table, split, half, rowIds, back })
  if (count === 0) {
    if (rowIds !== null && !(await store.wasEverOf(tx, table, split.id, rowIds))) {
      refuseField('units.never_of', 'rowIds', {
        vi: `Bản ghi đã chọn không phải của «${split.name}» nên không phân bổ ở đây được. Hãy chọn trong danh sách bản ghi chưa phân bổ của «${split.name}».`,
        en: `The chosen records are not of “${split.name}”, so they are not settled here. Choose from the unassigned records of “${split.name}”.`,
      })
    }
    refuseField('units.nothing_moves', 'rowIds', {
      vi: back
        ? 'Không có bản ghi nào đã phân bổ cho đơn vị này để hoàn tác. Hãy tải lại trang.'
        : 'Không còn bản ghi nào chưa phân bổ trong số đã chọn. Hãy tải lại trang.',
      en: back
        ? 'Nothing has been settled in this unit. Reload the page.'
        : 'None of these is unassigned any more. Reload the page.',
    })
  }
  await audit(tx, actor, {
    action: back ? 'units.records_returned' : 'units.records_settled',
    subject: 'units.unit',
    subjectId: unitId,
    unitId,
    after: { table: table.table, count, toUnitId: half.id, rowIds: rowIds ?? 'all' },
  })
  return { count }
}

/**
 * The half that is meant. Of a unit that ended without a successor it is any unit that is there from that day on in what
 * its records count in, so that nothing above changes.
 */
async function requireHalf(
  tx: Tx,
  split: store.SplitFacts,
  toUnitId: string,
): Promise<store.SplitFacts['halves'][number]> {
  const half = split.halves.find((one) => one.id === toUnitId)
  if (half) return half
  if (split.kind === 'split') {
    refuseField('units.no_half', 'toUnitId', {
      vi: `Đơn vị được chọn không nhận phần nào của «${split.name}». Hãy chọn một trong các đơn vị nhận.`,
      en: `The chosen unit took no part of “${split.name}”. Choose one of those that did.`,
    })
  }
  const unit = await findUnit(tx, toUnitId, split.on)
  if (!unit || unit.kind === 'part') {
    const found = await whereabouts(tx, toUnitId, split.on)
    refuseField(
      'units.not_there',
      'toUnitId',
      found
        ? elsewhereWords(found, split.on)
        : {
            vi: 'Không tìm thấy đơn vị này. Hãy chọn lại đơn vị.',
            en: 'There is no such unit. Choose again.',
          },
    )
  }
  const place = await store.lowestPlace(tx, split.id, split.on)
  if (place && !(await standsWithin(tx, toUnitId, place.id, split.on))) {
    refuseField('units.not_within', 'toUnitId', {
      vi: `Bản ghi của «${split.name}» đang được đếm ở «${place.name}», mà «${unit.name}» không thuộc nơi đó vào ngày ${written(split.on)}. Hãy chọn «${place.name}» hoặc một đơn vị trực thuộc.`,
      en: `The records of “${split.name}” count in “${place.name}”, and “${unit.name}” did not stand in it on ${written(split.on)}. Choose “${place.name}” or a unit below it.`,
    })
  }
  return { id: unit.id, name: unit.name, partId: null, eventId: split.eventId }
}

/** Of PostgreSQL: a check that fails, a key that is there already. */
const refusals = new Set(['23514', '23505'])

type Given = {
  table: RecordTable
  split: store.SplitFacts
  half: store.SplitFacts['halves'][number]
  rowIds: readonly string[] | null
  back: boolean
}

/** Rows keep the unit that was, and stand in the successor through the part of it that went there. */
async function repoint(tx: Tx, { table, split, half, rowIds, back }: Given): Promise<number> {
  const partId = half.partId ?? (back ? null : await store.makePart(tx, split, half))
  if (partId === null) return 0
  const [fromId, toId] = back ? [partId, split.id] : [split.id, partId]
  try {
    // What no longer matters stays where it is, and goes back with the rest where it was given before.
    const going = back ? { ...table, unless: null } : table
    return await store.repoint(tx, { table: going, fromId, toId, rowIds })
  } catch (thrown) {
    const stays = settledTableOf(table.table)?.stays
    const isRefused = thrown instanceof Error && 'code' in thrown && refusals.has(String(thrown.code))
    if (!back || !isRefused || !stays) throw thrown
    refuseField('units.stays_there', 'rowIds', stays)
  }
}

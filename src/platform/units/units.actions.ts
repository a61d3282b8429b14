import type { Actor } from '../actor/actor.ts'
import { auditMany } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { refuse, refuseNotFound } from '../http/refusal.ts'
import { applyChange } from './change.actions.ts'
import { endingEvent } from './change.store.ts'
import { undoChange } from './undo.actions.ts'
import { requireRightOver } from './units.right.ts'
import * as store from './units.store.ts'
import { rootId, versionsOf } from './units.views.ts'

type NewUnit = {
  code: string
  name: string
  kind: string
  parentId: string
  validFrom: string
  legalBasis?: string | undefined
  nameIsOurs: boolean
}

/** Brings a unit into being below another from a day on. Refuses a code that another unit holds then or later. */
export async function createUnit(tx: Tx, actor: Actor, input: NewUnit): Promise<{ id: string }> {
  const { validFrom, legalBasis, ...made } = input
  const { madeIds } = await applyChange(tx, actor, { kind: 'create', on: validFrom, legalBasis, made })
  return { id: madeIds[0] ?? '' }
}

/** A unit of a bulk load; its parent is named by code, null for the top of the tree. */
export type UnitToLoad = {
  code: string
  name: string
  kind: string
  parentCode: string | null
  validFrom: string
  nameIsOurs: boolean
  legalBasis?: string | null
}

/** Brings many units into being, parents before children whatever their order; answers their ids by code. */
export async function createUnits(
  tx: Tx,
  actor: Actor,
  units: readonly UnitToLoad[],
): Promise<Map<string, string>> {
  const root = await rootId(tx)
  await requireRightOver(tx, actor, root)
  const ids = new Map<string, string>()
  let waiting = [...units]
  while (waiting.length > 0) {
    const outside = waiting.flatMap((unit) =>
      unit.parentCode && !ids.has(unit.parentCode) ? [unit.parentCode] : [],
    )
    const known = await store.unitsByCode(tx, outside, waiting[0]?.validFrom ?? '')
    const parentOf = (unit: UnitToLoad) =>
      unit.parentCode === null ? root : (ids.get(unit.parentCode) ?? known.get(unit.parentCode))
    const ready = waiting.filter((unit) => parentOf(unit) !== undefined)
    if (ready.length === 0)
      throw new Error(`units: no unit holds the code ${outside[0]}, or units sit below themselves`)
    const made = await store.insertUnits(tx, ready.length)
    const rows = ready.map((unit, at) => ({
      ...unit,
      unitId: made[at] ?? '',
      parentId: parentOf(unit) ?? root,
      validUntil: null,
      legalBasis: unit.legalBasis ?? null,
    }))
    await store.insertVersions(tx, rows)
    await auditMany(
      tx,
      actor,
      rows.map(({ unitId, code, name, kind, parentId, validFrom }) => ({
        action: 'units.unit_created',
        subject: 'units.unit',
        subjectId: unitId,
        unitId,
        after: { code, name, kind, parentId, validFrom },
      })),
    )
    for (const row of rows) ids.set(row.code, row.unitId)
    waiting = waiting.filter((unit) => !ready.includes(unit))
  }
  return ids
}

/** Gives a unit another name from a day on; before that day it keeps the old one. */
export async function renameUnit(
  tx: Tx,
  actor: Actor,
  unitId: string,
  input: { name: string; from: string; legalBasis?: string | undefined },
): Promise<void> {
  const { name, from, legalBasis } = input
  await applyChange(tx, actor, { kind: 'rename', on: from, legalBasis, unitId, name })
}

/** Ends a unit on a day: from that day on it is no more. Refuses while areas stand below it then; bodies end with it. */
export async function endUnit(
  tx: Tx,
  actor: Actor,
  unitId: string,
  input: { on: string; legalBasis?: string | undefined },
): Promise<void> {
  await applyChange(tx, actor, { kind: 'abolish', unitId, ...input })
}

/** Takes back the event that ended a unit, as if it had never been. Refuses where something stands on it. */
export async function reopenUnit(tx: Tx, actor: Actor, unitId: string): Promise<void> {
  await requireRightOver(tx, actor, unitId)
  const [newest] = await versionsOf(tx, unitId)
  if (!newest) refuseNotFound()
  if (newest.validUntil === null) {
    refuse('units.not_ended', {
      vi: `«${newest.name}» chưa kết thúc nên không có gì phải hủy.`,
      en: `“${newest.name}” has not ended; there is nothing to take back.`,
    })
  }
  const eventId = await endingEvent(tx, unitId)
  if (eventId) return undoChange(tx, actor, eventId)
  refuse('units.not_undoable', {
    vi: `Việc kết thúc «${newest.name}» được ghi trước khi có danh sách thay đổi, nên không hủy được ở đây. Hãy lập một đơn vị mới.`,
    en: `The end of “${newest.name}” was recorded before changes were listed, so it is not undone here.`,
  })
}

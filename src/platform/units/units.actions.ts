import type { Actor } from '../actor/actor.ts'
import { audit, auditMany } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { refuse, refuseField, refuseNotFound } from '../http/refusal.ts'
import type { EndUnitInput, NewUnitInput, RenameUnitInput } from './contract.ts'
import { mayChangeUnits } from './units.policy.ts'
import { mayStandBelow } from './units.rules.ts'
import * as store from './units.store.ts'
import { findUnit, rootId, unitPath } from './units.views.ts'

/** 'YYYY-MM-DD' as Vietnamese write it; the pages' formats are not the server's to import. */
const written = (day: string) => day.split('-').map(Number).reverse().join('/')

/** A unit that is not there today, because it is to come or is no more, is placed by the unit above it. */
async function placeOf(tx: Tx, unitId: string): Promise<string[]> {
  const path = await unitPath(tx, unitId)
  return path.length > 0 ? path : unitPath(tx, (await store.lastParent(tx, unitId)) ?? refuseNotFound())
}

async function requireRight(tx: Tx, actor: Actor, unitId: string): Promise<void> {
  if (mayChangeUnits(actor, await placeOf(tx, unitId))) return
  refuse(
    'units.not_yours',
    {
      vi: 'Đơn vị này nằm ngoài phạm vi anh/chị được giao quản lý danh mục. Hãy nhờ người quản trị của đơn vị đó.',
      en: 'This unit lies outside what you have been given to manage. Ask the administrator of that unit.',
    },
    { status: 403 },
  )
}

/** Brings a unit into being below another from a day on. Refuses a code that another unit holds then or later. */
export async function createUnit(tx: Tx, actor: Actor, input: NewUnitInput): Promise<{ id: string }> {
  await requireRight(tx, actor, input.parentId)
  const parent = await findUnit(tx, input.parentId, input.validFrom)
  if (!parent) {
    refuseField('units.parent_not_there', 'validFrom', {
      vi: `Đơn vị cấp trên chưa có hoặc đã thôi vào ngày ${written(input.validFrom)}. Hãy chọn ngày khác.`,
      en: 'The unit above is not there on that day. Choose another day.',
    })
  }
  const ofKind = await store.kindByKey(tx, input.kind)
  if (!ofKind) {
    refuseField('units.kind_unknown', 'kind', {
      vi: 'Không có loại đơn vị này. Hãy chọn một loại trong danh sách.',
      en: 'There is no such kind of unit. Choose one from the list.',
    })
  }
  const above = await store.kindByKey(tx, parent.kind)
  if (above && !mayStandBelow(ofKind, above)) {
    refuseField('units.wrong_level', 'kind', {
      vi: `${ofKind.nameVi} không nằm trong ${above.nameVi.toLocaleLowerCase('vi')} «${parent.name}». Hãy chọn loại khác hoặc đơn vị cấp trên khác.`,
      en: `A ${ofKind.nameEn.toLowerCase()} does not stand in a ${above.nameEn.toLowerCase()}. Choose another kind or another unit above.`,
    })
  }
  const holder = await store.codeHolder(tx, input.code, input.validFrom)
  if (holder) {
    refuseField('units.code_taken', 'code', {
      vi: `Mã ${input.code} đang là của «${holder.name}» từ ${written(holder.validFrom)}${holder.validUntil ? ` đến trước ${written(holder.validUntil)}` : ''}. Hãy dùng mã khác, hoặc chọn ngày sau khi mã đó thôi dùng.`,
      en: `Code ${input.code} belongs to “${holder.name}” at that time. Use another code or a later day.`,
    })
  }
  const [id = ''] = await store.insertUnits(tx, 1)
  const version = { ...input, unitId: id, validUntil: null, legalBasis: input.legalBasis ?? null }
  await store.insertVersions(tx, [version])
  const { code, name, kind, parentId, validFrom } = input
  await audit(tx, actor, {
    action: 'units.unit_created',
    subject: 'units.unit',
    subjectId: id,
    unitId: id,
    after: { code, name, kind, parentId, validFrom },
  })
  return { id }
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
  await requireRight(tx, actor, root)
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
  input: RenameUnitInput,
): Promise<void> {
  await requireRight(tx, actor, unitId)
  const before = (await store.lockVersion(tx, unitId, input.from)) ?? refuseNotFound()
  if (before.name === input.name) {
    refuseField('units.same_name', 'name', {
      vi: `Vào ngày ${written(input.from)} đơn vị đã mang tên «${input.name}». Không có gì phải đổi.`,
      en: 'The unit has that name on that day already. Nothing needs to change.',
    })
  }
  if (before.validFrom >= input.from) {
    refuseField('units.begins_same_day', 'from', {
      vi: `Tên hiện nay bắt đầu từ ${written(before.validFrom)}. Tên mới phải từ một ngày sau ngày đó.`,
      en: `The present name begins on ${written(before.validFrom)}. The new one must begin on a later day.`,
    })
  }
  await store.endVersion(tx, before.versionId, input.from)
  await store.insertVersions(tx, [
    {
      ...before,
      name: input.name,
      validFrom: input.from,
      legalBasis: input.legalBasis ?? null,
      nameIsOurs: false,
    },
  ])
  await audit(tx, actor, {
    action: 'units.unit_renamed',
    subject: 'units.unit',
    subjectId: unitId,
    unitId,
    before: { name: before.name },
    after: { name: input.name, from: input.from, legalBasis: input.legalBasis ?? null },
  })
}

/** Ends a unit on a day: from that day on it is no more. Refuses while units stand below it then. */
export async function endUnit(tx: Tx, actor: Actor, unitId: string, input: EndUnitInput): Promise<void> {
  await requireRight(tx, actor, unitId)
  const before = (await store.lockVersion(tx, unitId, input.on)) ?? refuseNotFound()
  if (before.parentId === null) {
    refuse('units.top_stays', {
      vi: 'Đơn vị đứng đầu cây không thể thôi.',
      en: 'The unit at the top of the tree cannot end.',
    })
  }
  const below = await store.countBelow(tx, unitId, input.on)
  if (below > 0) {
    refuseField('units.has_units_below', 'on', {
      vi: `Còn ${below} đơn vị trực thuộc sau ngày ${written(input.on)}. Hãy kết thúc hoặc chuyển các đơn vị đó trước.`,
      en: `${below} units still stand below it on that day. End or move them first.`,
    })
  }
  if (before.validFrom >= input.on || (before.validUntil !== null && before.validUntil !== input.on)) {
    refuseField('units.cannot_end_then', 'on', {
      vi: `Không kết thúc được vào ngày ${written(input.on)}: tên đang dùng bắt đầu từ ${written(before.validFrom)}${before.validUntil ? ` và đã có thay đổi từ ${written(before.validUntil)}` : ''}. Hãy chọn ngày khác.`,
      en: 'The unit cannot end on that day: its version begins then or has a successor. Choose another day.',
    })
  }
  await store.endVersion(tx, before.versionId, input.on)
  await audit(tx, actor, {
    action: 'units.unit_ended',
    subject: 'units.unit',
    subjectId: unitId,
    unitId,
    before: { name: before.name, code: before.code },
    after: { until: input.on, legalBasis: input.legalBasis ?? null },
  })
}

/** Takes back the end of a unit, as if it had never been. Refuses where its code has been given to another since. */
export async function reopenUnit(tx: Tx, actor: Actor, unitId: string): Promise<void> {
  await requireRight(tx, actor, unitId)
  const last = (await store.lockNewest(tx, unitId)) ?? refuseNotFound()
  if (last.validUntil === null) {
    refuse('units.not_ended', {
      vi: `«${last.name}» chưa kết thúc nên không có gì phải hủy.`,
      en: `“${last.name}” has not ended; there is nothing to take back.`,
    })
  }
  const holder = await store.codeHolder(tx, last.code, last.validUntil)
  if (holder) {
    refuse('units.code_taken', {
      vi: `Mã ${last.code} đã cấp cho «${holder.name}» từ ${written(holder.validFrom)} nên không hủy được việc kết thúc. Hãy đổi mã của đơn vị đó trước.`,
      en: `Code ${last.code} has been given to “${holder.name}” since, so the end cannot be taken back.`,
    })
  }
  if (last.parentId !== null && !(await findUnit(tx, last.parentId, last.validUntil))) {
    refuse('units.parent_not_there', {
      vi: 'Đơn vị cấp trên cũng đã kết thúc. Hãy hủy việc kết thúc của đơn vị cấp trên trước.',
      en: 'The unit above has ended too. Take back its end first.',
    })
  }
  await store.reopenVersion(tx, last.versionId)
  await audit(tx, actor, {
    action: 'units.unit_reopened',
    subject: 'units.unit',
    subjectId: unitId,
    unitId,
    before: { until: last.validUntil },
    after: { until: null },
  })
}

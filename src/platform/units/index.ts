/**
 * The units of the territory and the bodies that sit in them, each with its validity.
 * Tables: units.kind, units.unit, units.unit_version, units.ancestry, units.event, units.succession, units.place,
 * units.inheritance, units.formation, units.link, units.list_finding.
 * Calls: calendar, audit.
 */
import type { Tx } from '../db/database.ts'
import { refuseField } from '../http/refusal.ts'
import type { Part } from '../part.ts'
import type { UnitSummaryAnswer } from './contract.ts'
import { unitsRoutes } from './units.routes.ts'
import { type PlaceMatch, placeMatcher } from './units.search.ts'
import { findUnit, placesWithin } from './units.views.ts'
import { whereabouts } from './whereabouts.ts'
import { elsewhereWords } from './whereabouts.words.ts'

export { applyChange } from './change.actions.ts'
export { registerRecords } from './records.ts'
export { type Settling, settlingOf } from './unassigned.views.ts'
export { undoChange } from './undo.actions.ts'
export { createUnit, createUnits, endUnit, renameUnit, reopenUnit, type UnitToLoad } from './units.actions.ts'
export type { Place, PlaceMatch } from './units.search.ts'
export { endOf, findUnit, rootId, unitPath } from './units.views.ts'
export { whereabouts } from './whereabouts.ts'
export { elsewhereWords } from './whereabouts.words.ts'

/** A unit as it stood on a day; refuses the request field `path` where it was not. */
export async function requireUnit(
  tx: Tx,
  unitId: string,
  asOf: string,
  path = 'unitId',
): Promise<UnitSummaryAnswer> {
  const unit = await findUnit(tx, unitId, asOf)
  if (unit) return unit
  const found = await whereabouts(tx, unitId, asOf)
  refuseField(
    'units.not_there',
    path,
    found
      ? elsewhereWords(found, asOf)
      : {
          vi: 'Không tìm thấy đơn vị này. Hãy chọn lại đơn vị.',
          en: 'There is no such unit. Choose again.',
        },
  )
}

/**
 * Resolves names typed as in life among the units at and below one on a day: for each name, in order, the unit meant,
 * or the candidates. Reads the units once, so hand it a whole column of a sheet.
 */
export async function findUnitsByName(
  tx: Tx,
  ask: { names: readonly string[]; withinId: string; asOf: string; kinds?: readonly string[] },
): Promise<PlaceMatch[]> {
  return ask.names.map(placeMatcher(await placesWithin(tx, ask)))
}

export const units: Part = {
  name: 'units',
  title: { vi: 'Đơn vị', en: 'Units' },
  folder: import.meta.dirname,
  capabilities: [
    {
      name: 'units.change',
      title: { vi: 'Quản lý danh mục đơn vị', en: 'Manage the list of units' },
      roles: ['administrator'],
    },
    {
      name: 'units.see_unassigned',
      title: { vi: 'Xem bản ghi chưa phân bổ', en: 'View unassigned records' },
      roles: ['administrator', 'leader', 'standing_office', 'auditor'],
    },
  ],
  scope: [
    { table: 'units.kind', unit: '', view: 'signed_in', change: 'nobody' },
    {
      table: 'units.unit',
      unit: 'id',
      view: 'signed_in',
      change: 'nobody',
      orChange: "access.holds('units.change')",
    },
    {
      table: 'units.unit_version',
      unit: 'parent_id',
      view: 'signed_in',
      change: 'units.change',
      // Who is given one unit changes that unit, and adds below it.
      orChange: "unit_id in (select access.units_permitted('units.change'))",
      // A change that is undone takes back the versions it made.
      remove: 'units.change',
      orRemove: "unit_id in (select access.units_permitted('units.change'))",
    },
    { table: 'units.ancestry', unit: 'unit_id', view: 'signed_in', change: 'nobody' },
    { table: 'units.event', unit: 'unit_id', view: 'signed_in', change: 'units.change' },
    {
      table: 'units.succession',
      unit: 'from_unit_id',
      view: 'signed_in',
      change: 'units.change',
      remove: 'units.change',
    },
    { table: 'units.place', unit: 'leaf_id', view: 'signed_in', change: 'nobody' },
    { table: 'units.inheritance', unit: 'unit_id', view: 'signed_in', change: 'nobody' },
    { table: 'units.formation', unit: 'unit_id', view: 'signed_in', change: 'units.change' },
    { table: 'units.link', unit: 'from_unit_id', view: 'signed_in', change: 'units.change' },
    { table: 'units.list_finding', unit: 'unit_id', view: 'signed_in', change: 'units.change' },
  ],
  routes: unitsRoutes,
}

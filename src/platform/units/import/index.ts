/**
 * The units of a whole country from published lists, and a person's word on where an old unit went.
 * Tables: units.formation, units.link, units.list_finding (of the part `units`).
 * Calls: units, audit.
 */
import type { Part } from '../../part.ts'
import { findingsRoutes } from './findings.routes.ts'
import { linksRoutes } from './links.routes.ts'

export { type CountryImport, importCountry } from './import.actions.ts'
export type { CountryReport } from './import.report.ts'
export { readLists } from './lists.read.ts'

/** Apart from `units`, on which it stands; its tables lie in that part's schema. */
export const unitsImport: Part = {
  name: 'units_import',
  title: { vi: 'Nhập danh mục đơn vị', en: 'Import of units' },
  folder: import.meta.dirname,
  routes: [...linksRoutes, ...findingsRoutes],
}

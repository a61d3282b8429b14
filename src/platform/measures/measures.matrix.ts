import type { Probe, Probes } from '../testing/matrix.ts'
import { declaredMeasures } from './registry.ts'

/** Totals are seen by whoever holds `measures.view` over the unit; which measure it is makes no difference. */
const ofUnit: Probe = {
  request: ({ unitId }) => ({ params: { name: declaredMeasures()[0]?.name ?? '' }, query: { unitId } }),
}

export const probes: Probes = {
  'GET /api/measures': { reach: 'anyone' },
  'GET /api/measures/figures': { request: ({ unitId }) => ({ query: { unitId } }) },
  // Jobs belong to the installation and to no unit.
  'POST /api/measures/recount': { reach: 'anyone' },
  'GET /api/measures/:name': ofUnit,
  'GET /api/measures/:name/evidence': ofUnit,
  'GET /api/measures/:name/evidence.xlsx': ofUnit,
}

import type { Probe, Probes } from '../testing/matrix.ts'
import { declaredMeasures } from './registry.ts'

/** Totals are seen by whoever holds `measures.view` over the unit; which measure it is makes no difference. */
const ofUnit: Probe = {
  request: ({ unitId }) => ({ params: { name: declaredMeasures()[0]?.name ?? '' }, query: { unitId } }),
}

const below: Probe = {
  request: ({ unitId }) => ({ query: { unitId, measures: declaredMeasures()[0]?.name ?? '' } }),
}

export const probes: Probes = {
  'GET /api/measures': { reach: 'anyone' },
  'GET /api/measures/figures': { request: ({ unitId }) => ({ query: { unitId } }) },
  // Jobs belong to the installation and to no unit.
  'POST /api/measures/recount': { reach: 'anyone' },
  'GET /api/measures/:name': ofUnit,
  'GET /api/measures/below': below,
  'GET /api/measures/:name/figure': ofUnit,
  'GET /api/measures/:name/changes': {
    request: ({ unitId }) => ({
      params: { name: declaredMeasures()[0]?.name ?? '' },
      // A moment before anything was written; answers of any later one carry a greater number.
      query: { unitId, since: '1.1.1:1:' },
    }),
  },
  'GET /api/measures/:name/history': {
    request: ({ unitId }) => ({
      params: { name: declaredMeasures()[0]?.name ?? '' },
      query: { unitId, knownAt: '2999-01-01T00:00:00Z' },
    }),
    // Where nothing has been recorded yet, whoever may ask is told so.
    served: ({ status, body }) => status === 200 || body?.error?.code === 'measures.not_known_then',
  },
  'GET /api/measures/:name/evidence': ofUnit,
  'GET /api/measures/:name/evidence.xlsx': ofUnit,
  'GET /api/measures/:name/months.xlsx': ofUnit,
  'GET /api/measures/below.xlsx': below,
}

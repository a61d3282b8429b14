import { declaredMeasures } from '../measures/registry.ts'
import type { Probes } from '../testing/matrix.ts'

export const probes: Probes = {
  // The stream never ends by itself, so the test reads its head and lets go.
  'GET /api/changes': { reach: 'own', served: (answer) => answer.status === 200 },
  'POST /api/changes': {
    needs: 'measures.view',
    request: ({ unitId }) => ({
      body: { figures: [{ measure: declaredMeasures()[0]?.name ?? '', unitId }] },
    }),
    served: (answer) => answer.status === 200,
  },
}

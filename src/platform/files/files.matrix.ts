import type { Probe, Probes } from '../testing/matrix.ts'
import { attach } from './files.actions.ts'

// The smallest PNG there is: one transparent point.
const onePoint = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/** A picture that whoever may see the people of a unit may open; any capability over a unit would do. */
const picture: Probe = {
  needs: 'access.view',
  plant: async (tx, actor, { unitId }) =>
    attach(tx, actor, {
      bytes: onePoint,
      name: 'anh.png',
      unitId,
      viewCapability: 'access.view',
      kinds: ['image'],
    }),
  request: (_, { fileId }) => ({ params: { fileId: fileId ?? '' } }),
}

export const probes: Probes = {
  'GET /api/files/:fileId': picture,
  'GET /api/files/:fileId/thumbnail': picture,
}

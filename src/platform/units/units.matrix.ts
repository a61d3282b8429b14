import type { Probe, Probes } from '../testing/matrix.ts'
import { createUnit } from './index.ts'

/** A village below the unit asked about, so that every request finds one that nobody has changed. */
const plant: Probe['plant'] = async (tx, actor, place) => {
  const { id } = await createUnit(tx, actor, {
    code: place.unique,
    name: `Thôn ${place.unique}`,
    kind: 'village',
    parentId: place.unitId,
    validFrom: '2010-01-01',
    nameIsOurs: true,
  })
  return { id }
}

export const probes: Probes = {
  'GET /api/units/search': { reach: 'anyone', request: () => ({ query: { q: 'xa an mot' } }) },
  'GET /api/units/kinds': { reach: 'anyone' },
  'GET /api/units': { reach: 'anyone', request: ({ unitId }) => ({ query: { parentId: unitId } }) },
  'GET /api/units/:unitId': { reach: 'anyone', request: ({ unitId }) => ({ params: { unitId } }) },
  'POST /api/units': {
    request: ({ unitId, unique, world }) => ({
      body: {
        code: unique,
        name: `Thôn ${unique}`,
        kind: 'village',
        parentId: unitId,
        validFrom: world.today,
      },
    }),
  },
  'POST /api/units/:unitId/rename': {
    plant,
    request: ({ unique, world }, planted) => ({
      params: { unitId: planted.id ?? '' },
      body: { name: `Bản ${unique}`, from: world.today },
    }),
  },
  'POST /api/units/:unitId/end': {
    plant,
    request: ({ world }, planted) => ({ params: { unitId: planted.id ?? '' }, body: { on: world.today } }),
  },
}

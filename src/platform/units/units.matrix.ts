import type { Probe, Probes } from '../testing/matrix.ts'
import { createUnit, endUnit } from './index.ts'

/** A station below the unit asked about, so that every request finds one that nobody has changed. */
const plant: Probe['plant'] = async (tx, actor, place) => {
  const { id } = await createUnit(tx, actor, {
    code: place.unique,
    name: `Trạm ${place.unique}`,
    kind: 'station',
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
        name: `Trạm ${unique}`,
        kind: 'station',
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
  'POST /api/units/:unitId/reopen': {
    plant: async (tx, actor, place) => {
      const planted = await plant(tx, actor, place)
      await endUnit(tx, actor, planted.id ?? '', { on: place.world.today })
      return planted
    },
    request: (_place, planted) => ({ params: { unitId: planted.id ?? '' } }),
  },
}

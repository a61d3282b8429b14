import type { Probe, Probes } from '../../testing/matrix.ts'
import { createUnit } from '../units.actions.ts'
import { settleFinding } from './findings.actions.ts'
import { insertFindings } from './findings.store.ts'
import { insertImportEvent } from './import.store.ts'

/** A station below the unit asked about, of which a list says words that match nothing. */
const plant: Probe['plant'] = async (tx, actor, place) => {
  const unit = await createUnit(tx, actor, {
    code: `${place.unique}.f`,
    name: `Trạm ${place.unique}`,
    kind: 'station',
    parentId: place.unitId,
    validFrom: '2010-01-01',
    nameIsOurs: true,
  })
  const on = place.world.today
  const eventId = await insertImportEvent(tx, {
    unitId: place.unitId,
    takesEffectOn: on,
    legalBasis: null,
    note: '',
    facts: {},
    recordedBy: actor.accountId,
  })
  await insertFindings(tx, eventId, on, [{ unitId: unit.id, words: ['Trường bắn'], isAlone: true }])
  return { id: unit.id }
}

export const findingsProbes: Probes = {
  'GET /api/units/list-findings': {
    plant,
    served: (answer, planted) =>
      answer.body?.findings?.some((one: { unit: { id: string } }) => one.unit.id === planted.id) ?? false,
  },
  'POST /api/units/:unitId/list-finding': {
    plant,
    request: (_place, planted) => ({
      params: { unitId: planted.id ?? '' },
      body: { verdict: 'none', revision: 1 },
    }),
  },
  'POST /api/units/:unitId/list-finding/take-back': {
    plant: async (tx, actor, place) => {
      const planted = (await plant(tx, actor, place)) ?? {}
      await settleFinding(tx, actor, planted.id ?? '', { verdict: 'none', revision: 1 })
      return planted
    },
    request: (_place, planted) => ({ params: { unitId: planted.id ?? '' }, body: { revision: 2 } }),
  },
}

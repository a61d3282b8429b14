import type { Probe, Probes } from '../../testing/matrix.ts'
import { createUnit, endUnit } from '../units.actions.ts'
import { insertImportEvent, insertLinks } from './import.store.ts'
import { settleLink } from './links.actions.ts'

/** Two stations below the unit asked about: the one ended, and a list gives the other as where it may have gone. */
const plant: Probe['plant'] = async (tx, actor, place) => {
  const station = (code: string) =>
    createUnit(tx, actor, {
      code,
      name: `Trạm ${code}`,
      kind: 'station',
      parentId: place.unitId,
      validFrom: '2010-01-01',
      nameIsOurs: true,
    })
  const [from, to] = [await station(`${place.unique}.1`), await station(`${place.unique}.2`)]
  const on = place.world.today
  await endUnit(tx, actor, from.id, { on })
  const eventId = await insertImportEvent(tx, {
    unitId: place.unitId,
    takesEffectOn: on,
    legalBasis: null,
    note: '',
    facts: {},
    recordedBy: actor.accountId,
  })
  await insertLinks(tx, eventId, on, [
    { fromId: from.id, certainty: 'open', reason: 'not_named', said: [], candidates: [to.id] },
  ])
  return { from: from.id, to: to.id, code: `${place.unique}.1` }
}

const settled = (planted: Record<string, string>) =>
  ({ went: 'whole', toUnitIds: [planted.to ?? ''], revision: 1 }) as const

export const linksProbes: Probes = {
  'GET /api/units/links': {
    plant,
    request: (_place, planted) => ({ query: { q: planted.code ?? '' } }),
    served: (answer, planted) =>
      answer.body?.links?.some((link: { from: { id: string } }) => link.from.id === planted.from) ?? false,
  },
  'POST /api/units/:unitId/link': {
    plant,
    request: (_place, planted) => ({ params: { unitId: planted.from ?? '' }, body: settled(planted) }),
  },
  'POST /api/units/:unitId/link/take-back': {
    plant: async (tx, actor, place) => {
      const planted = (await plant(tx, actor, place)) ?? {}
      await settleLink(tx, actor, planted.from ?? '', { ...settled(planted), toUnitIds: [planted.to ?? ''] })
      return planted
    },
    request: (_place, planted) => ({ params: { unitId: planted.from ?? '' }, body: { revision: 2 } }),
  },
}

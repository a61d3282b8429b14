import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import type { Planted, Probe, ProbePlace, Probes } from '../testing/matrix.ts'
import { createAccount, giveGrant, suspendAccount } from './access.actions.ts'

async function plantPerson(tx: Tx, actor: Actor, place: ProbePlace): Promise<Planted> {
  const made = await createAccount(tx, actor, {
    loginName: `moi.${place.unique}`,
    displayName: `Người mới ${place.unique}`,
    unitId: place.unitId,
    password: 'mua xuan ve tren ban',
  })
  return { accountId: made.accountId }
}

async function plantGrant(tx: Tx, actor: Actor, place: ProbePlace): Promise<Planted> {
  const { accountId } = await plantPerson(tx, actor, place)
  const { grantId } = await giveGrant(tx, actor, {
    accountId: accountId ?? '',
    role: 'leader',
    unitId: place.unitId,
    validFrom: '2020-01-01',
  })
  return { accountId: accountId ?? '', grantId }
}

const ofPerson: Probe = {
  plant: plantPerson,
  request: (_, planted) => ({ params: { accountId: planted.accountId ?? '' } }),
}

export const probes: Probes = {
  'GET /api/access/people': {
    plant: plantPerson,
    request: ({ unique }) => ({ query: { q: `Người mới ${unique}` } }),
    served: (answer, planted) =>
      answer.body?.people?.some((person: { id: string }) => person.id === planted.accountId) ?? false,
  },
  'GET /api/access/people/:accountId': {
    ...ofPerson,
    served: (answer, planted) => answer.body?.person?.id === planted.accountId,
  },
  'GET /api/access/holders': {
    plant: plantGrant,
    served: (answer, planted) =>
      answer.body?.grants?.some((grant: { id: string }) => grant.id === planted.grantId) ?? false,
  },
  'POST /api/access/people': {
    request: ({ unitId, unique }) => ({
      body: { loginName: `them.${unique}`, displayName: 'Người thêm', unitId },
    }),
  },
  'POST /api/access/people/:accountId/suspend': {
    ...ofPerson,
    request: (_, planted) => ({ params: { accountId: planted.accountId ?? '' }, body: { reason: 'thử' } }),
  },
  'POST /api/access/people/:accountId/restore': {
    ...ofPerson,
    plant: async (tx, actor, place) => {
      const planted = await plantPerson(tx, actor, place)
      await suspendAccount(tx, actor, { accountId: planted.accountId ?? '' })
      return planted
    },
  },
  'POST /api/access/people/:accountId/reset-password': ofPerson,
  'POST /api/access/people/:accountId/grants': {
    ...ofPerson,
    request: ({ unitId }, planted) => ({
      params: { accountId: planted.accountId ?? '' },
      body: { role: 'village_head', unitId },
    }),
  },
  'POST /api/access/grants/:grantId/revoke': {
    plant: plantGrant,
    request: (_, planted) => ({ params: { grantId: planted.grantId ?? '' }, body: {} }),
  },
}

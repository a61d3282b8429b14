import { sql } from 'kysely'
import type { Probe, Probes } from '../testing/matrix.ts'
import { findingsProbes } from './import/findings.matrix.ts'
import { linksProbes } from './import/links.matrix.ts'
import { applyChange, createUnit } from './index.ts'
import { settleRecords } from './unassigned.actions.ts'

/** A station below the unit asked about, so that every request finds one that nobody has changed. */
const station: NonNullable<Probe['plant']> = async (tx, actor, place) => {
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

/** A station with a record that was split into two others below the unit asked about. */
const splitBelow: NonNullable<Probe['plant']> = async (tx, actor, place) => {
  const { id = '' } = await station(tx, actor, place)
  const made = (at: number) => ({
    made: {
      name: `Trạm ${place.unique} ${at}`,
      code: `${place.unique}.${at}`,
      kind: 'station',
      parentId: place.unitId,
    },
    belowIds: [],
  })
  const { madeIds } = await applyChange(tx, actor, {
    kind: 'split',
    on: '2012-01-01',
    unitId: id,
    stays: false,
    halves: [made(1), made(2)],
  })
  const half = madeIds[0] ?? ''
  await sql`
    insert into teams.team (unit_id, level, kind, name, name_folded, formed_on)
    values (${id}, 'village', 'community_team', ${place.unique}, ${place.unique}, '2011-01-01')`.execute(tx)
  return { id, half }
}

const settlement = (_place: unknown, { id = '', half = '' }: Record<string, string>) => ({
  params: { unitId: id },
  body: { toUnitId: half, table: 'teams.team' },
})

/** A station that an event ended. */
const ended: NonNullable<Probe['plant']> = async (tx, actor, place) => {
  const planted = await station(tx, actor, place)
  const { eventId } = await applyChange(tx, actor, {
    kind: 'abolish',
    legalBasis: 'Nghị quyết 1/NQ-HĐND',
    unitId: planted.id ?? '',
    on: place.world.today,
  })
  return { eventId }
}

const ofEvent = (_place: unknown, { eventId = '' }: Record<string, string>) => ({ params: { eventId } })

export const probes: Probes = {
  ...linksProbes,
  ...findingsProbes,
  'GET /api/units/search': { reach: 'anyone', request: () => ({ query: { q: 'xa an mot' } }) },
  'GET /api/units/kinds': { reach: 'anyone' },
  'GET /api/units': { reach: 'anyone', request: ({ unitId }) => ({ query: { parentId: unitId } }) },
  'GET /api/units/:unitId': { reach: 'anyone', request: ({ unitId }) => ({ params: { unitId } }) },
  'GET /api/units/:unitId/elsewhere': {
    reach: 'anyone',
    request: ({ unitId }) => ({ params: { unitId }, query: { asOf: '2001-01-01' } }),
  },
  'GET /api/units/:unitId/former-area': {
    reach: 'anyone',
    request: ({ unitId }) => ({ params: { unitId }, query: { asOf: '2001-01-01' } }),
  },
  'GET /api/units/changes': { reach: 'anyone', request: ({ unitId }) => ({ query: { unitId } }) },
  'GET /api/units/changes/:eventId': {
    reach: 'anyone',
    plant: async (tx, actor, place) => {
      const planted = await station(tx, actor, place)
      const { eventId } = await applyChange(tx, actor, {
        kind: 'rename',
        legalBasis: 'Nghị quyết 1/NQ-HĐND',
        unitId: planted.id ?? '',
        name: `Bản ${place.unique}`,
        on: place.world.today,
      })
      return { eventId }
    },
    request: (_place, { eventId = '' }) => ({ params: { eventId } }),
  },
  'POST /api/units/changes/preview': {
    request: ({ unitId, unique, world }) => ({
      body: {
        kind: 'create',
        legalBasis: 'Nghị quyết 1/NQ-HĐND',
        on: world.today,
        made: { code: unique, name: `Trạm ${unique}`, kind: 'station', parentId: unitId },
      },
    }),
  },
  'POST /api/units/changes': {
    plant: station,
    request: ({ unique, world }, planted) => ({
      body: {
        kind: 'rename',
        legalBasis: 'Nghị quyết 1/NQ-HĐND',
        on: world.today,
        unitId: planted.id ?? '',
        name: `Bản ${unique}`,
      },
    }),
  },
  'GET /api/units/changes/:eventId/undo': { plant: ended, request: ofEvent },
  'POST /api/units/changes/:eventId/undo': { plant: ended, request: ofEvent },
  'GET /api/units/unassigned': { reach: 'anyone' },
  'GET /api/units/unassigned/:unitId': {
    plant: splitBelow,
    request: (_place, { id = '' }) => ({ params: { unitId: id } }),
  },
  'POST /api/units/unassigned/:unitId/settle': { plant: splitBelow, request: settlement },
  'POST /api/units/unassigned/:unitId/return': {
    plant: async (tx, actor, place) => {
      const { id = '', half = '' } = await splitBelow(tx, actor, place)
      await settleRecords(tx, actor, id, { toUnitId: half, table: 'teams.team' })
      return { id, half }
    },
    request: settlement,
  },
}

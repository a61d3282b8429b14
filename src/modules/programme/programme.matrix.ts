import type { Actor } from '../../platform/actor/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Planted, ProbePlace, Probes } from '../../platform/testing/matrix.ts'
import type { TargetTermsInput } from './contract.ts'
import { createField, createPlan, createProgramme, setTarget } from './index.ts'
import { readTarget } from './target.views.ts'

const yearOf = (place: ProbePlace) => Number(place.world.today.slice(0, 4))

async function plantProgramme(tx: Tx, actor: Actor, { unitId, unique }: ProbePlace): Promise<Planted> {
  const name = `Chương trình ${unique}`
  const words = { orientation: '', decisionNo: '', note: '' }
  const { id } = await createProgramme(tx, actor, { unitId, name, fromYear: 2000, untilYear: 2199, ...words })
  return { programmeId: id, name }
}

async function plantPlan(tx: Tx, actor: Actor, place: ProbePlace): Promise<Planted> {
  const { programmeId = '', name = '' } = await plantProgramme(tx, actor, place)
  const field = await createField(tx, actor, { programmeId, name: 'Y tế' })
  const year = yearOf(place)
  const planName = `Kế hoạch ${place.unique}`
  const { id } = await createPlan(tx, actor, {
    programmeId,
    unitId: place.unitId,
    year,
    name: planName,
    decisionNo: '',
  })
  return { programmeId, name, fieldId: field.id, planId: id }
}

function terms(place: ProbePlace, planted: Planted): TargetTermsInput {
  const year = yearOf(place)
  return {
    fieldId: planted.fieldId ?? '',
    code: place.unique,
    title: `Chỉ tiêu ${place.unique}`,
    measure: null,
    direction: 'at_least',
    valueUnit: 'hộ',
    baseline: null,
    endValue: '10',
    startsOn: `${year}-01-01`,
    endsOn: `${year}-12-31`,
    path: [],
    answerableName: 'Lò Thị Thử',
    answerablePosition: '',
    answerableAccountId: null,
    legalBasis: '',
    note: '',
    isAssumption: false,
  }
}

async function plantTarget(tx: Tx, actor: Actor, place: ProbePlace): Promise<Planted> {
  const planted = await plantPlan(tx, actor, place)
  const { unitId } = place
  const { id } = await setTarget(tx, actor, {
    ...terms(place, planted),
    unitId,
    planId: planted.planId ?? '',
  })
  const target = await readTarget(tx, id)
  return { ...planted, targetId: id, revisionId: target?.revisionId ?? '' }
}

export const probes: Probes = {
  'GET /api/programme/overview': {
    plant: plantTarget,
    request: ({ unitId }) => ({ query: { unitId } }),
    served: (answer, planted) => answer.status === 200 && answer.text.includes(`"id":"${planted.targetId}"`),
  },
  'GET /api/programme/overview.xlsx': {
    plant: plantTarget,
    request: ({ unitId }) => ({ query: { unitId } }),
  },
  'GET /api/programme/plans': {
    reach: 'anyone',
    plant: plantPlan,
    served: (answer, planted) => answer.status === 200 && answer.text.includes(planted.name ?? ''),
  },
  'GET /api/programme/plans/:planId/targets': {
    plant: plantTarget,
    request: (_, planted) => ({ params: { planId: planted.planId ?? '' } }),
    served: (answer, planted) => answer.status === 200 && answer.text.includes(`"id":"${planted.targetId}"`),
  },
  'GET /api/programme/people': { request: ({ unitId }) => ({ query: { unitId } }) },
  'POST /api/programme/programmes': {
    request: ({ unitId, unique }) => ({
      body: { unitId, name: `Chương trình ${unique}`, fromYear: 2021, untilYear: 2025 },
    }),
  },
  'POST /api/programme/plans': {
    plant: plantProgramme,
    request: (place, planted) => ({
      body: {
        programmeId: planted.programmeId,
        unitId: place.unitId,
        year: yearOf(place),
        name: place.unique,
      },
    }),
  },
  'POST /api/programme/fields': {
    plant: plantProgramme,
    request: ({ unique }, planted) => ({ body: { programmeId: planted.programmeId, name: unique } }),
  },
  'GET /api/programme/targets/:targetId': {
    plant: plantTarget,
    request: (_, planted) => ({ params: { targetId: planted.targetId ?? '' } }),
  },
  'POST /api/programme/targets': {
    plant: plantPlan,
    request: (place, planted) => ({
      body: { ...terms(place, planted), unitId: place.unitId, planId: planted.planId },
    }),
  },
  'PUT /api/programme/targets/:targetId': {
    plant: plantTarget,
    request: (place, planted) => ({
      params: { targetId: planted.targetId ?? '' },
      body: {
        ...terms(place, planted),
        endValue: '12',
        reason: 'Điều chỉnh',
        revisionId: planted.revisionId,
      },
    }),
  },
  'POST /api/programme/targets/:targetId/remove': {
    plant: plantTarget,
    request: (_, planted) => ({
      params: { targetId: planted.targetId ?? '' },
      body: { reason: 'Giao nhầm' },
    }),
  },
  'POST /api/programme/preview': {
    request: (place) => {
      const { measure, direction, baseline, endValue, startsOn, endsOn, path } = terms(place, {})
      const { unitId } = place
      return { body: { unitId, measure, direction, baseline, endValue, startsOn, endsOn, path } }
    },
  },
}

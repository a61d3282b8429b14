import type { Actor } from '../../platform/actor/actor.ts'
import { auditMany } from '../../platform/audit/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuseNotFound } from '../../platform/http/refusal.ts'
import { type NewProgrammeInput, NewTarget, type NewTargetInput } from './contract.ts'
import { createField, createPlan, createProgramme } from './programme.actions.ts'
import * as store from './programme.store.ts'
import { findPlan } from './programme.views.ts'
import { requireTerms, setRevision, termsOf } from './target.actions.ts'

/** A value as the caller holds it; a number must be one that prints as a plain decimal. */
type Value = number | string

/** A target of a bulk load; plan and field are named by the keys given in the same load. */
export type TargetToLoad = {
  planKey: string
  fieldKey: string
  unitId: string
  code: string
  title: string
  measure: string | null
  direction: 'at_least' | 'at_most' | 'exactly'
  valueUnit: string
  baseline?: Value | null
  endValue: Value
  startsOn: string
  endsOn: string
  path?: readonly { dueOn: string; value: Value }[]
  answerableName: string
  answerablePosition?: string
  answerableAccountId?: string | null
  legalBasis?: string
  note?: string
  isAssumption?: boolean
}

/** A whole programme: its fields in order, its plans, and their targets. */
export type ProgrammeToLoad = {
  programme: Pick<NewProgrammeInput, 'unitId' | 'name' | 'fromYear' | 'untilYear'> &
    Partial<Pick<NewProgrammeInput, 'orientation' | 'decisionNo' | 'note'>>
  fields: readonly { key: string; name: string }[]
  plans: readonly { key: string; unitId: string; year: number; name: string; decisionNo?: string }[]
  targets: readonly TargetToLoad[]
}

export type LoadedProgramme = {
  programmeId: string
  planIds: ReadonlyMap<string, string>
  fieldIds: ReadonlyMap<string, string>
  /** In the order of `targets`. */
  targetIds: readonly string[]
}

/** Sets up a whole programme in one go, under the rules that hold for each part of it; refuses all or writes all. */
export async function loadProgramme(tx: Tx, actor: Actor, load: ProgrammeToLoad): Promise<LoadedProgramme> {
  const given = { orientation: '', decisionNo: '', note: '', ...load.programme }
  const { id: programmeId } = await createProgramme(tx, actor, given)
  const fieldIds = new Map<string, string>()
  for (const { key, name } of load.fields) {
    fieldIds.set(key, (await createField(tx, actor, { programmeId, name })).id)
  }
  const planIds = new Map<string, string>()
  for (const { key, unitId, year, name, decisionNo = '' } of load.plans) {
    planIds.set(key, (await createPlan(tx, actor, { programmeId, unitId, year, name, decisionNo })).id)
  }
  const targets = load.targets.map((target) => inputOf(target, planIds, fieldIds))
  for (const planId of planIds.values()) {
    const plan = (await findPlan(tx, { planId })) ?? refuseNotFound()
    for (const target of targets) {
      if (target.planId === planId) await requireTerms(tx, target, plan, { unitId: target.unitId })
    }
  }
  const targetIds = await loadTargets(tx, actor, targets)
  return { programmeId, planIds, fieldIds, targetIds }
}

async function loadTargets(tx: Tx, actor: Actor, targets: readonly NewTargetInput[]): Promise<string[]> {
  if (targets.length === 0) return []
  const ids = await store.insertTargets(tx, targets)
  await store.insertRevisions(
    tx,
    targets.map((target, at) => setRevision(actor, ids[at] ?? '', target)),
  )
  await auditMany(
    tx,
    actor,
    targets.map((target, at) => ({
      action: 'programme.target_set',
      subject: 'programme.target',
      subjectId: ids[at] ?? '',
      unitId: target.unitId,
      after: termsOf(target),
    })),
  )
  return ids
}

function inputOf(
  target: TargetToLoad,
  planIds: ReadonlyMap<string, string>,
  fieldIds: ReadonlyMap<string, string>,
): NewTargetInput {
  const { planKey, fieldKey, baseline = null, endValue, path = [], ...rest } = target
  return NewTarget.parse({
    ...rest,
    planId: planIds.get(planKey),
    fieldId: fieldIds.get(fieldKey),
    baseline: baseline === null ? null : String(baseline),
    endValue: String(endValue),
    path: path.map(({ dueOn, value }) => ({ dueOn, value: String(value) })),
  })
}

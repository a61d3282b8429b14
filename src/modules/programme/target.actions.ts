import type { Actor } from '../../platform/actor/actor.ts'
import { roles } from '../../platform/actor/capability.ts'
import { audit } from '../../platform/audit/index.ts'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuse, refuseField, refuseNotFound } from '../../platform/http/refusal.ts'
import { requireUnit, settlingOf } from '../../platform/units/index.ts'
import type { ChangeTargetInput, NewTargetInput, TargetTermsInput } from './contract.ts'
import { isOfUnit } from './people.views.ts'
import { requireChange } from './programme.actions.ts'
import { knownMeasure } from './programme.measured.ts'
import * as store from './programme.store.ts'
import { findFlaw } from './programme.terms.ts'
import { codeTaken, findPlan, type PlanFound } from './programme.views.ts'
import { isClosed } from './target.bearing.ts'
import { readTarget, type StoredTarget } from './target.views.ts'

/** Gives a unit, and a person by name, a target of a plan. Refuses terms that cannot stand, naming the field. */
export async function setTarget(tx: Tx, actor: Actor, input: NewTargetInput): Promise<{ id: string }> {
  const plan = (await findPlan(tx, { planId: input.planId })) ?? refuseNotFound()
  await requireUnit(tx, input.unitId, await today(tx))
  const path = await requireChange(tx, actor, input.unitId)
  if (!path.includes(plan.unitId)) {
    refuseField('programme.unit_outside', 'unitId', {
      vi: `Kế hoạch này là của ${plan.unitName}. Hãy chọn đơn vị đó hoặc một đơn vị trực thuộc.`,
      en: `This is the plan of ${plan.unitName}. Choose that unit or one below it.`,
    })
  }
  await requireTerms(tx, input, plan, { unitId: input.unitId })
  const [id = ''] = await store.insertTargets(tx, [input])
  await store.insertRevisions(tx, [setRevision(actor, id, input)])
  await audit(tx, actor, {
    action: 'programme.target_set',
    subject: 'programme.target',
    subjectId: id,
    unitId: input.unitId,
    after: termsOf(input),
  })
  return { id }
}

/**
 * Changes the terms of a target, with the reason. Refuses where somebody else changed it since the person looked. What a
 * unit has from one that ended stays what it was until now: from today on the unit has one of its own in its place.
 */
export async function changeTarget(
  tx: Tx,
  actor: Actor,
  targetId: string,
  input: ChangeTargetInput,
): Promise<{ id: string }> {
  const before = await takeTarget(tx, actor, targetId)
  if (before.revisionId !== input.revisionId) {
    refuse(
      'programme.changed_meanwhile',
      {
        vi: 'Người khác vừa sửa chỉ tiêu này nên chưa ghi gì. Hãy tải lại trang, xem bản mới rồi sửa tiếp; nội dung đang nhập vẫn còn.',
        en: 'Somebody else has just changed this target; nothing was written. Reload the page, look at the new version and go on; what you typed is kept.',
      },
      { status: 409 },
    )
  }
  const { heirId, since, originId } = before.bearing
  if (since !== null && heirId === originId) await refuseLeft(tx, originId, since)
  const plan = (await findPlan(tx, { planId: before.planId })) ?? refuseNotFound()
  await requireTerms(tx, input, plan, { unitId: heirId, before })
  if (since !== null) return replaceTarget(tx, actor, before, input)
  await store.updateTarget(tx, targetId, before.unitId, input)
  await recordRevision(tx, actor, before, 'changed', input.reason, termsOf(input))
  return { id: targetId }
}

/** Takes a target out of its plan, with the reason; its history stays. One of a unit that has ended from today on. */
export async function removeTarget(
  tx: Tx,
  actor: Actor,
  targetId: string,
  reason: string,
): Promise<{ id: string }> {
  const before = await takeTarget(tx, actor, targetId)
  if (before.bearing.since === null) {
    await store.markRemoved(tx, targetId)
    await recordRevision(tx, actor, before, 'removed', reason, null)
  } else {
    await store.markClosed(tx, targetId)
    await recordRevision(tx, actor, before, 'closed', reason, null)
  }
  return { id: targetId }
}

/** Sets a target of the unit that carries another one on in its place, from today on. */
async function replaceTarget(
  tx: Tx,
  actor: Actor,
  before: StoredTarget,
  input: ChangeTargetInput,
): Promise<{ id: string }> {
  const { reason, revisionId: _, ...terms } = input
  const target = { ...terms, unitId: before.bearing.heirId, planId: before.planId }
  const [id = ''] = await store.insertTargets(tx, [target])
  await store.markReplacing(tx, id, before.id)
  await store.markClosed(tx, before.id)
  await recordRevision(tx, actor, before, 'closed', reason, null)
  await store.insertRevisions(tx, [{ ...setRevision(actor, id, target), reason }])
  await audit(tx, actor, {
    action: 'programme.target_set',
    subject: 'programme.target',
    subjectId: id,
    unitId: target.unitId,
    after: { ...termsOf(target), replacesId: before.id, reason },
  })
  return { id }
}

/** Refuses what nobody carries on, and leads to where it is settled or says who does it. */
async function refuseLeft(tx: Tx, unitId: string, endedOn: string): Promise<never> {
  const { maySettle, maySee, askAt } = await settlingOf(tx, unitId, endedOn)
  const whom = maySettle
    ? { vi: '', en: '' }
    : {
        vi: ` Người phân bổ được: ai có vai trò «${roles.administrator.vi}» ở «${askAt}» hoặc ở đơn vị cấp trên của nó.`,
        en: ` Whoever has the role “${roles.administrator.en}” over “${askAt}” or a unit above it settles it.`,
      }
  const link = {
    href: `/units/unassigned/${unitId}`,
    label: { vi: 'Mở «Bản ghi chưa phân bổ»', en: 'Open “Unassigned records”' },
  }
  refuse(
    'programme.target_left',
    {
      vi: `Đơn vị của chỉ tiêu này đã kết thúc và chưa đơn vị nào nhận chỉ tiêu, nên không sửa được. Hãy phân bổ chỉ tiêu trước (trang «Bản ghi chưa phân bổ»), hoặc đưa chỉ tiêu ra khỏi kế hoạch rồi giao chỉ tiêu mới.${whom.vi}`,
      en: `The unit of this target has ended and no unit carries the target on, so it cannot be changed. Settle it first (“Unassigned records”), or take it out of the plan and set a new one.${whom.en}`,
    },
    { links: maySee ? [link] : [] },
  )
}

/** The first revision of a target. */
export function setRevision(actor: Actor, targetId: string, target: NewTargetInput): store.Revision {
  return {
    targetId,
    unitId: target.unitId,
    deed: 'set',
    byId: actor.accountId,
    byName: actor.displayName,
    reason: null,
    before: null,
    after: termsOf(target),
  }
}

/** The terms alone, in one order of names: what revisions and the audit log keep. */
export function termsOf(terms: TargetTermsInput): TargetTermsInput {
  const { fieldId, code, title, measure, direction, valueUnit, baseline, endValue, startsOn, endsOn, path } =
    terms
  const { answerableName, answerablePosition, answerableAccountId, legalBasis, note, isAssumption } = terms
  const laidDown = {
    fieldId,
    code,
    title,
    measure,
    direction,
    valueUnit,
    baseline,
    endValue,
    startsOn,
    endsOn,
    path,
  }
  return {
    ...laidDown,
    answerableName,
    answerablePosition,
    answerableAccountId,
    legalBasis,
    note,
    isAssumption,
  }
}

/** Refuses terms that cannot stand in the plan. */
export async function requireTerms(
  tx: Tx,
  terms: TargetTermsInput,
  plan: PlanFound,
  of: { unitId: string; before?: StoredTarget },
): Promise<void> {
  const flaw = findFlaw(terms, plan.year, knownMeasure(terms.measure))
  if (flaw) refuseField(flaw.code, flaw.path, flaw.words)
  if (!plan.fieldIds.includes(terms.fieldId)) {
    refuseField('programme.field_unknown', 'fieldId', {
      vi: 'Lĩnh vực này không thuộc chương trình của kế hoạch. Hãy chọn lĩnh vực khác trong danh sách.',
      en: 'This field is not of the plan’s programme. Choose another one from the list.',
    })
  }
  const { answerableAccountId } = terms
  // Who has left since keeps what was given to them, until somebody else is chosen.
  const chosen = answerableAccountId !== (of.before?.answerableAccountId ?? null) ? answerableAccountId : null
  if (chosen !== null && !(await isOfUnit(tx, of.unitId, chosen))) {
    refuseField('programme.person_outside', 'answerableAccountId', {
      vi: 'Người này không có tài khoản đang dùng ở đơn vị nhận chỉ tiêu. Hãy chọn người khác, hoặc chỉ gõ họ và tên.',
      en: 'This person has no account in use in the unit of the target. Choose somebody else, or type the name only.',
    })
  }
  const code = { planId: plan.id, unitId: of.unitId, code: terms.code }
  if (await codeTaken(tx, { ...code, ...(of.before && { targetId: of.before.id }) })) {
    refuseField('programme.code_taken', 'code', {
      vi: `Trong kế hoạch này, đơn vị đã có chỉ tiêu mang mã ${terms.code}. Hãy dùng mã khác.`,
      en: `The unit has a target ${terms.code} in this plan already. Use another code.`,
    })
  }
}

async function takeTarget(tx: Tx, actor: Actor, targetId: string): Promise<StoredTarget> {
  const seen = (await readTarget(tx, targetId)) ?? refuseNotFound()
  await requireChange(tx, actor, seen.bearing.heirId)
  if (!(await store.lockTarget(tx, targetId))) refuseNotFound()
  const before = (await readTarget(tx, targetId)) ?? refuseNotFound()
  if (before.removedAt === null && !isClosed(before, await today(tx))) return before
  refuse('programme.target_removed', {
    vi: 'Chỉ tiêu này đã được đưa ra khỏi kế hoạch nên không sửa được nữa.',
    en: 'This target has been taken out of its plan and cannot be changed any more.',
  })
}

async function recordRevision(
  tx: Tx,
  actor: Actor,
  before: StoredTarget,
  deed: 'changed' | 'removed' | 'closed',
  reason: string,
  after: TargetTermsInput | null,
): Promise<void> {
  const terms = termsOf(before)
  const { id: targetId, unitId } = before
  const by = { byId: actor.accountId, byName: actor.displayName }
  await store.insertRevisions(tx, [{ targetId, unitId, deed, ...by, reason, before: terms, after }])
  await audit(tx, actor, {
    action: `programme.target_${deed}`,
    subject: 'programme.target',
    subjectId: targetId,
    unitId,
    before: terms,
    after: { ...after, reason },
  })
}

import type { Actor } from '../../platform/actor/actor.ts'
import { audit } from '../../platform/audit/index.ts'
import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { refuse, refuseField, refuseNotFound } from '../../platform/http/refusal.ts'
import { requireUnit, unitPath } from '../../platform/units/index.ts'
import type { NewFieldInput, NewPlanInput, NewProgrammeInput } from './contract.ts'
import { mayChangeProgramme } from './programme.policy.ts'
import * as store from './programme.store.ts'
import { findPlan, findProgramme } from './programme.views.ts'

/** Refuses who may not lay down programmes and targets of a unit; answers the unit's path. */
export async function requireChange(tx: Tx, actor: Actor, unitId: string): Promise<string[]> {
  const path = await unitPath(tx, unitId)
  if (mayChangeProgramme(actor, path)) return path
  refuse(
    'programme.not_yours',
    {
      vi: 'Anh/chị chưa được giao việc lập kế hoạch và giao chỉ tiêu cho đơn vị này. Hãy hỏi cơ quan thường trực của đơn vị.',
      en: 'You have not been given the planning of this unit. Ask its standing office.',
    },
    { status: 403 },
  )
}

/** Sets up an action programme of several years. Refuses one whose last year comes before the first. */
export async function createProgramme(
  tx: Tx,
  actor: Actor,
  input: NewProgrammeInput,
): Promise<{ id: string }> {
  await requireUnit(tx, input.unitId, await today(tx))
  await requireChange(tx, actor, input.unitId)
  if (input.untilYear < input.fromYear) {
    refuseField('programme.years', 'untilYear', {
      vi: `Năm cuối ${input.untilYear} trước năm đầu ${input.fromYear}. Hãy đổi một trong hai năm.`,
      en: 'The last year comes before the first. Change one of them.',
    })
  }
  const id = await store.insertProgramme(tx, input)
  const { unitId, ...after } = input
  await audit(tx, actor, {
    action: 'programme.programme_created',
    subject: 'programme.programme',
    subjectId: id,
    unitId,
    after,
  })
  return { id }
}

/** Sets up the plan of a year. Refuses a year outside the programme and a second plan of the same unit and year. */
export async function createPlan(tx: Tx, actor: Actor, input: NewPlanInput): Promise<{ id: string }> {
  const programme = (await findProgramme(tx, input.programmeId)) ?? refuseNotFound()
  await requireUnit(tx, input.unitId, await today(tx))
  const path = await requireChange(tx, actor, input.unitId)
  if (!path.includes(programme.unitId)) {
    refuseField('programme.unit_outside', 'unitId', {
      vi: `Chương trình này là của ${programme.unitName}. Hãy chọn đơn vị đó hoặc một đơn vị trực thuộc.`,
      en: `This is the programme of ${programme.unitName}. Choose that unit or one below it.`,
    })
  }
  if (input.year < programme.fromYear || input.year > programme.untilYear) {
    refuseField('programme.year_outside', 'year', {
      vi: `Chương trình này kéo dài từ năm ${programme.fromYear} đến năm ${programme.untilYear}. Hãy chọn một năm trong khoảng đó.`,
      en: `The programme runs from ${programme.fromYear} to ${programme.untilYear}. Choose a year within.`,
    })
  }
  const same = await findPlan(tx, input)
  if (same) {
    refuseField('programme.plan_there', 'year', {
      vi: `Năm ${input.year} đã có «${same.name}». Hãy dùng kế hoạch đó.`,
      en: `${input.year} has its plan already: “${same.name}”. Use that one.`,
    })
  }
  const id = await store.insertPlan(tx, input)
  const { unitId, ...after } = input
  await audit(tx, actor, {
    action: 'programme.plan_created',
    subject: 'programme.plan',
    subjectId: id,
    unitId,
    after,
  })
  return { id }
}

/** Adds a field in which a programme works. Refuses a second one of the same name. */
export async function createField(tx: Tx, actor: Actor, input: NewFieldInput): Promise<{ id: string }> {
  const programme = (await findProgramme(tx, input.programmeId)) ?? refuseNotFound()
  await requireChange(tx, actor, programme.unitId)
  if (programme.fieldNames.includes(input.name)) {
    refuseField('programme.field_there', 'name', {
      vi: `Chương trình đã có lĩnh vực «${input.name}». Hãy đặt tên khác.`,
      en: `The programme has a field “${input.name}” already. Choose another name.`,
    })
  }
  const { unitId } = programme
  const id = await store.insertField(tx, { ...input, unitId })
  await audit(tx, actor, {
    action: 'programme.field_created',
    subject: 'programme.field',
    subjectId: id,
    unitId,
    after: input,
  })
  return { id }
}

import { z } from 'zod'
import { Day, Id } from '../../platform/http/schemas.ts'
import { TargetRow, UnitName } from './contract.ts'

export const PlanParams = z.strictObject({ planId: Id })
export const planTargetsAtOnce = 25
export const PlanTargetsQuery = z.strictObject({
  unitId: Id.optional(),
  asOf: Day.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
})
/** The targets of a plan that the reader may see, a page at a time. */
export const PlanTargets = z.object({
  plan: z.object({ id: Id, name: z.string(), year: z.int(), unit: UnitName, targets: z.int() }),
  asOf: Day,
  readAt: z.iso.datetime(),
  /** Every unit with targets in the plan, the plan's own first. */
  units: z.array(UnitName.extend({ targets: z.int() })),
  /** How many fit the unit asked for; all without one. */
  matching: z.int(),
  targets: z.array(TargetRow.extend({ unit: UnitName })),
})
export type PlanTargetsAnswer = z.infer<typeof PlanTargets>

export const PlansQuery = z.strictObject({ year: z.coerce.number().int().min(1990).max(2200).optional() })
export const PlanList = z.object({
  today: Day,
  programmes: z.array(
    z.object({
      id: Id,
      unit: UnitName,
      name: z.string(),
      fromYear: z.int(),
      untilYear: z.int(),
      orientation: z.string(),
      decisionNo: z.string(),
      note: z.string(),
      mayChange: z.boolean(),
      fields: z.array(z.object({ id: Id, name: z.string(), place: z.int() })),
      plans: z.array(
        z.object({
          id: Id,
          unit: UnitName,
          year: z.int(),
          name: z.string(),
          decisionNo: z.string(),
          /** Targets of the plan that the reader may see. */
          targets: z.int(),
        }),
      ),
    }),
  ),
})
export type PlanListAnswer = z.infer<typeof PlanList>

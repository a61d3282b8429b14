import { z } from 'zod'
import { Day, Id } from '../../http/schemas.ts'

const NamedUnit = z.object({ id: Id, code: z.string(), name: z.string() })

export const verdicts = ['none', 'linked'] as const
const VerdictSchema = z.enum(verdicts)
export type Verdict = z.infer<typeof VerdictSchema>

/** No more findings are shown at once. */
export const mostFindings = 200

/** What a list says of a new unit that matches no unit of the old list. */
export const ListFinding = z.object({
  unit: NamedUnit.extend({ province: z.string() }),
  on: Day,
  words: z.array(z.string()),
  /** Whether no old unit at all is known of which it was formed. */
  isAlone: z.boolean(),
  /** Old units that wait for a person and may have gone there. */
  maybe: z.array(NamedUnit),
  /** Old units of which a person has said that they went there. */
  linked: z.array(NamedUnit),
  settled: z.object({ at: z.string(), by: z.string(), verdict: VerdictSchema }).nullable(),
  revision: z.number().int(),
})
export type ListFindingAnswer = z.infer<typeof ListFinding>

export const ListFindingsAnswer = z.object({
  findings: z.array(ListFinding),
  total: z.number().int(),
  waiting: z.number().int(),
  alone: z.number().int(),
})

/** What a person says: no old unit stands behind it, or the old unit has been linked. */
export const SettleFinding = z.strictObject({
  verdict: VerdictSchema,
  /** The revision that the person had before their eyes. */
  revision: z.number().int(),
})
export type SettleFindingInput = z.infer<typeof SettleFinding>

export const TakeBackFinding = z.strictObject({ revision: z.number().int() })

export const FindingSettled = z.object({ unitId: Id, revision: z.number().int() })

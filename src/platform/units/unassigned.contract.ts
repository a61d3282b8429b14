import { z } from 'zod'
import { Day, Id } from '../http/schemas.ts'

const WordsSchema = z.object({ vi: z.string(), en: z.string() })
const Named = z.object({ id: Id, name: z.string() })

/** Records of one table that a unit left to nobody, and those given to a half since. */
const Pile = z.object({
  table: z.string(),
  noun: WordsSchema,
  open: z.number().int(),
  given: z.array(Named.extend({ count: z.number().int() })),
})

const SplitUnit = Named.extend({
  /** It was split, or ended without a successor. */
  kind: z.enum(['split', 'ended']),
  /** The unit above it as it last stood. */
  within: z.string().nullable(),
  on: Day,
  legalBasis: z.string().nullable(),
  /** Those that took a part of it; of one that ended those to which records were given. */
  halves: z.array(Named),
  /** Whether the reader manages it; its records are then settled in units that they manage as well. */
  maySettle: z.boolean(),
  piles: z.array(Pile),
})
export type SplitUnitAnswer = z.infer<typeof SplitUnit>

export const UnassignedList = z.object({ splits: z.array(SplitUnit), more: z.number().int() })
export type UnassignedListAnswer = z.infer<typeof UnassignedList>

export const SplitParams = z.strictObject({ unitId: Id })

const Row = z.object({ id: Id, label: z.string(), href: z.string().nullable() })

export const UnassignedPage = z.object({
  split: SplitUnit,
  /** The lowest unit that holds all halves: where the records stand meanwhile. Of one that ended they go to it or below it. */
  standsIn: Named.nullable(),
  lists: z.array(
    z.object({
      table: z.string(),
      /** The first 500 that the reader may open. */
      rows: z.array(Row),
    }),
  ),
})
export type UnassignedPageAnswer = z.infer<typeof UnassignedPage>

/** Gives records of a split unit to one half, or takes them back; without ids all of the table. */
export const Settle = z.strictObject({
  toUnitId: Id,
  table: z.string().max(100),
  rowIds: z.array(Id).min(1).max(5000).optional(),
})
export type SettleInput = z.infer<typeof Settle>

export const Settled = z.object({ count: z.number().int() })

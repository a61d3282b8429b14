import { z } from 'zod'
import { answeredShape, FigureQuery, MeasureSchema, spanShape, UnitSchema, WordsSchema } from './contract.ts'

export const ChangesQuery = FigureQuery.extend({
  /** `seen` of an earlier answer. */
  since: z.string().min(1).max(4_000),
})
export type ChangesQueryInput = z.infer<typeof ChangesQuery>

export const HistoryQuery = FigureQuery.extend({
  /** By what had been written until then. */
  knownAt: z.iso.datetime({ offset: true }),
})
export type HistoryQueryInput = z.infer<typeof HistoryQuery>

/** What a figure came to, as its exact parts; null where nothing was captured. */
export const AmountSchema = z.object({
  numerator: z.string().nullable(),
  denominator: z.string().nullable(),
  ...spanShape,
})
export type Amount = z.infer<typeof AmountSchema>

/** The rows of one list behind a figure that came, left, or count with another value. */
export const ChangedRows = z.object({
  title: WordsSchema,
  added: z.number().int(),
  taken: z.number().int(),
  altered: z.number().int(),
  /** Of these, rows of which nothing is another but that they were settled, or given back. */
  settled: z.object({ added: z.number().int(), taken: z.number().int() }),
  /** Of all, the ones that the reader may open; never more than a page shows. */
  rows: z.array(
    z.object({
      id: z.string(),
      what: z.enum(['added', 'taken', 'altered']),
      settled: z.boolean(),
      name: z.union([z.string(), WordsSchema, z.null()]),
      unit: z.string().nullable(),
      /** The unit above it: villages of one name stand in many communes. */
      within: z.string().nullable(),
      href: z.string().nullable(),
    }),
  ),
  /** Those that are not shown: the reader may not open them, or they were deleted. */
  others: z.number().int(),
})
export type ChangedRowsAnswer = z.infer<typeof ChangedRows>

const compared = {
  measure: MeasureSchema,
  unit: UnitSchema,
  ...answeredShape,
  /** By what had been written then. */
  before: AmountSchema,
  /** By all that is written now. */
  now: AmountSchema,
  lists: z.array(ChangedRows),
  /** Lists of what is counted otherwise than row by row cannot be compared. */
  hasLists: z.boolean(),
  /** A change of units recorded or undone since has changed what the unit is made of on the map asked for. */
  mapChanged: z.boolean(),
  /** The rows of then on the map as it is known now, where that alone makes another figure. */
  byMap: AmountSchema.nullable(),
  /** Whether the unit stands on the map asked for as it was known then, and as it is known now; a figure has it only there. */
  onMap: z.object({ before: z.boolean(), now: z.boolean() }),
}

export const ChangesAnswer = z.object({
  ...compared,
  /** The same rows at the hour that has begun meanwhile, where that alone makes another figure. */
  byTime: AmountSchema.nullable(),
})
export type Changes = z.infer<typeof ChangesAnswer>

export type OnMap = Changes['onMap']

export const HistoryAnswer = z.object({
  ...compared,
  /** The instant asked for, or that of the answer where it is earlier. */
  knownAt: z.iso.datetime(),
  /** The mark before that instant by which it is answered, where more may have been written between the two. */
  markAt: z.iso.datetime().nullable(),
})
export type History = z.infer<typeof HistoryAnswer>

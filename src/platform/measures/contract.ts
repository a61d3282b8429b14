import { z } from 'zod'
import { Day, Id } from '../http/schemas.ts'

/** A sentence in both languages, as it travels. */
export const WordsSchema = z.object({ vi: z.string(), en: z.string() })

/** A figure as it travels: exact parts as decimal strings, never a rounded number. */
export const FigureSchema = z.object({
  measure: z.string(),
  unitId: Id,
  asOf: Day,
  from: Day.nullable(),
  /** Null where nothing was captured. */
  numerator: z.string().nullable(),
  /** Null except for coverage and ratio. */
  denominator: z.string().nullable(),
  percent: z.boolean(),
})
export type FigureAnswer = z.infer<typeof FigureSchema>

/** What a measure is, in words. */
export const MeasureSchema = z.object({
  name: z.string(),
  kind: z.enum(['flow', 'stock', 'duration', 'distinct', 'coverage', 'sum', 'difference', 'ratio']),
  title: WordsSchema,
  meaning: WordsSchema,
  noun: WordsSchema,
  percent: z.boolean(),
  overPeriod: z.boolean(),
  /** The lists behind the figure: one, or numerator and denominator, or one a part. */
  sections: z.array(z.object({ key: z.string(), title: WordsSchema })),
})
export type MeasureAnswer = z.infer<typeof MeasureSchema>

export const MeasureList = z.object({ measures: z.array(MeasureSchema) })

export const RecountAsked = z.object({ jobId: Id })

export const FigureQuery = z.strictObject({ unitId: Id, asOf: Day.optional(), from: Day.optional() })
export const FigurePage = z.object({
  measure: MeasureSchema,
  unit: z.object({ id: Id, name: z.string(), kindName: WordsSchema }),
  figure: FigureSchema,
  readAt: z.iso.datetime(),
  /** The figure at the end of each month of the last twelve. */
  months: z.array(FigureSchema),
  /** The figure for each unit directly below, the highest first, equal ones by name. */
  below: z.array(z.object({ unit: z.object({ id: Id, name: z.string() }), figure: FigureSchema })),
})
export type FigurePageAnswer = z.infer<typeof FigurePage>

/** Every declared measure for one unit: stocks as of the day, what adds up over time since the year began. */
export const UnitFigures = z.object({
  unit: z.object({ id: Id, name: z.string(), kindName: WordsSchema }),
  asOf: Day,
  readAt: z.iso.datetime(),
  figures: z.array(z.object({ measure: MeasureSchema, figure: FigureSchema })),
})

export const EvidenceQuery = z.strictObject({
  unitId: Id,
  asOf: Day.optional(),
  from: Day.optional(),
  section: z.string().max(80).optional(),
  search: z.string().max(100).optional(),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

export const EvidenceAnswer = z.object({
  measure: MeasureSchema,
  figure: FigureSchema,
  section: z.string(),
  /** The number of this list: equal to the figure's part that it stands behind; null where nothing was captured. */
  number: z.string().nullable(),
  /** Rows of the list that the reader may not open. */
  hidden: z.number().int(),
  /** Rows that fit the search; without a search, all that the reader may open. */
  matching: z.number().int(),
  readAt: z.iso.datetime(),
  columns: z.array(
    z.object({
      key: z.string(),
      title: WordsSchema,
      kind: z.enum(['text', 'day', 'instant', 'number', 'phone', 'unit']),
    }),
  ),
  rows: z.array(
    z.object({
      id: z.string(),
      href: z.string().nullable(),
      cells: z.record(z.string(), z.union([z.string(), WordsSchema, z.null()])),
    }),
  ),
})
export type EvidencePage = z.infer<typeof EvidenceAnswer>

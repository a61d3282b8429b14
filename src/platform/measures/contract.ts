import { z } from 'zod'
import { Day, Id } from '../http/schemas.ts'
import { PeriodKind } from './period.contract.ts'

/** A sentence in both languages, as it travels. */
export const WordsSchema = z.object({ vi: z.string(), en: z.string() })

/** Of a duration whose class is wider than one hour or day: the number is the least that it can be. */
export const spanShape = {
  /** The most that it can be. */
  upTo: z.string().optional(),
  /** It falls in the open class at the end. */
  atLeast: z.boolean().optional(),
}

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
  /** Of a duration: how many were measured. */
  counted: z.string().nullable().optional(),
  ...spanShape,
  /** Where another map than that of its own time places the records. */
  map: z.string().optional(),
})
export type FigureAnswer = z.infer<typeof FigureSchema>

/** What a measure is, in words. */
export const MeasureSchema = z.object({
  name: z.string(),
  kind: z.enum(['flow', 'stock', 'duration', 'distinct', 'coverage', 'sum', 'difference', 'ratio', 'share']),
  title: WordsSchema,
  meaning: WordsSchema,
  noun: WordsSchema,
  percent: z.boolean(),
  overPeriod: z.boolean(),
  /** Of a duration: what its length is measured in. */
  lengthUnit: z.enum(['hours', 'days']).nullable(),
  /** Of a coverage: what one of the rows is called by which a unit is covered. */
  rowNoun: WordsSchema.optional(),
  /** What it can be broken down by. */
  dimensions: z.array(z.object({ key: z.string(), title: WordsSchema })),
  /** The lists behind the figure: one, or numerator and denominator, or one a part. */
  sections: z.array(z.object({ key: z.string(), title: WordsSchema })),
})
export type MeasureAnswer = z.infer<typeof MeasureSchema>

/** True where the figures of the units below, and what stands in none of them, add up to that of the unit. */
export function addsUp({ kind }: Pick<MeasureAnswer, 'kind'>): boolean {
  return kind === 'flow' || kind === 'stock' || kind === 'sum' || kind === 'difference'
}

/** What of a unit stands in none of the units listed: recorded for it, assigned to nobody, or left for another reason. */
export const ApartPartSchema = z.enum(['own', 'unassigned', 'rest'])

export const MeasureList = z.object({ measures: z.array(MeasureSchema) })

export const RecountAsked = z.object({ jobId: Id })

/** On the map of the day asked for (`then`), of today, or of another day. */
export const MapChoice = z.union([z.enum(['then', 'today']), Day])

export const FigureQuery = z.strictObject({
  unitId: Id,
  /** The last day that counts; today where it is left out. */
  asOf: Day.optional(),
  /** First day of the period, or a whole kind of period up to `asOf`; without either, since the start. */
  from: Day.optional(),
  period: PeriodKind.optional(),
  map: MapChoice.optional(),
})
export type FigureQueryInput = z.infer<typeof FigureQuery>

/** What every answer with figures says of the moment that it is true for. */
export const answeredShape = {
  /** The clock of the database at the snapshot that all of the answer is read in. */
  readAt: z.iso.datetime(),
  /** The day of the product: what lies after it is to come. */
  today: Day,
  /** Up to which instant records count: the hour that has begun today, the end of any other day. */
  countedUntil: z.iso.datetime(),
  /** Names the snapshot, so that what has changed since can be asked for. */
  seen: z.string(),
  /** The day whose map places the records and whose names the units bear. */
  mapDay: Day,
}

/** A unit with the name that it bears on the map asked for. */
export const UnitSchema = z.object({ id: Id, name: z.string(), kindName: WordsSchema })

/** One figure and nothing else. */
export const OneFigure = z.object({ figure: FigureSchema, ...answeredShape })
export const FigurePage = z.object({
  measure: MeasureSchema,
  unit: UnitSchema,
  figure: FigureSchema,
  ...answeredShape,
  /** The figure at the end of each month of the last twelve, or in each; today stands for the month under way. */
  months: z.array(FigureSchema),
  /** The figure for each unit directly below, the highest first, equal ones by name. */
  below: z.array(z.object({ unit: z.object({ id: Id, name: z.string() }), figure: FigureSchema })),
  /** What stands in none of them, where there is any; of a coverage the rows that are assigned to nobody. */
  apart: z.array(z.object({ part: ApartPartSchema, numerator: z.string().nullable() })),
  /** The figure by each dimension; what belongs to no group is its whole less the groups, null where not captured. */
  groups: z.array(
    z.object({
      key: z.string(),
      title: WordsSchema,
      members: z.array(z.object({ title: WordsSchema, figure: FigureSchema })),
      unclear: z.string().nullable(),
    }),
  ),
})
export type FigurePageAnswer = z.infer<typeof FigurePage>

/** Every declared measure for one unit: stocks as of the day, what adds up over time since the year began. */
export const UnitFigures = z.object({
  unit: UnitSchema,
  asOf: Day,
  ...answeredShape,
  figures: z.array(z.object({ measure: MeasureSchema, figure: FigureSchema })),
})

export const EvidenceQuery = FigureQuery.extend({
  section: z.string().max(120).optional(),
  /** A part of the list: `own`, `unassigned` (in no unit below), or `unclear.<dimension>` (in no group). */
  among: z.string().max(80).optional(),
  search: z.string().max(100).optional(),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type EvidenceQueryInput = z.infer<typeof EvidenceQuery>

export const EvidenceAnswer = z.object({
  measure: MeasureSchema,
  unit: UnitSchema,
  figure: FigureSchema,
  section: z.string(),
  /** The number of this list: equal to the figure's part that it stands behind; null where nothing was captured. */
  number: z.string().nullable(),
  /** Rows of the list that are there and that the reader may not open. */
  hidden: z.number().int(),
  /** What the rows themselves come to, where the number is not that; null where they agree. */
  recounted: z.object({ rows: z.number().int(), number: z.string() }).nullable(),
  /** Rows that fit the search; without a search, all that the reader may open. */
  matching: z.number().int(),
  ...answeredShape,
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

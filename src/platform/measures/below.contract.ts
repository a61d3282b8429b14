import { z } from 'zod'
import { Day, Id } from '../http/schemas.ts'
import { ApartPartSchema, answeredShape, FigureQuery, spanShape, UnitSchema } from './contract.ts'

/** No answer holds more measures, or more units, than these. */
export const mostMeasuresBelow = 60
export const mostUnitsBelow = 400

/** Names parted by commas. */
export const MeasureNames = z
  .string()
  .max(4_000)
  .transform((text) => [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== ''))
  .pipe(z.array(z.string().max(120)).min(1).max(mostMeasuresBelow))

export const BelowQuery = FigureQuery.extend({
  measures: MeasureNames,
  /** Units of this kind at whatever depth, instead of those directly below. */
  kind: z.string().max(40).optional(),
})
export type BelowQueryInput = z.infer<typeof BelowQuery>

const Amounts = z.array(z.string().nullable())

/** Units by measures, in columns: the n-th of each column is of the n-th unit; null was not captured. */
export const BelowAnswer = z.object({
  unit: UnitSchema,
  asOf: Day,
  map: z.string(),
  ...answeredShape,
  units: z.object({ ids: z.array(Id), names: z.array(z.string()), areas: z.array(z.boolean()) }),
  /** What stands in none of these units, by the same columns: with it what adds up comes to the figure of the unit. */
  apart: z.array(z.object({ part: ApartPartSchema, numerators: Amounts })),
  columns: z.array(
    z.object({
      measure: z.string(),
      from: Day.nullable(),
      percent: z.boolean(),
      numerators: Amounts,
      /** Null for measures without a denominator. */
      denominators: Amounts.nullable(),
      /** Of a duration: how far the class of each number reaches, first of the unit itself, then of those below. */
      spans: z.array(z.object(spanShape)).optional(),
      /** The figure of the unit itself. */
      whole: z.tuple([z.string().nullable(), z.string().nullable()]),
    }),
  ),
})
export type Below = z.infer<typeof BelowAnswer>

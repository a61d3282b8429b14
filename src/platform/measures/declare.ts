import type { Tx } from '../db/database.ts'
import type { Words } from '../part.ts'
import type { Given } from './known.ts'

/** A column of the list behind a figure. */
export type EvidenceColumn = {
  key: string
  title: Words
  kind: 'text' | 'day' | 'instant' | 'number' | 'phone' | 'unit'
  /** Words for coded values. */
  values?: Record<string, Words>
}

/** A table whose rows are counted, and how one of its rows is shown as evidence. */
export type CountedTable = {
  /** `schema.table`; its key is `id`. */
  table: string
  /** Column of the smallest unit in which the row happened. */
  unit: string
  columns: readonly EvidenceColumn[]
  /** SQL order of the list; ties are broken by id. */
  order: string
  /** Page of one row, with `{column}` places. */
  href?: string
}

/** One group of a dimension. */
export type Member = {
  key: string
  title: Words
  /** SQL over the columns of one row; the members of a dimension exclude one another. */
  where?: string
  /** For a stock: SQL of the day or instant from which, and until which, a row belongs here, whatever else it is (age bands). */
  from?: string
  until?: string
}

/** What a measure can be broken down by: field, channel, sex, age band. */
export type Dimension = { key: string; title: Words; members: readonly Member[] }

type Described = {
  /** `<module>.<name>` */
  name: string
  title: Words
  /** What exactly is counted, in one sentence. */
  meaning: Words
  /** What one is called: «tổ», «thành viên». */
  noun: Words
}

type OneRow = Described & {
  of: CountedTable
  /** SQL over the columns of one row. */
  where?: string
}

type Valued = OneRow & {
  /** 1, or the numeric column that is summed. */
  value: 1 | string
  dimensions?: readonly Dimension[]
}

/** Counts on a day or at an instant; summed over a period. `on`: a date or timestamptz column, or SQL of one. */
export type FlowMeasure = Valued & { kind: 'flow'; on: string }
/** Holds from a day or instant until (not at) another; read at an instant. Either may lie in the future. */
export type StockMeasure = Valued & { kind: 'stock'; from: string; until: string }
export type BaseMeasure = FlowMeasure | StockMeasure

/** The median, or another percentile, of how long something took, for what ended in a period, in whole hours or days. */
export type DurationMeasure = OneRow & {
  kind: 'duration'
  on: string
  /** SQL of the length of one row; rows without one are not counted. What is begun of an hour or day is not. */
  length: string
  lengthUnit: 'hours' | 'days'
  /** From when the length is counted: SQL of a day or instant, shown in the list behind the figure. */
  since: { title: Words; at: string }
  /** Upper bounds of the histogram, whole and rising; what is as long as the last, or longer, counts in an open class. */
  bounds: readonly number[]
  /** 0.5 is the median. */
  percentile: number
}

/** How many different keys (persons) there are: on the rows of a period (`on`), or on those in force (`from`, `until`). */
export type DistinctMeasure = OneRow & { kind: 'distinct'; key: string } & (
    | { on: string }
    | { from: string; until: string }
  )

/** How many of the units of the given kinds have any of a stock. */
export type CoverageMeasure = Described & { kind: 'coverage'; of: StockMeasure; unitKinds: readonly string[] }
export type SumMeasure = Described & { kind: 'sum'; parts: readonly BaseMeasure[] }
/** The first less the second; not captured where either is not, unless both are counted from one table: then where neither is. */
export type DifferenceMeasure = Described & {
  kind: 'difference'
  minuend: BaseMeasure
  subtrahend: BaseMeasure
}
export type RatioMeasure = Described & {
  kind: 'ratio'
  numerator: BaseMeasure
  denominator: BaseMeasure
  percent: boolean
}
/** One thing that was judged for a unit on a day: met, not met, or (null) without figures to judge by. */
export type JudgedItem = {
  id: string
  title: string
  href: string | null
  isMet: boolean | null
  /** Why, in one sentence. */
  reason: Words | null
}
/**
 * The share of what was judged that is met, by a rule that its module keeps: one answer for each place asked, in order, by
 * what had been written until `known`. `kept`: the tables that it is judged by besides those that are counted.
 */
export type ShareMeasure = Described & {
  kind: 'share'
  kept: readonly string[]
  judged: (
    tx: Tx,
    places: readonly JudgedPlace[],
    given: Given,
  ) => Promise<readonly (readonly JudgedItem[])[]>
}
export type JudgedPlace = { unitId: string; asOf: string; map?: string }
export type Measure =
  | BaseMeasure
  | DurationMeasure
  | DistinctMeasure
  | CoverageMeasure
  | SumMeasure
  | DifferenceMeasure
  | RatioMeasure
  | ShareMeasure

/** Declares a table whose rows are counted. */
export function countedTable(declaration: CountedTable): CountedTable {
  return declaration
}

/** Declares a measure on the rows of one table. The platform derives figure, list, recount and history from it. */
export function measure<M extends BaseMeasure>(declaration: M): M {
  return declaration
}

/** Each hour or day by itself up to 40, then classes that are at most a tenth of what they begin with, up to 1098. */
const fineBounds: readonly number[] = (() => {
  const bounds = Array.from({ length: 40 }, (_, at) => at + 1)
  for (let last = 40; last < 1_000; bounds.push(last)) last = Math.floor(last * 1.1)
  return bounds
})()
/** Each class is a column of the totals. */
const mostBounds = 100

/**
 * Declares a percentile of durations, read from a histogram: exact in what it counts and, where a class is one hour or day, in
 * what it says; of wider classes it says from where to where they go.
 */
export function duration(
  declaration: Omit<DurationMeasure, 'kind' | 'bounds'> & { bounds?: readonly number[] },
): DurationMeasure {
  const { name, percentile, bounds = fineBounds } = declaration
  const rising = bounds.every((bound, at) => Number.isInteger(bound) && bound > (bounds[at - 1] ?? 0))
  if (!rising || bounds.length === 0 || bounds.length > mostBounds || percentile <= 0 || percentile >= 1)
    throw new Error(
      `measures: ${name} needs up to ${mostBounds} whole, rising bounds and a percentile between 0 and 1`,
    )
  return { kind: 'duration', ...declaration, bounds }
}

/** Declares how many different keys there are, each counted once over all units and the whole period. */
export function distinct<D extends Omit<DistinctMeasure, 'kind'>>(declaration: D): D & { kind: 'distinct' } {
  return { kind: 'distinct', ...declaration }
}

/** Declares the share of units that have any of a stock. Printed as a percentage. */
export function coverage(declaration: Omit<CoverageMeasure, 'kind'>): CoverageMeasure {
  return { kind: 'coverage', ...declaration }
}

/** Declares the sum of measures of the same kind. */
export function sum(declaration: Omit<SumMeasure, 'kind'>): SumMeasure {
  return { kind: 'sum', ...declaration }
}

/** Declares what remains of one measure after another is taken away. */
export function difference(declaration: Omit<DifferenceMeasure, 'kind'>): DifferenceMeasure {
  return { kind: 'difference', ...declaration }
}

/** Declares a quotient, made at every level of its own numerator and denominator. */
export function ratio(declaration: Omit<RatioMeasure, 'kind'>): RatioMeasure {
  return { kind: 'ratio', ...declaration }
}

/** Declares the share of what a module judges that is met. Not summed by the platform: judged when it is asked for. */
export function share(declaration: Omit<ShareMeasure, 'kind'>): ShareMeasure {
  return { kind: 'share', ...declaration }
}

/** True where a figure is printed as a percentage. */
export function isPercent(declared: Measure): boolean {
  if (declared.kind === 'ratio') return declared.percent
  return declared.kind === 'coverage' || declared.kind === 'share'
}

/** True where a figure has a denominator. */
export function isQuotient(declared: Measure): boolean {
  return declared.kind === 'coverage' || declared.kind === 'ratio' || declared.kind === 'share'
}

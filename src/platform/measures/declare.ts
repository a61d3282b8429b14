import type { Words } from '../part.ts'

/** A column of the list behind a figure. */
export type EvidenceColumn = {
  key: string
  title: Words
  kind: 'text' | 'day' | 'number' | 'phone' | 'unit'
  /** Words for coded values. */
  values?: Record<string, Words>
}

/** A table whose rows are counted, and how one of its rows is shown as evidence. */
export type CountedTable = {
  /** `schema.table` */
  table: string
  /** Column of the smallest unit in which the row happened. */
  unit: string
  columns: readonly EvidenceColumn[]
  /** SQL order of the list; ties are broken by id. */
  order: string
  /** Page of one row, with `{column}` places. */
  href?: string
}

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
  /** 1, or the numeric column that is summed. */
  value: 1 | string
}

/** Counts on a day; summed over a period. */
export type FlowMeasure = OneRow & { kind: 'flow'; on: string }
/** Holds from a day until (not on) a day; read at an instant. */
export type StockMeasure = OneRow & { kind: 'stock'; from: string; until: string }
export type BaseMeasure = FlowMeasure | StockMeasure
/** How many of the units of the given kinds have any of a stock. */
export type CoverageMeasure = Described & { kind: 'coverage'; of: StockMeasure; unitKinds: readonly string[] }
export type SumMeasure = Described & { kind: 'sum'; parts: readonly BaseMeasure[] }
export type RatioMeasure = Described & {
  kind: 'ratio'
  numerator: BaseMeasure
  denominator: BaseMeasure
  percent: boolean
}
export type Measure = BaseMeasure | CoverageMeasure | SumMeasure | RatioMeasure

/** Declares a table whose rows are counted. */
export function countedTable(declaration: CountedTable): CountedTable {
  return declaration
}

/** Declares a measure on the rows of one table. The platform derives figure, list, recount and history from it. */
export function measure<M extends BaseMeasure>(declaration: M): M {
  return declaration
}

/** Declares the share of units that have any of a stock. Printed as a percentage. */
export function coverage(declaration: Omit<CoverageMeasure, 'kind'>): CoverageMeasure {
  return { kind: 'coverage', ...declaration }
}

/** Declares the sum of measures of the same kind. */
export function sum(declaration: Omit<SumMeasure, 'kind'>): SumMeasure {
  return { kind: 'sum', ...declaration }
}

/** Declares a quotient, made at every level of its own numerator and denominator. */
export function ratio(declaration: Omit<RatioMeasure, 'kind'>): RatioMeasure {
  return { kind: 'ratio', ...declaration }
}

/** The base measures that a measure stands on. */
export function basesOf(declared: Measure): readonly BaseMeasure[] {
  switch (declared.kind) {
    case 'flow':
    case 'stock':
      return [declared]
    case 'coverage':
      return [declared.of]
    case 'sum':
      return declared.parts
    case 'ratio':
      return [declared.numerator, declared.denominator]
  }
}

/** True where a figure is summed over a period and not read at an instant. */
export function isOverPeriod(declared: Measure): boolean {
  return basesOf(declared).every((base) => base.kind === 'flow')
}

/** True where a figure is printed as a percentage. */
export function isPercent(declared: Measure): boolean {
  return declared.kind === 'coverage' || (declared.kind === 'ratio' && declared.percent)
}

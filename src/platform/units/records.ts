import type { ScopedTable } from '../db/scope.ts'
import type { CountedTable, Measure } from '../measures/declare.ts'
import type { Part, Words } from '../part.ts'
import type { SettledTable } from './settled.ts'

/** A table whose rows point at units, as a change of units speaks of it: «4 tổ». */
export type RecordTable = {
  /** `schema.table` */
  table: string
  unit: string
  /** In English what many are called. */
  noun: Words
  /** In English what one is called. */
  one: string
  /** Column that is set once a row no longer matters. */
  unless: string | null
  /** What a person does so that rows no longer matter; null where there is nothing. */
  away: Words | null
  /** Page of a row, and SQL over `t` of what it is called, where no list declares them. */
  href: string | null
  label: string | null
}

let named: readonly RecordTable[] = []
let counted: ReadonlyMap<string, CountedTable> = new Map()
let settled: ReadonlyMap<string, SettledTable> = new Map()

const isNamed = (scope: ScopedTable) =>
  !('platformOnly' in scope) && scope.unit !== '' && scope.noun !== undefined

/** Makes known which tables of all parts point at units and what their rows are called; called once at start. */
export function registerRecords(parts: readonly Part[]): void {
  named = parts
    .flatMap((part) => part.scope ?? [])
    .filter(isNamed)
    .map((scope) => {
      if ('platformOnly' in scope || !scope.noun) throw new Error(scope.table)
      const { table, unit, noun } = scope
      return {
        table,
        unit,
        noun: { vi: noun.vi, en: noun.en },
        one: noun.one,
        unless: noun.unless ?? null,
        away: noun.away ?? null,
        href: noun.href ?? null,
        label: noun.label ?? null,
      }
    })
  counted = new Map(
    parts
      .flatMap((part) => [...(part.counted ?? []), ...(part.measures ?? []).flatMap(tableOf)])
      .map((table) => [table.table, table]),
  )
  settled = new Map(parts.flatMap((part) => part.settled ?? []).map((table) => [table.table, table]))
  for (const table of settled.keys()) {
    if (!named.some((one) => one.table === table))
      throw new Error(
        `${table}: khai \`settled\` mà \`scope\` chưa có tên dòng (noun). / Settled without a noun.`,
      )
  }
}

const tableOf = (measure: Measure): readonly CountedTable[] =>
  'of' in measure && 'table' in measure.of ? [measure.of] : []

/** What so many rows of a table are called: «1 team», «2 teams». */
export function nounFor({ noun, one }: RecordTable, count: number): Words {
  return count === 1 ? { vi: noun.vi, en: one } : noun
}

/** Every table with a name for its rows, in the order of the parts. */
export function recordTables(): readonly RecordTable[] {
  return named
}

/** How a counted table shows its rows, or undefined where nothing counts it. */
export function countedTableOf(table: string): CountedTable | undefined {
  return counted.get(table)
}

/** What is declared of a table whose rows go to a successor as a whole, or undefined. */
export function settledTableOf(table: string): SettledTable | undefined {
  return settled.get(table)
}

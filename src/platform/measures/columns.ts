import { createHash } from 'node:crypto'
import { type Counted, feeds } from './bases.ts'
import type { BaseMeasure } from './declare.ts'

/** Where the numbers of a base measure stand in the totals of its block. */
export type Columns = {
  /** What is added up. */
  amount: string
  /** The rows that have begun to feed the figure: none means "not captured". */
  rows: string
  /** The rows in force, so that a list can say how many of them the reader may not open. */
  held: string
}

/** Names of the columns of a base measure; `id` is that of its definition. */
export function columnsOf(id: number, base: BaseMeasure): Columns {
  const rows = `m${id}_rows`
  const held = base.kind === 'flow' ? rows : `m${id}_held`
  return { rows, held, amount: base.value === 1 ? held : `m${id}_amount` }
}

/** What a row adds at an instant to columns: SQL over the columns of one row. */
export type Event = { at: string; applies: string; terms: readonly { column: string; amount: string }[] }

/** A flow is one event; a stock begins with one and ends with another. */
export function eventsOf(id: number, base: BaseMeasure): Event[] {
  const columns = columnsOf(id, base)
  const value = String(base.value)
  const terms = (sign: '' | '-', names: readonly ('amount' | 'rows' | 'held')[]) =>
    [...new Map(names.map((name) => [columns[name], name])).entries()].map(([column]) => ({
      column,
      amount: column === columns.amount && base.value !== 1 ? `${sign}(${value})` : `${sign}1`,
    }))
  if (base.kind === 'flow')
    return [{ at: base.on, applies: feeds(base), terms: terms('', ['rows', 'amount']) }]
  return [
    { at: base.from, applies: feeds(base), terms: terms('', ['rows', 'held', 'amount']) },
    {
      at: base.until,
      applies: `${feeds(base)} and (${base.until}) is not null`,
      terms: terms('-', ['held', 'amount']),
    },
  ]
}

const wholeNumbers = new Set(['smallint', 'integer', 'bigint'])

/** Names and types of the columns that base measures have in a block; `known` are the columns of the table. */
export function columnTypes(
  bases: readonly { id: number; base: BaseMeasure }[],
  known: ReadonlyMap<string, string>,
): Map<string, string> {
  const types = new Map<string, string>()
  for (const { id, base } of bases) {
    const columns = columnsOf(id, base)
    types.set(columns.rows, 'bigint')
    types.set(columns.held, 'bigint')
    if (base.value !== 1)
      types.set(columns.amount, wholeNumbers.has(known.get(base.value) ?? '') ? 'bigint' : 'numeric')
  }
  return types
}

/** What of a declaration decides its figures; words do not. */
export function definitionOf(counted: Counted): object {
  return {
    kind: counted.kind,
    table: counted.of.table,
    unit: counted.of.unit,
    where: counted.where ?? null,
    value: counted.kind === 'distinct' ? null : counted.value,
    key: counted.kind === 'distinct' ? counted.key : null,
    days: 'from' in counted ? [counted.from, counted.until] : [counted.on],
  }
}

const hashes = new WeakMap<Counted, string>()

/** Equal hashes count the same. */
export function definitionHash(counted: Counted): string {
  const known = hashes.get(counted)
  if (known !== undefined) return known
  const hash = createHash('sha256')
    .update(JSON.stringify(definitionOf(counted)))
    .digest('hex')
  hashes.set(counted, hash)
  return hash
}

/** The columns of a table that SQL expressions read; a name inside quotes is text. */
export function columnsRead(expressions: readonly string[], all: readonly string[]): string[] {
  const words = new Set(expressions.flatMap((one) => one.replace(/'(?:[^']|'')*'/g, ' ').match(/\w+/g) ?? []))
  return all.filter((column) => words.has(column))
}

/** Every SQL expression of a measure. */
export function expressionsOf(counted: Counted): string[] {
  const days = 'from' in counted ? [counted.from, counted.until] : [counted.on]
  const rest = counted.kind === 'distinct' ? [counted.key] : [String(counted.value)]
  return [...days, ...rest, counted.where ?? '', counted.of.unit]
}

import { createHash } from 'node:crypto'
import type { Part } from '../part.ts'
import type {
  BaseMeasure,
  DifferenceMeasure,
  Dimension,
  DistinctMeasure,
  DurationMeasure,
  FlowMeasure,
  Measure,
  Member,
} from './declare.ts'

/** The base measures that a measure stands on; for a duration the classes of its histogram, shortest first. */
export function basesOf(declared: Measure): readonly BaseMeasure[] {
  switch (declared.kind) {
    case 'flow':
    case 'stock':
      return [declared]
    case 'duration':
      return histogramOf(declared)
    case 'distinct':
    case 'share':
      return []
    case 'coverage':
      return [declared.of]
    case 'sum':
      return declared.parts
    case 'difference':
      return [declared.minuend, declared.subtrahend]
    case 'ratio':
      return [declared.numerator, declared.denominator]
  }
}

/** The tables whose rows a measure is counted from. */
export function tablesOf(declared: Measure): string[] {
  return declared.kind === 'distinct' ? [declared.of.table] : basesOf(declared).map((base) => base.of.table)
}

/**
 * The parts of a difference as they are taken: where both are counted from one table and one has a number, the other is a
 * true 0 where it is missing, for what is recorded there at all was recorded without it. Elsewhere missing is not zero.
 */
export function partsTaken<T>(
  { minuend, subtrahend }: DifferenceMeasure,
  [first, second]: readonly (T | null | undefined)[],
  zero: T,
): readonly [T, T] | null {
  const missing = minuend.of.table === subtrahend.of.table ? zero : null
  if ((first ?? null) === null && (second ?? null) === null) return null
  const parts = [first ?? missing, second ?? missing] as const
  return parts[0] === null || parts[1] === null ? null : [parts[0], parts[1]]
}

/** True where a figure is summed over a period and not read at an instant. */
export function isOverPeriod(declared: Measure): boolean {
  if (declared.kind === 'distinct') return 'on' in declared
  if (declared.kind === 'share') return false
  return basesOf(declared).every((base) => base.kind === 'flow')
}

/** The part of a base measure that belongs to one member of a dimension: a base measure of its own. */
export function memberOf(base: BaseMeasure, dimension: Dimension, member: Member): BaseMeasure {
  const { dimensions: _, ...rest } = base
  const where = [base.where, member.where].filter((one) => one !== undefined).map((one) => `(${one})`)
  const own = {
    ...rest,
    name: `${base.name}/${dimension.key}=${member.key}`,
    title: member.title,
    ...(where.length > 0 ? { where: where.join(' and ') } : {}),
  }
  if (own.kind === 'flow') return own
  return {
    ...own,
    from: member.from === undefined ? own.from : `greatest(${own.from}, ${member.from})`,
    until: member.until === undefined ? own.until : `least(${own.until}, ${member.until})`,
  }
}

/** The members of a dimension of a base measure, each as a base measure. */
export function membersOf(base: BaseMeasure, dimension: Dimension): BaseMeasure[] {
  return dimension.members.map((member) => memberOf(base, dimension, member))
}

const histograms = new WeakMap<DurationMeasure, readonly FlowMeasure[]>()

function histogramOf(declared: DurationMeasure): readonly FlowMeasure[] {
  const known = histograms.get(declared)
  if (known) return known
  const { title, meaning, noun, of, where, on, length, bounds } = declared
  // Percentiles of the same lengths stand on the same classes.
  const rows = createHash('sha256').update(JSON.stringify([where ?? null, on, length]))
  const name = `${of.table}/${rows.digest('hex').slice(0, 12)}`
  const edges = [null, ...bounds, null]
  const classes = edges.slice(1).map((until, at): FlowMeasure => {
    const from = edges[at] ?? null
    const conditions = [
      ...(where === undefined ? [] : [`(${where})`]),
      `(${length}) ${from === null ? 'is not null' : `>= ${from}`}`,
      ...(until === null ? [] : [`(${length}) < ${until}`]),
    ]
    return {
      kind: 'flow',
      name: `${name}/under=${until ?? 'any'}`,
      title,
      meaning,
      noun,
      of,
      on,
      where: conditions.join(' and '),
      value: 1,
    }
  })
  histograms.set(declared, classes)
  return classes
}

const wholes = new WeakMap<DurationMeasure, FlowMeasure>()

/** All rows that a duration measures, as one flow: what the list behind it is of. */
export function wholeOf(declared: DurationMeasure): FlowMeasure {
  const known = wholes.get(declared)
  if (known) return known
  const { name, title, meaning, noun, of, where, on, length } = declared
  const measured = `(${length}) is not null`
  const all = where === undefined ? measured : `(${where}) and ${measured}`
  const whole: FlowMeasure = { kind: 'flow', name, title, meaning, noun, of, on, where: all, value: 1 }
  wholes.set(declared, whole)
  return whole
}

/** What is counted row by row: the columns of totals, and the keys that are counted once. */
export type Counted = BaseMeasure | DistinctMeasure

/** Everything that these measures have counted row by row, each once, by name. */
export function countedOf(measures: readonly Measure[]): Counted[] {
  const found = new Map<string, Counted>()
  for (const declared of measures) {
    if (declared.kind === 'distinct') found.set(declared.name, declared)
    if (declared.kind === 'duration') found.set(declared.name, wholeOf(declared))
    for (const base of basesOf(declared)) {
      found.set(base.name, base)
      for (const dimension of base.dimensions ?? [])
        for (const member of membersOf(base, dimension)) found.set(member.name, member)
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The same for all measures of these parts. */
export function countedMeasures(parts: readonly Pick<Part, 'measures'>[]): Counted[] {
  return countedOf(parts.flatMap((part) => part.measures ?? []))
}

/** Names of the stocks that coverages of these parts stand on. */
export function coveredStocks(parts: readonly Pick<Part, 'measures'>[]): ReadonlySet<string> {
  const declared = parts.flatMap((part) => part.measures ?? [])
  return new Set(declared.flatMap((one) => (one.kind === 'coverage' ? [one.of.name] : [])))
}

/** The condition under which a row feeds a measure at all. */
export function feeds(counted: Counted): string {
  const where = counted.where ? `(${counted.where})` : 'true'
  const key = counted.kind === 'distinct' ? ` and (${counted.key}) is not null` : ''
  if (!('from' in counted)) return `${where}${key} and (${counted.on}) is not null`
  // A spell that ends before it begins holds at no time.
  const { from, until } = counted
  return `${where}${key} and (${from}) is not null
    and ((${until}) is null or measures.hour_of(${until}) > measures.hour_of(${from}))`
}

/** The day columns, or SQL of them, that a measure counts by. */
export function spellOfDays(counted: Counted): string[] {
  return 'from' in counted ? [counted.from, counted.until] : [counted.on]
}

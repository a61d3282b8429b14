import { columnTypes, eventsOf } from './columns.ts'
import type { BaseMeasure } from './declare.ts'

/** Which measures rows are read for: those of a block. */
export type Counts = {
  bases: readonly { id: number; base: BaseMeasure }[]
  /** The unit column, and the columns of the table with their types. */
  ledger: { unit: string; columns: ReadonlyMap<string, string> }
}

export type MomentOptions = {
  /** `rows`: each adds once; `images`: each adds by its sign; `taken`: images are taken away. */
  as?: 'rows' | 'images' | 'taken'
  /** Only rows whose instant lies after an hour and up to another (SQL of hours). */
  between?: { after: string; upTo: string }
  /** Months suffice up to this hour; what comes later keeps its hour in `later`. Without it every hour is kept. */
  monthsUpTo?: number
  /** Only rows of these units, as a condition that follows their column: `between 1 and 9`. */
  ofUnits?: string
}

type Term = { applies: string; amount: string }

function termSum({ applies, amount }: Term, as: 'rows' | 'images' | 'taken'): string {
  if (as !== 'rows')
    return `sum(${as === 'taken' ? '-sign' : 'sign'} * (${amount})) filter (where ${applies})`
  if (amount !== '1' && amount !== '-1') return `sum(${amount}) filter (where ${applies})`
  const sign = amount === '1' ? '' : '-'
  return `nullif(${sign}count(*) filter (where ${applies}), 0)`
}

/** A condition on the instant of a row that an index on its column serves; nothing where the type is not known. */
function byIndex(
  at: string,
  type: string | undefined,
  { after, upTo }: { after: string; upTo: string },
): string {
  if (type === 'date') return ` and ${at} > measures.day_of(${after}) and ${at} <= measures.day_of(${upTo})`
  if (type !== 'timestamp with time zone') return ''
  return ` and ${at} > to_timestamp((${after} - 7) * 3600.0) and ${at} <= to_timestamp((${upTo} - 7) * 3600.0)`
}

/** Whether a row adds anything at all; what is shortest is mostly what is true most often. */
function addsAnything(terms: ReadonlyMap<string, Term>): string {
  const conditions = [...new Set([...terms.values()].map(({ applies }) => `(${applies})`))]
  return conditions.sort((a, b) => a.length - b.length).join(' or ')
}

/**
 * What rows of `source` add when, as SQL of (leaf_id, at, columns…): one branch for each day column, so that a row is
 * read once for all measures, and each hour is worked out once a row.
 */
export function moments(counts: Counts, source: string, options: MomentOptions = {}): string {
  const { as = 'rows', between, monthsUpTo, ofUnits } = options
  const { unit, columns: known } = counts.ledger
  const types = columnTypes(counts.bases, known)
  const branches = new Map<string, Map<string, Term>>()
  for (const { id, base } of counts.bases) {
    for (const { at, applies, terms } of eventsOf(id, base)) {
      const branch = branches.get(at) ?? new Map<string, Term>()
      for (const { column, amount } of terms) branch.set(column, { applies, amount })
      branches.set(at, branch)
    }
  }
  const days = [...branches.keys()]
  if (days.length === 0) return 'select null::bigint as leaf_id, null::int as at where false'
  const withHours = (text: string) =>
    days.reduce((changed, day, n) => changed.replaceAll(`measures.hour_of(${day})`, `hour_${n}`), text)
  return days
    .map((at, n) => {
      const terms = branches.get(at) as Map<string, Term>
      const sums = [...types].map(([name, type]) => {
        const term = terms.get(name)
        return `${term ? `(${termSum({ ...term, applies: withHours(term.applies) }, as)})` : 'null'}::${type} as ${name}`
      })
      const read = sums.join(' ')
      const hours = days.flatMap((day, m) =>
        m === n || read.includes(`hour_${m}`) ? [`measures.hour_of(${day}) as hour_${m}`] : [],
      )
      const narrowed = between
        ? ` and measures.hour_of(${at}) > ${between.after} and measures.hour_of(${at}) <= ${between.upTo}${byIndex(at, known.get(at), between)}`
        : ''
      const isOfMonths = monthsUpTo !== undefined
      const kept = [
        `(${at}) is not null`,
        ...(ofUnits === undefined ? [] : [`${unit} ${ofUnits}`]),
        ...(isOfMonths ? [`(${addsAnything(terms)})`] : []),
      ]
      const when =
        monthsUpTo === undefined
          ? `hour_${n} as at`
          : `measures.month_of(hour_${n}) as at, case when hour_${n} > ${monthsUpTo} then hour_${n} end as later`
      const keys = monthsUpTo === undefined ? '1, 2' : '1, 2, 3'
      // `offset 0` keeps the hours from being worked out again wherever they are read, but also from parallel work.
      return `select ${unit} as leaf_id, ${when}, ${sums.join(', ')}
      from (select s.*, ${hours.join(', ')} from ${source} s where ${kept.join(' and ')}${narrowed}${isOfMonths ? '' : ' offset 0'}) one_row group by ${keys}`
    })
    .join('\n      union all\n      ')
}

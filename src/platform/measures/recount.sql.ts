import { columnsOf } from './columns.ts'
import type { BaseMeasure } from './declare.ts'

/** A base measure with the number of its definition. */
export type Standing = { id: number; base: BaseMeasure }

/** Measures of one table that hold over the same days: their rows are read together. */
export type SpellGroup = {
  name: string
  table: string
  unit: string
  from: string
  until: string | null
  measures: Standing[]
}

/** Gathers base measures by table and days. */
export function spellGroups(standings: readonly Standing[]): SpellGroup[] {
  const groups = new Map<string, SpellGroup>()
  for (const one of standings) {
    const { base } = one
    const from = base.kind === 'flow' ? base.on : base.from
    const until = base.kind === 'flow' ? null : base.until
    const key = JSON.stringify([base.of.table, base.of.unit, from, until])
    const group = groups.get(key) ?? {
      name: `pg_temp.recount_spell_${groups.size + 1}`,
      table: base.of.table,
      unit: base.of.unit,
      from,
      until,
      measures: [],
    }
    group.measures.push(one)
    groups.set(key, group)
  }
  return [...groups.values()]
}

const filter = (base: BaseMeasure, more?: string) => {
  const conditions = [base.where, more].filter((one) => one !== undefined).map((one) => `(${one})`)
  return conditions.length > 0 ? ` filter (where ${conditions.join(' and ')})` : ''
}
const hour = (expression: string) => `measures.hour_of(${expression})`
/** Rows whose spell holds at some time at all. */
const holdsEver = ({ from, until }: SpellGroup) =>
  `(${from}) is not null${until === null ? '' : ` and ((${until}) is null or ${hour(until)} > ${hour(from)})`}`

/**
 * Whole spells of all rows, netted by unit and by the month ends at which they hold: from `first_end` on, and before
 * `last_end`. Another form than the events of the totals, so that it can disagree with them.
 */
export function spellTable(group: SpellGroup): string {
  const { until } = group
  const sums = group.measures.map(
    ({ id, base }) =>
      `count(*)${filter(base)} as n${id}${base.value === 1 ? '' : `, sum((${base.value})::numeric)${filter(base)} as v${id}`}`,
  )
  return `create temporary table ${group.name.replace('pg_temp.', '')} on commit drop as
    select ${group.unit} as leaf_id, measures.month_end(${hour(group.from)}) as first_end,
      ${until === null ? 'null::int' : `measures.month_end(${hour(until)})`} as last_end, ${sums.join(', ')}
    from ${group.table} where ${holdsEver(group)} group by 1, 2, 3`
}

/** The columns that a measure has in totals, each with what comes to it. */
function cells({ id, base }: Standing, all: string, held: string, amount: string): [string, string][] {
  const columns = columnsOf(id, base)
  return [
    ...new Map([
      [columns.rows, all],
      [columns.held, held],
      [columns.amount, base.value === 1 ? held : amount],
    ]),
  ]
}

/** All columns of measures, in order. */
export function columnsCompared(standings: readonly Standing[]): { column: string; of: Standing }[] {
  return standings.flatMap((of) => cells(of, '', '', '').map(([column]) => ({ column, of })))
}

/** What each unit comes to at the end of a month ($1), from spells; or at an hour ($1) of any kind, from the rows. */
export function leafValues(groups: readonly SpellGroup[], exact: boolean): string {
  const all = columnsCompared(groups.flatMap((group) => group.measures)).map(({ column }) => column)
  return groups
    .map((group) => {
      const values = new Map(
        group.measures.flatMap((one) => (exact ? atHour(group, one) : atMonthEnd(group, one))),
      )
      const columns = all.map((column) => `${values.get(column) ?? 'null'}::numeric as ${column}`)
      return exact
        ? `select ${group.unit} as leaf_id, ${columns.join(', ')} from ${group.table}
           where ${holdsEver(group)} and ${hour(group.from)} <= $1::int group by 1`
        : `select leaf_id, ${columns.join(', ')} from ${group.name} where first_end <= $1::int group by 1`
    })
    .join('\n union all ')
}

function atMonthEnd(_group: SpellGroup, one: Standing): [string, string][] {
  const holds = ' filter (where last_end is null or last_end > $1::int)'
  return cells(one, `sum(n${one.id})`, `sum(n${one.id})${holds}`, `sum(v${one.id})${holds}`)
}

function atHour(group: SpellGroup, one: Standing): [string, string][] {
  const { base } = one
  const holds =
    group.until === null ? undefined : `(${group.until}) is null or ${hour(group.until)} > $1::int`
  return cells(
    one,
    `count(*)${filter(base)}`,
    `count(*)${filter(base, holds)}`,
    `sum((${base.value})::numeric)${filter(base, holds)}`,
  )
}

/** Shown and counted values side by side where they differ: (composition_id, column_name, shown, counted, different). */
export function compareFigures(block: number, groups: readonly SpellGroup[], exact: boolean): string {
  const names = columnsCompared(groups.flatMap((group) => group.measures)).map(({ column }) => column)
  const sums = (alias: string) => names.map((name) => `sum(${alias}.${name}) as ${name}`).join(', ')
  return `
    with leaf as (${leafValues(groups, exact)}),
    counted as (
      select cl.composition_id, ${sums('l')} from leaf l
      join measures.composition_leaf cl on cl.leaf_id = l.leaf_id group by 1
    ), asked as (select array_agg(id order by id) as ids from measures.composition),
    shown as (
      select asked.ids[p.place] as composition_id, ${sums('p')} from asked
      cross join lateral counting.parts_${block}(asked.ids, array_fill($1::int, array[cardinality(asked.ids)])) p
      group by 1
    )
    ${differing('shown', 'counted', 'composition_id', names)}`
}

/** Totals of sets that are not the sums of their units, and years that are not the sums of their months. */
export function compareTotals(block: number, standings: readonly Standing[]): string[] {
  const names = columnsCompared(standings).map(({ column }) => column)
  const total = `counting.total_${block}`
  const sums = names.map((name) => `sum(t.${name}) as ${name}`).join(', ')
  return [
    `with shown as (
       select t.* from ${total} t join measures.composition c on c.id = t.composition_id and c.leaf_id is null
     ), counted as (
       select cl.composition_id, t.grain, t.at, ${sums}
       from measures.composition_leaf cl
       join measures.composition l on l.leaf_id = cl.leaf_id and l.id <> cl.composition_id
       join ${total} t on t.composition_id = l.id group by 1, 2, 3
     ) ${differing('shown', 'counted', 'composition_id, grain, at', names)}`,
    `with shown as (select * from ${total} where grain = 2),
     counted as (
       select t.composition_id, 2::smallint as grain, measures.year_of(t.at) as at, ${sums}
       from ${total} t where t.grain = 1 group by 1, 2, 3
     ) ${differing('shown', 'counted', 'composition_id, grain, at', names)}`,
  ]
}

/** At most 50 differences of two sets of rows of the same columns, with how many there are. */
function differing(shown: string, counted: string, key: string, names: readonly string[]): string {
  const differ = names.map((name) => `coalesce(s.${name}, 0) <> coalesce(c.${name}, 0)`).join(' or ')
  const values = names.map(
    (name) => `('${name}', coalesce(s.${name}, 0)::numeric, coalesce(c.${name}, 0)::numeric)`,
  )
  return `
    select composition_id, v.column_name, v.shown::text as shown, v.counted::text as counted,
      count(*) over ()::int as different
    from ${shown} s full join ${counted} c using (${key})
    cross join lateral (values ${values.join(', ')}) v(column_name, shown, counted)
    where (${differ}) and v.shown <> v.counted order by composition_id, v.column_name limit 50`
}

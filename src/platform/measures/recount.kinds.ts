import type pg from 'pg'
import { columnsOf } from './columns.ts'
import type { DistinctMeasure, Measure } from './declare.ts'
import { leafValues, type SpellGroup, type Standing } from './recount.sql.ts'
import { type Differing, note, type Tally } from './recount.tally.ts'

type Coverages = {
  block: number
  standings: readonly Standing[]
  groups: readonly SpellGroup[]
  measures: readonly Measure[]
  /** The hour that has begun first, then month ends. */
  hours: readonly number[]
}

/** Compares coverages: units of the kinds asked for, and those of them that have any, worked out from the rows. */
export async function compareCoverages(client: pg.ClientBase, ask: Coverages, tally: Tally): Promise<void> {
  for (const coverage of ask.measures) {
    if (coverage.kind !== 'coverage') continue
    const standing = ask.standings.find(({ base }) => base === coverage.of || base.name === coverage.of.name)
    if (!standing) continue
    tally.titles.set(coverage.name, coverage.title)
    for (const [at, hour] of ask.hours.entries()) {
      const { rows } = await client.query<Differing & { compared: number }>(
        coverageStatement(ask, standing, at === 0),
        [hour, [...coverage.unitKinds]],
      )
      tally.result.figures += rows[0]?.compared ?? 0
      await note(
        client,
        tally,
        rows.filter((row) => row.different > 0),
        hour,
        () => ({
          measure: coverage.name,
          what: { vi: 'đơn vị đã có / tất cả', en: 'units that have it / all' },
        }),
      )
    }
  }
}

function coverageStatement(ask: Coverages, { id, base }: Standing, isNow: boolean): string {
  const { amount } = columnsOf(id, base)
  const groups = ask.groups.filter((group) => group.measures.some((one) => one.id === id))
  const day = isNow ? 'calendar.today()' : 'measures.day_of($1::int)'
  const holds = (alias: string) =>
    `${alias}.valid_from <= ${day} and (${alias}.valid_until is null or ${alias}.valid_until > ${day})`
  return `
    with leaf as (${leafValues(groups, isNow)}),
    value as (
      select p.unit_id, sum(l.${amount}) as amount from leaf l
      join units.place p on p.leaf_id = l.leaf_id and p.days @> ${day} group by 1
    ), counted as (
      select above.ancestor_id as unit_id, count(*)::bigint as units,
        count(*) filter (where value.amount > 0) as covered
      from units.unit_version version
      join units.ancestry above on above.unit_id = version.unit_id and ${holds('above')}
      left join value on value.unit_id = version.unit_id
      where version.kind = any($2::text[]) and ${holds('version')} group by 1
    ), asked as (
      ${viewed(day)}
    ), shown as (
      select asked.ids[p.place] as unit_id, p.unit_count as units, p.c${id} as covered from asked
      cross join lateral counting.cover_${ask.block}(asked.ids, array_fill(${day}, array[cardinality(asked.ids)]),
        array_fill($1::int, array[cardinality(asked.ids)]), $2::text[]) p
    ), compared as (
      select unit_id::text, s.covered || '/' || s.units as shown, c.covered || '/' || c.units as counted
      from shown s full join (select counted.* from counted, asked where unit_id = any(asked.ids)) c using (unit_id)
    )
    select null::int as composition_id, d.unit_id, '' as column_name, coalesce(d.shown, '0') as shown, coalesce(d.counted, '0') as counted,
      coalesce(d.different, 0) as different, (select count(*)::int from compared) as compared
    from (select 1) one left join (
      select *, count(*) over ()::int as different from compared where shown is distinct from counted limit 50) d on true`
}

/** Units on the map of a day that the program itself may see: all that stand below the root. */
function viewed(day: string): string {
  return `select array_agg(m.unit_id order by m.unit_id) as ids from measures.map m
    join measures.units_viewed(array(select distinct unit_id from measures.map)) seen on seen = m.unit_id
    where m.from_day <= ${day} and m.until_day > ${day}`
}

type Keys = { block: number; id: number; distinct: DistinctMeasure; hours: readonly number[] }

/** Compares how many different keys there are, for every unit on the map of each hour. */
export async function compareKeys(client: pg.ClientBase, ask: Keys, tally: Tally): Promise<void> {
  const { distinct } = ask
  const where = distinct.where ? `(${distinct.where}) and ` : ''
  const [from, until] = 'from' in distinct ? [distinct.from, distinct.until] : [distinct.on, null]
  const last = until === null ? 'null::int' : `measures.hour_of(${until})`
  await client.query(
    `create temporary table recount_key on commit drop as
     select distinct ${distinct.of.unit} as leaf_id, (${distinct.key})::text as key, measures.hour_of(${from}) as first_hour, ${last} as last_hour
     from ${distinct.of.table} where ${where}(${distinct.key}) is not null and (${from}) is not null
       and (${last} is null or ${last} > measures.hour_of(${from}))`,
  )
  await client.query('analyze recount_key')
  for (const [at, hour] of ask.hours.entries()) {
    const day = at === 0 ? 'calendar.today()' : 'measures.day_of($1::int)'
    const { rows } = await client.query<Differing & { compared: number }>(
      `with counted as (
         select p.unit_id, count(distinct k.key) as keys from recount_key k
         join units.place p on p.leaf_id = k.leaf_id and p.days @> ${day}
         where k.first_hour <= $1 and (k.last_hour is null or k.last_hour > $1) group by 1
       ), asked as (
         ${viewed(day)}
       ), shown as (
         select asked.ids[p.place] as unit_id, p.keys from asked
         cross join lateral counting.distinct_${ask.block}($2::int, asked.ids, array_fill(${day}, array[cardinality(asked.ids)]),
           array_fill(null::int, array[cardinality(asked.ids)]), array_fill($1::int, array[cardinality(asked.ids)])) p
       ), compared as (
         select unit_id::text, coalesce(s.keys, 0) as shown, coalesce(c.keys, 0) as counted
         from shown s full join (select counted.* from counted, asked where unit_id = any(asked.ids)) c using (unit_id)
       )
       select null::int as composition_id, d.unit_id, '' as column_name, d.shown::text, d.counted::text,
         coalesce(d.different, 0) as different, (select count(*)::int from compared) as compared
       from (select 1) one left join (
         select *, count(*) over ()::int as different from compared where shown <> counted limit 50) d on true`,
      [hour, ask.id],
    )
    tally.result.figures += rows[0]?.compared ?? 0
    tally.instants.add(hour)
    await note(
      client,
      tally,
      rows.filter((row) => row.different > 0),
      hour,
      () => ({ measure: distinct.name, what: { vi: 'người (khóa) khác nhau', en: 'different keys' } }),
    )
  }
  await client.query('drop table recount_key')
}

import {
  type Block,
  columnNames,
  freshImages,
  freshPresence,
  moments,
  pendingTable,
  sums,
  totalTable,
} from './block.sql.ts'
import { columnTypes } from './columns.ts'
import { imageTable } from './ledger.sql.ts'

const definer = 'security definer set search_path = pg_catalog'

function returned(block: Block): string {
  return ['place int', ...[...columnTypes(block.bases)].map(([name, type]) => `${name} ${type}`)].join(', ')
}

const asked = 'unnest(compositions, hours) with ordinality a(composition_id, hour, place)'

/**
 * What compositions come to at hours, as parts that are added up by place: `counting.parts_<block>`. At or after the
 * anchor: the running totals, what was pending, and what is not summed yet. Before it: whole years, whole months, less
 * what the rows say of the rest of the month. With `known`, less what was written after that snapshot.
 */
export function partsFunction(block: Block): string {
  const { id } = block
  const names = columnNames(block)
  const of = (alias: string, sign = '') => names.map((name) => `${sign}${alias}.${name}`).join(', ')
  const types = [...columnTypes(block.bases)]
  const negative = (alias: string) =>
    types.map(([name, type]) => `(-sum(${alias}.${name}))::${type} as ${name}`).join(', ')
  const image = imageTable(block.ledger)
  const { epoch } = block.ledger
  // The end (exclusive) of the last month that is taken whole: the month of the hour, or of the hour itself if it ends one.
  const wholeUntil = 'measures.month_end(a.hour) + 1'
  const restOfMonth = (at: string) =>
    `measures.hour_of(${at}) > a.hour and measures.hour_of(${at}) <= measures.month_end(a.hour)`
  return `
create or replace function counting.parts_${id}(
    compositions int[], hours int[], known_epoch int default null, known pg_snapshot default null)
  returns table(${returned(block)})
  language plpgsql stable ${definer} rows 300 as $counting$
declare
  was pg_snapshot;
  anchor_hour int;
  first_hour int;
  last_hour int;
begin
  select b.folded, b.anchor into was, anchor_hour from measures.block b where b.id = ${id};
  select min(h), max(h) into first_hour, last_hour from unnest(hours) h;
  if last_hour >= anchor_hour then
    return query select a.place::int, ${of('t')} from ${asked}
      join ${totalTable(block)} t on t.composition_id = a.composition_id and t.grain = 3 and t.at = 0
      where a.hour >= anchor_hour;
    if last_hour > anchor_hour and exists (
        select from ${pendingTable(block)} p where p.at > anchor_hour and p.at <= last_hour) then
      return query select a.place::int, ${of('p')} from ${pendingTable(block)} p
        join measures.composition_leaf cl on cl.leaf_id = p.leaf_id
        join ${asked} on a.composition_id = cl.composition_id and a.hour >= p.at
        where p.at > anchor_hour and p.at <= last_hour;
    end if;
  end if;
  if first_hour < anchor_hour then
    return query select a.place::int, ${of('t')} from ${asked}
      join ${totalTable(block)} t on t.composition_id = a.composition_id and t.grain = 2
        and t.at < measures.year_of(${wholeUntil})
      where a.hour < anchor_hour;
    return query select a.place::int, ${of('t')} from ${asked}
      join ${totalTable(block)} t on t.composition_id = a.composition_id and t.grain = 1
        and t.at >= measures.year_of(${wholeUntil}) and t.at < ${wholeUntil}
      where a.hour < anchor_hour;
    if exists (select from unnest(hours) h where h < anchor_hour and h <> measures.month_end(h)) then
      return query select a.place::int, m.* from ${asked}
        cross join lateral (
          select ${negative('moment')} from (${moments(
            block,
            `(
            select counted.* from measures.composition_leaf cl
            join ${block.ledger.table} counted on counted.${block.ledger.unit} = cl.leaf_id
            where cl.composition_id = a.composition_id) counted`,
            { only: restOfMonth },
          )}) moment
        ) m
        where a.hour < anchor_hour and a.hour <> measures.month_end(a.hour);
    end if;
  end if;
  if exists (select from ${image} where epoch = ${epoch} and tx >= pg_snapshot_xmax(was))
      or exists (select from ${image} where epoch = ${epoch} and tx = any(array(select pg_snapshot_xip(was)))) then
    return query
      with fresh as materialized (${freshImages(block)}),
      moment as materialized (${moments(block, 'fresh', { sign: 'sign' })})
      select a.place::int, ${of('m')} from moment m
      join measures.composition_leaf cl on cl.leaf_id = m.leaf_id
      join ${asked} on a.composition_id = cl.composition_id
        and m.at <= case when a.hour >= anchor_hour then a.hour else measures.month_end(a.hour) end;
  end if;
  if known is not null then
    return query
      with fresh as materialized (
        select * from ${image} where epoch > known_epoch
        union all select * from ${image} where epoch = known_epoch and tx >= pg_snapshot_xmax(known)
        union all select * from ${image} where epoch = known_epoch and tx = any(array(select pg_snapshot_xip(known)))
      ), moment as materialized (${moments(block, 'fresh', { sign: '-sign' })})
      select a.place::int, ${of('m')} from moment m
      join measures.composition_leaf cl on cl.leaf_id = m.leaf_id
      join ${asked} on a.composition_id = cl.composition_id and m.at <= a.hour;
  end if;
end $counting$`
}

/** The same for units on the map of days, for whoever may see their totals: `counting.read_<block>`. */
export function readFunction(block: Block): string {
  const names = columnNames(block).map((name) => `p.${name}`)
  return `
create or replace function counting.read_${block.id}(
    units bigint[], map_days date[], hours int[], known_epoch int default null, known pg_snapshot default null)
  returns table(${returned(block)})
  language plpgsql stable ${definer} rows 300 as $counting$
declare
  places int[];
  compositions int[];
  at_hours int[];
begin
  select array_agg(a.place), array_agg(m.composition_id), array_agg(a.hour) into places, compositions, at_hours
  from unnest(units, map_days, hours) with ordinality a(unit_id, day, hour, place)
  join measures.units_viewed(units) viewed on viewed = a.unit_id
  join measures.map m on m.unit_id = a.unit_id and m.from_day <= a.day and m.until_day > a.day;
  if places is null then return; end if;
  return query select places[p.place], ${names.join(', ')}
    from counting.parts_${block.id}(compositions, at_hours, known_epoch, known) p;
end $counting$`
}

/**
 * For coverages: how many units of some kinds stand in a unit on a map, and for each stock how many of them have any,
 * and how many rows have begun to feed it: `counting.cover_<block>`.
 */
export function coverFunction(block: Block): string {
  const stocks = block.bases.filter(({ base }) => base.kind === 'stock')
  const output = [
    'place int',
    'unit_count bigint',
    ...stocks.flatMap(({ id }) => [`c${id} bigint`, `r${id} bigint`]),
  ]
  const each = stocks.flatMap(({ id, base }) => {
    const amount = base.value === 1 ? `m${id}_held` : `m${id}_amount`
    return [`count(*) filter (where v.${amount} > 0)`, `sum(v.m${id}_rows)::bigint`]
  })
  return `
create or replace function counting.cover_${block.id}(
    units bigint[], map_days date[], hours int[], kinds text[], known_epoch int default null, known pg_snapshot default null)
  returns table(${output.join(', ')})
  language plpgsql stable ${definer} rows 200 as $counting$
declare
  places int[];
  compositions int[];
  at_hours int[];
begin
  select array_agg(a.place order by a.place), array_agg(m.composition_id order by a.place), array_agg(a.hour order by a.place)
  into places, compositions, at_hours
  from unnest(units, map_days, hours) with ordinality a(unit_id, day, hour, place)
  join measures.units_viewed(units) viewed on viewed = a.unit_id
  join units.ancestry below on below.ancestor_id = a.unit_id and below.valid_from <= a.day
    and (below.valid_until is null or below.valid_until > a.day)
  join units.unit_version version on version.unit_id = below.unit_id and version.valid_from <= a.day
    and (version.valid_until is null or version.valid_until > a.day) and version.kind = any(kinds)
  join measures.map m on m.unit_id = below.unit_id and m.from_day <= a.day and m.until_day > a.day;
  if places is null then return; end if;
  return query
    with value as (
      select p.place, ${sums(block, 'p')}
      from counting.parts_${block.id}(compositions, at_hours, known_epoch, known) p group by p.place
    )
    select o.place, count(*)${each.map((one) => `, ${one}`).join('')}
    from unnest(places) with ordinality o(place, at)
    left join value v on v.place = o.at
    group by o.place;
end $counting$`
}

/** How many different keys there are from an hour to an hour: `counting.distinct_<block>(measure, …)`. */
export function distinctFunction(block: Block): string | null {
  if (block.distincts.length === 0) return null
  return `
create or replace function counting.distinct_${block.id}(
    measure int, units bigint[], map_days date[], first_hours int[], hours int[])
  returns table(place int, keys bigint, row_count bigint)
  language plpgsql stable ${definer} rows 100 as $counting$
declare
  was pg_snapshot;
begin
  select b.folded into was from measures.block b where b.id = ${block.id};
  return query
    with fresh as materialized (${freshImages(block)}),
    unsummed as materialized (${freshPresence(block)})
    select a.place::int,
      (select count(*) from (
         select one.key from (
           select p.key, p.times from measures.composition_leaf cl
           join measures.presence p on p.leaf_id = cl.leaf_id and p.measure_id = measure
             and p.at <= a.hour and (a.first_hour is null or p.at >= a.first_hour)
           where cl.composition_id = m.composition_id
           union all
           select u.key, u.times from unsummed u
           join measures.composition_leaf cl on cl.leaf_id = u.leaf_id and cl.composition_id = m.composition_id
           where u.measure_id = measure and u.at <= a.hour and (a.first_hour is null or u.at >= a.first_hour)
         ) one group by one.key having sum(one.times) > 0) counted),
      (select coalesce(sum(abs(one.times)), 0)::bigint from (
         select p.times from measures.composition_leaf cl
         join measures.presence p on p.leaf_id = cl.leaf_id and p.measure_id = measure and p.at <= a.hour
         where cl.composition_id = m.composition_id
         union all
         select u.times from unsummed u
         join measures.composition_leaf cl on cl.leaf_id = u.leaf_id and cl.composition_id = m.composition_id
         where u.measure_id = measure and u.at <= a.hour) one)
    from unnest(units, map_days, first_hours, hours) with ordinality a(unit_id, day, first_hour, hour, place)
    join measures.units_viewed(units) viewed on viewed = a.unit_id
    join measures.map m on m.unit_id = a.unit_id and m.from_day <= a.day and m.until_day > a.day;
end $counting$`
}

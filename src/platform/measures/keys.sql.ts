import { type Block, freshImages, laterImages, presenceOf } from './block.sql.ts'
import { definer, setOnMap } from './read.sql.ts'

/** How many different keys there are from an hour to an hour; see {@link keysFunction} and {@link keysApartFunction}. */
export function distinctFunctions(block: Block): string[] {
  return block.distincts.length === 0
    ? []
    : [keysFunction(block), keysKnownFunction(block), keysApartFunction(block)]
}

const declared = (block: Block) => `
declare
  was pg_snapshot;
begin
  select b.folded into was from measures.block b where b.id = ${block.id};`

/** Rows of keys that are not summed yet, or that were written after what is known, as tables of a statement. */
const unsummed = (block: Block) => `fresh as materialized (${freshImages(block)}),
    later as materialized (${laterImages(block)}),
    unsummed as materialized (
      ${presenceOf(block, 'fresh', 'sign')}
      union all
      ${presenceOf(block, 'later', '-sign')}
    )`

/** Keys that there are in the units of a table `cl` for which `isAsked`, from `a.first_hour` to `a.hour`, as `counted`. */
const keysOf = (table: string, isAsked: string) => `
    cross join lateral (
      select count(*) filter (where one.within > 0) as keys, count(*) filter (where one.ever) as row_count
      from (
        -- What was put right within one hour leaves nothing, whether it is summed yet or not.
        select netted.key, bool_or(netted.times <> 0) as ever,
          sum(netted.times) filter (where a.first_hour is null or netted.at >= a.first_hour) as within
        from (
          select moment.key, moment.leaf_id, moment.at, sum(moment.times) as times
          from (
            select p.key, p.leaf_id, p.at, p.times from ${table} cl
            join measures.presence p on p.leaf_id = cl.leaf_id and p.measure_id = measure and p.at <= a.hour
            where ${isAsked}
            union all
            select u.key, u.leaf_id, u.at, u.times from unsummed u
            join ${table} cl on cl.leaf_id = u.leaf_id and ${isAsked}
            where u.measure_id = measure and u.at <= a.hour
          ) moment group by 1, 2, 3
        ) netted group by netted.key
      ) one
    ) counted`

/** In units on the map of days: `counting.distinct_<block>(measure, …)`. */
function keysFunction(block: Block): string {
  return `
create or replace function counting.distinct_${block.id}(
    measure int, units bigint[], map_days date[], first_hours int[], hours int[],
    known_epoch int default null, known pg_snapshot default null)
  returns table(place int, keys bigint, row_count bigint)
  language plpgsql stable ${definer} rows 100 as $counting$${declared(block)}
  return query
    with ${unsummed(block)}
    select a.place::int, coalesce(counted.keys, 0)::bigint, coalesce(counted.row_count, 0)::bigint
    from unnest(units, map_days, first_hours, hours) with ordinality a(unit_id, day, first_hour, hour, place)
    join measures.units_viewed(units) viewed on viewed = a.unit_id
    ${setOnMap('a.unit_id')}${keysOf('measures.composition_leaf', 'cl.composition_id = m.composition_id')};
end $counting$`
}

/** The same on the map as it was known: `counting.distinct_known_<block>(measure, …)`. */
function keysKnownFunction(block: Block): string {
  return `
create or replace function counting.distinct_known_${block.id}(
    measure int, units bigint[], map_days date[], first_hours int[], hours int[], known_epoch int, known pg_snapshot)
  returns table(place int, keys bigint, row_count bigint)
  language plpgsql stable ${definer} rows 100 as $counting$${declared(block)}
  return query
    with leaf as materialized (
      select l.place, l.leaf_id from measures.leaves_known(units, map_days, known_epoch, known) l
      where units[l.place] in (select measures.units_viewed(units))
    ), ${unsummed(block)}
    select a.place::int, coalesce(counted.keys, 0)::bigint, coalesce(counted.row_count, 0)::bigint
    from unnest(first_hours, hours) with ordinality a(first_hour, hour, place)${keysOf('leaf', 'cl.place = a.place')};
end $counting$`
}

/** In what of a unit stands in none of those directly below it, part by part: `counting.distinct_apart_<block>(measure, …)`. */
function keysApartFunction(block: Block): string {
  return `
create or replace function counting.distinct_apart_${block.id}(
    measure int, of_unit bigint, on_day date, from_hour int, to_hour int,
    known_epoch int default null, known pg_snapshot default null)
  returns table(part text, keys bigint)
  language plpgsql stable ${definer} rows 2 as $counting$${declared(block)}
  return query
    with apart as materialized (
      select l.leaf_id, l.part from measures.units_viewed(array[of_unit]) viewed
      cross join measures.leaves_apart(viewed, on_day) l
    ), ${unsummed(block)}
    select a.part, counted.keys
    from (select distinct p.part, from_hour as first_hour, to_hour as hour from apart p) a${keysOf('apart', 'cl.part = a.part')};
end $counting$`
}

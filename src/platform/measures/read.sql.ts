import {
  type Block,
  columnNames,
  freshImages,
  laterImages,
  pendingTable,
  sums,
  totalTable,
  typesOf,
} from './block.sql.ts'
import { noImages } from './ledger.sql.ts'
import { moments } from './moments.sql.ts'

// Planned once: with arrays in hand the planner takes every plan made anew for a cheaper one than what it has kept.
export const definer =
  'security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan'

function returned(block: Block): string {
  return ['place int', ...[...typesOf(block)].map(([name, type]) => `${name} ${type}`)].join(', ')
}

const asked = 'unnest(compositions, hours) with ordinality a(composition_id, hour, place)'

/** Declarations that {@link parts} stands on. */
const variables = `was pg_snapshot;
  is_summed boolean;
  anchor_hour int;
  first_hour int;
  last_hour int;`

/**
 * What the sets in `compositions` come to at `hours`, as parts that are added up by place. At or after the anchor: the
 * running totals, what was pending, and what is not summed yet. Before it: whole years, whole months, less what the rows
 * themselves say of the rest of the month. With `known`, less what was written after that snapshot.
 */
function parts(block: Block, place: string): string {
  const names = columnNames(block)
  const of = (alias: string) => names.map((name) => `${alias}.${name}`).join(', ')
  const negative = [...typesOf(block)]
    .map(([name, type]) => `-${type === 'bigint' ? 'measures.total' : 'sum'}(moment.${name}) as ${name}`)
    .join(', ')
  // The end (exclusive) of the last month that is taken whole: the month of the hour, or of the hour itself if it ends one.
  const wholeUntil = 'measures.month_end(a.hour) + 1'
  const rows = `(
            select counted.* from measures.composition_leaf cl
            join ${block.ledger.table} counted on counted.${block.ledger.unit} = cl.leaf_id
            where cl.composition_id = a.composition_id)`
  const between = { after: 'a.hour', upTo: 'measures.month_end(a.hour)' }
  return `
  select min(h), max(h) into first_hour, last_hour from unnest(hours) h;
  if last_hour >= anchor_hour then
    return query select ${place}, ${of('t')} from ${asked}
      join ${totalTable(block)} t on t.composition_id = a.composition_id and t.grain = 3 and t.at = 0
      where a.hour >= anchor_hour;
    if last_hour > anchor_hour and exists (
        select from ${pendingTable(block)} p where p.at > anchor_hour and p.at <= last_hour) then
      return query select ${place}, ${of('p')} from ${pendingTable(block)} p
        join measures.composition_leaf cl on cl.leaf_id = p.leaf_id
        join ${asked} on a.composition_id = cl.composition_id and a.hour >= p.at
        where p.at > anchor_hour and p.at <= last_hour;
    end if;
  end if;
  if first_hour < anchor_hour then
    return query select ${place}, ${of('t')} from ${asked}
      join ${totalTable(block)} t on t.composition_id = a.composition_id and t.grain = 2
        and t.at < measures.year_of(${wholeUntil})
      where a.hour < anchor_hour;
    if exists (select from unnest(hours) h where h < anchor_hour
        and measures.month_end(h) + 1 <> measures.year_of(measures.month_end(h) + 1)) then
      return query select ${place}, ${of('t')} from ${asked}
        join ${totalTable(block)} t on t.composition_id = a.composition_id and t.grain = 1
          and t.at >= measures.year_of(${wholeUntil}) and t.at < ${wholeUntil}
        where a.hour < anchor_hour;
    end if;
    if exists (select from unnest(hours) h where h < anchor_hour and h <> measures.month_end(h)) then
      return query select ${place}, m.* from ${asked}
        cross join lateral (select ${negative} from (${moments(block, rows, { between })}) moment) m
        where a.hour < anchor_hour and a.hour <> measures.month_end(a.hour);
    end if;
  end if;
  if not is_summed then
    return query
      with fresh as materialized (${freshImages(block)}),
      moment as materialized (${moments(block, 'fresh', { as: 'images' })})
      select ${place}, ${of('m')} from moment m
      join measures.composition_leaf cl on cl.leaf_id = m.leaf_id
      join ${asked} on a.composition_id = cl.composition_id
        and m.at <= case when a.hour >= anchor_hour then a.hour else measures.month_end(a.hour) end;
  end if;
  if known is not null then
    return query
      with fresh as materialized (${laterImages(block)}),
      moment as materialized (${moments(block, 'fresh', { as: 'taken' })})
      select ${place}, ${of('m')} from moment m
      join measures.composition_leaf cl on cl.leaf_id = m.leaf_id
      join ${asked} on a.composition_id = cl.composition_id and m.at <= a.hour;
  end if;`
}

/** Where a block stands: what is summed, up to which hour, and whether the ledger holds nothing that is not summed. */
function standing(block: Block): string {
  const none = (tx: string) => noImages(block.ledger, `epoch = ${block.ledger.epoch} and tx ${tx}`)
  return `
  select b.folded, b.anchor,
    ${none('>= pg_snapshot_xmax(b.folded)')}
    and ${none('= any(array(select pg_snapshot_xip(b.folded)))')}
  into was, anchor_hour, is_summed from measures.block b where b.id = ${block.id};`
}

/** The parts of sets, for the platform's own functions: `counting.parts_<block>`. */
export function partsFunction(block: Block, name = 'parts'): string {
  return `
create or replace function counting.${name}_${block.id}(
    compositions int[], hours int[], known_epoch int default null, known pg_snapshot default null)
  returns table(${returned(block)})
  language plpgsql stable ${definer} rows 300 as $counting$
#variable_conflict use_column
declare
  ${variables}
begin${standing(block)}${parts(block, 'a.place::int')}
end $counting$`
}

// One look-up of an index for each unit asked for: joined, the planner reads the whole map.
export const setOnMap = (unit: string) => `cross join lateral (
    select m.composition_id from measures.map m
    where m.unit_id = ${unit} and m.from_day <= a.day and m.until_day > a.day limit 1) m`

/** The same for units on the map of days, for whoever may see their totals: `counting.read_<block>`. */
export function readFunction(block: Block): string {
  return `
create or replace function counting.read_${block.id}(
    units bigint[], map_days date[], asked_hours int[], known_epoch int default null, known pg_snapshot default null)
  returns table(${returned(block)})
  language plpgsql stable ${definer} rows 300 as $counting$
#variable_conflict use_column
declare
  places int[];
  compositions int[];
  hours int[];
  ${variables}
begin${standing(block)}
  -- Mostly it is now that is asked for and all is summed: the running totals are the answer.
  if is_summed and known is null and anchor_hour = all(asked_hours) then
    return query
      select a.place::int, ${columnNames(block)
        .map((name) => `t.${name}`)
        .join(', ')}
      from unnest(units, map_days) with ordinality a(unit_id, day, place)
      join measures.units_viewed(units) viewed on viewed = a.unit_id
      ${setOnMap('a.unit_id')}
      join ${totalTable(block)} t on t.composition_id = m.composition_id and t.grain = 3 and t.at = 0;
    return;
  end if;
  select array_agg(a.place), array_agg(m.composition_id), array_agg(a.hour) into places, compositions, hours
  from unnest(units, map_days, asked_hours) with ordinality a(unit_id, day, hour, place)
  join measures.units_viewed(units) viewed on viewed = a.unit_id
  ${setOnMap('a.unit_id')};
  if places is null then return; end if;${parts(block, 'places[a.place]')}
end $counting$`
}

/**
 * For coverages: how many units of some kinds stand in a unit on a map, and for each stock how many of them have any,
 * and how many rows have begun to feed it: `counting.cover_<block>`. Reads no other columns (`counting.held_<block>`).
 * Nothing where no coverage stands on a stock of the block.
 */
export function coverFunctions(block: Block): string[] {
  const stocks = block.bases.filter(({ id }) => block.covered.has(id))
  if (stocks.length === 0) return []
  const narrow = { ...block, bases: stocks }
  const output = [
    'place int',
    'unit_count bigint',
    ...stocks.flatMap(({ id }) => [`c${id} bigint`, `r${id} bigint`]),
  ]
  const each = stocks.flatMap(({ id, base }) => {
    const amount = base.value === 1 ? `m${id}_held` : `m${id}_amount`
    return [`count(*) filter (where v.${amount} > 0)`, `measures.total(v.m${id}_rows)`]
  })
  const unitsBelow = `join units.ancestry below on below.ancestor_id = a.unit_id and below.valid_from <= a.day
      and (below.valid_until is null or below.valid_until > a.day) and below.kind = any(kinds)`
  const cover = `
create or replace function counting.cover_${block.id}(
    units bigint[], map_days date[], hours int[], kinds text[], known_epoch int default null, known pg_snapshot default null)
  returns table(${output.join(', ')})
  language plpgsql stable ${definer} rows 200 as $counting$
#variable_conflict use_column
declare
  places int[];
  compositions int[];
  at_hours int[];
  was pg_snapshot;
  is_summed boolean;
  anchor_hour int;
begin${standing(block)}
  if is_summed and known is null and anchor_hour = all(hours) then
    return query
      select a.place::int, count(*)${each.map((one) => `, ${one}`).join('')}
      from unnest(units, map_days) with ordinality a(unit_id, day, place)
      join measures.units_viewed(units) viewed on viewed = a.unit_id
      ${unitsBelow}
      ${setOnMap('below.unit_id')}
      left join ${totalTable(block)} v on v.composition_id = m.composition_id and v.grain = 3 and v.at = 0
      group by a.place;
    return;
  end if;
  select array_agg(below.place), array_agg(below.composition_id), array_agg(below.hour) into places, compositions, at_hours
  from (
    select a.place::int, m.composition_id, a.hour
    from unnest(units, map_days, hours) with ordinality a(unit_id, day, hour, place)
    join measures.units_viewed(units) viewed on viewed = a.unit_id
    ${unitsBelow}
    ${setOnMap('below.unit_id')}
  ) below;
  if places is null then return; end if;
  return query
    with value as (
      select p.place, ${sums(narrow, 'p')}
      from counting.held_${block.id}(compositions, at_hours, known_epoch, known) p group by p.place
    )
    select o.place, count(*)${each.map((one) => `, ${one}`).join('')}
    from unnest(places) with ordinality o(place, at)
    left join value v on v.place = o.at
    group by o.place;
end $counting$`
  return [partsFunction(narrow, 'held'), cover]
}

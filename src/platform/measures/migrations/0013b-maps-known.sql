-- Reading on the map as it was known at an instant: sums leaf by leaf, since the sets that totals are kept for follow the map
-- of now. Asked only where a change of units was recorded or undone since.

-- The units whose records counted in each of some units on the map of a day. `place`: which of those asked.
create function measures.leaves_known(units bigint[], days date[], known_epoch int, known pg_snapshot)
  returns table(place int, leaf_id bigint)
  language sql stable security definer rows 200 set search_path = pg_catalog as $$
  with asked as materialized (
    select a.place::int, a.unit_id, a.day from unnest(units, days) with ordinality a(unit_id, day, place)
  ), later as materialized (
    select u.unit_id, (i.image ->> 'leaf_id')::bigint as leaf_id, (i.image ->> 'days')::datemultirange as days, i.net
    from (select distinct asked.unit_id from asked) u
    cross join lateral measures.images_of('units.place', u.unit_id::text, known_epoch, known) i
  )
  select a.place, p.leaf_id from asked a join units.place p on p.unit_id = a.unit_id and p.days @> a.day
  where not exists (
    select from later l where l.net > 0 and l.unit_id = p.unit_id and l.leaf_id = p.leaf_id)
  union all
  select a.place, l.leaf_id from asked a join later l on l.unit_id = a.unit_id and l.net < 0 and l.days @> a.day
$$;

-- Sums of columns of a block for whoever may see the totals of the units.
create function measures.sums_known(
    block int, columns text[], units bigint[], days date[], hours int[], known_epoch int, known pg_snapshot)
  returns table(place int, sums text[])
  language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
declare
  places int[];
  compositions int[];
  at_hours int[];
begin
  select array_agg(l.place), array_agg(c.id), array_agg(hours[l.place]) into places, compositions, at_hours
  from measures.leaves_known(units, days, known_epoch, known) l
  join measures.composition c on c.leaf_id = l.leaf_id
  where units[l.place] in (select measures.units_viewed(units));
  if places is null then return; end if;
  return query execute format(
    'select ($1)[p.place], array[%s] from counting.parts_%s($2, $3, $4, $5) p group by 1',
    (select string_agg(format('sum(p.%I)::text', c), ', ' order by at)
     from unnest(columns) with ordinality as one(c, at)), block)
    using places, compositions, at_hours, known_epoch, known;
end $$;

-- For coverages: how many units of some kinds stood in each unit, and for each stock how many of them had any, and how many
-- rows had begun to feed it. `amounts`, `begun`: the columns of each stock.
create function measures.cover_known(
    block int, amounts text[], begun text[], kinds text[], units bigint[], days date[], hours int[],
    known_epoch int, known pg_snapshot)
  returns table(place int, sums text[])
  language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
declare
  places int[];
  below bigint[];
  of_below int[];
  compositions int[];
  at_hours int[];
begin
  with asked as materialized (
    select a.place::int, a.unit_id, a.day
    from unnest(units, days) with ordinality a(unit_id, day, place)
    where a.unit_id in (select measures.units_viewed(units))
  ), later as materialized (
    select u.unit_id as ancestor_id, (i.image ->> 'unit_id')::bigint as unit_id, i.image ->> 'kind' as kind,
      (i.image ->> 'valid_from')::date as valid_from, (i.image ->> 'valid_until')::date as valid_until, i.net
    from (select distinct asked.unit_id from asked) u
    cross join lateral measures.images_of('units.ancestry', u.unit_id::text, known_epoch, known) i
  ), there as (
    select a.place, x.unit_id from asked a
    join units.ancestry x on x.ancestor_id = a.unit_id and x.valid_from <= a.day
      and (x.valid_until is null or x.valid_until > a.day) and x.kind = any(kinds)
    where not exists (
      select from later l where l.net > 0 and l.ancestor_id = x.ancestor_id and l.unit_id = x.unit_id
        and l.valid_from = x.valid_from)
    union all
    select a.place, l.unit_id from asked a
    join later l on l.ancestor_id = a.unit_id and l.net < 0 and l.valid_from <= a.day
      and (l.valid_until is null or l.valid_until > a.day) and l.kind = any(kinds)
  )
  select array_agg(t.place), array_agg(t.unit_id) into places, below from there t;
  if places is null then return; end if;
  select array_agg(l.place), array_agg(c.id), array_agg(hours[places[l.place]]) into of_below, compositions, at_hours
  from measures.leaves_known(below, array(select days[p] from unnest(places) with ordinality o(p, at) order by at),
    known_epoch, known) l
  join measures.composition c on c.leaf_id = l.leaf_id;
  return query execute format(
    'with value as (
       select ($1)[p.place] as at, %s from counting.held_%s($2, $3, $4, $5) p group by 1
     )
     select o.place, array[count(*)::text, %s] from unnest($6) with ordinality o(place, at)
     left join value v on v.at = o.at group by o.place',
    (select string_agg(format('sum(p.%1$I) as a%3$s, sum(p.%2$I) as b%3$s', a, b, at), ', ' order by at)
     from unnest(amounts, begun) with ordinality as one(a, b, at)), block,
    (select string_agg(format('(count(*) filter (where v.a%1$s > 0))::text, sum(v.b%1$s)::text', at), ', ' order by at)
     from unnest(amounts) with ordinality as one(a, at)))
    using coalesce(of_below, '{}'), coalesce(compositions, '{}'), coalesce(at_hours, '{}'), known_epoch, known, places;
end $$;

-- Whether a unit was made of something else, or had other units below it, on the map of a day as known at a snapshot.
create function measures.map_differs(of_unit bigint, on_day date, known_epoch int, known pg_snapshot) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  with later as materialized (
    select (i.image ->> 'unit_id')::bigint as unit_id, i.image ->> 'kind' as kind, i.net
    from measures.images_of('units.ancestry', of_unit::text, known_epoch, known) i
    where (i.image ->> 'valid_from')::date <= on_day
      and ((i.image ->> 'valid_until') is null or (i.image ->> 'valid_until')::date > on_day)
  )
  select array(select l.leaf_id from measures.leaves_known(array[of_unit], array[on_day], known_epoch, known) l order by 1)
      <> array(select p.leaf_id from units.place p where p.unit_id = of_unit and p.days @> on_day order by 1)
    or exists (select from later l group by l.unit_id, l.kind having sum(l.net) <> 0)
$$;

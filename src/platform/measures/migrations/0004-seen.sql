-- What an answer was read in, so that a later page can say what has changed since; and what of a unit stands in none of
-- the units below it.

-- Names the state of the database in which an answer is read: the epoch of its transaction numbers, the hour up to which
-- today counts, and the snapshot.
create function measures.seen_now() returns text
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(max(e.number), 0) || '.' || measures.hour_now() || '.' || pg_current_snapshot() from measures.epoch e
$$;

-- The units whose records count in a unit on the map of a day but in none of those directly below it. `own`: the unit
-- itself and what has become it whole, or was it whole; `unassigned`: what a split, a merger or an end left to nobody below.
create function measures.leaves_apart(of_unit bigint, on_day date) returns table(leaf_id bigint, part text)
  language sql stable security definer rows 50 set search_path = pg_catalog as $$
  with recursive whole(leaf_id, trail) as (
    select of_unit, array[of_unit]
    union all
    select step.leaf_id, w.trail || step.leaf_id
    from whole w
    cross join lateral (
      select s.from_unit_id as leaf_id from units.succession s
      where s.to_unit_id = w.leaf_id and s.is_whole and s.on_day <= leaves_apart.on_day
      union
      select s.to_unit_id from units.succession s
      where s.from_unit_id = w.leaf_id and s.is_whole and s.on_day > leaves_apart.on_day
        and not exists (select from units.succession o where o.to_unit_id = s.to_unit_id and o.id <> s.id)
    ) step
    where not step.leaf_id = any(w.trail)
  )
  select p.leaf_id, case when p.leaf_id in (select w.leaf_id from whole w) then 'own' else 'unassigned' end
  from units.place p
  where p.unit_id = of_unit and p.days @> leaves_apart.on_day
    and not exists (
      select from units.unit_version v
      join units.place b on b.unit_id = v.unit_id and b.leaf_id = p.leaf_id and b.days @> leaves_apart.on_day
      where v.parent_id = of_unit and v.valid_from <= leaves_apart.on_day
        and (v.valid_until is null or v.valid_until > leaves_apart.on_day))
$$;

-- What these units come to by themselves, for whoever may see the totals of the unit that they stand in: sums of columns
-- of a block at hours.
create function measures.read_apart(
    block int, columns text[], of_unit bigint, on_day date, hours int[],
    known_epoch int default null, known pg_snapshot default null)
  returns table(place int, part text, sums text[])
  language plpgsql stable security definer rows 10 set search_path = pg_catalog as $$
declare
  compositions int[];
  parts text[];
  places int[];
  at_hours int[];
begin
  select array_agg(c.id), array_agg(l.part), array_agg(h.place), array_agg(h.hour)
  into compositions, parts, places, at_hours
  from measures.units_viewed(array[of_unit]) viewed
  cross join measures.leaves_apart(viewed, on_day) l
  join measures.composition c on c.leaf_id = l.leaf_id
  cross join unnest(hours) with ordinality h(hour, place);
  if compositions is null then return; end if;
  return query execute format(
    'select ($1)[p.place], ($2)[p.place], array[%s] from counting.parts_%s($3, $4, $5, $6) p group by 1, 2',
    (select string_agg(format('sum(p.%I)::text', c), ', ') from unnest(columns) c), block)
    using places, parts, compositions, at_hours, known_epoch, known;
end $$;

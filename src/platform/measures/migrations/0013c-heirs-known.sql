-- Who carried on what belongs to a unit, by versions and successions as they were known at a snapshot.

-- Where a unit went.
create function measures.successions_known(from_unit bigint, known_epoch int, known pg_snapshot)
  returns table(event_id bigint, to_unit_id bigint, on_day date, is_whole boolean)
  language sql stable security definer rows 2 set search_path = pg_catalog as $$
  with later as materialized (
    select i.image, i.net from measures.images_of('units.succession', from_unit::text, known_epoch, known) i
  )
  select s.event_id, s.to_unit_id, s.on_day, s.is_whole from units.succession s
  where s.from_unit_id = from_unit and not exists (
    select from later l where l.net > 0 and (l.image ->> 'id')::bigint = s.id)
  union all
  select (l.image ->> 'event_id')::bigint, (l.image ->> 'to_unit_id')::bigint, (l.image ->> 'on_day')::date,
    (l.image ->> 'is_whole')::boolean
  from later l where l.net < 0
$$;

-- What `units.next_heir` answers, by versions and successions as they were known.
create function measures.next_heir_known(unit bigint, on_day date, known_epoch int, known pg_snapshot)
  returns table (next_id bigint, ended_on date, whole_id bigint)
  language sql stable security definer rows 1 set search_path = pg_catalog as $$
  with version_later as materialized (
    select i.image, i.net from measures.images_of('units.unit_version', unit::text, known_epoch, known) i
  ), version as (
    select v.kind, v.parent_id, v.valid_until from units.unit_version v
    where v.unit_id = unit and not exists (
      select from version_later l where l.net > 0 and (l.image ->> 'id')::bigint = v.id)
    union all
    select l.image ->> 'kind', (l.image ->> 'parent_id')::bigint, (l.image ->> 'valid_until')::date
    from version_later l where l.net < 0
  ), life as (
    select case when bool_and(v.valid_until is not null) then max(v.valid_until) end as ended_on,
           min(v.parent_id) filter (where v.kind = 'part') as whole_id
    from version v
  )
  select case
      when life.whole_id is not null and (life.ended_on is null or life.ended_on > on_day) then life.whole_id
      when life.ended_on <= on_day then (
        select min(s.to_unit_id) from measures.successions_known(unit, known_epoch, known) s where s.on_day = life.ended_on
        having count(*) = 1 and bool_and(s.is_whole)) end,
    life.ended_on, life.whole_id
  from life
$$;

-- What `units.heirs_on` answers.
create function measures.heirs_known(unit_ids bigint[], on_day date, known_epoch int, known pg_snapshot)
  returns table (unit_id bigint, heir_id bigint, origin_id bigint, since date, area_id bigint, area_until date)
  language sql stable security definer set search_path = pg_catalog as $$
  with recursive way(unit_id, at_id, step, next_id, ended_on, whole_id) as (
    select u.id, u.id, 0, n.*
    from unnest(unit_ids) as u(id) cross join lateral measures.next_heir_known(u.id, on_day, known_epoch, known) n
    union all
    select w.unit_id, w.next_id, w.step + 1, n.*
    from way w cross join lateral measures.next_heir_known(w.next_id, on_day, known_epoch, known) n
    where w.next_id is not null and w.step < 64
  )
  select w.unit_id,
    (array_agg(w.at_id order by w.step desc))[1],
    (array_agg(coalesce(w.whole_id, w.at_id) order by w.step))[1],
    (array_agg(case when w.ended_on <= on_day then w.ended_on end order by w.step))[1],
    (array_agg(w.at_id order by w.step) filter (where w.whole_id is null))[1],
    (array_agg(case when w.ended_on <= on_day then w.ended_on end order by w.step) filter (where w.whole_id is null))[1]
  from way w group by w.unit_id
$$;

-- What `units.held_on` answers. Units that are near now but were not are looked at for nothing.
create function measures.held_known(heir_ids bigint[], on_day date, known_epoch int, known pg_snapshot)
  returns table (unit_id bigint, heir_id bigint, origin_id bigint, since date, area_id bigint, area_until date)
  language sql stable security definer set search_path = pg_catalog as $$
  with recursive gone as materialized (
    select (i.image ->> 'from_unit_id')::bigint as id, (i.image ->> 'to_unit_id')::bigint as next_id
    from measures.images_since('units.succession', known_epoch, known) i where i.net < 0
    union all
    select (i.image ->> 'unit_id')::bigint, (i.image ->> 'parent_id')::bigint
    from measures.images_since('units.unit_version', known_epoch, known) i
    where i.net < 0 and i.image ->> 'kind' = 'part'
  ), near(id) as (
    select unnest(heir_ids)
    union
    select before.id from near n cross join lateral (
      select s.from_unit_id as id from units.succession s where s.to_unit_id = n.id
      union all
      select v.unit_id from units.unit_version v where v.parent_id = n.id and v.kind = 'part'
      union all
      select g.id from gone g where g.next_id = n.id
    ) before
  )
  select h.* from measures.heirs_known((select array_agg(near.id) from near), on_day, known_epoch, known) h
  where h.heir_id = any(heir_ids)
$$;

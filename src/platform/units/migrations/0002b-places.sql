-- Where records count on each map, and who stands for a unit that is not there: kept with every change of units.

-- Writes `units.place` anew for units that changed and for all whose place follows from theirs, only rows that differ.
--   exists on the day:  itself and what it stood below;
--   ended before it:    where its one successor counts; with several, what is common to where they all count; with one that
--                       took only a part, where what stands above that one counts; without any, where its last parent counts;
--   begins after it:    the same by its predecessors, and without any by its first parent.
-- A fork is one such rule for one unit and some days, with the units whose places decide. Forks that look ahead only wait
-- for each other forward in time, and those that look back only backward, so each kind is settled in rounds.
create function units.refresh_places(changed bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog set client_min_messages = warning as $$
declare
  affected bigint[];
  ready bigint[];
  direction text;
begin
  perform pg_advisory_xact_lock(4711003);
  with recursive touched(id) as (
    select unnest(changed)
    union
    select near.id from touched t cross join lateral (
      select a.unit_id as id from units.ancestry a where a.ancestor_id = t.id
      union all
      select s.from_unit_id from units.succession s where s.to_unit_id = t.id
      union all
      select s.to_unit_id from units.succession s where s.from_unit_id = t.id
    ) near
  )
  select array_agg(id) into affected from touched where id is not null;
  if affected is null then return; end if;

  create temp table life on commit drop as
    select v.unit_id, min(v.valid_from) as first_on,
           case when bool_and(v.valid_until is not null) then max(v.valid_until) end as ended_on,
           range_agg(daterange(v.valid_from, v.valid_until)) as days
    from units.unit_version v
    where v.unit_id in (
      select unnest(affected) union select a.ancestor_id from units.ancestry a where a.unit_id = any(affected))
    group by v.unit_id;
  create temp table wanted (leaf_id bigint, unit_id bigint, days datemultirange, primary key (leaf_id, unit_id))
    on commit drop;
  create temp table fork (leaf_id bigint, looks text, began date, days datemultirange, source_id bigint, sources bigint)
    on commit drop;
  create temp table waiting (leaf_id bigint primary key) on commit drop;

  insert into pg_temp.wanted (leaf_id, unit_id, days)
  select a.unit_id, a.ancestor_id, range_agg(daterange(a.valid_from, a.valid_until)) * l.days
  from units.ancestry a join pg_temp.life l on l.unit_id = a.ancestor_id
  where a.unit_id = any(affected)
  group by a.unit_id, a.ancestor_id, l.days;

  with spell as (
    select l.unit_id, lower(r) as from_on, upper(r) as until_on,
           lead(lower(r)) over (partition by l.unit_id order by lower(r)) as next_on
    from pg_temp.life l cross join unnest(l.days) r
    where l.unit_id = any(affected)
  ), ended as (
    select unit_id, until_on, datemultirange(daterange(until_on, next_on)) as days
    from spell where until_on is not null
  ), begun as (
    select unit_id, first_on, datemultirange(daterange(null, first_on)) as days
    from pg_temp.life where unit_id = any(affected)
  ), missing as (
    -- Days on which a unit above was not there although the tree still names it.
    select a.unit_id, a.ancestor_id, l.first_on, datemultirange(daterange(a.valid_from, a.valid_until)) - l.days as days
    from units.ancestry a join pg_temp.life l on l.unit_id = a.ancestor_id
    where a.unit_id = any(affected) and a.depth > 0
      and not l.days @> daterange(a.valid_from, a.valid_until)
  ), found as (
    select e.unit_id, 'ahead', e.until_on, e.days,
           case when s.is_whole or count(*) over same > 1 then s.to_unit_id
             else (select v.parent_id from units.unit_version v
                   where v.unit_id = s.to_unit_id and daterange(v.valid_from, v.valid_until) @> e.until_on) end,
           count(*) over same
    from ended e join units.succession s on s.from_unit_id = e.unit_id and s.on_day = e.until_on
    window same as (partition by e.unit_id, e.until_on)
    union all
    select e.unit_id, 'ahead', e.until_on, e.days, v.parent_id, 1
    from ended e join units.unit_version v on v.unit_id = e.unit_id and v.valid_until = e.until_on
    where not exists (
      select 1 from units.succession s where s.from_unit_id = e.unit_id and s.on_day = e.until_on)
    union all
    select b.unit_id, 'back', b.first_on, b.days, s.from_unit_id, count(*) over (partition by b.unit_id)
    from begun b join units.succession s on s.to_unit_id = b.unit_id and s.on_day = b.first_on
    union all
    select b.unit_id, 'back', b.first_on, b.days, v.parent_id, 1
    from begun b join units.unit_version v on v.unit_id = b.unit_id and v.valid_from = b.first_on
    where not exists (
      select 1 from units.succession s where s.to_unit_id = b.unit_id and s.on_day = b.first_on)
    union all
    select m.unit_id, 'ahead', null, m.days * datemultirange(daterange(m.first_on, null)), m.ancestor_id, 1 from missing m
    union all
    select m.unit_id, 'back', null, m.days * datemultirange(daterange(null, m.first_on)), m.ancestor_id, 1 from missing m
  )
  insert into pg_temp.fork
  select f.* from found as f(leaf_id, looks, began, days, source_id, sources)
  where f.source_id is not null and not isempty(f.days);

  -- What no change has touched stands as it stood.
  insert into pg_temp.wanted (leaf_id, unit_id, days)
  select p.leaf_id, p.unit_id, p.days from units.place p
  where p.leaf_id in (select f.source_id from pg_temp.fork f) and not p.leaf_id = any(affected);
  if cardinality(affected) > 500 then
    analyze pg_temp.life;
    analyze pg_temp.wanted;
    analyze pg_temp.fork;
  end if;

  foreach direction in array array['ahead', 'back'] loop
    delete from pg_temp.waiting;
    insert into pg_temp.waiting select distinct f.leaf_id from pg_temp.fork f where f.looks = direction;
    loop
      select array_agg(w.leaf_id) into ready from pg_temp.waiting w where not exists (
        select 1 from pg_temp.fork f join pg_temp.waiting before on before.leaf_id = f.source_id
        where f.leaf_id = w.leaf_id and f.looks = direction);
      exit when ready is null;
      insert into pg_temp.wanted as w (leaf_id, unit_id, days)
      select agreed.leaf_id, agreed.unit_id, range_agg(agreed.days)
      from (
        select f.leaf_id, source.unit_id, f.days * range_intersect_agg(source.days) as days
        from pg_temp.fork f join pg_temp.wanted source on source.leaf_id = f.source_id
        where f.looks = direction and f.leaf_id = any(ready)
        group by f.leaf_id, f.began, f.days, f.sources, case when f.began is null then f.source_id end, source.unit_id
        having count(*) = f.sources
      ) agreed
      where not isempty(agreed.days)
      group by agreed.leaf_id, agreed.unit_id
      on conflict (leaf_id, unit_id) do update set days = w.days + excluded.days;
      delete from pg_temp.waiting w where w.leaf_id = any(ready);
    end loop;
  end loop;

  delete from pg_temp.wanted w where isempty(w.days) or not w.leaf_id = any(affected);
  delete from units.place p where p.leaf_id = any(affected) and not exists (
    select 1 from pg_temp.wanted w where w.leaf_id = p.leaf_id and w.unit_id = p.unit_id);
  update units.place p set days = w.days from pg_temp.wanted w
  where w.leaf_id = p.leaf_id and w.unit_id = p.unit_id and w.days <> p.days;
  insert into units.place (leaf_id, unit_id, days)
  select w.leaf_id, w.unit_id, w.days from pg_temp.wanted w
  where not exists (select 1 from units.place p where p.leaf_id = w.leaf_id and p.unit_id = w.unit_id);

  with away as (
    select l.unit_id, datemultirange(daterange(l.ended_on, null)) as days
    from pg_temp.life l where l.ended_on is not null
    union all
    -- What a unit to come is made of stands for it until it begins.
    select l.unit_id, datemultirange(daterange(null, l.first_on)) from pg_temp.life l
    where exists (select from units.succession s where s.to_unit_id = l.unit_id and s.on_day = l.first_on)
  ), since as (
    select w.leaf_id, w.unit_id, range_agg(w.days * away.days) as days,
           100 - (select max(k.rank) from units.unit_version v join units.kind k on k.key = v.kind
                  where v.unit_id = w.unit_id) as depth
    from pg_temp.wanted w join away on away.unit_id = w.leaf_id and w.days && away.days
    group by w.leaf_id, w.unit_id
  ), gone as (
    delete from units.inheritance i where i.unit_id = any(affected) and not exists (
      select 1 from since s where s.leaf_id = i.unit_id and s.unit_id = i.ancestor_id)
  )
  insert into units.inheritance as i (unit_id, ancestor_id, days, depth)
  select s.leaf_id, s.unit_id, s.days, s.depth from since s
  on conflict (ancestor_id, unit_id) do update set days = excluded.days, depth = excluded.depth
    where (i.days, i.depth) is distinct from (excluded.days, excluded.depth);
  drop table pg_temp.life, pg_temp.wanted, pg_temp.fork, pg_temp.waiting;
end $$;

create function units.versions_changed() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  changed bigint[];
begin
  if tg_op = 'INSERT' then select array_agg(distinct unit_id) into changed from added;
  elsif tg_op = 'DELETE' then select array_agg(distinct unit_id) into changed from removed;
  else select array_agg(distinct both_.unit_id) into changed
    from (select unit_id from added union all select unit_id from removed) both_;
  end if;
  if changed is not null then perform units.refresh_places(units.refresh_ancestry(changed)); end if;
  return null;
end $$;
create trigger places_follow_added after insert on units.unit_version
  referencing new table as added for each statement execute function units.versions_changed();
create trigger places_follow_changed after update on units.unit_version
  referencing old table as removed new table as added for each statement execute function units.versions_changed();
create trigger places_follow_removed after delete on units.unit_version
  referencing old table as removed for each statement execute function units.versions_changed();

create function units.successions_changed() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  changed bigint[];
begin
  if tg_op = 'INSERT' then
    select array_agg(from_unit_id) || array_agg(to_unit_id) into changed from added;
  elsif tg_op = 'DELETE' then
    select array_agg(from_unit_id) || array_agg(to_unit_id) into changed from removed;
  else
    select array_agg(both_.from_unit_id) || array_agg(both_.to_unit_id) into changed
    from (select from_unit_id, to_unit_id from added
          union all select from_unit_id, to_unit_id from removed) both_;
  end if;
  if changed is not null then perform units.refresh_places(changed); end if;
  return null;
end $$;
create trigger places_follow_added after insert on units.succession
  referencing new table as added for each statement execute function units.successions_changed();
create trigger places_follow_changed after update on units.succession
  referencing old table as removed new table as added for each statement execute function units.successions_changed();
create trigger places_follow_removed after delete on units.succession
  referencing old table as removed for each statement execute function units.successions_changed();

revoke execute on function units.refresh_ancestry(bigint[]), units.refresh_places(bigint[]) from public;

-- Where each unit stands for the purpose of rights: its place today; where it last stood, once it has ended, so that
-- its records do not vanish with it, and where they count since; where it will stand, before it begins. May name an
-- ancestor twice.
create or replace view units.standing with (security_invoker = true) as
  select a.unit_id, a.ancestor_id, a.depth
  from units.ancestry a
  where (a.valid_from <= (select calendar.today()) or a.begins)
    and (a.valid_until is null or a.valid_until > (select calendar.today()) or a.stays)
  union all
  select i.unit_id, i.ancestor_id, i.depth
  from units.inheritance i
  where i.days @> (select calendar.today());

select units.refresh_places(array_agg(id)) from units.unit;

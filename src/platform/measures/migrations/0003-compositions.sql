-- Compositions follow units.place. A merger adds compositions whose totals are sums over their units; nothing that was
-- there before is counted anew.

-- Works out anew what these units are made of on each map, and the totals of what is new.
create function measures.refresh_compositions(changed bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  made int[];
  gone int[];
begin
  create temporary table if not exists wanted_composition (
    unit_id bigint, leaves bigint[], days datemultirange, composition_id int
  ) on commit drop;
  truncate wanted_composition;
  with bound as (
    select distinct p.unit_id, b.day
    from units.place p cross join unnest(p.days) r cross join lateral (values
      (coalesce(lower(r), '-infinity'::date)), (coalesce(upper(r), 'infinity'::date))) b(day)
    where p.unit_id in (select unnest(changed))
  ), stretch as (
    select s.unit_id, daterange(s.day, s.next) as days
    from (select unit_id, day, lead(day) over (partition by unit_id order by day) as next from bound) s
    where s.next is not null
  ), made_of as (
    select s.unit_id, s.days, array_agg(p.leaf_id order by p.leaf_id) as leaves
    from stretch s
    join units.place p on p.unit_id = s.unit_id and p.days @> s.days
    group by s.unit_id, s.days
  )
  insert into wanted_composition (unit_id, leaves, days)
  select unit_id, leaves, range_agg(days) from made_of group by unit_id, leaves;

  analyze wanted_composition;

  -- One unit alone is the set that every unit has; a set that the unit had before keeps its totals.
  update wanted_composition w set composition_id = c.id
  from measures.composition c where cardinality(w.leaves) = 1 and c.leaf_id = w.leaves[1];
  update wanted_composition w set composition_id = h.composition_id
  from (
    select m.unit_id, m.composition_id, array_agg(cl.leaf_id order by cl.leaf_id) as leaves
    from (select distinct unit_id, composition_id from measures.map where unit_id in (select unnest(changed))) m
    join measures.composition_leaf cl on cl.composition_id = m.composition_id
    group by m.unit_id, m.composition_id
  ) h
  where w.composition_id is null and h.unit_id = w.unit_id and h.leaves = w.leaves;

  with fresh as (
    select w.ctid as place, nextval(pg_get_serial_sequence('measures.composition', 'id'))::int as id
    from wanted_composition w where w.composition_id is null
  ), named as (
    update wanted_composition w set composition_id = f.id from fresh f where w.ctid = f.place returning w.composition_id
  )
  select array_agg(composition_id) into made from named;
  insert into measures.composition (id) select unnest(made);
  insert into measures.composition_leaf (leaf_id, composition_id)
  select unnest(w.leaves), w.composition_id from wanted_composition w where w.composition_id in (select unnest(made));

  select array_agg(distinct m.composition_id) into gone
  from measures.map m join measures.composition c on c.id = m.composition_id and c.leaf_id is null
  where m.unit_id in (select unnest(changed))
    and not exists (select from wanted_composition w where w.composition_id = m.composition_id);
  delete from measures.map m where m.unit_id in (select unnest(changed));
  insert into measures.map (unit_id, from_day, until_day, composition_id)
  select w.unit_id, coalesce(lower(r), '-infinity'), coalesce(upper(r), 'infinity'), w.composition_id
  from wanted_composition w cross join unnest(w.days) r;
  perform measures.sum_compositions(made, gone);
end $$;

-- Fills the totals of new compositions from those of their units, and removes those of compositions that are no more.
create function measures.sum_compositions(made int[], gone int[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  one record;
begin
  for one in
    select b.id, string_agg(format('sum(t.%I)', a.attname), ', ' order by a.attnum) as sums,
           string_agg(format('%I', a.attname), ', ' order by a.attnum) as columns
    from measures.block b
    join pg_attribute a on a.attrelid = to_regclass(format('counting.total_%s', b.id))
      and a.attnum > 3 and not a.attisdropped
    group by b.id
  loop
    if cardinality(made) > 0 then
      execute format(
        'insert into counting.total_%1$s (composition_id, grain, at, %2$s)
         select cl.composition_id, t.grain, t.at, %3$s
         from measures.composition_leaf cl
         join measures.composition leaf on leaf.leaf_id = cl.leaf_id
         join counting.total_%1$s t on t.composition_id = leaf.id
         where cl.composition_id = any($1) group by 1, 2, 3', one.id, one.columns, one.sums) using made;
    end if;
    if cardinality(gone) > 0 then
      execute format('delete from counting.total_%s where composition_id = any($1)', one.id) using gone;
    end if;
  end loop;
  delete from measures.composition_leaf where composition_id = any(gone);
  delete from measures.composition where id = any(gone);
end $$;

-- After a change of units.place: new units get a set of their own; one that only joins larger units is added to their sets;
-- where a unit with records comes or goes, the sets are worked out anew.
create function measures.place_changed() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  newcomers bigint[];
  anew bigint[];
begin
  -- The folder spreads over compositions; it waits, and so does whoever changes the map meanwhile.
  perform pg_advisory_xact_lock(4711002);
  if tg_op = 'INSERT' then
    with made as (
      insert into measures.composition (leaf_id)
      select distinct p.leaf_id from changed_place p
      where not exists (select from measures.composition c where c.leaf_id = p.leaf_id)
      returning id, leaf_id
    ), put as (
      insert into measures.composition_leaf (leaf_id, composition_id) select leaf_id, id from made
    )
    select array_agg(leaf_id) into newcomers from made;
    -- A newcomer has no records: where it stands for all of a set's days it simply joins.
    select array_agg(distinct p.unit_id) into anew
    from changed_place p
    where p.leaf_id not in (select unnest(coalesce(newcomers, '{}')))
      or not exists (select from measures.map m where m.unit_id = p.unit_id)
      or exists (
        select from measures.map m join measures.composition c on c.id = m.composition_id
        where m.unit_id = p.unit_id and p.days && datemultirange(daterange(m.from_day, m.until_day))
          and (c.leaf_id is not null or not p.days @> daterange(m.from_day, m.until_day)));
    insert into measures.composition_leaf (leaf_id, composition_id)
    select distinct p.leaf_id, m.composition_id
    from changed_place p
    join measures.map m on m.unit_id = p.unit_id and p.days @> daterange(m.from_day, m.until_day)
    where p.unit_id not in (select unnest(coalesce(anew, '{}')));
  else
    select array_agg(distinct p.unit_id) into anew from changed_place p;
  end if;
  if cardinality(anew) > 0 then perform measures.refresh_compositions(anew); end if;
  return null;
end $$;

create trigger compositions_follow_insert after insert on units.place
  referencing new table as changed_place for each statement execute function measures.place_changed();
create trigger compositions_follow_update after update on units.place
  referencing new table as changed_place for each statement execute function measures.place_changed();
create trigger compositions_follow_delete after delete on units.place
  referencing old table as changed_place for each statement execute function measures.place_changed();

-- Units that were there before.
insert into measures.composition (leaf_id) select distinct leaf_id from units.place;
insert into measures.composition_leaf (leaf_id, composition_id) select leaf_id, id from measures.composition;
select measures.refresh_compositions(array(select distinct unit_id from units.place));

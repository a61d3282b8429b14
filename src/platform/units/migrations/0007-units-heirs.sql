-- What belongs to a unit itself (a target is a plan of a unit) keeps its unit as every record does: who carries it on
-- from which day follows from successions, and where a unit was split from the part that a person gave it to.

-- The parts of a unit, found among thousands that stand below it.
create index unit_version_part on units.unit_version (parent_id) where kind = 'part';

-- One step along the way of what belongs to a unit on a day: from the part of a split unit to that unit until it was
-- split and to what took the part since; from a unit that ended whole to its one successor. Null: it is carried on here.
create function units.next_heir(unit bigint, on_day date)
  returns table (next_id bigint, ended_on date, whole_id bigint)
  language sql stable rows 1 set search_path = pg_catalog as $$
  select case
      when life.whole_id is not null and (life.ended_on is null or life.ended_on > on_day) then life.whole_id
      when life.ended_on <= on_day then (
        select min(s.to_unit_id) from units.succession s where s.from_unit_id = unit and s.on_day = life.ended_on
        having count(*) = 1 and bool_and(s.is_whole)) end,
    life.ended_on, life.whole_id
  from (
    select case when bool_and(v.valid_until is not null) then max(v.valid_until) end as ended_on,
           min(v.parent_id) filter (where v.kind = 'part') as whole_id
    from units.unit_version v where v.unit_id = unit
  ) life
$$;

-- Who carries on, on a day, what belongs to each of some units:
--   heir_id    the unit to which it belongs on that day; the unit itself while it stands, and where nobody took it whole;
--   origin_id  the unit to which it belonged first;
--   since      the day on which that one ended, where it had by then;
--   area_id    the unit whose figures it is judged by: the unit itself, or what took a part that was given;
--   area_until the day on which that one ended, where it had by then.
create function units.heirs_on(unit_ids bigint[], on_day date)
  returns table (unit_id bigint, heir_id bigint, origin_id bigint, since date, area_id bigint, area_until date)
  language sql stable set search_path = pg_catalog as $$
  with recursive way(unit_id, at_id, step, next_id, ended_on, whole_id) as (
    select u.id, u.id, 0, n.* from unnest(unit_ids) as u(id) cross join lateral units.next_heir(u.id, on_day) n
    union all
    select w.unit_id, w.next_id, w.step + 1, n.*
    from way w cross join lateral units.next_heir(w.next_id, on_day) n
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

-- The same the other way round: everything that some units carry on, on a day.
create function units.held_on(heir_ids bigint[], on_day date)
  returns table (unit_id bigint, heir_id bigint, origin_id bigint, since date, area_id bigint, area_until date)
  language sql stable set search_path = pg_catalog as $$
  with recursive near(id) as (
    select unnest(heir_ids)
    union
    select before.id from near n cross join lateral (
      select s.from_unit_id as id from units.succession s where s.to_unit_id = n.id
      union all
      select v.unit_id from units.unit_version v where v.parent_id = n.id and v.kind = 'part'
    ) before
  )
  select h.* from units.heirs_on((select array_agg(near.id) from near), on_day) h where h.heir_id = any(heir_ids)
$$;

-- Rows that belong to their unit are now given to a part as all others are, and keep what they were in the past. Those
-- that were made the half's own go to the part that they came by; who gave them stands in the audit.
do $$
declare
  given record;
  unit_column text;
  part bigint;
  split record;
begin
  for given in
    select distinct on (s.table_name, s.row_id) s.* from units.settlement s where s.returned_at is null
    order by s.table_name, s.row_id, s.id desc
  loop
    select a.attname into unit_column from pg_constraint k
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.conrelid = given.table_name::regclass and k.confrelid = 'units.unit'::regclass
      and cardinality(k.conkey) = 1;
    select s.event_id, s.on_day, first.from_on, v.name, v.code, coalesce(heir.name, '') as heir_name into split
    from units.succession s
    join units.unit_version v on v.unit_id = s.from_unit_id and v.valid_until = s.on_day
    join lateral (
      select min(l.valid_from) as from_on from units.unit_version l where l.unit_id = s.from_unit_id) first on true
    left join units.unit_version heir on heir.unit_id = s.to_unit_id
      and daterange(heir.valid_from, heir.valid_until) @> s.on_day
    where s.from_unit_id = given.from_unit_id and s.to_unit_id = given.to_unit_id;
    continue when not found;
    select p.unit_id into part from units.unit_version p
    join units.succession s on s.from_unit_id = p.unit_id and s.to_unit_id = given.to_unit_id
    where p.kind = 'part' and p.parent_id = given.from_unit_id limit 1;
    if not found then
      insert into units.unit default values returning id into part;
      insert into units.unit_version
        (unit_id, kind, code, name, parent_id, valid_from, valid_until, name_is_ours, search)
      values (part, 'part', format('%s/%s-%s', split.code, given.from_unit_id, given.to_unit_id),
        format('Phần của %s nay thuộc %s', split.name, split.heir_name), given.from_unit_id, split.from_on,
        split.on_day, true, '|');
      insert into units.succession (event_id, from_unit_id, to_unit_id, on_day, is_whole)
      values (split.event_id, part, given.to_unit_id, split.on_day, true);
    end if;
    execute format('alter table %s disable trigger user', given.table_name::regclass);
    execute format('update %s set %I = $1 where id = $2 and %I = $3', given.table_name::regclass, unit_column, unit_column)
      using part, given.row_id, given.to_unit_id;
    execute format('alter table %s enable trigger user', given.table_name::regclass);
    insert into audit.entry (unit_id, action, subject, subject_id, after)
    values (given.from_unit_id, 'units.settlement_kept', given.table_name, given.row_id::text,
      jsonb_build_object('partId', part, 'toUnitId', given.to_unit_id));
  end loop;
end $$;

drop function units.settle_rows(text, text, text, bigint, bigint, bigint[]);
drop function units.return_rows(text, text, bigint, bigint, bigint[]);
drop function units.count_settled(text[], text[], text[], bigint[]);
drop function units.require_settling(bigint, bigint);
drop table units.settlement;

-- As before, but for rows that no longer matter. `unless`: a column that is set once a row no longer does.
drop function units.repoint(text, text, bigint, bigint, bigint[]);
create function units.repoint(
  target_table text, unit_column text, unless text, from_unit bigint, to_unit bigint, row_ids bigint[]
) returns bigint
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  moved bigint;
begin
  if not exists (
    select 1 from units.unit_version part
    where part.kind = 'part' and (part.unit_id, part.parent_id) in ((from_unit, to_unit), (to_unit, from_unit))
  ) then
    raise exception 'units: rows go between a unit and its parts only' using errcode = 'check_violation';
  end if;
  if not access.permits('units.change', from_unit) or not access.permits('units.change', to_unit) then
    raise exception 'units: not all of these units are given to the actor' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select 1 from units.pointing(array[target_table], array[unit_column])) then
    raise exception 'units: % does not point at units by itself', target_table using errcode = 'check_violation';
  end if;
  execute format('update %s set %I = $1 where %I = $2 and ($3 is null or id = any($3)) and %s',
    target_table::regclass, unit_column, unit_column,
    case when unless is null then 'true' else format('%I is null', unless) end) using to_unit, from_unit, row_ids;
  get diagnostics moved = row_count;
  return moved;
end $$;

drop function units.count_records_of_each(text[], text[], bigint[]);
create function units.count_records_of_each(tables text[], columns text[], unless text[], unit_ids bigint[])
  returns table (table_name text, unit_id bigint, records bigint)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if exists (select unnest(unit_ids) except select access.units_permitted('units.change')) then
    raise exception 'units: not all of these units are given to the actor' using errcode = 'insufficient_privilege';
  end if;
  for i in 1 .. coalesce(cardinality(tables), 0) loop
    return query execute format('select %L::text, %I::bigint, count(*) from %s where %I = any($1) and %s group by 2',
      tables[i], columns[i], tables[i]::regclass, columns[i],
      case when unless[i] is null then 'true' else format('%I is null', unless[i]) end) using unit_ids;
  end loop;
end $$;

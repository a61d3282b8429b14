-- Changes of units: one refresh of places for all that an event writes, counts of records, and what belongs to no half.

-- Notes units whose versions or successions changed, to be placed anew: at once, or by units.place_noted() where the
-- transaction has said that more is to come. A statement each would work the same sets out three times over.
create function units.note_changed(changed bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  noted text := current_setting('banlang.units_changed', true);
begin
  if coalesce(noted, '') = '' then
    perform units.refresh_places(units.refresh_ancestry(changed));
  else
    perform set_config('banlang.units_changed', (noted::bigint[] || changed)::text, true);
  end if;
end $$;

-- Says that several statements follow which change units together.
create function units.note_changes() returns void
  language sql set search_path = pg_catalog as $$
  select set_config('banlang.units_changed', '{}', true)
$$;

-- Places what was noted, and goes back to placing at once.
create function units.place_noted() returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  noted text := current_setting('banlang.units_changed', true);
begin
  if coalesce(noted, '') = '' then return; end if;
  perform set_config('banlang.units_changed', '', true);
  if noted <> '{}' then perform units.refresh_places(units.refresh_ancestry(noted::bigint[])); end if;
end $$;

create function units.place_noted_at_last() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform units.place_noted();
  return null;
end $$;
-- Whoever noted and forgot is placed before the transaction ends all the same.
create constraint trigger places_follow_at_last after insert or update or delete on units.unit_version
  deferrable initially deferred for each row
  when (coalesce(current_setting('banlang.units_changed', true), '') <> '')
  execute function units.place_noted_at_last();

create or replace function units.versions_changed() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  changed bigint[];
begin
  if tg_op = 'INSERT' then select array_agg(distinct unit_id) into changed from added;
  elsif tg_op = 'DELETE' then select array_agg(distinct unit_id) into changed from removed;
  else select array_agg(distinct both_.unit_id) into changed
    from (select unit_id from added union all select unit_id from removed) both_;
  end if;
  if changed is not null then perform units.note_changed(changed); end if;
  return null;
end $$;

create or replace function units.successions_changed() returns trigger
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
  if changed is null then return null; end if;
  if coalesce(current_setting('banlang.units_changed', true), '') <> '' then
    perform units.note_changed(changed);
  else
    perform units.refresh_places(changed);
  end if;
  return null;
end $$;
revoke execute on function units.note_changed(bigint[]) from public;

-- How many rows of some tables point at some units, said to whoever may change all these units: a preview of a change
-- speaks of records that the one who plans it may not read. `unless`: a column that is set once a row no longer matters.
create function units.count_records(tables text[], columns text[], unless text[], unit_ids bigint[])
  returns table (table_name text, records bigint)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if exists (select unnest(unit_ids) except select access.units_permitted('units.change')) then
    raise exception 'units: not all of these units are given to the actor' using errcode = 'insufficient_privilege';
  end if;
  for i in 1 .. coalesce(cardinality(tables), 0) loop
    table_name := tables[i];
    execute format('select count(*) from %s where %I = any($1) and %s', tables[i]::regclass, columns[i],
      case when unless[i] is null then 'true' else format('%I is null', unless[i]) end)
      into records using unit_ids;
    return next;
  end loop;
end $$;

-- Points rows of a counted table at another unit: from a split unit to the part of it that went to one of its successors,
-- or back. Only between a unit and a part of it, and only for whoever may change both and what took the part.
create function units.repoint(target_table text, unit_column text, from_unit bigint, to_unit bigint, row_ids bigint[])
  returns bigint
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
  if not exists (
    select 1 from pg_constraint k
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.conrelid = target_table::regclass and k.confrelid = 'units.unit'::regclass
      and cardinality(k.conkey) = 1 and a.attname = unit_column
  ) then
    raise exception 'units: % does not point at units by itself', target_table using errcode = 'check_violation';
  end if;
  execute format('update %s set %I = $1 where %I = $2 and ($3 is null or id = any($3))',
    target_table::regclass, unit_column, unit_column) using to_unit, from_unit, row_ids;
  get diagnostics moved = row_count;
  return moved;
end $$;

-- Which of these tables point at units by themselves; the rows of others follow them.
create function units.pointing(tables text[], columns text[]) returns setof text
  language sql stable set search_path = pg_catalog as $$
  select t.name from unnest(tables, columns) as t(name, unit_column)
  where exists (
    select 1 from pg_constraint k
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.conrelid = t.name::regclass and k.confrelid = 'units.unit'::regclass
      and cardinality(k.conkey) = 1 and a.attname = t.unit_column)
$$;

-- The same counts for each unit by itself.
create function units.count_records_of_each(tables text[], columns text[], unit_ids bigint[])
  returns table (table_name text, unit_id bigint, records bigint)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if exists (select unnest(unit_ids) except select access.units_permitted('units.change')) then
    raise exception 'units: not all of these units are given to the actor' using errcode = 'insufficient_privilege';
  end if;
  for i in 1 .. coalesce(cardinality(tables), 0) loop
    return query execute format('select %L::text, %I::bigint, count(*) from %s where %I = any($1) group by 2',
      tables[i], columns[i], tables[i]::regclass, columns[i]) using unit_ids;
  end loop;
end $$;

-- What belonged to a unit that ended without a successor is settled like the records of a split one, and whoever sees
-- figures of a unit for the whole of it sees what waits, without settling it.

create index unit_version_ended on units.unit_version (unit_id, valid_until) where valid_until is not null;

-- Units that ended without a successor, of those shown to the actor, which have rows of some tables, or parts to which such
-- rows were given. `unless`: a column that is set once a row no longer matters.
create function units.ended_alone(tables text[], columns text[], unless text[], of_unit bigint) returns setof bigint
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  alone bigint[];
begin
  select array_agg(v.unit_id) into alone from units.unit_version v
  where v.valid_until is not null and v.kind <> 'part' and (of_unit is null or v.unit_id = of_unit)
    and v.unit_id in (select access.units_permitted('units.see_unassigned'))
    and not exists (
      select from units.unit_version later where later.unit_id = v.unit_id
        and (later.valid_until is null or later.valid_until > v.valid_until))
    and not exists (
      select from units.succession s where s.from_unit_id = v.unit_id and s.on_day = v.valid_until);
  return query select v.parent_id from units.unit_version v where v.kind = 'part' and v.parent_id = any(alone);
  for i in 1 .. coalesce(cardinality(tables), 0) loop
    return query execute format('select distinct %I::bigint from %s where %I = any($1) and %s',
      columns[i], tables[i]::regclass, columns[i],
      case when unless[i] is null then 'true' else format('%I is null', unless[i]) end) using alone;
  end loop;
end $$;

-- As before, for whoever may see what waits.
create or replace function units.count_records_of_each(tables text[], columns text[], unless text[], unit_ids bigint[])
  returns table (table_name text, unit_id bigint, records bigint)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if exists (select unnest(unit_ids) except select access.units_permitted('units.see_unassigned')) then
    raise exception 'units: not all of these units are shown to the actor' using errcode = 'insufficient_privilege';
  end if;
  for i in 1 .. coalesce(cardinality(tables), 0) loop
    return query execute format('select %L::text, %I::bigint, count(*) from %s where %I = any($1) and %s group by 2',
      tables[i], columns[i], tables[i]::regclass, columns[i],
      case when unless[i] is null then 'true' else format('%I is null', unless[i]) end) using unit_ids;
  end loop;
end $$;

-- How many rows a person gave to parts of units that an event ended, or that went to what it made, said to whoever may undo
-- the event: it stands until they are taken back.
create function units.count_given(tables text[], columns text[], unless text[], of_event bigint, made bigint[])
  returns table (table_name text, unit_id bigint, records bigint)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not exists (
    select from units.event e where e.id = of_event and access.permits('units.change', e.unit_id)) then
    raise exception 'units: the event is not given to the actor' using errcode = 'insufficient_privilege';
  end if;
  for i in 1 .. coalesce(cardinality(tables), 0) loop
    return query execute format('
      select %L::text, part.parent_id, count(*) from (
        select distinct p.unit_id, p.parent_id from units.succession s
        join units.unit_version p on p.unit_id = s.from_unit_id and p.kind = ''part''
        where s.event_id = $1 or s.to_unit_id = any($2)) part
      join %s t on t.%I = part.unit_id and %s group by 2', tables[i], tables[i]::regclass, columns[i],
      case when unless[i] is null then 'true' else format('t.%I is null', unless[i]) end) using of_event, made;
  end loop;
end $$;

-- How many rows of a table an event's successor took out, which are back once the event is undone, said to whoever may undo
-- it. `after_column`: holds the event after which a row was taken out.
create function units.count_back(target_table text, after_column text, unless text, of_event bigint) returns bigint
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  found bigint;
begin
  if not exists (
    select from units.event e where e.id = of_event and access.permits('units.change', e.unit_id)) then
    raise exception 'units: the event is not given to the actor' using errcode = 'insufficient_privilege';
  end if;
  execute format('select count(*) from %s where %I = $1 and %s', target_table::regclass, after_column,
    case when unless is null then 'true' else format('%I is null', unless) end) into found using of_event;
  return found;
end $$;

-- What a unit is called in a list, as before. A row is looked up by index under row-level security only where nothing that is compared could tell of rows: `case` cannot,
-- `coalesce` is held to. With it every unit of a country was read for each name that a list shows.
create or replace function units.shown(unit bigint, on_day date)
  returns table (name text, kind text, within_name text, last_on date)
  language sql stable rows 1 set search_path = pg_catalog as $$
  with version as (
    select v.*, v.valid_until <= on_day as is_past from units.unit_version v where v.unit_id = unit
    order by (v.valid_from <= on_day and (v.valid_until is null or v.valid_until > on_day)) desc, v.valid_from desc
    limit 1
  ), asked as (
    -- Its last day where it has ended, its first where it is to come.
    select version.*, case when is_past then valid_until - 1 else greatest(on_day, valid_from) end as stood_on from version
  ), own as (
    select asked.unit_id, asked.kind, asked.is_past, asked.stood_on, asked.valid_until,
           coalesce(whole.name, asked.name) as name, case when whole.parent_id is null then asked.parent_id else whole.parent_id end as parent_id
    from asked left join lateral (
      select w.name, w.parent_id from units.unit_version w where asked.kind = 'part' and w.unit_id = asked.parent_id
      order by (w.valid_from <= asked.stood_on and (w.valid_until is null or w.valid_until > asked.stood_on)) desc,
        w.valid_from desc limit 1) whole on true
  )
  select own.name, own.kind, coalesce(heir.name, above.name),
         case when own.is_past and heir.name is null then own.valid_until - 1 end
  from own
  left join lateral (
    select p.name from units.unit_version p where p.unit_id = own.parent_id
    order by (p.valid_from <= own.stood_on and (p.valid_until is null or p.valid_until > own.stood_on)) desc,
      p.valid_from desc limit 1) above on true
  left join lateral (
    select h.name from units.succession s join units.unit_version h on h.unit_id = s.to_unit_id
    where own.kind = 'part' and own.is_past and s.from_unit_id = own.unit_id
    order by (h.valid_from <= on_day and (h.valid_until is null or h.valid_until > on_day)) desc, h.valid_from desc
    limit 1) heir on true
$$;

-- Numbers of units kept in an event, as numbers: see change.views.ts.
create function units.ids_in(list jsonb) returns bigint[]
  language sql immutable set search_path = pg_catalog as $$
  select array(select one.id::bigint from jsonb_array_elements_text(list) with ordinality as one(id, place) order by one.place)
$$;

create index succession_event on units.succession (event_id);

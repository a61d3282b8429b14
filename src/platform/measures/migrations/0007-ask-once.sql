-- What is asked for with figures of units and nothing else, so that one statement answers it: names the reader for the rest
-- of the statement, and says where each unit stands. `is_there`: it is on the map of the day.
create function measures.ask_once(account text, units bigint[], as_of date, map text)
  returns table(place int, unit_id bigint, today date, hour int, generation text, at timestamptz, seen text, map_day date,
    path text[], is_there boolean)
  language plpgsql stable rows 8 set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
declare
  now_on date;
  shown_on date;
begin
  perform set_config('banlang.account', account, true);
  now_on := calendar.today();
  shown_on := case map when 'then' then coalesce(as_of, now_on) when 'today' then now_on else map::date end;
  return query
    select asked.place::int, asked.id, now_on, common.hour, common.generation, now(), common.seen, shown_on,
      array(select s.ancestor_id::text from units.standing s where s.unit_id = asked.id),
      exists (
        select from units.unit_version v where v.unit_id = asked.id and v.valid_from <= shown_on
          and (v.valid_until is null or v.valid_until > shown_on))
    from (
      select measures.seen_now() as seen, current_database() || ' ' || coalesce(max(b.id), 0) as generation,
        case when as_of is null or as_of = now_on then measures.hour_now() else measures.hour_of(as_of) + 23 end as hour
      from measures.block b
    ) common
    cross join unnest(units) with ordinality asked(id, place);
end $$;

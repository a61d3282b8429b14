-- What is asked for with one figure and nothing else, so that one statement answers it: names the reader for the rest of the
-- statement, and says where the unit stands. `is_there`: it is on the map of the day.
create function measures.ask_once(account text, unit bigint, as_of date, map text)
  returns table(today date, hour int, generation text, at timestamptz, seen text, map_day date, path text[], is_there boolean)
  language plpgsql stable rows 1 set search_path = pg_catalog as $$
begin
  perform set_config('banlang.account', account, true);
  today := calendar.today();
  hour := case when as_of is null or as_of = today then measures.hour_now() else measures.hour_of(as_of) + 23 end;
  map_day := case map when 'then' then coalesce(as_of, today) when 'today' then today else map::date end;
  generation := current_database() || ' ' || (select coalesce(max(b.id), 0) from measures.block b);
  at := now();
  seen := measures.seen_now();
  path := array(select s.ancestor_id::text from units.standing s where s.unit_id = unit);
  is_there := exists (
    select from units.unit_version v where v.unit_id = unit and v.valid_from <= map_day
      and (v.valid_until is null or v.valid_until > map_day));
  return next;
end $$;

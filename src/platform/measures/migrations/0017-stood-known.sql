-- Whether a unit stood on the map of a day as known at a snapshot.
create function measures.stood_known(unit bigint, on_day date, known_epoch int, known pg_snapshot) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  with later as materialized (
    select i.image, i.net from measures.images_of('units.unit_version', unit::text, known_epoch, known) i
  )
  select exists (
    select from units.unit_version v
    where v.unit_id = unit and v.valid_from <= on_day and (v.valid_until is null or v.valid_until > on_day)
      and not exists (select from later l where l.net > 0 and (l.image ->> 'id')::bigint = v.id)
  ) or exists (
    select from later l where l.net < 0 and (l.image ->> 'valid_from')::date <= on_day
      and ((l.image ->> 'valid_until') is null or (l.image ->> 'valid_until')::date > on_day)
  )
$$;

-- The same hours as before. Of an instant less an instant nothing depends on the session's time zone, so that PostgreSQL may
-- work it out in place, without a call for each row.
create or replace function measures.hour_of(at timestamptz) returns int
  language sql immutable strict parallel safe as $$
  select ceil(date_part('epoch', at - timestamptz '1970-01-01 00:00:00+00') / 3600)::int + 7 $$;

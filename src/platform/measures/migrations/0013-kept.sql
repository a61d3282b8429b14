-- What the map of units was as known at an instant. Units, where they stand and where they went are kept as images, row by
-- row as they came (+) and went (−), as the rows of counted tables are: a change recorded or undone later does not alter
-- what had been printed before it. Other tables that no figure adds up, but that one is judged by, are kept the same way.

-- A kept table. `subjects`: what the audit calls the deeds that write it; `known_from`: since when it is kept.
create table measures.kept (
  name text primary key,
  subjects text[] not null,
  known_from timestamptz not null default clock_timestamp()
);

-- Only columns that a figure depends on. `key`: by what the rows are looked up.
create table measures.kept_image (
  name text not null,
  key text not null,
  epoch int not null,
  tx xid8 not null default pg_current_xact_id(),
  sign smallint not null,
  image jsonb not null
);
create index kept_image_written on measures.kept_image (epoch, tx);
create index kept_image_key on measures.kept_image (name, key);

-- Keeps the images of a statement; the columns are named by the trigger, the first one is the key.
create function measures.keep_images() returns trigger
  language plpgsql security definer set search_path = pg_catalog set datestyle = 'ISO' as $$
declare
  picked text;
  sources text;
begin
  select format('select r.%I::text as key, jsonb_build_object(%s) as image', tg_argv[0],
      string_agg(format('%L, r.%I', c, c), ', ')) into picked from unnest(tg_argv) c;
  sources := case tg_op
    when 'INSERT' then format('select 1 as sign, one.* from (%s from added r) one', picked)
    when 'DELETE' then format('select -1 as sign, one.* from (%s from removed r) one', picked)
    else format('select -1 as sign, one.* from (%1$s from removed r except all %1$s from added r) one
      union all select 1, one.* from (%1$s from added r except all %1$s from removed r) one', picked) end;
  execute format('insert into measures.kept_image (name, key, epoch, sign, image)
    select $1, i.key, coalesce((select max(number) from measures.epoch), 0), i.sign, i.image from (%s) i', sources)
    using tg_table_schema || '.' || tg_table_name;
  return null;
end $$;

-- Keeps a table from now on.
create function measures.keep(kept_table text, written_as text[], columns text[]) returns void
  language plpgsql set search_path = pg_catalog as $$
declare
  arguments text := (select string_agg(quote_literal(c), ', ') from unnest(columns) c);
begin
  execute format('create trigger kept_added after insert on %s referencing new table as added
    for each statement execute function measures.keep_images(%s)', kept_table::regclass, arguments);
  execute format('create trigger kept_changed after update on %s referencing old table as removed new table as added
    for each statement execute function measures.keep_images(%s)', kept_table::regclass, arguments);
  execute format('create trigger kept_removed after delete on %s referencing old table as removed
    for each statement execute function measures.keep_images(%s)', kept_table::regclass, arguments);
  insert into measures.kept (name, subjects) values (kept_table, written_as);
end $$;
revoke execute on function measures.keep(text, text[], text[]) from public;

select measures.keep(name, array['units.event', 'units.link', 'units.unit'], columns) from (values
  ('units.unit_version', array['unit_id', 'id', 'kind', 'parent_id', 'valid_from', 'valid_until']),
  ('units.succession', array['from_unit_id', 'id', 'event_id', 'to_unit_id', 'on_day', 'is_whole']),
  ('units.place', array['unit_id', 'leaf_id', 'days']),
  ('units.ancestry', array['ancestor_id', 'unit_id', 'kind', 'valid_from', 'valid_until'])) as t(name, columns);

-- What was written to a kept table after a snapshot: +1 for an image that is there now and was not, −1 for one that was.
create function measures.images_since(kept text, known_epoch int, known pg_snapshot)
  returns table(key text, image jsonb, net int)
  language sql stable security definer rows 100 set search_path = pg_catalog as $$
  select i.key, i.image, sum(i.sign)::int from (
    select * from measures.kept_image where epoch > known_epoch
    union all
    select * from measures.kept_image where epoch = known_epoch and tx >= pg_snapshot_xmax(known)
    union all
    select * from measures.kept_image where epoch = known_epoch and tx = any(array(select pg_snapshot_xip(known)))
  ) i where i.name = kept group by i.key, i.image having sum(i.sign) <> 0
$$;

-- The same of one key.
create function measures.images_of(kept text, of_key text, known_epoch int, known pg_snapshot)
  returns table(image jsonb, net int)
  language sql stable security definer rows 5 set search_path = pg_catalog as $$
  select i.image, sum(i.sign)::int from measures.kept_image i
  where i.name = kept and i.key = of_key
    and (i.epoch > known_epoch or i.epoch = known_epoch and not pg_visible_in_snapshot(i.tx, known))
  group by i.image having sum(i.sign) <> 0
$$;
revoke execute on function measures.images_since(text, int, pg_snapshot),
  measures.images_of(text, text, int, pg_snapshot) from public;

-- Whether a change of units was recorded or undone after a snapshot.
create function measures.map_changed_since(known_epoch int, known pg_snapshot) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select exists (
    select from unnest(array['units.place', 'units.ancestry', 'units.unit_version', 'units.succession']) kept(name)
    cross join lateral measures.images_since(kept.name, known_epoch, known))
$$;

-- Which of these tables were written to between an instant and the one since when they are kept, so that nobody can say
-- what they held at the first.
create function measures.not_kept_at(names text[], instant timestamptz) returns setof text
  language sql stable security definer set search_path = pg_catalog as $$
  select k.name from measures.kept k
  where k.name = any(names) and k.known_from > instant and exists (
    select from audit.entry e where e.subject = any(k.subjects) and e.at > instant and e.at <= k.known_from)
$$;

-- A mark is kept also where what was written is counted nowhere and only kept.
create or replace function measures.put_mark() returns void
  language sql security definer set search_path = pg_catalog as $$
  insert into measures.mark (at, epoch, seen)
  select clock_timestamp(), (select max(number) from measures.epoch), pg_current_snapshot()
  where exists (select from measures.block)
    and not exists (
      select from (select * from measures.mark order by at desc limit 1) last
      where last.at > clock_timestamp() - interval '1 minute'
        or last.epoch = (select max(number) from measures.epoch) and not exists (
          select from measures.block b where pg_snapshot_xmax(b.folded) > pg_snapshot_xmax(last.seen))
        and not exists (
          select from measures.kept_image i where i.epoch = last.epoch and i.tx >= pg_snapshot_xmax(last.seen))
        and not exists (
          select from measures.kept_image i
          where i.epoch = last.epoch and i.tx = any(array(select pg_snapshot_xip(last.seen)))))
  on conflict (at) do nothing
$$;

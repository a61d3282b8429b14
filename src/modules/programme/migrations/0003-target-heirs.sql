-- A target keeps the unit that it was set for. Whoever carries it on once that unit has ended (units.heirs_on) takes it
-- out of the plan, or sets another one in its place, from a day on: what it was until then stays as it was.

alter table programme.target
  -- From this day on it is no longer in the plan, as long as its unit has ended.
  add column closed_on date,
  -- Set by a successor in place of one that it had inherited, and in the plan from this day on.
  add column replaces_id bigint references programme.target,
  add column begins_on date,
  add check ((replaces_id is null) = (begins_on is null));
create unique index target_replaces on programme.target (replaces_id) where removed_at is null;

-- Whether a target is in its plan on a day. One that was closed by a successor is in it again where the end of its unit
-- has been undone.
create function programme.in_plan(target programme.target, on_day date) returns boolean
  language sql stable as $$
  select target.removed_at is null and coalesce(target.begins_on <= on_day, true) and (
    target.closed_on is null or target.closed_on > on_day
    or not exists (select from units.heirs_on(array[target.unit_id], on_day) h where h.since <= on_day))
$$;

alter table programme.target_revision drop constraint target_revision_deed_check,
  add constraint target_revision_deed_check check (deed in ('set', 'changed', 'removed', 'moved', 'closed'));

-- Under which name the history speaks of where a target was: a part by what took it.
create or replace function programme.note_move() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  names text[];
begin
  select array_agg((
    select v.name from units.unit_version v
    where v.unit_id = coalesce((
      select s.to_unit_id from units.succession s join units.unit_version p on p.unit_id = s.from_unit_id
      where p.unit_id = one.id and p.kind = 'part' limit 1), one.id)
    order by v.valid_from desc limit 1) order by one.place)
    into names from unnest(array[old.unit_id, new.unit_id]) with ordinality as one(id, place);
  insert into programme.target_revision (target_id, unit_id, deed, revised_by, revised_by_name, before, after)
  values (new.id, new.unit_id, 'moved', access.current_account(),
    coalesce(access.display_name(access.current_account()), ''),
    jsonb_build_object('unit', names[1]), jsonb_build_object('unit', names[2]));
  return null;
end $$;

-- What a half has closed or replaced does not go back as if it had not been.
create function programme.refuse_return() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from units.unit_version v where v.unit_id = old.unit_id and v.kind = 'part') then
    raise exception 'programme: target % was closed by the unit that it was given to', old.id
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger closed_stays before update of unit_id on programme.target
  for each row when (old.unit_id is distinct from new.unit_id and old.closed_on is not null)
  execute function programme.refuse_return();

-- Row-level security shows a target to all who hold its unit, also to those of a unit that has ended; it is changed by
-- those who hold the unit that carries it on today.
create function programme.require_heir() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  if access.current_account() is not null and not coalesce((
    select access.permits('programme.change', h.heir_id)
    from units.heirs_on(array[old.unit_id], calendar.today()) h), false) then
    raise exception 'programme: target % is carried on by a unit that is not given to the actor', old.id
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger heir_changes before update on programme.target
  for each row when (old.unit_id is not distinct from new.unit_id) execute function programme.require_heir();

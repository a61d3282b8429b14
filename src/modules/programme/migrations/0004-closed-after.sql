-- A successor takes a target out of the plan as the successor of one certain change. Where that change was undone, the
-- target is in the plan as if it had not been, also where the same change is recorded again.
alter table programme.target add column closed_after bigint references units.event;

update programme.target t set closed_after = (
  select s.event_id from units.succession s where s.from_unit_id = t.unit_id and s.on_day <= t.closed_on
  order by s.on_day desc limit 1) where t.closed_on is not null;

-- From which day on a target is out of the plan, by a change that stands.
create function programme.closes_on(target programme.target) returns date
  language sql stable as $$
  select case when target.closed_after is null or exists (
    select from units.succession s
    where s.from_unit_id = target.unit_id and s.event_id = target.closed_after) then target.closed_on end
$$;

create or replace function programme.in_plan(target programme.target, on_day date) returns boolean
  language sql stable as $$
  select target.removed_at is null and coalesce(target.begins_on <= on_day, true) and (
    coalesce(programme.closes_on(target) > on_day, true)
    or not exists (select from units.heirs_on(array[target.unit_id], on_day) h where h.since <= on_day))
$$;

-- One that is in the plan again may be replaced again.
drop index programme.target_replaces;
create index target_replaces on programme.target (replaces_id) where removed_at is null;

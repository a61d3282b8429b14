-- Rights go along with the records: whoever was given a role over a unit that ended whole holds it in its one successor,
-- from the day of the change and as long as the change stands. The grant itself is never rewritten.

-- The unit in which a role over a unit is held on a day: the one that carries the unit on, unless that stands on a higher
-- level (a school that goes into a commune makes nobody an officer of the commune).
create function access.held_in(unit bigint, on_day date) returns bigint
  language sql stable security definer set search_path = pg_catalog as $$
  with level as (
    select v.unit_id, (array_agg(k.rank order by v.valid_from desc))[1] as rank
    from units.heirs_on(array[unit], on_day) h
    join units.unit_version v on v.unit_id in (unit, h.heir_id) and v.valid_from <= on_day
    join units.kind k on k.key = v.kind
    group by v.unit_id
  )
  select coalesce((
    select h.heir_id from units.heirs_on(array[unit], on_day) h
    join level was on was.unit_id = unit
    join level now on now.unit_id = h.heir_id and now.rank >= was.rank), unit)
$$;

-- Asked for every request: a unit that has not gone into another costs one look at the successions.
create or replace view access.held as
  select g.account_id, rc.capability, coalesce(gone.unit_id, g.unit_id) as unit_id
  from access.grant g
  join access.account a on a.id = g.account_id and a.status = 'active'
  left join lateral (
    select access.held_in(g.unit_id, (select calendar.today())) as unit_id
    from units.succession s
    where s.from_unit_id = g.unit_id and s.is_whole and s.on_day <= (select calendar.today()) limit 1) gone on true
  join access.role_capability rc on rc.role = g.role
  where g.revoked_at is null
    and g.valid_from <= (select calendar.today()) and (g.valid_until is null or g.valid_until > (select calendar.today()));

-- Where units went decides who holds what, so what was remembered of rights is found anew.
create function access.rights_follow_successions() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  update access.rights_state set number = nextval('access.rights_number');
  perform set_config('banlang.rights', '', true);
  return null;
end $$;
create trigger rights_follow after insert or update or delete or truncate on units.succession
  for each statement execute function access.rights_follow_successions();

create function access.rights_follow_versions() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from written w join units.succession s on s.from_unit_id = w.unit_id) then
    update access.rights_state set number = nextval('access.rights_number');
    perform set_config('banlang.rights', '', true);
  end if;
  return null;
end $$;
create trigger rights_follow_added after insert on units.unit_version
  referencing new table as written for each statement execute function access.rights_follow_versions();
create trigger rights_follow_changed after update on units.unit_version
  referencing new table as written for each statement execute function access.rights_follow_versions();
create trigger rights_follow_removed after delete on units.unit_version
  referencing old table as written for each statement execute function access.rights_follow_versions();

-- As before, but where the roles are held now: whoever had the place where a unit stood last may have nothing to say
-- of the unit that carries it on.
create or replace function access.manages_whole(account bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select access.permits('access.manage', a.unit_id) and not exists (
    select 1 from access.grant g
    where g.account_id = account and g.revoked_at is null
      and (g.valid_until is null or g.valid_until > calendar.today())
      and not access.permits('access.manage', access.held_in(g.unit_id, calendar.today())))
  from access.account a where a.id = account
$$;

-- A role over a unit that has gone into another is a role over that one.
create function access.require_manager_where_held() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  held_in bigint := access.held_in(new.unit_id, calendar.today());
begin
  if access.current_account() is not null and held_in <> new.unit_id
      and not access.permits('access.manage', held_in) then
    raise exception 'access: the unit that carries this one on is not given to the actor'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger managed_where_held before insert or update on access.grant
  for each row execute function access.require_manager_where_held();

-- Who works in some units just before a day and would still on it, as far as the reader may see the grants.
create function access.working_in(unit_ids bigint[], on_day date)
  returns table (unit_id bigint, account_id bigint, display_name text, sort_key text, role_vi text, role_en text)
  language sql stable set search_path = pg_catalog as $$
  select gone.at_id, a.id, a.display_name, a.sort_key, r.name_vi, r.name_en
  from (
    select h.unit_id, access.held_in(h.unit_id, on_day - 1) as at_id from units.held_on(unit_ids, on_day - 1) h
  ) gone
  join access.grant g on g.unit_id = gone.unit_id and g.revoked_at is null
    and (g.valid_until is null or g.valid_until > on_day)
  join access.account a on a.id = g.account_id and a.kind = 'person' and a.status = 'active'
  join access.role r on r.key = g.role
  where gone.at_id = any(unit_ids)
$$;

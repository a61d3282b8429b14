-- Every policy asks for the rights of the account, so they are found once in a transaction and kept in a setting of it:
-- `account|capability={units}|…`, and `capability!|` where one of the units is the top of the tree.
create function access.find_rights() returns text
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  account text := coalesce(current_setting('banlang.account', true), '');
  rights text := account || '|';
begin
  if account <> '' then
    select rights || coalesce(string_agg(one.capability || '=' || one.units || '|' || one.everywhere, ''), '') into rights
    from (
      select h.capability, array_agg(h.unit_id)::text as units,
             case when bool_or(exists (
               select from units.unit_version v where v.unit_id = h.unit_id and v.parent_id is null))
             then h.capability || '!|' else '' end as everywhere
      from access.held h where h.account_id = account::bigint group by h.capability) one;
  end if;
  perform set_config('banlang.rights', rights, true);
  return rights;
end $$;

-- The rights kept for this account in this transaction, or found now. Plain SQL like the two below, so that the planner
-- puts its text in the place of the call.
create function access.rights() returns text language sql stable as $$
  select case when starts_with(current_setting('banlang.rights', true), current_setting('banlang.account', true) || '|')
    then current_setting('banlang.rights', true) else access.find_rights() end
$$;

-- The units at and below which the account holds a capability today.
create function access.roots(wanted text) returns bigint[] language sql stable as $$
  select nullif(split_part(split_part(access.rights(), '|' || wanted || '=', 2), '|', 1), '')::bigint[]
    || nullif(split_part(split_part(access.rights(), '|*=', 2), '|', 1), '')::bigint[]
$$;

-- True where the account holds a capability over the whole tree: no row needs to be looked at then.
create function access.everywhere(wanted text) returns boolean language sql stable as $$
  select strpos(access.rights(), '|' || wanted || '!|') > 0 or strpos(access.rights(), '|*!|') > 0
$$;

-- Who changes rights goes on with the changed ones, also in the same transaction.
create function access.forget_rights() returns trigger language plpgsql as $$
begin
  perform set_config('banlang.rights', '', true);
  return null;
end $$;
create trigger rights_changed after insert or update or delete on access.grant
  for each statement execute function access.forget_rights();
create trigger rights_changed after insert or update or delete on access.account
  for each statement execute function access.forget_rights();
create trigger rights_changed after insert or update or delete on access.role_capability
  for each statement execute function access.forget_rights();
create trigger rights_changed after insert or update or delete on calendar.working_date
  for each statement execute function access.forget_rights();

create or replace function access.units_permitted(wanted text) returns setof bigint
  language plpgsql stable security definer rows 1000 set search_path = pg_catalog as $$
declare
  roots bigint[] := access.roots(wanted);
begin
  return query select a.unit_id from units.standing a where a.ancestor_id = any(roots);
end $$;

create or replace function access.permits(wanted text, unit bigint) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  roots bigint[] := access.roots(wanted);
begin
  return exists (select from units.standing a where a.unit_id = unit and a.ancestor_id = any(roots));
end $$;

create or replace function access.holds(wanted text) returns boolean language sql stable as $$
  select access.roots(wanted) is not null
$$;

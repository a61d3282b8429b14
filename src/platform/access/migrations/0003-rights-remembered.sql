-- Finding the rights of an account costs more than most of what is asked with them. A connection remembers them beyond the
-- transaction, together with what they were found from: the day, and a number that moves when any right may have changed.

-- The number is never given twice, not even after a rollback.
create sequence access.rights_number;
create table access.rights_state (number bigint not null);
insert into access.rights_state values (nextval('access.rights_number'));

create function access.rights_move() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  update access.rights_state set number = nextval('access.rights_number');
  return null;
end $$;
create trigger rights_move after insert or update or delete or truncate on access.grant
  for each statement execute function access.rights_move();
create trigger rights_move after insert or delete or truncate or update of id, status on access.account
  for each statement execute function access.rights_move();
create trigger rights_move after insert or update or delete or truncate on access.role_capability
  for each statement execute function access.rights_move();
-- Whoever holds a right over the top of the tree holds it everywhere.
create trigger rights_move_with_top after insert on units.unit_version
  for each row when (new.parent_id is null) execute function access.rights_move();
create trigger rights_move_with_former_top after delete on units.unit_version
  for each row when (old.parent_id is null) execute function access.rights_move();
create trigger rights_move_with_changed_top after update on units.unit_version
  for each row when (old.parent_id is null or new.parent_id is null) execute function access.rights_move();

-- Of so many accounts a connection remembers the rights; one that falls on the place of another is found anew.
create or replace function access.find_rights() returns text
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  account text := coalesce(current_setting('banlang.account', true), '');
  rights text := account || '|';
  place text;
  kept text;
  state text;
begin
  if account <> '' then
    place := 'banlang.rights_' || account::bigint % 64;
    state := (select s.number from access.rights_state s) || ' ' || calendar.today() || ' ' || account || '|';
    kept := current_setting(place, true);
    if starts_with(kept, state) then
      rights := account || '|' || substr(kept, length(state) + 1);
    else
      select rights || coalesce(string_agg(one.capability || '=' || one.units || '|' || one.everywhere, ''), '') into rights
      from (
        select h.capability, array_agg(h.unit_id)::text as units,
               case when bool_or(exists (
                 select from units.unit_version v where v.unit_id = h.unit_id and v.parent_id is null))
               then h.capability || '!|' else '' end as everywhere
        from access.held h where h.account_id = account::bigint group by h.capability) one;
      perform set_config(place, state || substr(rights, length(account) + 2), false);
    end if;
  end if;
  perform set_config('banlang.rights', rights, true);
  return rights;
end $$;

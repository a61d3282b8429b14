-- The day is asked for in every statement, by rights and defaults of columns: found once in a transaction, it is kept in a
-- setting of it, which goes with the transaction. now() stands still in a transaction, so midnight changes nothing.
create function calendar.find_today() returns date
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  day date := coalesce(
    (select w.working_on from calendar.working_date w), (now() at time zone 'Asia/Ho_Chi_Minh')::date);
begin
  perform set_config('banlang.today', day::text, true);
  return day;
end $$;

-- Plain SQL, so that the planner puts its text in the place of the call.
create or replace function calendar.today() returns date language sql stable as $$
  select coalesce(nullif(current_setting('banlang.today', true), '')::date, calendar.find_today())
$$;

create function calendar.forget_today() returns trigger language plpgsql as $$
begin
  perform set_config('banlang.today', '', true);
  return null;
end $$;
create trigger day_changed after insert or update or delete on calendar.working_date
  for each statement execute function calendar.forget_today();

create schema calendar;

-- At most one row: the day that a demonstration works on. Without it, today is today in Việt Nam.
create table calendar.working_date (
  only_one boolean primary key default true check (only_one),
  working_on date not null
);

-- The day that every rule of the product stands on. Never computed in UTC: the office closes in Asia/Ho_Chi_Minh.
create function calendar.today() returns date
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(
    (select w.working_on from calendar.working_date w),
    (now() at time zone 'Asia/Ho_Chi_Minh')::date)
$$;

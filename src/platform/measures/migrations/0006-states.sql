-- What has been read is remembered for as long as nothing has changed: an answer says in which state it was read.

-- Moves whenever a unit's place, its kind or the rights over it may have changed.
-- Its number is never given twice, not even after a rollback: what somebody read in between is never taken for true.
create sequence measures.territory_number;
create table measures.territory (number bigint not null);
insert into measures.territory values (nextval('measures.territory_number'));

create function measures.territory_changed() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- The same lock as for what units are made of, so that whoever changes both takes them in one order.
  perform pg_advisory_xact_lock(4711002);
  update measures.territory set number = nextval('measures.territory_number');
  return null;
end $$;

create trigger territory_changes after insert or update or delete or truncate on units.place
  for each statement execute function measures.territory_changed();
create trigger territory_changes after insert or update or delete or truncate on units.ancestry
  for each statement execute function measures.territory_changed();
create trigger territory_changes after insert or update or delete or truncate on units.inheritance
  for each statement execute function measures.territory_changed();

-- In which state figures are read: first, on which territory, day and with which rights; then for each block what is
-- summed in it, or null where the ledger holds what is not summed yet. What is read in equal states is equal.
create function measures.states(blocks int[]) returns text[]
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  answer text[];
  asked int;
  of_ledger int;
  was pg_snapshot;
  state text;
  is_summed boolean;
begin
  select concat_ws(' ', current_database(), t.number, calendar.today(),
    case when access.everywhere('measures.view') then '*' else access.roots('measures.view')::text end)
  into state from measures.territory t;
  -- Where each statement sees another snapshot, what is read after this one may be of a later state: nothing is remembered.
  if current_setting('transaction_isolation') = 'read committed' then state := null; end if;
  answer := array[state];
  foreach asked in array blocks loop
    state := null;
    select b.counted_id, b.folded, b.folded || ' ' || b.anchor into of_ledger, was, state
    from measures.block b where b.id = asked;
    if found then
      execute format(
        'select not exists (select from counting.image_%1$s where epoch = e.number and tx >= $1)
            and not exists (select from counting.image_%1$s where epoch = e.number and tx = any($2))
         from (select max(number) as number from measures.epoch) e', of_ledger)
        into is_summed using pg_snapshot_xmax(was), array(select pg_snapshot_xip(was));
      if not is_summed then state := null; end if;
    end if;
    answer := answer || state;
  end loop;
  return answer;
end $$;

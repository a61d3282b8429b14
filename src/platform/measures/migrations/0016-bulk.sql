-- Images of large statements stand in a table of their own, a hundred thousand to a row; see ledger.sql.ts. Its other columns follow the
-- declarations at the next start; until then it only says that there are none.
do $$ declare
  ledger int;
begin
  for ledger in select id from measures.counted where to_regclass('counting.image_' || id) is not null loop
    execute format('create table if not exists counting.image_%s_bulk (tx xid8, epoch int, sign smallint)', ledger);
  end loop;
end $$;

create or replace function measures.states(blocks int[]) returns text[]
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
            and not exists (select from counting.image_%1$s_bulk where epoch = e.number and tx >= $1)
            and not exists (select from counting.image_%1$s_bulk where epoch = e.number and tx = any($2))
         from (select max(number) as number from measures.epoch) e', of_ledger)
        into is_summed using pg_snapshot_xmax(was), array(select pg_snapshot_xip(was));
      if not is_summed then state := null; end if;
    end if;
    answer := answer || state;
  end loop;
  return answer;
end $$;

-- The guard against replicated rows asked for every row which mode the session is in; now the database asks once, by itself.
do $$
declare
  counted regclass;
begin
  for counted in select tgrelid::regclass from pg_trigger where tgname = 'counted_never_replicated' loop
    execute format('drop trigger counted_never_replicated on %s', counted);
    execute format('create trigger counted_never_replicated after insert or update or delete on %s
      for each row execute function measures.refuse_replication()', counted);
    execute format('alter table %s enable replica trigger counted_never_replicated', counted);
  end loop;
end $$;

-- The triggers that count, as they were installed: whoever switches one off and on again, or makes it anew, leaves another
-- row in the catalogue. `triggers`: null until the next start looks.
alter table measures.counted add triggers jsonb;

create function measures.triggers_of(counted text) returns jsonb
  language sql stable set search_path = pg_catalog as $$
  select jsonb_object_agg(t.tgname, concat_ws(' ', t.tgenabled, t.oid, t.xmin)) from pg_trigger t
  where t.tgrelid = to_regclass(counted) and not t.tgisinternal and starts_with(t.tgname, 'counted_')
$$;

-- Refuses to switch off what counts. Where the role that installs may not make event triggers, the folder notices it.
create function measures.refuse_uncounted() returns event_trigger
  language plpgsql set search_path = pg_catalog as $$
declare
  off record;
begin
  select d.object_identity as counted, t.tgname as name into off
  from pg_event_trigger_ddl_commands() d
  join pg_trigger t on t.tgrelid = d.objid and not t.tgisinternal and starts_with(t.tgname, 'counted_')
  join pg_proc p on p.oid = t.tgfoid and p.pronamespace in (to_regnamespace('counting'), to_regnamespace('measures'))
  where d.classid = 'pg_class'::regclass
    and t.tgenabled <> case t.tgname when 'counted_never_replicated' then 'R' else 'A' end
  limit 1;
  if found then
    raise exception 'Bảng % được đếm: không được tắt trigger %, vì con số sẽ không theo kịp hồ sơ. Hãy thêm, sửa, xóa dòng bằng lệnh thông thường. / % is counted: its trigger % cannot be switched off, for the figures would not follow the records. Write rows by ordinary statements.',
      off.counted, off.name, off.counted, off.name
      using errcode = 'feature_not_supported';
  end if;
end $$;

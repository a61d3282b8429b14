-- Targets and their paths are kept as they came and went, so that the share of targets met can be told by what had been
-- recorded until an instant. Only what a target is judged by, and who has it; no names of persons.
select measures.keep(name, array['programme.target', 'units.unit'], columns) from (values
  ('programme.target', array['id', 'unit_id', 'plan_id', 'field_id', 'code', 'title', 'measure', 'direction', 'value_unit',
    'as_percent', 'baseline', 'end_value', 'starts_on', 'ends_on', 'removed_at', 'closed_on', 'closed_after', 'begins_on',
    'replaces_id']),
  ('programme.path_point', array['target_id', 'unit_id', 'due_on', 'value'])) as t(name, columns);

-- Images of targets written after a snapshot, of those that the reader may see.
create function programme.targets_since(known_epoch int, known pg_snapshot) returns table(target programme.target, net int)
  language sql stable security definer rows 20 set search_path = pg_catalog as $$
  select jsonb_populate_record(null::programme.target, i.image), i.net
  from measures.images_since('programme.target', known_epoch, known) i
  where (select access.permits('programme.view', (i.image ->> 'unit_id')::bigint))
$$;

-- The targets that some units had as known at a snapshot.
create function programme.targets_known(units bigint[], known_epoch int, known pg_snapshot)
  returns setof programme.target
  language sql stable rows 20 as $$
  with later as materialized (select s.target, s.net from programme.targets_since(known_epoch, known) s)
  select t.* from programme.target t
  where t.unit_id = any(units) and not exists (select from later l where l.net > 0 and (l.target).id = t.id)
  union all
  select (l.target).* from later l where l.net < 0 and (l.target).unit_id = any(units)
$$;

-- Images of the path of a target written after a snapshot, for whoever may see the target.
create function programme.path_since(of_target bigint, known_epoch int, known pg_snapshot)
  returns table(due_on date, value numeric, net int)
  language sql stable security definer rows 5 set search_path = pg_catalog as $$
  select (i.image ->> 'due_on')::date, (i.image ->> 'value')::numeric, i.net
  from measures.images_of('programme.path_point', of_target::text, known_epoch, known) i
  where (select access.permits('programme.view', (i.image ->> 'unit_id')::bigint))
$$;

-- The path of a target as known at a snapshot.
create function programme.path_known(of_target bigint, known_epoch int, known pg_snapshot)
  returns table(due_on date, value numeric)
  language sql stable rows 5 as $$
  with later as materialized (select * from programme.path_since(of_target, known_epoch, known))
  select x.due_on, x.value from programme.path_point x
  where x.target_id = of_target and not exists (select from later l where l.net > 0 and l.due_on = x.due_on)
  union all
  select l.due_on, l.value from later l where l.net < 0
$$;

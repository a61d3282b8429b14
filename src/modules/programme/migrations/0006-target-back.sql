-- What comes back into the plan where a change of units is undone.
create index target_closed_after on programme.target (closed_after) where closed_after is not null;

-- A target of a unit that a change made, once that change has been undone: no unit holds it any more, so nobody sees the row.
-- Said to whoever sees the targets of the unit that holds all those concerned.
create function programme.unmade(of_target bigint)
  returns table (title text, unit_name text, event_id bigint, kind text, takes_effect_on date, undone_on date,
    former bigint[], replaces_id bigint)
  language sql stable security definer rows 1 set search_path = pg_catalog as $$
  select t.title,
    (select was ->> 'name' from jsonb_array_elements(e.facts -> 'after') was
     where was ->> 'unitId' = t.unit_id::text order by was ->> 'validFrom' limit 1),
    e.id, e.kind, e.takes_effect_on, (e.undone_at at time zone 'Asia/Ho_Chi_Minh')::date,
    array(select f::bigint from jsonb_array_elements_text(e.facts -> 'from') f limit 20), t.replaces_id
  from programme.target t
  join units.event e on e.undone_at is not null and e.facts -> 'to' ? t.unit_id::text
  where t.id = of_target and access.permits('programme.view', e.unit_id)
    and not exists (select from units.unit_version v where v.unit_id = t.unit_id)
  order by e.id desc limit 1
$$;

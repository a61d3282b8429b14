-- The same units as before, taken from two lists in one pass each: looking each one up below cost most of the page of a
-- province.
create or replace function measures.leaves_apart(of_unit bigint, on_day date) returns table(leaf_id bigint, part text)
  language sql stable security definer rows 50 set search_path = pg_catalog as $$
  with recursive whole(leaf_id, trail) as (
    select of_unit, array[of_unit]
    union all
    select step.leaf_id, w.trail || step.leaf_id
    from whole w
    cross join lateral (
      select s.from_unit_id as leaf_id from units.succession s
      where s.to_unit_id = w.leaf_id and s.is_whole and s.on_day <= leaves_apart.on_day
      union
      select s.to_unit_id from units.succession s
      where s.from_unit_id = w.leaf_id and s.is_whole and s.on_day > leaves_apart.on_day
        and not exists (select from units.succession o where o.to_unit_id = s.to_unit_id and o.id <> s.id)
    ) step
    where not step.leaf_id = any(w.trail)
  ), apart as materialized (
    select p.leaf_id from units.place p where p.unit_id = of_unit and p.days @> leaves_apart.on_day
    except
    select b.leaf_id from units.unit_version v
    join units.place b on b.unit_id = v.unit_id and b.days @> leaves_apart.on_day
    where v.parent_id = of_unit and v.valid_from <= leaves_apart.on_day
      and (v.valid_until is null or v.valid_until > leaves_apart.on_day)
  )
  select a.leaf_id, case when a.leaf_id in (select w.leaf_id from whole w) then 'own' else 'unassigned' end from apart a
$$;

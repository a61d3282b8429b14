-- How a row feeds each definition, so that the database itself can count the rows behind a figure, those among them that the
-- reader may not open. SQL over the columns of one row, written by the program that declares it and by nobody else.
create table measures.rule (
  measure_id int primary key references measures.measure on delete cascade,
  counted text not null,
  unit text not null,
  feeds text not null,
  begins text not null,
  -- Null of what happens once.
  ends text,
  amount text not null,
  -- Of what is counted once: each key is one row of the list.
  key text
);

-- How many rows feed a definition for a unit on the map of a day, at an hour or since a first one, and what they add up to,
-- whoever may open them; nothing to whoever may not see totals of the unit. `besides`: without those that feed one of these
-- definitions; `only_part`: only what stands apart in the unit (see measures.leaves_apart).
create function measures.rows_behind(
    definition int, besides int[], of_unit bigint, on_day date, hour int, first_hour int, only_part text)
  returns table(rows bigint, amount numeric)
  language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
declare
  rule measures.rule;
  other measures.rule;
  holds constant text := '(%s) and measures.hour_of(%s) <= $1 and %s';
  conditions text;
begin
  select r.* into rule from measures.rule r where r.measure_id = definition;
  if not found or not exists (select from measures.units_viewed(array[of_unit])) then return; end if;
  conditions := format(holds, rule.feeds, rule.begins, measures.still_holds(rule));
  for other in select r.* from measures.rule r where r.measure_id = any(besides) loop
    conditions := conditions || format(' and (' || holds || ') is not true', other.feeds, other.begins, measures.still_holds(other));
  end loop;
  return query execute format(
    'select %s from %s counted where %s and %I in (%s)',
    case when rule.key is null then format('count(*), coalesce(sum((%s)::numeric), 0)', rule.amount)
      else format('count(distinct (%1$s)::text), count(distinct (%1$s)::text)::numeric', rule.key) end,
    rule.counted, conditions, rule.unit,
    case when only_part is null
      then 'select p.leaf_id from units.place p where p.unit_id = $3 and p.days @> $4'
      else 'select l.leaf_id from measures.leaves_apart($3, $4) l where l.part = $5' end)
    using hour, first_hour, of_unit, on_day, only_part;
end $$;

-- That a row which has begun at the hour $1 has not ended by then, or began no earlier than the hour $2.
create function measures.still_holds(rule measures.rule) returns text language sql immutable as $$
  select case when rule.ends is null
    then format('($2 is null or measures.hour_of(%s) >= $2)', rule.begins)
    else format('((%1$s) is null or measures.hour_of(%1$s) > greatest($1, measures.hour_of(%2$s)))', rule.ends, rule.begins) end
$$;

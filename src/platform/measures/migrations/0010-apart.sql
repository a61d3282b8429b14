-- What a unit comes to by itself in many blocks: for a table of many measures the units below are looked up once.

-- Sums of columns at hours of what stands in none of the units directly below, for whoever may see the totals of the
-- unit. `columns`: those of each block, in the order of the blocks.
create function measures.read_apart_in(blocks int[], columns jsonb, of_unit bigint, on_day date, hours int[])
  returns table(block int, place int, part text, sums text[])
  language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
declare
  compositions int[];
  parts text[];
  places int[];
  at_hours int[];
begin
  select array_agg(c.id), array_agg(l.part), array_agg(h.place), array_agg(h.hour)
  into compositions, parts, places, at_hours
  from measures.units_viewed(array[of_unit]) viewed
  cross join measures.leaves_apart(viewed, on_day) l
  join measures.composition c on c.leaf_id = l.leaf_id
  cross join unnest(hours) with ordinality h(hour, place);
  if compositions is null then return; end if;
  for at in 1 .. cardinality(blocks) loop
    return query execute format(
      'select $1, ($2)[p.place], ($3)[p.place], array[%s] from counting.parts_%s($4, $5) p group by 2, 3',
      (select string_agg(format('sum(p.%I)::text', c), ', ') from jsonb_array_elements_text(columns -> (at - 1)) c),
      blocks[at])
      using blocks[at], places, parts, compositions, at_hours;
  end loop;
end $$;

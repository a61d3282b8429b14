import { feeds } from './bases.ts'
import { type Block, laterImages } from './block.sql.ts'
import type { BaseMeasure } from './declare.ts'

/**
 * The rows that came to measures of a block, or left them, since a snapshot: `counting.since_<block>`. `change` is 1
 * where a row came, -1 where it left, 0 where only its value is another. Ids alone: whoever asks opens the rows under
 * their own rights.
 */
export function sinceFunction(block: Block): string | null {
  if (block.bases.length === 0) return null
  const { unit } = block.ledger
  const branches = block.bases.map(({ id, base }) => {
    const value = base.value === 1 ? '1' : `(${base.value})::numeric`
    return `select row_id::text as of_row, sum(sign)::int as change, sum(sign * ${value})::numeric as amount
      from later where ${id} = any(asked_measures) and ${unit} in (select leaf.id from leaf) and ${holds(base)}
      group by row_id`
  })
  return `
create or replace function counting.since_${block.id}(
    asked_measures int[], asked_unit bigint, asked_day date, asked_first int, asked_hour int,
    known_epoch int, known pg_snapshot)
  returns table(touched_row text, row_change int)
  language plpgsql stable security definer set search_path = pg_catalog rows 100 as $counting$
#variable_conflict use_column
begin
  return query
    with leaf as materialized (
      select cl.leaf_id as id from measures.units_viewed(array[asked_unit]) viewed
      join measures.map m on m.unit_id = viewed and m.from_day <= asked_day and m.until_day > asked_day
      join measures.composition_leaf cl on cl.composition_id = m.composition_id
    ),
    later as materialized (${laterImages(block)}),
    net as (
      ${branches.join('\n      union all\n      ')}
    )
    select n.of_row, sum(n.change)::int from net n
    group by n.of_row having sum(n.change) <> 0 or bool_or(n.amount <> 0)
    order by 2 desc, 1;
end $counting$`
}

/**
 * Of rows that came or left since a snapshot those of which nothing is another but that they were settled, or given back:
 * `counting.settled_<block>`. They stand in a part of a unit, there or then, and in that unit itself, then or now.
 */
export function settledFunction(block: Block): string {
  const { unit } = block.ledger
  return `
create or replace function counting.settled_${block.id}(asked_rows text[], known_epoch int, known pg_snapshot)
  returns table(settled_row text)
  language plpgsql stable security definer set search_path = pg_catalog rows 100 as $counting$
#variable_conflict use_column
begin
  return query
    with part as materialized (
      select v.unit_id as id, v.parent_id as whole_id from units.unit_version v where v.kind = 'part'
      union
      select (i.image ->> 'unit_id')::bigint, (i.image ->> 'parent_id')::bigint
      from measures.images_since('units.unit_version', known_epoch, known) i
      where i.net < 0 and i.image ->> 'kind' = 'part'
    ),
    asked as materialized (select unnest(asked_rows) as id),
    later as materialized (${laterImages(block)}),
    net as (
      select l.row_id::text as of_row, sum(l.sign) as change
      from later l join asked on asked.id = l.row_id::text left join part on part.id = l.${unit}
      group by l.row_id, coalesce(part.whole_id, l.${unit}), to_jsonb(l) - array['tx', 'epoch', 'sign', '${unit}']
    )
    select n.of_row from net n where exists (select from part) group by n.of_row having bool_and(n.change = 0);
end $counting$`
}

function holds(base: BaseMeasure): string {
  const hour = (at: string) => `measures.hour_of(${at})`
  if (base.kind === 'flow')
    return `${feeds(base)} and ${hour(base.on)} <= asked_hour
        and (asked_first is null or ${hour(base.on)} >= asked_first)`
  return `${feeds(base)} and ${hour(base.from)} <= asked_hour
        and ((${base.until}) is null or ${hour(base.until)} > asked_hour)`
}

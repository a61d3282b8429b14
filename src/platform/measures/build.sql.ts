import { type Block, columnNames, pendingTable, placeStrays, sums, totalTable } from './block.sql.ts'
import { moments } from './moments.sql.ts'

/**
 * What units come to, each by itself, as SQL of (leaf_id, grain, at, later, columns…): by month (grain 1), by year (2),
 * and up to the hour `monthsUpTo` (3, at 0). What comes after that hour stands apart under grain 3, by its hour `later`.
 */
export function unitRows(block: Block, options: { monthsUpTo: number; ofUnits: string }): string {
  return `
    select leaf_id, (case when grouping(month) = 0 then 1 when grouping(year) = 0 then 2 else 3 end)::smallint as grain,
      coalesce(month, year, 0) as at, later, ${sums(block, 'one')}
    from (
      select moment.leaf_id, moment.at as month, measures.year_of(moment.at) as year, moment.later,
        ${columnNames(block).join(', ')}
      from (${moments(block, block.ledger.table, options)}) moment
    ) one
    group by grouping sets ((leaf_id, year, month), (leaf_id, year), (leaf_id, later))`
}

/** From `built_unit`, which unitRows filled, to totals of the sets of one unit and to what is pending. */
export function unitTotals(block: Block): string[] {
  const columns = columnNames(block).join(', ')
  return [
    placeStrays(block, `select leaf_id as ${block.ledger.unit} from built_unit where grain = 3`),
    `insert into ${pendingTable(block)} (leaf_id, at, ${columns})
     select leaf_id, later, ${columns} from built_unit where later is not null and leaf_id is not null`,
    `insert into ${totalTable(block)} (composition_id, grain, at, ${columns})
     select c.id, u.grain, u.at, ${columns} from built_unit u join measures.composition c on c.leaf_id = u.leaf_id
     where u.later is null`,
  ]
}

/**
 * What each larger set is summed from, as SQL of (whole_id, part_id, level): the largest sets within it that are shown to
 * have no unit in common, and each unit that is left by itself. Sets of level 1 are summed from units alone, others also
 * from sets of levels below their own.
 */
export const partsOfSets = `
  with recursive larger as (
    select cl.composition_id as id, count(*) as units
    from measures.composition_leaf cl
    join measures.composition c on c.id = cl.composition_id and c.leaf_id is null group by 1
  ), member as materialized (
    select l.id, l.units, cl.leaf_id from larger l join measures.composition_leaf cl on cl.composition_id = l.id
  ), inner_set as materialized (
    select whole.id as whole_id, part.id as part_id
    from member whole join member part on part.leaf_id = whole.leaf_id and part.units < whole.units
    group by 1, 2, part.units having count(*) = part.units
  ), chosen as materialized (
    select distinct on (i.whole_id, part.leaf_id) i.whole_id, part.leaf_id, i.part_id, part.units
    from inner_set i join member part on part.id = i.part_id
    order by i.whole_id, part.leaf_id, part.units desc, i.part_id
  ), apart as materialized (
    -- Chosen for all of its units, a set shares none with another that was chosen.
    select whole_id, part_id from chosen group by 1, 2, units having count(*) = units
  ), part as (
    select whole_id, part_id from apart
    union all
    select m.id, own.id from member m
    join measures.composition own on own.leaf_id = m.leaf_id
    where not exists (
      select from apart a join measures.composition_leaf cl on cl.composition_id = a.part_id
      where a.whole_id = m.id and cl.leaf_id = m.leaf_id)
  ), stands (id, level) as (
    select id, 1 from larger
    union
    select p.whole_id, s.level + 1 from stands s join apart p on p.part_id = s.id
  )
  select p.whole_id, p.part_id, s.level
  from part p join (select id, max(level) as level from stands group by 1) s on s.id = p.whole_id`

/** Totals of the sets of one level of `built_part`, which partsOfSets filled. */
export function setTotals(block: Block): string {
  const total = totalTable(block)
  return `insert into ${total} (composition_id, grain, at, ${columnNames(block).join(', ')})
    select p.whole_id, t.grain, t.at, ${sums(block, 't')}
    from built_part p join ${total} t on t.composition_id = p.part_id
    where p.level = $1 group by 1, 2, 3`
}

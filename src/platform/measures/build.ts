import type pg from 'pg'
import {
  type Block,
  blockTables,
  columnNames,
  pendingTable,
  placeStrays,
  putPresence,
  sums,
  totalTable,
} from './block.sql.ts'
import { moments } from './moments.sql.ts'

/**
 * Counts the measures of a block from the rows of its table, in one snapshot, beside readers and writers: what is
 * written meanwhile stands in the ledger and is read from there. The block is seen whole or not at all, when the caller
 * commits. The caller has begun a REPEATABLE READ transaction and holds the folder's lock.
 */
export async function buildBlock(client: pg.ClientBase, block: Block): Promise<void> {
  const { table } = block.ledger
  const names = columnNames(block)
  // Sums of a whole table are worth memory that a page is not.
  await client.query(
    `set local work_mem = '256MB'; set local maintenance_work_mem = '256MB'; set local jit = off`,
  )
  for (const statement of blockTables(block)) await client.query(statement)
  await client.query(
    `update measures.block set folded = pg_current_snapshot(), anchor = measures.hour_now() where id = $1`,
    [block.id],
  )
  if (names.length > 0) await fillTotals(client, block)
  await client.query(`alter table ${totalTable(block)} add primary key (composition_id, grain, at)`)
  await client.query(`analyze ${totalTable(block)}`)
  const presence = putPresence(block, table)
  if (presence !== null) await client.query(presence)
}

/** Each row is read once into months of its own unit, which are few; all that is larger is summed from those. */
async function fillTotals(client: pg.ClientBase, block: Block): Promise<void> {
  const columns = columnNames(block).join(', ')
  const total = totalTable(block)
  const { rows } = await client.query<{ anchor: number }>('select anchor from measures.block where id = $1', [
    block.id,
  ])
  const monthsUpTo = rows[0]?.anchor ?? 0
  await client.query(
    `create temporary table built_month on commit drop as
     select one.leaf_id, one.at, one.later, ${sums(block, 'one')}
     from (${moments(block, block.ledger.table, { monthsUpTo })}) one
     where num_nonnulls(${columns}) > 0 group by 1, 2, 3`,
  )
  await client.query('analyze built_month')
  await client.query(placeStrays(block, `select leaf_id as ${block.ledger.unit} from built_month`))
  await client.query(
    `insert into ${pendingTable(block)} (leaf_id, at, ${columns})
     select m.leaf_id, m.later, ${sums(block, 'm')} from built_month m where m.later is not null group by 1, 2`,
  )
  // Months, years and the running total (all but what is pending) of each unit by itself, then of larger sets.
  await client.query(
    `create temporary table built_leaf on commit drop as
     select m.leaf_id, 1::smallint as grain, m.at, ${sums(block, 'm')} from built_month m group by 1, 3
     union all
     select m.leaf_id, 2::smallint, measures.year_of(m.at), ${sums(block, 'm')} from built_month m group by 1, 3
     union all
     select m.leaf_id, 3::smallint, 0, ${sums(block, 'm')} from built_month m where m.later is null group by 1`,
  )
  await client.query('analyze built_leaf')
  await client.query(
    `insert into ${total} (composition_id, grain, at, ${columns})
     select c.id, l.grain, l.at, ${columns} from built_leaf l join measures.composition c on c.leaf_id = l.leaf_id`,
  )
  await client.query(
    `insert into ${total} (composition_id, grain, at, ${columns})
     select cl.composition_id, l.grain, l.at, ${sums(block, 'l')}
     from built_leaf l
     join measures.composition_leaf cl on cl.leaf_id = l.leaf_id
     join measures.composition c on c.id = cl.composition_id and c.leaf_id is null
     group by 1, 2, 3`,
  )
  await client.query('drop table built_month, built_leaf')
}

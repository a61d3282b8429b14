import type pg from 'pg'
import {
  type Block,
  blockTables,
  columnNames,
  moments,
  pendingTable,
  putPresence,
  spread,
  sums,
  totalTable,
} from './block.sql.ts'

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
  if (names.length > 0) {
    const columns = names.join(', ')
    await client.query(
      `create temporary table built_moment on commit drop as
       select one.leaf_id, one.at, ${sums(block, 'one')} from (${moments(block, table)}) one group by 1, 2`,
    )
    await client.query('analyze built_moment')
    await requirePlaces(client)
    await client.query(
      `insert into ${pendingTable(block)} (leaf_id, at, ${columns})
       select leaf_id, at, ${columns} from built_moment where at > measures.hour_now() and num_nonnulls(${columns}) > 0`,
    )
    await client.query(
      `insert into ${totalTable(block)} (composition_id, grain, at, ${columns})
       ${spread(block, 'built_moment', '(select * from built_moment where at <= measures.hour_now()) present')}
       order by 1, 2, 3`,
    )
    await client.query('drop table built_moment')
  }
  await client.query(`alter table ${totalTable(block)} add primary key (composition_id, grain, at)`)
  await client.query(`analyze ${totalTable(block)}`)
  const presence = putPresence(block, table)
  if (presence !== null) await client.query(presence)
}

/** A record of a unit that stands on no map would be counted nowhere. */
async function requirePlaces(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ leaf_id: string }>(
    `select distinct leaf_id::text from built_moment m
     where not exists (select from measures.composition c where c.leaf_id = m.leaf_id) limit 5`,
  )
  if (rows.length > 0)
    throw new Error(
      `measures: records of units that stand on no map: ${rows.map((row) => row.leaf_id).join(', ')}`,
    )
}

import type pg from 'pg'
import { type Block, blockTables, columnNames, putPresence, totalTable } from './block.sql.ts'
import { partsOfSets, setTotals, unitRows, unitTotals } from './build.sql.ts'
import { stretchesOf } from './build.stretches.ts'

/**
 * Counts the measures of a block from the rows of its table, in one snapshot, beside readers and writers: what is
 * written meanwhile stands in the ledger and is read from there. The block is seen whole or not at all, when the caller
 * commits. The caller has begun a REPEATABLE READ transaction and holds the folder's lock.
 */
export async function buildBlock(client: pg.ClientBase, block: Block): Promise<void> {
  const { table } = block.ledger
  const names = columnNames(block)
  await client.query(`set local maintenance_work_mem = '256MB'; set local jit = off`)
  for (const statement of blockTables(block)) await client.query(statement)
  const { rows } = await client.query<{ anchor: number }>(
    `update measures.block set folded = pg_current_snapshot(), anchor = measures.hour_now() where id = $1
     returning anchor`,
    [block.id],
  )
  if (names.length > 0) {
    await fillUnits(client, block, rows[0]?.anchor ?? 0)
    await fillSets(client, block)
  }
  await client.query(`alter table ${totalTable(block)} add primary key (composition_id, grain, at)`)
  await client.query(keysAnalyzed(block))
  const presence = putPresence(block, table)
  if (presence !== null) await client.query(presence)
}

/** Plans need to know how many keys there are; what the other columns hold never decides one. */
const keysAnalyzed = (block: Block) => `analyze ${totalTable(block)} (composition_id, grain, at)`

/**
 * What each unit comes to by itself. A large table is read in stretches of units, so that what is summed up stays in
 * memory: that costs less than to write it down and read it again. Each day column has a process of its own.
 */
async function fillUnits(client: pg.ClientBase, block: Block, anchor: number): Promise<void> {
  const { stretches, isLarge } = await stretchesOf(client, block)
  await client.query(
    `set local work_mem = '64MB'; set local hash_mem_multiplier = 3;
     set local max_parallel_workers_per_gather = ${isLarge ? 2 : 0}; set local min_parallel_table_scan_size = '1000GB';
     set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0`,
  )
  for (const ofUnits of stretches) {
    await client.query(
      `create temporary table built_unit on commit drop as ${unitRows(block, { monthsUpTo: anchor, ofUnits })}`,
    )
    for (const statement of unitTotals(block)) await client.query(statement)
    await client.query('drop table built_unit')
  }
}

/** What larger sets come to, from what the largest sets that they are made of come to. */
async function fillSets(client: pg.ClientBase, block: Block): Promise<void> {
  await client.query(
    `set local work_mem = '256MB'; set local hash_mem_multiplier = 1.5;
     set local min_parallel_table_scan_size to default`,
  )
  await client.query(keysAnalyzed(block))
  await client.query(`create temporary table built_part on commit drop as ${partsOfSets}`)
  await client.query('analyze built_part')
  const { rows } = await client.query<{ levels: number }>(
    'select coalesce(max(level), 0) as levels from built_part',
  )
  for (let level = 1; level <= (rows[0]?.levels ?? 0); level += 1)
    await client.query(setTotals(block), [level])
  await client.query('drop table built_part')
}

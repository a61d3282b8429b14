import type pg from 'pg'
import type { Part } from '../part.ts'
import { type Counted, countedMeasures } from './bases.ts'
import { type Block, foldFunction } from './block.sql.ts'
import { buildBlock } from './build.ts'
import { definitionHash } from './columns.ts'
import type { BaseMeasure, DistinctMeasure } from './declare.ts'
import { imageColumns, type Ledger, ledgerTable, ledgerTriggers } from './ledger.sql.ts'
import { coverFunction, distinctFunction, partsFunction, readFunction } from './read.sql.ts'

/** Key of the advisory lock of whoever folds, builds, or changes what units are made of. */
export const foldLock = 4_711_002

/** More blocks than this for one table are put together into one when another would be added. */
const mostBlocks = 3

/** What the declarations of these parts come to; equal text means nothing has to be installed. */
export function measuresFingerprint(parts: readonly Part[]): string {
  return countedMeasures(parts)
    .map((counted) => `${counted.name} ${definitionHash(counted)}`)
    .join('\n')
}

/**
 * Makes the ledgers follow the declarations, in the caller's transaction: images of every column that a measure reads
 * are kept from then on. Writers of a table wait for this moment; readers do not. Refuses tables whose rows could be
 * written past their triggers (partitions).
 */
export async function installLedgers(client: pg.ClientBase, parts: readonly Part[]): Promise<void> {
  const epoch = await currentEpoch(client)
  for (const [table, counts] of byTable(countedMeasures(parts))) {
    await client.query(`lock table ${table} in share row exclusive mode`)
    const ledger = await ledgerOf(client, table, counts, epoch)
    const idType = (await columnsOfTable(client, table)).get('id') ?? 'bigint'
    for (const statement of ledgerTable(ledger, idType)) await client.query(statement)
    for (const statement of ledgerTriggers(ledger, counts)) await client.query(statement)
  }
}

/**
 * Builds the figures of what is new or changed, table by table, while the rest goes on. Several processes may call it;
 * one does the work. `again` builds everything anew.
 */
export async function buildFigures(
  client: pg.ClientBase,
  parts: readonly Part[],
  options: { again?: boolean; progress?: (line: string) => void } = {},
): Promise<{ built: string[] }> {
  const built: string[] = []
  const tables = byTable(countedMeasures(parts))
  await client.query('select pg_advisory_lock($1)', [foldLock])
  try {
    for (const [table, counts] of tables) {
      const wanted = await missing(client, table, counts, options.again ?? false)
      if (wanted.length === 0) continue
      options.progress?.(table)
      await buildTable(client, table, counts, wanted)
      built.push(...wanted.map((counted) => counted.name))
    }
    await dropRetired(client)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [foldLock])
  }
  return { built }
}

function byTable(counted: readonly Counted[]): Map<string, Counted[]> {
  const tables = new Map<string, Counted[]>()
  for (const one of counted) tables.set(one.of.table, [...(tables.get(one.of.table) ?? []), one])
  return tables
}

async function columnsOfTable(client: pg.ClientBase, table: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string; kind: string; part: boolean }>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, c.relkind::text as kind, c.relispartition as part
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [table],
  )
  if (rows.some((row) => row.kind !== 'r' || row.part))
    throw new Error(
      `measures: ${table} is partitioned; rows written to a partition would slip past the counting`,
    )
  return new Map(rows.map((row) => [row.name, row.type]))
}

async function ledgerOf(
  client: pg.ClientBase,
  table: string,
  counts: readonly Counted[],
  epoch: number,
): Promise<Ledger> {
  const { rows } = await client.query<{ id: number }>(
    `with known as (select id from measures.counted where name = $1),
          made as (insert into measures.counted (name) select $1 where not exists (select from known) returning id)
     select id from known union all select id from made`,
    [table],
  )
  const id = rows[0]?.id ?? 0
  const unit = counts[0]?.of.unit ?? 'unit_id'
  const columns = imageColumns(counts, await columnsOfTable(client, table))
  // A column that only an older declaration read keeps being written: an older program may still run.
  const before = await client.query<{ name: string; type: string }>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
     where a.attrelid = to_regclass($1) and a.attnum > 4 and not a.attisdropped order by a.attnum`,
    [`counting.image_${id}`],
  )
  const own = await columnsOfTable(client, table)
  const kept = before.rows.filter((row) => own.has(row.name)).map((row) => [row.name, row.type] as const)
  return { id, table, unit, columns: new Map([...kept, ...columns]), epoch }
}

/** Transaction numbers of another server, or of one restored to an older state, mean nothing here. */
async function currentEpoch(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ number: number | null; same: boolean }>(
    `select max(e.number) as number,
       coalesce(bool_or(e.server = (select system_identifier::text from pg_control_system())), false)
         and not exists (select from measures.block b
           where pg_snapshot_xmin(b.folded) > pg_snapshot_xmax(pg_current_snapshot())) as same
     from (select * from measures.epoch order by number desc limit 1) e`,
  )
  const { number, same } = rows[0] ?? { number: null, same: false }
  if (number !== null && same) return number
  const next = (number ?? 0) + 1
  await client.query(
    `insert into measures.epoch (number, server) select $1, system_identifier::text from pg_control_system()`,
    [next],
  )
  // Totals of before were summed up to a snapshot that no longer says anything.
  await client.query(`update measures.block set retired_at = clock_timestamp() where retired_at is null`)
  return next
}

/** What of a table has no figures yet; everything where blocks are to be put together. */
async function missing(
  client: pg.ClientBase,
  table: string,
  counts: readonly Counted[],
  again: boolean,
): Promise<readonly Counted[]> {
  const { rows } = await client.query<{ name: string; hash: string; block: number }>(
    `select m.name, m.definition_hash as hash, m.block_id as block from measures.measure m
     join measures.block b on b.id = m.block_id and b.retired_at is null
     join measures.counted c on c.id = b.counted_id and c.name = $1`,
    [table],
  )
  const known = new Set(rows.map((row) => `${row.name} ${row.hash}`))
  const stale = counts.filter((counted) => !known.has(`${counted.name} ${definitionHash(counted)}`))
  if (stale.length === 0 && !again) return []
  const blocks = new Set(rows.map((row) => row.block)).size
  return again || blocks >= mostBlocks || stale.length * 2 > counts.length ? counts : stale
}

async function buildTable(
  client: pg.ClientBase,
  table: string,
  counts: readonly Counted[],
  wanted: readonly Counted[],
): Promise<void> {
  await client.query('begin isolation level repeatable read')
  try {
    const epoch = await currentEpoch(client)
    const ledger = await ledgerOf(client, table, counts, epoch)
    const { rows } = await client.query<{ id: number }>(
      `insert into measures.block (counted_id, folded, anchor)
       values ($1, pg_current_snapshot(), measures.hour_now()) returning id`,
      [ledger.id],
    )
    const blockId = rows[0]?.id ?? 0
    const bases: { id: number; base: BaseMeasure }[] = []
    const distincts: { id: number; distinct: DistinctMeasure }[] = []
    for (const counted of wanted) {
      const id = await registerMeasure(client, counted, blockId)
      if (counted.kind === 'distinct') distincts.push({ id, distinct: counted })
      else bases.push({ id, base: counted })
    }
    const block: Block = { id: blockId, ledger, bases, distincts }
    await buildBlock(client, block)
    for (const statement of [
      partsFunction(block),
      readFunction(block),
      coverFunction(block),
      distinctFunction(block),
      foldFunction(block),
    ])
      if (statement !== null) await client.query(statement)
    await client.query(grantReading(blockId))
    await client.query(
      `update measures.block b set retired_at = clock_timestamp()
       where b.counted_id = $1 and b.retired_at is null and b.id <> $2
         and not exists (select from measures.measure m where m.block_id = b.id
           and (m.name, m.definition_hash) in (select * from unnest($3::text[], $4::text[])))`,
      [ledger.id, blockId, counts.map((one) => one.name), counts.map(definitionHash)],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Whoever may use the schema reads figures through these, which ask for rights themselves; nobody else folds. */
function grantReading(blockId: number): string {
  return `do $$ declare reader text; f text; begin
    for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'counting'::regnamespace
        and p.proname in ('parts_${blockId}', 'fold_${blockId}', 'read_${blockId}', 'cover_${blockId}', 'distinct_${blockId}') loop
      execute format('revoke execute on function %s from public', f);
    end loop;
    for reader in select distinct grantee::regrole from pg_namespace n, aclexplode(n.nspacl) a
        where n.nspname = 'counting' and a.privilege_type = 'USAGE' and a.grantee <> n.nspowner and a.grantee <> 0 loop
      for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'counting'::regnamespace
          and p.proname in ('read_${blockId}', 'cover_${blockId}', 'distinct_${blockId}') loop
        execute format('grant execute on function %s to %s', f, reader);
      end loop;
    end loop; end $$`
}

async function registerMeasure(client: pg.ClientBase, counted: Counted, blockId: number): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into measures.measure (name, definition_hash, block_id) values ($1, $2, $3)
     on conflict (name, definition_hash) do update set block_id = excluded.block_id, built_at = clock_timestamp()
     returning id`,
    [counted.name, definitionHash(counted), blockId],
  )
  const id = rows[0]?.id ?? 0
  if (counted.kind === 'distinct')
    await client.query('delete from measures.presence where measure_id = $1', [id])
  return id
}

/** Figures that nobody asks for any more: an older program had a day to end. */
async function dropRetired(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ id: number }>(
    `select id from measures.block where retired_at < clock_timestamp() - interval '1 day'`,
  )
  for (const { id } of rows) {
    await client.query(
      `do $$ declare f text; begin
         for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'counting'::regnamespace
           and p.proname in ('parts_${id}', 'read_${id}', 'cover_${id}', 'distinct_${id}', 'fold_${id}') loop
           execute format('drop function %s', f);
         end loop; end $$;
       drop table if exists counting.total_${id}, counting.pending_${id};
       delete from measures.presence where measure_id in (select m.id from measures.measure m where m.block_id = ${id});
       delete from measures.measure where block_id = ${id}; delete from measures.block where id = ${id}`,
    )
  }
}

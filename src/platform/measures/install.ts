import type pg from 'pg'
import type { Part } from '../part.ts'
import { type Counted, countedMeasures, coveredStocks } from './bases.ts'
import { type Block, foldFunction } from './block.sql.ts'
import { buildBlock } from './build.ts'
import { definitionHash } from './columns.ts'
import { indexDays } from './day-index.ts'
import type { BaseMeasure, DistinctMeasure } from './declare.ts'
import { makeReadingFunctions, renewReadingFunctions } from './install.functions.ts'
import { ledgerFaults, requireCountable } from './ledger.guards.ts'
import { ledgerTable, ledgerTriggers, triggersNoted } from './ledger.sql.ts'
import { byTable, columnsOfTable, currentEpoch, ledgerOf } from './ledger.state.ts'
import { putRules } from './rules.ts'
import { sinceFunction } from './since.sql.ts'

/** Key of the advisory lock of whoever folds, builds, or changes what units are made of. */
export const foldLock = 4_711_002

/** More blocks than this for one table are put together into one when another would be added. */
const mostBlocks = 3

/**
 * Makes the ledgers follow the declarations, table by table, each in a transaction of its own: images of every column
 * that a measure reads are kept from then on. Writers of a table wait for this moment; readers do not. Looks at every
 * start whether what is there is still as it was installed; where it is not, rows may have been written past it: it is
 * installed again, and the figures of that table are built from its rows. Refuses tables that cannot be counted.
 */
async function followDeclarations(
  client: pg.ClientBase,
  tables: ReadonlyMap<string, readonly Counted[]>,
  progress: (line: string) => void,
): Promise<void> {
  const epoch = await currentEpoch(client)
  for (const [table, counts] of tables) {
    await requireCountable(client, table, counts)
    const ledger = await ledgerOf(client, table, counts, epoch)
    const { faults, doubted, isGrown, isFormer, standing } = await ledgerFaults(client, ledger)
    if (faults.length === 0 && !isGrown && !isFormer) {
      await client.query(`${triggersNoted(ledger)} and triggers is null`)
      continue
    }
    await client.query('begin')
    try {
      await client.query(`lock table ${table} in share row exclusive mode`)
      const idType = (await columnsOfTable(client, table)).get('id') ?? 'bigint'
      for (const statement of ledgerTable(ledger, idType, standing)) await client.query(statement)
      for (const statement of ledgerTriggers(ledger, counts)) await client.query(statement)
      // What was written past a trigger, or stood in a column that was not kept, nobody knows of the time before.
      if (doubted.length > 0 || isGrown)
        await client.query('update measures.counted set known_from = clock_timestamp() where id = $1', [
          ledger.id,
        ])
      if (faults.length > 0)
        await client.query(
          'update measures.block set retired_at = clock_timestamp() where counted_id = $1 and retired_at is null',
          [ledger.id],
        )
      if (doubted.length > 0) await noteMended(client, table, doubted)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
    if (doubted.length > 0)
      progress(
        `${table}: bộ đếm không còn như lúc cài, đã cài lại / was not as installed (${doubted.join(', ')})`,
      )
  }
}

/** Enters into the audit what of a counted table was not as installed, as a deed of the program itself. */
async function noteMended(client: pg.ClientBase, table: string, doubted: readonly string[]): Promise<void> {
  await client.query(
    `insert into audit.entry (actor_id, unit_id, action, subject, subject_id, after)
     select a.id, a.unit_id, 'measures.counting_mended', 'measures.counted', $1, $2
     from access.account a where a.kind = 'system' order by a.id limit 1`,
    [table, JSON.stringify({ notAsInstalled: doubted })],
  )
}

/** Has the database refuse to switch counting off, where this role may have it do so. */
const guardSwitches = `
  do $$ begin
    if not exists (select from pg_event_trigger where evtname = 'banlang_counting_stays_on' and evtenabled = 'A') then
      drop event trigger if exists banlang_counting_stays_on;
      create event trigger banlang_counting_stays_on on ddl_command_end when tag in ('ALTER TABLE')
        execute function measures.refuse_uncounted();
      alter event trigger banlang_counting_stays_on enable always;
    end if;
  exception when insufficient_privilege then null;
  end $$`

/**
 * Builds the figures of what is new or changed, table by table, while the rest goes on. Several processes may call it;
 * one does the work. `again` builds anew everything, or all of the tables that these measures are counted from.
 */
export async function buildFigures(
  client: pg.ClientBase,
  parts: readonly Pick<Part, 'measures'>[],
  options: { again?: boolean | readonly string[]; progress?: (line: string) => void } = {},
): Promise<{ built: string[] }> {
  const built: string[] = []
  const named = new Set(typeof options.again === 'object' ? options.again : [])
  const tables = byTable(countedMeasures(parts))
  const covered = coveredStocks(parts)
  await client.query('select pg_advisory_lock($1)', [foldLock])
  try {
    await followDeclarations(client, tables, options.progress ?? (() => {}))
    await client.query(guardSwitches)
    for (const [table, counts] of tables) {
      const again =
        typeof options.again === 'object'
          ? counts.some((counted) => named.has(counted.name))
          : (options.again ?? false)
      const wanted = await missing(client, table, counts, covered, again)
      if (wanted.length === 0) continue
      options.progress?.(table)
      await indexDays(client, await ledgerOf(client, table, counts, await currentEpoch(client)), counts)
      await buildTable(client, table, counts, wanted, covered)
      built.push(...wanted.map((counted) => counted.name))
    }
    await renewReadingFunctions(client, tables)
    await putRules(client, [...tables.values()].flat())
    await dropRetired(client)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [foldLock])
  }
  return { built }
}

/** What of a table has no figures yet; everything where blocks are to be put together. */
async function missing(
  client: pg.ClientBase,
  table: string,
  counts: readonly Counted[],
  covered: ReadonlySet<string>,
  again: boolean,
): Promise<readonly Counted[]> {
  const { rows } = await client.query<{ name: string; hash: string; block: number; covered: boolean }>(
    `select m.name, m.definition_hash as hash, m.block_id as block, m.is_covered as covered from measures.measure m
     join measures.block b on b.id = m.block_id and b.retired_at is null
     join measures.counted c on c.id = b.counted_id and c.name = $1`,
    [table],
  )
  const serving = rows.filter((row) => row.covered || !covered.has(row.name))
  const known = new Set(serving.map((row) => `${row.name} ${row.hash}`))
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
  covered: ReadonlySet<string>,
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
      const id = await registerMeasure(client, counted, blockId, covered.has(counted.name))
      if (counted.kind === 'distinct') distincts.push({ id, distinct: counted })
      else bases.push({ id, base: counted })
    }
    const stocks = bases.filter(({ base }) => covered.has(base.name)).map(({ id }) => id)
    const block: Block = { id: blockId, ledger, bases, distincts, covered: new Set(stocks) }
    await buildBlock(client, block)
    await makeReadingFunctions(client, block)
    for (const statement of [foldFunction(block), sinceFunction(block)])
      if (statement !== null) await client.query(statement)
    await putRules(client, wanted)
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
        and p.proname in ('parts_${blockId}', 'fold_${blockId}', 'held_${blockId}', 'read_${blockId}', 'cover_${blockId}', 'distinct_${blockId}', 'distinct_apart_${blockId}', 'since_${blockId}', 'settled_${blockId}') loop
      execute format('revoke execute on function %s from public', f);
    end loop;
    for reader in select distinct grantee::regrole from pg_namespace n, aclexplode(n.nspacl) a
        where n.nspname = 'counting' and a.privilege_type = 'USAGE' and a.grantee <> n.nspowner and a.grantee <> 0 loop
      for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'counting'::regnamespace
          and p.proname in ('read_${blockId}', 'cover_${blockId}', 'distinct_${blockId}', 'distinct_apart_${blockId}', 'since_${blockId}', 'settled_${blockId}') loop
        execute format('grant execute on function %s to %s', f, reader);
      end loop;
    end loop; end $$`
}

async function registerMeasure(
  client: pg.ClientBase,
  counted: Counted,
  blockId: number,
  isCovered: boolean,
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into measures.measure (name, definition_hash, block_id, is_covered) values ($1, $2, $3, $4)
     on conflict (name, definition_hash) do update set block_id = excluded.block_id, is_covered = excluded.is_covered,
       built_at = clock_timestamp()
     returning id`,
    [counted.name, definitionHash(counted), blockId, isCovered],
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
           and p.proname in ('parts_${id}', 'held_${id}', 'read_${id}', 'cover_${id}', 'distinct_${id}', 'distinct_apart_${id}', 'distinct_known_${id}', 'fold_${id}', 'since_${id}', 'settled_${id}') loop
           execute format('drop function %s', f);
         end loop; end $$;
       drop table if exists counting.total_${id}, counting.pending_${id};
       delete from measures.presence where measure_id in (select m.id from measures.measure m where m.block_id = ${id});
       delete from measures.measure where block_id = ${id}; delete from measures.block where id = ${id}`,
    )
  }
}

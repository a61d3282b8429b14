import type pg from 'pg'
import { type Counted, countedOf } from './bases.ts'
import { definitionHash } from './columns.ts'
import type { BaseMeasure, DistinctMeasure, Measure } from './declare.ts'
import { ledgerFaults } from './ledger.guards.ts'
import { byTable, currentEpoch, ledgerOf } from './ledger.state.ts'
import { compareCoverages, compareKeys } from './recount.kinds.ts'
import {
  columnsCompared,
  compareFigures,
  compareTotals,
  type Standing,
  spellGroups,
  spellTable,
} from './recount.sql.ts'
import { type Differing, note, type RecountResult, type Tally } from './recount.tally.ts'

/** Months of which each end is compared; of the years before, the last hour of each. */
const monthsCompared = 120

type Block = { id: number; standings: Standing[]; distincts: { id: number; distinct: DistinctMeasure }[] }
/**
 * Compares every figure with the rows in one snapshot: each base measure for every unit on every map, now and at each
 * month end that totals are kept for (past and to come), the totals of every set of units with the sums over its units,
 * keys that are counted once, coverages, where units stand, and whether the triggers that count are as installed. Rows
 * are read as whole spells, not as the events that totals are made of. `client` signs in as the owner; it changes nothing.
 */
export async function recountAll(
  client: pg.ClientBase,
  measures: readonly Measure[],
  options: { only?: readonly string[] | undefined; progress?: (line: string) => void } = {},
): Promise<RecountResult> {
  const began = performance.now()
  const wanted = new Set(options.only ?? [])
  const chosen = wanted.size === 0 ? measures : measures.filter(({ name }) => wanted.has(name))
  const counted = countedOf(chosen)
  const tally: Tally = {
    result: {
      measures: counted.length,
      figures: 0,
      instants: 0,
      seconds: 0,
      differences: [],
      different: 0,
      faults: [],
    },
    instants: new Set(),
    titles: new Map(counted.map(({ name, title }) => [name, title])),
  }
  await client.query('begin isolation level repeatable read')
  try {
    await client.query(`set local work_mem = '128MB'; set local jit = off; set local statement_timeout = 0`)
    await client.query(
      `select set_config('banlang.account', (select min(id)::text from access.account where kind = 'system'), true)`,
    )
    await compareLedgers(client, counted, tally)
    await comparePlaces(client, tally)
    for (const block of await blocksOf(client, counted, tally)) {
      options.progress?.(
        `${block.standings.length + block.distincts.length} × ${block.standings[0]?.base.of.table ?? block.distincts[0]?.distinct.of.table}`,
      )
      await compareBlock(client, block, chosen, tally)
    }
  } finally {
    await client.query('rollback')
  }
  const { result } = tally
  return {
    ...result,
    instants: tally.instants.size,
    seconds: Math.round((performance.now() - began) / 100) / 10,
  }
}

async function blocksOf(client: pg.ClientBase, counted: readonly Counted[], tally: Tally): Promise<Block[]> {
  const { rows } = await client.query<{ name: string; hash: string; id: number; block: number }>(
    'select name, definition_hash as hash, id, block_id as block from measures.measure',
  )
  const known = new Map(rows.map((row) => [`${row.name} ${row.hash}`, row]))
  const blocks = new Map<number, Block>()
  for (const one of counted) {
    const standing = known.get(`${one.name} ${definitionHash(one)}`)
    if (!standing) {
      tally.result.faults.push(`${one.name}: chưa được đếm / not built`)
      continue
    }
    const block = blocks.get(standing.block) ?? { id: standing.block, standings: [], distincts: [] }
    if (one.kind === 'distinct') block.distincts.push({ id: standing.id, distinct: one })
    else block.standings.push({ id: standing.id, base: one as BaseMeasure })
    blocks.set(standing.block, block)
  }
  return [...blocks.values()]
}

async function compareBlock(
  client: pg.ClientBase,
  block: Block,
  measures: readonly Measure[],
  tally: Tally,
): Promise<void> {
  const { now, ends, sets } = await instantsOf(client, block.id)
  const { standings, distincts } = block
  if (standings.length > 0) {
    const groups = spellGroups(standings)
    for (const group of groups) {
      await client.query(spellTable(group))
      await client.query(`create index on ${group.name} (first_end); analyze ${group.name}`)
    }
    const names = new Map(columnsCompared(standings).map(({ column, of }) => [column, of]))
    const nameOf = (column: string) => ({
      measure: names.get(column)?.base.name ?? column,
      what: column.endsWith('_amount')
        ? { vi: 'tổng', en: 'sum' }
        : column.endsWith('_held')
          ? { vi: 'dòng đang có', en: 'rows in force' }
          : { vi: 'dòng', en: 'rows' },
    })
    for (const hour of [now, ...ends]) {
      const { rows } = await client.query<Differing>(compareFigures(block.id, groups, hour === now), [hour])
      tally.result.figures += sets * standings.length
      tally.instants.add(hour)
      await note(client, tally, rows, hour, nameOf)
    }
    for (const statement of compareTotals(block.id, standings))
      await note(client, tally, (await client.query<Differing>(statement)).rows, null, (column) => ({
        ...nameOf(column),
        what: { vi: 'tổng của nhiều đơn vị', en: 'total of several units' },
      }))
    const past = ends.filter((hour) => hour < now).slice(-12)
    await compareCoverages(
      client,
      { block: block.id, standings, groups, measures, hours: [now, ...past] },
      tally,
    )
    for (const group of groups) await client.query(`drop table ${group.name}`)
  }
  const years = ends.filter((hour) => hour < now).slice(-1)
  for (const one of distincts)
    await compareKeys(client, { block: block.id, ...one, hours: [now, ...years] }, tally)
}

/** The hour that has begun, the month ends of which totals are kept, and how many sets of units there are. */
async function instantsOf(client: pg.ClientBase, block: number) {
  const { rows } = await client.query<{ now: number; ends: number[]; sets: number }>(
    `with month as (select distinct at, measures.month_end(at) as ends from counting.total_${block} where grain = 1),
     latest as (select ends from month order by at desc limit ${monthsCompared})
     select measures.hour_now() as now, (select count(*)::int from measures.composition) as sets,
       array(select ends from latest union
         select measures.month_end(measures.year_of(at + 366 * 24) - 1) from month
         where ends < (select min(ends) from latest) order by 1) as ends`,
  )
  const { now = 0, ends = [], sets = 0 } = rows[0] ?? {}
  return { now, ends, sets }
}

/** Triggers switched off or changed, ledgers that grew no longer, and records of units that stand on no map. */
async function compareLedgers(
  client: pg.ClientBase,
  counted: readonly Counted[],
  tally: Tally,
): Promise<void> {
  const { faults } = tally.result
  const epoch = await currentEpoch(client)
  for (const [table, counts] of byTable(counted)) {
    const ledger = await ledgerOf(client, table, counts, epoch)
    const { faults: found } = await ledgerFaults(client, ledger)
    if (found.length > 0)
      faults.push(
        `${table}: bộ đếm không còn như lúc cài / triggers are not as installed (${found.join(', ')})`,
      )
    const { rows } = await client.query<{ strays: number }>(
      `select count(*)::int as strays from ${table} one
       where not exists (select from units.place p where p.leaf_id = one.${ledger.unit})`,
    )
    const strays = rows[0]?.strays ?? 0
    if (strays > 0)
      faults.push(
        `${table}: ${strays} dòng thuộc đơn vị không có trên bản đồ nào / rows of units that stand on no map`,
      )
  }
}

/** The sets that totals are kept for must be those that the map of units gives. */
async function comparePlaces(client: pg.ClientBase, tally: Tally): Promise<void> {
  const { rows } = await client.query<{ unit: string; wrong: number }>(
    `with kept as (
       select m.unit_id, cl.leaf_id,
         range_agg(daterange(nullif(m.from_day, '-infinity'), nullif(m.until_day, 'infinity'))) as days
       from measures.map m join measures.composition_leaf cl on cl.composition_id = m.composition_id group by 1, 2
     )
     select coalesce(k.unit_id, p.unit_id)::text as unit, count(*) over ()::int as wrong
     from kept k full join units.place p on p.unit_id = k.unit_id and p.leaf_id = k.leaf_id
     where k.days is distinct from p.days limit 1`,
  )
  const { unit = '', wrong = 0 } = rows[0] ?? {}
  if (wrong > 0)
    tally.result.faults.push(
      `${wrong} chỗ đứng của đơn vị (${unit}…) khác với bộ đếm / places of units differ from what totals are kept for`,
    )
}

import { sql } from 'kysely'
import type { Actor } from '../src/platform/actor/actor.ts'
import { audit } from '../src/platform/audit/index.ts'
import type { Database, Tx } from '../src/platform/db/database.ts'
import { figure } from '../src/platform/measures/figures.ts'
import { foldOnce } from '../src/platform/measures/fold.loop.ts'
import { fourMeasures } from './counted-module/measures.ts'
import type { Country, WritingPlace } from './country/places.ts'
import { today } from './country/units.ts'
import { type Goal, median } from './goals.ts'

const writers = 8
const bulkRows = 100_000
const tables = ['uncounted', 'four', 'twelve'] as const
type Written = (typeof tables)[number]

const unsummed = (folded: string) => sql`
  epoch = (select max(number) from measures.epoch) and tx >= pg_snapshot_xmax(${folded}::pg_snapshot)`

/** Images that no folder has summed and a reader has to. */
export async function backlog(database: Pick<Database, 'owner'>): Promise<number> {
  const blocks = await sql<{ ledger: number; folded: string }>`
    select counted_id as ledger, folded::text from measures.block where retired_at is null`.execute(
    database.owner,
  )
  let images = 0
  for (const { ledger, folded } of blocks.rows) {
    const { rows } = await sql<{ images: number }>`
      select (select count(*) from ${sql.table(`counting.image_${ledger}`)} where ${unsummed(folded)})::int
        + (select coalesce(sum(cardinality(row_id)), 0) from ${sql.table(`counting.image_${ledger}_bulk`)}
           where ${unsummed(folded)})::int as images`.execute(database.owner)
    images += rows[0]?.images ?? 0
  }
  return images
}

/** Sums what is left, so that the work which a write causes falls into the time of that write. */
async function foldAll(database: Database): Promise<void> {
  // Another folder may be at it.
  while ((await foldOnce(database)) === 0 && (await backlog(database)) > 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

const record = (unitId: string, number: number) => sql`
  (unit_id, service, status, amount, happened_on, due_at, settled_on)
  values (${unitId}::bigint, ${1 + (number % 300)}, ${1 + (number % 8)}, ${number % 100_000}, ${today}::date - ${number % 30}::int,
          ${today}::date + ${number % 20}::int + time '17:00', ${number % 3 === 0 ? today : null}::date)`

async function addOne(tx: Tx, actor: Actor, table: Written, unitId: string, number: number): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into ${sql.table(`bench.record_${table}`)} ${record(unitId, number)} returning id`.execute(tx)
  await audit(tx, actor, {
    action: 'bench.record_added',
    subject: 'bench.record',
    subjectId: rows[0]?.id ?? '',
    unitId,
  })
}

/**
 * Milliseconds a row: eight writers, one row a transaction with its audit entry, as officers of the communes, until
 * the last row is summed too.
 */
async function writeSingly(
  database: Database,
  table: Written,
  places: readonly WritingPlace[],
  seconds: number,
): Promise<number> {
  const began = performance.now()
  const until = began + seconds * 1000
  let number = 0
  const writer = async () => {
    while (performance.now() < until) {
      number += 1
      const own = number
      const { actor, unitId } = places[own % places.length] as WritingPlace
      await database.write(actor, (tx) => addOne(tx, actor, table, unitId, own))
    }
  }
  await Promise.all(Array.from({ length: writers }, writer))
  if (table !== 'uncounted') await foldAll(database)
  return (performance.now() - began) / number
}

/** Milliseconds of one statement that adds 100,000 rows all over the country, to its commit. */
async function writeInBulk(database: Database, table: Written, actor: Actor): Promise<number> {
  const began = performance.now()
  await database.write(actor, async (tx) => {
    await sql`
      insert into ${sql.table(`bench.record_${table}`)} (unit_id, service, status, amount, happened_on, due_at, settled_on)
      select villages.ids[1 + g % cardinality(villages.ids)], 1 + g % 300, 1 + g % 8, g, ${today}::date - (g % 300)::int,
             ${today}::date + (g % 20)::int + time '17:00', case when g % 3 = 0 then ${today}::date end
      from (select array_agg(unit_id order by unit_id) as ids from units.unit_version
            where kind = 'village' and valid_until is null) villages
      cross join generate_series(1, ${bulkRows}::bigint) g`.execute(tx)
    await audit(tx, actor, {
      action: 'bench.records_loaded',
      subject: 'bench.record',
      subjectId: 'bulk',
      unitId: actor.held[0]?.unitId ?? '',
    })
  })
  return performance.now() - began
}

/** How much longer a write takes that is counted than one that is not: the median over rounds of the ratio of each. */
export async function writingGoals(
  database: Database,
  country: Country,
  options: { rounds: number; seconds: number },
): Promise<Goal[]> {
  const goals: Goal[] = []
  const spreads = [
    ['all villages', country.everywhere],
    ['one commune', country.oneCommune],
  ] as const
  for (const [where, places] of spreads) {
    const { ratios, rates, left } = await compare(database, options.rounds, (table) =>
      writeSingly(database, table, places, options.seconds),
    )
    const by = (table: Written) => `${(1000 / rates(table)).toFixed(0)}/s`
    const work = (what: string) => `one row a transaction, 8 writers on ${where}, ${what}`
    goals.push(
      {
        work: work('counted by 4 measures'),
        goal: '≤ 1.3 × uncounted',
        reached: `${ratios.four.toFixed(2)} × (${by('four')} of ${by('uncounted')})`,
        isMet: ratios.four <= 1.3,
      },
      {
        work: work('counted by 12 measures'),
        goal: '≤ 1.6 × uncounted',
        reached: `${ratios.twelve.toFixed(2)} × (${by('twelve')} of ${by('uncounted')})`,
        isMet: ratios.twelve <= 1.6,
      },
      backlogGoal(work('images left at the end of a round'), left),
    )
  }
  return goals
}

/**
 * The same for a statement of many rows; how long the folder then takes to sum them is told beside it. Such a statement is
 * one sample a round, where eight writers are thousands: two rounds more.
 */
export async function bulkGoals(
  database: Database,
  system: Actor,
  options: { rounds: number },
): Promise<Goal[]> {
  const summed: Record<Written, number[]> = { uncounted: [], four: [], twelve: [] }
  const bulk = await compare(database, options.rounds + 2, async (table) => {
    const took = await writeInBulk(database, table, system)
    const began = performance.now()
    if (table !== 'uncounted') await foldAll(database)
    summed[table].push(performance.now() - began)
    return took
  })
  return (['four', 'twelve'] as const).map((table) => {
    const ratio = bulk.ratios[table]
    const times = `${bulk.rates(table).toFixed(0)} ms of ${bulk.rates('uncounted').toFixed(0)} ms`
    return {
      work: `100,000 rows in one statement, counted by ${table === 'four' ? 4 : 12} measures`,
      goal: '≤ 1.5 × uncounted',
      reached: `${ratio.toFixed(2)} × (${times}; summed ${(median(summed[table]) / 1000).toFixed(1)} s later)`,
      isMet: ratio <= 1.5,
    }
  })
}

/** After all the writing a figure is the number of its rows, in one snapshot. */
export async function exactGoals(database: Database, country: Country): Promise<Goal[]> {
  const goals: Goal[] = []
  for (const table of ['four', 'twelve'] as const) {
    const [received] = fourMeasures(table)
    if (!received) continue
    const ask = { measure: received, unitId: country.countryId, asOf: today }
    const [counted, rows] = await database.read(country.leader, async (tx) => {
      const found = await sql<{ rows: string }>`
        select count(*)::text as rows from ${sql.table(`bench.record_${table}`)}`.execute(tx)
      return [(await figure(tx, ask)).numerator, found.rows[0]?.rows] as const
    })
    goals.push({
      work: `after the writes to ${table} the figure is the number of its rows`,
      goal: 'equal',
      reached: `${counted} and ${rows}`,
      isMet: counted === rows,
    })
  }
  return goals
}

/** Images that nobody sums would make every reader pay for the writers; summing them is part of the time of a round. */
function backlogGoal(work: string, images: number): Goal {
  return { work, goal: '≤ 50', reached: String(images), isMet: images <= 50 }
}

async function compare(
  database: Database,
  rounds: number,
  measure: (table: Written) => Promise<number>,
): Promise<{
  ratios: { four: number; twelve: number }
  rates: (table: Written) => number
  left: number
}> {
  const times: Record<Written, number[]> = { uncounted: [], four: [], twelve: [] }
  let left = 0
  for (const table of tables) await measure(table)
  for (let round = 0; round < rounds; round += 1) {
    // Who comes first differs from round to round: a checkpoint or another load falls on each alike.
    for (let turn = 0; turn < tables.length; turn += 1) {
      const table = tables[(turn + round) % tables.length] as Written
      times[table].push(await measure(table))
    }
    left = Math.max(left, await backlog(database))
  }
  const ratio = (table: Written) =>
    median(times[table].map((time, round) => time / (times.uncounted[round] ?? Number.NaN)))
  return {
    ratios: { four: ratio('four'), twelve: ratio('twelve') },
    rates: (table) => median(times[table]),
    left,
  }
}

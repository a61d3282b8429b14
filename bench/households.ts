// npm run bench households: the country's 28 million households in 90,000 villages, as far as one machine carries them.
import pg from 'pg'
import { parts } from '../src/app.ts'
import { systemActor } from '../src/platform/access/system-actor.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { migrate } from '../src/platform/install/migrate.ts'
import {
  countedTable,
  coverage,
  type Measure,
  measure,
  type StockMeasure,
} from '../src/platform/measures/declare.ts'
import { figures } from '../src/platform/measures/figures.ts'
import type { Part } from '../src/platform/part.ts'
import { openPostgres } from '../src/platform/postgres/open-postgres.ts'
import { inAudited } from './country/audited.ts'
import { makeCountry, today } from './country/units.ts'

const size = { provinces: 34, communes: 98, villages: 27 }
const households = Number(process.env.BENCH_ROWS ?? 28_000_000)
const words = (vi: string) => ({ vi, en: vi })
const owned = ['smartphone', 'fibre', 'tablet', 'payment_account'] as const

const household = countedTable({ table: 'households.household', unit: 'unit_id', columns: [], order: 'id' })

function stock(name: string, from: string): StockMeasure {
  const title = words(name)
  return measure({
    name: `households.${name}`,
    title,
    meaning: title,
    noun: words('hộ'),
    kind: 'stock',
    of: household,
    from,
    until: 'left_on',
    value: 1,
  })
}

const all = stock('all', 'settled_on')
const smartphones = stock('smartphone', 'smartphone_from')
const measuresOfHouseholds: Measure[] = [
  all,
  ...owned.map((name) => (name === 'smartphone' ? smartphones : stock(name, `${name}_from`))),
  coverage({
    name: 'households.villages_with_smartphone',
    title: words('villages'),
    meaning: words('villages'),
    noun: words('thôn'),
    of: smartphones,
    unitKinds: ['village'],
  }),
]

const part: Part = {
  name: 'households',
  title: words('Hộ'),
  folder: import.meta.filename,
  capabilities: [{ name: 'households.view', title: words('Xem hộ'), roles: ['leader'] }],
  scope: [{ table: 'households.household', unit: 'unit_id', view: 'households.view', change: 'nobody' }],
  counted: [household],
  measures: measuresOfHouseholds,
}

type Setting = { progress: (line: string) => void; temporaryFolder: () => string }

async function timed<T>(setting: Setting, what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const done = await work()
  setting.progress(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return done
}

/** Fills, counts and reads; throws where the country's figure is not the number of rows. */
export async function measureHouseholds(setting: Setting): Promise<void> {
  const postgres = await openPostgres({ dataFolder: setting.temporaryFolder(), databaseUrl: undefined })
  const client = new pg.Client({ connectionString: postgres.ownerUrl })
  await client.connect()
  const database = openDatabase(postgres.ownerUrl, 2)
  try {
    await migrate(postgres.ownerUrl, parts)
    await timed(
      setting,
      `${size.provinces * size.communes * size.villages} villages and what stands above them`,
      () => makeCountry(client, size),
    )
    await inAudited(client, 'day', async () => {
      await client.query('insert into calendar.working_date (working_on) values ($1)', [today])
    })
    await client.query(`create schema households;
      create table households.household (id bigint not null, unit_id bigint not null, settled_on date not null, left_on date,
        ${owned.map((name) => `${name}_from date`).join(', ')})`)
    await timed(setting, `filling ${households} households`, () =>
      client.query(
        `insert into households.household
         select g, v.ids[1 + g % cardinality(v.ids)], date '2021-01-01' + (g % 30)::int, null,
           ${owned.map((_, at) => `case when g % ${at + 3} > 0 then date '2021-02-01' + (g * ${7919 + at} % 690)::int end`).join(', ')}
         from (select array_agg(unit_id order by unit_id) as ids from (
                 select distinct unit_id from units.unit_version where kind = 'village') d) v
         cross join generate_series(1, $1::bigint) g`,
        [households],
      ),
    )
    await timed(setting, 'key and index', () =>
      client.query(`set maintenance_work_mem = '512MB';
        alter table households.household add primary key (id); create index on households.household (unit_id);
        analyze households.household`),
    )
    await timed(setting, `building ${measuresOfHouseholds.length} measures`, () =>
      migrate(postgres.ownerUrl, [...parts, part]),
    )
    const actor = await systemActor(database)
    const unitsOf = async (kind: string) =>
      (
        await client.query<{ id: string }>(
          'select unit_id as id from units.unit_version where kind = $1 and valid_until is null order by code limit 150',
          [kind],
        )
      ).rows.map(({ id }) => id)
    const [country = ''] = await unitsOf('country')
    const communes = await unitsOf('commune')
    const read = (units: readonly string[], measures: readonly Measure[], asOf: string) =>
      database.read(actor, (tx) =>
        figures(
          tx,
          units.flatMap((unitId) => measures.map((one) => ({ measure: one, unitId, asOf }))),
        ),
      )
    const found = await read([country], [all], today)
    if (found[0]?.numerator !== String(households))
      throw new Error(`counted ${found[0]?.numerator} of ${households}`)
    const cases: [string, readonly string[], readonly Measure[], string][] = [
      ['the country today, five stocks', [country], measuresOfHouseholds.slice(0, 5), today],
      ['the country at the end of March 2022', [country], measuresOfHouseholds.slice(0, 5), '2022-03-31'],
      ['98 communes today, five stocks', communes.slice(0, 98), measuresOfHouseholds.slice(0, 5), today],
      ['the country: villages that have any', [country], measuresOfHouseholds.slice(5), today],
    ]
    for (const [what, units, measures, asOf] of cases) {
      const times: number[] = []
      for (let turn = 0; turn < 30; turn += 1) {
        const began = performance.now()
        await read(units, measures, asOf)
        times.push(performance.now() - began)
      }
      times.sort((a, b) => a - b)
      setting.progress(`${what}: median ${times[15]?.toFixed(1)} ms, longest ${times[29]?.toFixed(1)} ms`)
    }
    const { rows } = await client.query<{ name: string; size: string }>(
      `select c.oid::regclass::text as name, pg_size_pretty(pg_total_relation_size(c.oid)) as size from pg_class c
       where c.relkind = 'r' and (c.relnamespace = 'counting'::regnamespace or c.oid = 'households.household'::regclass)
         and pg_total_relation_size(c.oid) > 10000000`,
    )
    setting.progress(rows.map((row) => `${row.name} ${row.size}`).join(', '))
  } finally {
    await database.close()
    await client.end()
    await postgres.stop()
  }
}

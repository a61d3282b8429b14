// npm run bench servers: several PostgreSQL servers, one a province, each with the whole product's counting; their totals
// are streamed to a national one by logical replication and added up there. Tries what decision 0012 says.
import pg from 'pg'
import { parts } from '../src/app.ts'
import { systemActor } from '../src/platform/access/system-actor.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { migrate } from '../src/platform/install/migrate.ts'
import type { Measure } from '../src/platform/measures/declare.ts'
import { figure } from '../src/platform/measures/figures.ts'
import { startFolding } from '../src/platform/measures/fold.loop.ts'
import { openPostgres } from '../src/platform/postgres/open-postgres.ts'
import { countedModule } from './counted-module/index.ts'
import { fourMeasures } from './counted-module/measures.ts'
import { inAudited } from './country/audited.ts'
import { fillRecords } from './country/records.ts'
import { makeCountry, today } from './country/units.ts'

const provinces = 3
const rowsEach = Number(process.env.BENCH_ROWS ?? 200_000)
const rounds = 20

type Setting = { progress: (line: string) => void; temporaryFolder: () => string }
type Server = { client: pg.Client; ownerUrl: string; stop(): Promise<void> }

async function openServer(setting: Setting): Promise<Server> {
  const dataFolder = setting.temporaryFolder()
  const first = await openPostgres({ dataFolder, databaseUrl: undefined })
  const connect = async (url: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return client
  }
  const setUp = await connect(first.ownerUrl)
  await setUp.query(`alter system set wal_level = 'logical'`)
  await setUp.end()
  await first.stop()
  const postgres = await openPostgres({ dataFolder, databaseUrl: undefined })
  const client = await connect(postgres.ownerUrl)
  return {
    client,
    ownerUrl: postgres.ownerUrl,
    stop: async () => {
      await client.end()
      await postgres.stop()
    },
  }
}

/** A province of its own: units, records, counting, and its totals published. */
async function makeProvince(server: Server, number: number): Promise<{ block: number; column: string }> {
  const { client, ownerUrl } = server
  const measured = countedModule({ counted: [], measures: fourMeasures('four') })
  await migrate(ownerUrl, parts)
  await makeCountry(client, { provinces: 1, communes: 50, villages: 10 })
  await inAudited(client, 'day', async () => {
    await client.query('insert into calendar.working_date (working_on) values ($1)', [today])
  })
  await migrate(ownerUrl, [...parts, measured], { only: ['bench/0001-records.sql'] })
  for (const table of ['uncounted', 'twelve', 'small', 'large'] as const) await fillRecords(client, table, 10)
  await fillRecords(client, 'four', rowsEach + number * 1000)
  await migrate(ownerUrl, [...parts, measured])
  const { rows } = await client.query<{ id: number; block: number }>(
    'select id, block_id as block from measures.measure where name = $1',
    [firstFlow().name],
  )
  const { id = 0, block = 0 } = rows[0] ?? {}
  await client.query(
    `create publication totals for table counting.total_${block} where (grain = 3), measures.map, units.unit_version`,
  )
  return { block, column: `m${id}_rows` }
}

function firstFlow(): Measure {
  return fourMeasures('four').find((measure) => measure.kind === 'flow') as Measure
}

/** The national server has the published tables, one schema a province, and nothing else of a province. */
async function subscribe(
  national: Server,
  province: Server,
  number: number,
  { block, column }: { block: number; column: string },
): Promise<void> {
  const { rows } = await province.client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [`counting.total_${block}`],
  )
  const own = `province_${number}`
  // Replication writes to a schema's table of the same name: each province comes into a database of its own.
  await national.client.query(`create database ${own}`)
  const url = new URL(national.ownerUrl)
  url.pathname = `/${own}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(`create schema counting; create schema measures; create schema units;
    create table counting.total_${block} (${rows.map(({ name, type }) => `${name} ${type}`).join(', ')},
      primary key (composition_id, grain, at));
    create table measures.map (unit_id bigint, from_day date, until_day date, composition_id int, primary key (unit_id, from_day));
    create table units.unit_version (id bigint primary key, unit_id bigint, kind text, code text, name text, parent_id bigint,
      valid_from date, valid_until date, legal_basis text, name_is_ours boolean, search text)`)
  const host = new URL(province.ownerUrl)
  const connection = `host=${host.searchParams.get('host')} dbname=${host.pathname.slice(1)} user=${host.username}`
  await client.query(
    `create subscription totals connection '${connection}' publication totals with (streaming = on)`,
  )
  await client.end()
  await national.client.query(`create extension if not exists dblink;
    create or replace view province_${number} as select * from dblink('host=${url.searchParams.get('host')} user=${url.username} dbname=${own}', $$
      select v.code, t.${column} from units.unit_version v
      join measures.map m on m.unit_id = v.unit_id and m.until_day = 'infinity'
      join counting.total_${block} t on t.composition_id = m.composition_id and t.grain = 3
      where v.kind = 'province' and v.valid_until is null $$) as t(code text, amount bigint)`)
}

/** Runs the trial and prints what it found; throws where the national figure is not the sum of the provinces'. */
export async function measureManyServers(setting: Setting): Promise<void> {
  const servers: Server[] = []
  const closing: (() => Promise<void>)[] = []
  try {
    setting.progress(`${provinces} provinces and a national server`)
    const national = await openServer(setting)
    servers.push(national)
    const each: Server[] = []
    for (let number = 1; number <= provinces; number += 1) {
      const province = await openServer(setting)
      servers.push(province)
      each.push(province)
      await subscribe(national, province, number, await makeProvince(province, number))
      const database = openDatabase(province.ownerUrl, 4)
      const stopFolding = startFolding(database, { everyMs: 200 })
      closing.push(async () => {
        await stopFolding()
        await database.close()
      })
    }
    const sum = Array.from({ length: provinces }, (_, at) => `select amount from province_${at + 1}`).join(
      ' union all ',
    )
    const nationalFigure = async () =>
      Number((await national.client.query(`select sum(amount) as amount from (${sum}) each`)).rows[0].amount)
    const ofProvinces = async () => {
      let total = 0
      for (const province of each) {
        const database = openDatabase(province.ownerUrl, 1)
        const { rows } = await province.client.query<{ id: string }>(
          `select unit_id as id from units.unit_version where kind = 'province'`,
        )
        const actor = await systemActor(database)
        const found = await database.read(actor, (tx) =>
          figure(tx, { measure: firstFlow(), unitId: rows[0]?.id ?? '', asOf: today }),
        )
        total += Number(found.numerator)
        await database.close()
      }
      return total
    }
    const agreed = async () => {
      const wanted = await ofProvinces()
      const began = performance.now()
      while ((await nationalFigure()) !== wanted) {
        if (performance.now() - began > 60_000)
          throw new Error(`national ${await nationalFigure()}, provinces ${wanted}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      return wanted
    }
    setting.progress(`first copy agreed: ${await agreed()}`)
    const lags: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const province = each[round % provinces] as Server
      const before = await nationalFigure()
      await inAudited(province.client, 'record', async () => {
        await province.client.query(
          `insert into bench.record_four (unit_id, service, status, amount, happened_on, due_at)
           select unit_id, service, status, amount, $1, due_at from bench.record_four where id = $2`,
          [today, round + 1],
        )
      })
      const began = performance.now()
      while ((await nationalFigure()) === before && performance.now() - began < 30_000)
        await new Promise((resolve) => setTimeout(resolve, 10))
      lags.push(performance.now() - began)
    }
    await agreed()
    lags.sort((a, b) => a - b)
    const ms = (at: number) =>
      `${(lags[Math.min(lags.length - 1, Math.floor(lags.length * at))] ?? 0).toFixed(0)} ms`
    setting.progress(
      `from a province's commit to the national figure: median ${ms(0.5)}, longest ${ms(1)}; the sums agree`,
    )
  } finally {
    for (const close of closing) await close()
    for (const server of servers) await server.stop()
  }
}

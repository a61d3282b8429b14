import pg from 'pg'
import { parts } from '../src/app.ts'
import { systemActor } from '../src/platform/access/system-actor.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { startFolding } from '../src/platform/measures/index.ts'
import { openPostgres } from '../src/platform/postgres/open-postgres.ts'
import { fillAndCount, rebuildGoals } from './building.ts'
import { benchPassword, makeAccounts } from './country/accounts.ts'
import { type Country, lookAround } from './country/places.ts'
import { makeCountry } from './country/units.ts'
import { memoryGoal, type Setting } from './demonstration.ts'
import type { Goal } from './goals.ts'
import { importGoal } from './import-country.ts'
import { figureGoals, overviewGoals } from './overview.ts'
import { signIn } from './product-client.ts'
import { startServer } from './server-process.ts'
import { bulkGoals, writingGoals } from './writing.ts'

/** Everything that is measured over millions of records of a country of 20 provinces, 3,000 communes, 30,000 villages. */
export async function measureCountry(setting: Setting): Promise<Goal[]> {
  const dataFolder = setting.temporaryFolder()
  const postgres = await openPostgres({ dataFolder, databaseUrl: undefined })
  const { ownerUrl } = postgres
  try {
    const client = new pg.Client({ connectionString: ownerUrl })
    await client.connect()
    try {
      setting.progress('a country of provinces, communes and villages')
      await migrate(ownerUrl, parts)
      await makeCountry(client, setting.size)
      await makeAccounts(client)
      const goals = await fillAndCount(client, ownerUrl, setting.rows, setting.progress)
      const country = await lookAround(client)
      goals.push(...(await measureReading(setting, ownerUrl, dataFolder, country)))
      goals.push(...(await measureWriting(setting, ownerUrl, country)))
      setting.progress('rebuilding one measure')
      goals.push(...(await rebuildGoals(ownerUrl, country)))
      setting.progress('importing the units of the country')
      goals.push(await importGoal(ownerUrl))
      return goals
    } finally {
      await client.end()
    }
  } finally {
    await postgres.stop()
  }
}

async function measureReading(
  { progress, rounds, seconds }: Setting,
  ownerUrl: string,
  dataFolder: string,
  country: Country,
): Promise<Goal[]> {
  progress('overviews and figures over HTTP')
  const server = await startServer('bench/server.ts', { DATABASE_URL: ownerUrl, BANLANG_DATA: dataFolder })
  const { cookie } = await signIn(server.address, 'leader-vn', benchPassword)
  const reader = { address: server.address, cookie, country }
  const goals = [
    ...(await overviewGoals(reader, ownerUrl, { rounds, seconds })),
    ...(await figureGoals(reader, { rounds, seconds })),
    {
      work: 'restart of the server over 10 M rows',
      goal: '≤ 2 s',
      reached: `${server.startedInMs.toFixed(0)} ms`,
      isMet: server.startedInMs <= 2_000,
    },
    memoryGoal('over 10 M rows', server.memory().peak),
  ]
  await server.stop()
  return goals
}

async function measureWriting(
  { progress, rounds, seconds }: Setting,
  ownerUrl: string,
  country: Country,
): Promise<Goal[]> {
  progress('writes, counted and not')
  const database = openDatabase(ownerUrl, 8)
  const stopFolding = startFolding(database, { everyMs: 1000 })
  try {
    const goals = await writingGoals(database, country, { rounds, seconds })
    return [...goals, ...(await bulkGoals(database, await systemActor(database), { rounds }))]
  } finally {
    await stopFolding()
    await database.close()
  }
}

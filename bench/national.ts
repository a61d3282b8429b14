import pg from 'pg'
import { parts } from '../src/app.ts'
import { systemActor } from '../src/platform/access/system-actor.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { migrate } from '../src/platform/install/migrate.ts'
import { startFolding } from '../src/platform/measures/index.ts'
import { openPostgres } from '../src/platform/postgres/open-postgres.ts'
import { fillAndCount, rebuildGoals } from './building.ts'
import { benchPassword, makeAccounts } from './country/accounts.ts'
import { type Country, lookAround } from './country/places.ts'
import { makeCountry } from './country/units.ts'
import { memoryGoal, type Setting } from './demonstration.ts'
import { attempt, type Goal, rowsText } from './goals.ts'
import { importGoal } from './import-country.ts'
import { figureGoals, overviewGoals } from './overview.ts'
import { signIn } from './product-client.ts'
import { startServer } from './server-process.ts'
import { bulkGoals, exactGoals, writingGoals } from './writing.ts'

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
      const stages: [string, () => Promise<Goal[]>][] = [
        ['overviews and figures over HTTP', () => measureReading(setting, ownerUrl, dataFolder, country)],
        ['writes, counted and not', () => measureWriting(setting, ownerUrl, country)],
        ['rebuilding one changed measure', () => rebuildGoals(ownerUrl, country, setting.rows)],
        ['importing the units of the whole country', async () => [await importGoal(ownerUrl)]],
      ]
      for (const [work, measure] of stages) {
        setting.progress(work)
        const found = await attempt(work, measure)
        for (const goal of found) setting.progress(`  ${goal.work}: ${goal.reached}`)
        goals.push(...found)
      }
      return goals
    } finally {
      await client.end()
    }
  } finally {
    await postgres.stop()
  }
}

async function measureReading(
  { rounds, seconds, rows }: Setting,
  ownerUrl: string,
  dataFolder: string,
  country: Country,
): Promise<Goal[]> {
  const server = await startServer('bench/server.ts', { DATABASE_URL: ownerUrl, BANLANG_DATA: dataFolder })
  try {
    const { cookie } = await signIn(server.address, 'leader-vn', benchPassword)
    const reader = { address: server.address, cookie, country }
    const goals = [
      ...(await overviewGoals(reader, ownerUrl, { rounds, seconds, rows })),
      ...(await figureGoals(reader, { rounds, seconds, rows })),
    ]
    const restart = server.startedInMs
    return [
      ...goals,
      {
        work: `restart of the server over ${rowsText(rows.large)}`,
        goal: '≤ 2 s',
        reached: `${restart.toFixed(0)} ms`,
        isMet: restart <= 2_000,
      },
      memoryGoal(`over ${rowsText(rows.large)}`, server.memory().peak),
    ]
  } finally {
    await server.stop()
  }
}

async function measureWriting(
  { rounds, seconds }: Setting,
  ownerUrl: string,
  country: Country,
): Promise<Goal[]> {
  const database = openDatabase(ownerUrl, 8)
  const stopFolding = startFolding(database, { everyMs: 1000 })
  try {
    const goals = await writingGoals(database, country, { rounds, seconds })
    goals.push(...(await bulkGoals(database, await systemActor(database), { rounds })))
    return [...goals, ...(await exactGoals(database, country))]
  } finally {
    await stopFolding()
    await database.close()
  }
}

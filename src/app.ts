import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadDemo } from '../demo/load.ts'
import { programme } from './modules/programme/index.ts'
import { teams } from './modules/teams/index.ts'
import { access } from './platform/access/index.ts'
import { auditPart } from './platform/audit/index.ts'
import { calendar } from './platform/calendar/index.ts'
import { type Database, openDatabase } from './platform/db/database.ts'
import { readingFrom } from './platform/db/replica.ts'
import { configureFiles, files } from './platform/files/index.ts'
import { buildServer } from './platform/http/server.ts'
import { migrate } from './platform/install/migrate.ts'
import { jobs, startWorker } from './platform/jobs/index.ts'
import { live } from './platform/live/index.ts'
import { measures, registerMeasures, startFolding } from './platform/measures/index.ts'
import type { Part } from './platform/part.ts'
import { authenticate, cookieName, demoHint, firstAdministrator, session } from './platform/session/index.ts'
import { unitsImport } from './platform/units/import/index.ts'
import { registerRecords, units } from './platform/units/index.ts'

/** Every part of the product, in the order in which their tables are made. Adding a capability adds one line here. */
export const parts: readonly Part[] = [
  calendar,
  units,
  unitsImport,
  access,
  auditPart,
  session,
  files,
  jobs,
  live,
  measures,
  teams,
  programme,
]

export type AppOptions = {
  ownerUrl: string
  /** A streaming replica to read from. */
  readUrl?: string | undefined
  dataFolder: string
  /** Where the built web lies; served as it is. */
  webFolder?: string
  port: number
  host: string
  /** Loads the demonstration into a database that is still empty. */
  demo: boolean
  progress: (line: string) => void
  /** Other parts than the product's own, for measuring and trying. */
  parts?: readonly Part[]
}

/** An account to tell the person who starts the product; passwords only where they are new or the demonstration's. */
export type StartAccount = { name: string; password: string; role: string }

export type RunningApp = {
  address: string
  accounts: StartAccount[]
  isDemo: boolean
  close(): Promise<void>
}

/** Version of the program, from package.json. */
export async function programVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return String((JSON.parse(text) as { version: string }).version)
}

/** Brings the database up to date, fills it at the first start, and serves. */
export async function buildApp(options: AppOptions): Promise<RunningApp> {
  const served = options.parts ?? parts
  const primary = openDatabase(options.ownerUrl)
  const database = options.readUrl ? readingFrom(primary, openDatabase(options.readUrl)) : primary
  try {
    configureFiles({ folder: join(options.dataFolder, 'files') })
    registerMeasures(served)
    registerRecords(served)
    // Put together while the database is looked after: neither needs the other. A failure comes out below.
    const building = buildServer({
      parts: served,
      database,
      authenticate: authenticate(database),
      version: await programVersion(),
      sessionCookie: cookieName,
      webFolder: options.webFolder ?? join(import.meta.dirname, '..', 'dist', 'web'),
    })
    building.catch(() => {})
    await migrate(options.ownerUrl, served, { progress: options.progress })
    const first = await fillFirst(database, options)
    const server = await building
    const stopFolding = startFolding(database, { everyMs: 1000 })
    const worker = await startWorker(database, served, { concurrency: 2 })
    const address = await server.listen({ port: options.port, host: options.host })
    return {
      address,
      ...first,
      close: async () => {
        await server.close()
        await worker.stop()
        await stopFolding()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

async function fillFirst(
  database: Database,
  options: AppOptions,
): Promise<{ accounts: StartAccount[]; isDemo: boolean }> {
  if (options.demo) await loadDemo(database, options.progress)
  const hint = await demoHint(database)
  if (hint.isDemo) {
    return {
      isDemo: true,
      accounts: hint.accounts.map((account) => ({
        name: account.loginName,
        password: account.password,
        role: `${account.displayName}, ${account.position}`,
      })),
    }
  }
  const administrator = await firstAdministrator(database)
  return { accounts: administrator ? [administrator] : [], isDemo: false }
}

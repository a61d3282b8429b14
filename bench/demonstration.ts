import { reachRunning } from '../src/platform/postgres/open-postgres.ts'
import type { Rows } from './building.ts'
import { countBothWays, type Field, lookAround, membersMeasure, readingCases, writingCase } from './cases.ts'
import type { Size } from './country/units.ts'
import { directusGoal } from './directus.ts'
import { type Goal, median } from './goals.ts'
import { liveCase, liveLoad } from './live.ts'
import { type Case, measureRounds } from './load.ts'
import { aloneMs, importOf, overviewInBrowserMs, signInsPerSecond } from './once.ts'
import { makePlainTables } from './plain-tables.ts'
import { type ProductClient, signIn } from './product-client.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { type Summary, summarize, table } from './summary.ts'

/** How the run tells what it does, and where it may put data. */
export type Setting = {
  rounds: number
  /** Seconds that each side of a round of the country is kept busy. */
  seconds: number
  /** How large the country is, and its tables of records. */
  size: Size
  rows: Rows
  progress: (line: string) => void
  /** A data folder of its own, removed at the end. */
  temporaryFolder: () => string
}

/** What was measured over the demonstration: goals, and tables to read. */
export type Findings = { goals: Goal[]; lines: string[] }

const rowsImported = 1_000
type Line = readonly [what: string, value: string]
const ms = (value: number) => `${value.toFixed(0)} ms`
const mb = (value: number) => `${value.toFixed(0)} MB`

function startProduct(dataFolder: string, demo: 'yes' | 'no'): Promise<ServerProcess> {
  return startServer('src/main.ts', { BANLANG_DATA: dataFolder, BANLANG_DEMO: demo, PORT: '0' })
}

/** Starts the product empty, with the demonstration, and again on what is there: as often as there are rounds. */
async function measureStarts(
  setting: Setting,
  lines: Line[],
): Promise<{ product: ServerProcess; ownerUrl: string; restartMs: number }> {
  setting.progress('starting: empty, with the demonstration, again on it')
  const empty = await startProduct(setting.temporaryFolder(), 'no')
  await empty.stop()
  const dataFolder = setting.temporaryFolder()
  const cold = await startProduct(dataFolder, 'yes')
  await cold.stop()
  const again: number[] = []
  for (let round = 1; round < setting.rounds; round += 1) {
    const once = await startProduct(dataFolder, 'yes')
    again.push(once.startedInMs)
    await once.stop()
  }
  const product = await startProduct(dataFolder, 'yes')
  again.push(product.startedInMs)
  lines.push(
    ['cold start, empty (database made, all migrations)', ms(empty.startedInMs)],
    ['cold start with the demonstration', ms(cold.startedInMs)],
    ['  of it loading the demonstration (the difference)', ms(cold.startedInMs - empty.startedInMs)],
    ['starts after it', again.map(ms).join(', ')],
  )
  return { product, ownerUrl: await reachRunning(dataFolder), restartMs: median(again) }
}

function ratioTable(results: readonly (readonly [string, Summary])[]): string[] {
  const header = ['work, 8 connections', 'ours/s', 'limit/s', 'ratio', 'p50', 'p99', 'p50 of the limit']
  return table([
    header,
    ...results.map(([name, { ours, limit, ratio, p50, p99, limitP50 }]) => [
      name,
      ours.toFixed(0),
      limit.toFixed(0),
      ratio.toFixed(2),
      `${p50.toFixed(1)} ms`,
      `${p99.toFixed(1)} ms`,
      `${limitP50.toFixed(1)} ms`,
    ]),
  ])
}

/** One person, nobody else asking. */
async function measureAlone(
  leader: ProductClient,
  address: string,
  { district, teams }: Field,
): Promise<Line[]> {
  const figurePage = `/api/measures/${membersMeasure}?unitId=${district}`
  return [
    ['overview, one person alone', ms(await aloneMs(leader, '/api/programme/overview'))],
    ['page of one figure, one person alone', ms(await aloneMs(leader, figurePage))],
    ['team page, one person alone', ms(await aloneMs(leader, `/api/teams/${teams[0]}`))],
    ['overview in the browser, warm', ms(await overviewInBrowserMs(address, leader.cookie))],
  ]
}

async function measureLive(field: Field, watcher: string): Promise<Goal> {
  const { pages, writesPerSecond, mostMs } = liveLoad
  const goal = {
    work: `a changed number on ${pages} watching pages at ${writesPerSecond} writes a second`,
    goal: `≤ ${mostMs} ms p99`,
  }
  const { district, asOf, teams, ours } = field
  try {
    const live = await liveCase({
      address: ours.address,
      ownerUrl: ours.ownerUrl,
      watcher,
      district,
      asOf,
      teams,
    })
    const { fromAnswer } = live
    return { ...goal, reached: `${fromAnswer.p99} ms (median ${fromAnswer.p50})`, isMet: true }
  } catch (error) {
    return { ...goal, reached: error instanceof Error ? error.message : String(error), isMet: false }
  }
}

/** Everything that is measured over the demonstration. */
export async function measureDemonstration(setting: Setting): Promise<Findings> {
  const { progress, rounds } = setting
  const lines: Line[] = []
  const { product, ownerUrl, restartMs } = await measureStarts(setting, lines)
  const officer = await signIn(product.address, 'thuongtruc')
  const leader = await signIn(product.address, 'lanhdao')
  const { account } = await officer.get<{ account: { id: string } }>('/api/session/me')
  const url = await makePlainTables(ownerUrl)
  const limit = await startServer('bench/limit.ts', { DATABASE_URL: url })
  const field: Field = {
    ours: { address: product.address, ownerUrl, cookie: officer.cookie, accountId: account.id },
    limit: { address: limit.address, url },
    ...(await lookAround(officer)),
  }
  progress('one person alone')
  lines.push(...(await measureAlone(leader, product.address, field)))

  const measured = async (one: Case): Promise<[string, Summary]> => {
    progress(one.name)
    return [one.name, summarize(await measureRounds(one, rounds))]
  }
  const reading = readingCases(field)
  const read: [string, Summary][] = []
  for (const one of reading.cases) read.push(await measured(one))
  await reading.close()
  const create = writingCase(field)
  const [written, created] = await measured(create)
  progress('beside Directus')
  const besideDirectus = await directusGoal({ ownerUrl, ours: create.ours, rounds })
  const counted = await countBothWays(field)
  progress('watching pages')
  const live = await measureLive(field, leader.cookie)

  progress('import, sign-in')
  const { checkMs, applyMs } = await importOf(officer, field.district, rowsImported)
  const memory = product.memory()
  lines.push(
    [`import of ${rowsImported} rows from Excel: dry run`, ms(checkMs)],
    [`import of ${rowsImported} rows from Excel: applied`, ms(applyMs)],
    ['sign-ins (argon2), 8 at once', `${(await signInsPerSecond(product.address)).toFixed(0)} /s`],
    ['memory of the server at the end', `${mb(memory.now)} (peak ${mb(memory.peak)})`],
    ['memory of the limit at the end', mb(limit.memory().now)],
  )
  const goals: Goal[] = [
    {
      work: 'create over HTTP: rights, audit, counting, against bare Fastify and pg',
      goal: '≥ 0.3',
      reached: `${created.ratio.toFixed(2)} (${created.ours.toFixed(0)}/s of ${created.limit.toFixed(0)}/s)`,
      isMet: created.ratio >= 0.3,
    },
    besideDirectus,
    {
      work: 'after the load the figure is the number of its rows',
      goal: 'equal',
      reached: `${counted.figure} and ${counted.rows}`,
      isMet: counted.figure === counted.rows,
    },
    live,
    {
      work: 'restart on existing data',
      goal: '≤ 2 s',
      reached: ms(restartMs),
      isMet: restartMs <= 2_000,
    },
    memoryGoal('the demonstration', memory.peak),
  ]
  await product.stop()
  await limit.stop()
  return { goals, lines: [...ratioTable([[written, created], ...read]), '', ...table(lines)] }
}

/** Memory of the server itself, PostgreSQL left aside, at its highest. */
export function memoryGoal(what: string, megabytes: number): Goal {
  return {
    work: `memory of the server at its highest, ${what}`,
    goal: '≤ 250 MB',
    reached: mb(megabytes),
    isMet: megabytes <= 250,
  }
}

// npm run bench: how fast the product is beside the fastest that this machine could do the same work.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { reachRunning } from '../src/platform/postgres/open-postgres.ts'
import { buildWebIfStale } from '../src/platform/web-build/build-web.ts'
import { countBothWays, type Field, lookAround, membersMeasure, readingCases, writingCase } from './cases.ts'
import { type Case, measureRounds } from './load.ts'
import { aloneMs, importOf, overviewInBrowserMs, signInsPerSecond } from './once.ts'
import { makePlainTables } from './plain-tables.ts'
import { signIn } from './product-client.ts'
import { type ServerProcess, startServer, stopServers } from './server-process.ts'
import { type Summary, summarize, table } from './summary.ts'

const rounds = 3
const rowsImported = 1_000
const gibibytes = Math.round(totalmem() / 2 ** 30)
const thisMachine = `${availableParallelism()} cores, ${gibibytes} GiB, ${cpus()[0]?.model.trim()}`

const began = performance.now()
const folders: string[] = []

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function progress(line: string): void {
  say(`[${((performance.now() - began) / 1000).toFixed(0).padStart(3)} s] ${line}`)
}

/** A folder that the user of the database may pass through, also below root's. */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'blso-bench-'))
  chmodSync(folder, 0o711)
  folders.push(folder)
  return path.join(folder, 'data')
}

function startProduct(dataFolder: string, demo: 'yes' | 'no'): Promise<ServerProcess> {
  return startServer('src/main.ts', { BANLANG_DATA: dataFolder, BANLANG_DEMO: demo, PORT: '0' })
}

async function close(): Promise<void> {
  await stopServers()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

type Line = readonly [what: string, value: string]
const ms = (value: number) => `${value.toFixed(0)} ms`
const mb = (value: number) => `${value.toFixed(0)} MB`

/** Starts the product three times: empty, with the demonstration, and again on what is there. */
async function measureStarts(lines: Line[]): Promise<{ product: ServerProcess; ownerUrl: string }> {
  progress('starting: empty, with the demonstration, a second time')
  const empty = await startProduct(temporaryFolder(), 'no')
  await empty.stop()
  const dataFolder = temporaryFolder()
  const cold = await startProduct(dataFolder, 'yes')
  await cold.stop()
  const product = await startProduct(dataFolder, 'yes')
  lines.push(
    ['cold start, empty (database made, all migrations)', ms(empty.startedInMs)],
    ['cold start with the demonstration', ms(cold.startedInMs)],
    ['  of it loading the demonstration (the difference)', ms(cold.startedInMs - empty.startedInMs)],
    ['second start', ms(product.startedInMs)],
  )
  return { product, ownerUrl: await reachRunning(dataFolder) }
}

async function measureCase(one: Case): Promise<[string, Summary]> {
  progress(one.name)
  return [one.name, summarize(await measureRounds(one, rounds))]
}

function tableOf(results: readonly (readonly [string, Summary])[]): string[] {
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

async function bench(): Promise<void> {
  await buildWebIfStale(() => {})
  const lines: Line[] = []
  const { product, ownerUrl } = await measureStarts(lines)
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
  const figurePage = `/api/measures/${membersMeasure}?unitId=${field.district}`
  lines.push(
    ['overview, one person alone', ms(await aloneMs(leader, '/api/programme/overview'))],
    ['page of one figure, one person alone', ms(await aloneMs(leader, figurePage))],
    ['team page, one person alone', ms(await aloneMs(leader, `/api/teams/${field.teams[0]}`))],
    ['overview in the browser, warm', ms(await overviewInBrowserMs(product.address, leader.cookie))],
  )

  const reading = readingCases(field)
  const read: [string, Summary][] = []
  for (const one of reading.cases) read.push(await measureCase(one))
  await reading.close()
  const written = await measureCase(writingCase(field))
  const counted = await countBothWays(field)

  lines.push(
    ['memory of the server after the load', mb(product.memory().now)],
    ['memory of the limit after the load', mb(limit.memory().now)],
  )

  progress('import, sign-in')
  const { checkMs, applyMs } = await importOf(officer, field.district, rowsImported)
  lines.push(
    [`import of ${rowsImported} rows from Excel: dry run`, ms(checkMs)],
    [`import of ${rowsImported} rows from Excel: applied`, ms(applyMs)],
    ['sign-ins (argon2), 8 at once', `${(await signInsPerSecond(product.address)).toFixed(0)} /s`],
    ['memory of the server at the end', `${mb(product.memory().now)} (peak ${mb(product.memory().peak)})`],
  )

  say(
    '\nThe ratios are what counts: ours and the limit in turn, medians of three rounds. Absolute figures are of this',
  )
  say(`machine, which load, servers and PostgreSQL share: ${thisMachine}.\n`)
  for (const line of tableOf([written, ...read])) say(line)
  say('')
  for (const line of table(lines)) say(line)
  say(`\nAfter the load the figure is ${counted.figure} and its rows are ${counted.rows}.`)
  if (counted.figure !== counted.rows) throw new Error('The figure and its rows differ.')
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void close().finally(() => process.exit(130)))
try {
  await bench()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
} finally {
  await close()
}
progress('done')

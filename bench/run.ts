// npm run bench: how fast the product is beside the fastest that this machine could do the same work, and whether it
// reaches its goals. Ends with 1 where one is missed.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { buildProgramIfStale } from '../src/platform/web-build/build-program.ts'
import { buildWebIfStale } from '../src/platform/web-build/build-web.ts'
import { measureDemonstration, type Setting } from './demonstration.ts'
import { goalLines } from './goals.ts'
import { measureHouseholds } from './households.ts'
import { measureManyServers } from './many-servers.ts'
import { measureCountry } from './national.ts'
import { stopServers } from './server-process.ts'

const gibibytes = Math.round(totalmem() / 2 ** 30)
const thisMachine = `${availableParallelism()} cores, ${gibibytes} GiB, ${cpus()[0]?.model.trim()}`

const began = performance.now()
const folders: string[] = []

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** `npm run bench quick`: one round of a small country, to see that everything runs; its verdicts say nothing. */
const isQuick = process.argv.includes('quick')

const setting: Setting = {
  ...(isQuick
    ? {
        rounds: 1,
        seconds: 1,
        size: { provinces: 2, communes: 20, villages: 4 },
        rows: { large: 20_000, small: 2_000, written: 2_000 },
      }
    : {
        rounds: 3,
        seconds: 3,
        size: { provinces: 20, communes: 150, villages: 10 },
        rows: { large: 10_000_000, small: 1_000_000, written: 200_000 },
      }),
  progress: (line) => say(`[${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s] ${line}`),
  // A folder that the user of the database may pass through, also below root's.
  temporaryFolder: () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'blso-bench-'))
    chmodSync(folder, 0o711)
    folders.push(folder)
    return path.join(folder, 'data')
  },
}

async function close(): Promise<void> {
  await stopServers()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

async function bench(): Promise<void> {
  if (process.argv.includes('households')) return measureHouseholds(setting)
  if (process.argv.includes('servers')) return measureManyServers(setting)
  await buildWebIfStale(() => {})
  await buildProgramIfStale((line) => process.stdout.write(`${line}\n`))
  const demonstration = await measureDemonstration(setting)
  const goals = [...demonstration.goals, ...(await measureCountry(setting))]
  const minutes = (performance.now() - began) / 60_000
  goals.push({
    work: 'all of this benchmark',
    goal: '≤ 20 min',
    reached: `${minutes.toFixed(1)} min`,
    isMet: minutes <= 20,
  })
  say(
    '\nRatios are what counts: both sides in turn, medians of three rounds. Absolute figures are of this machine,',
  )
  say(`which load, servers and PostgreSQL share: ${thisMachine}.\n`)
  for (const line of demonstration.lines) say(line)
  say('')
  for (const line of goalLines(goals)) say(line)
  const missed = goals.filter((goal) => goal.isMet === false).length
  say(`\n${goals.length - missed} of ${goals.length} goals not missed.`)
  if (missed > 0 && !isQuick) process.exitCode = 1
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
setting.progress('done')

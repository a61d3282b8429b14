import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { reachRunning } from '../../src/platform/postgres/open-postgres.ts'
import { processesIn, waitUntil } from '../../src/platform/postgres/process.ts'
import { chooseVictim, killNow, type Victim } from './killing.ts'
import { type Office, openOffice } from './office.ts'
import { type Beginning, beginning, complaints, recounted } from './proof.ts'
import { seeded } from './seeded.ts'
import { type ServerProcess, startServer, stopServers } from './server-process.ts'

// `npm run soak` sets these: a thousand kills however long they take, and no patience beyond the goal.
const kills = Number(process.env.KILLS ?? 100)
// A slow machine must not fail the suite: how soon it is ready again is judged by `npm run soak`.
const readyWithinMs = Number(process.env.READY_WITHIN_MS ?? 60_000)
const minutes = Number(process.env.KILL_MINUTES ?? 4)
const fewest = Math.min(kills, 30)
const seed = Number(process.env.KILL_SEED ?? 20_221_231)

const random = seeded(seed)
let scratch: string
let dataFolder: string
let server: ServerProcess
let ownerUrl: string
let cluster: string
let office: Office
let since: Beginning

const start = (port: string) => startServer({ BANLANG_DATA: dataFolder, BANLANG_DEMO: 'yes', PORT: port })

beforeAll(async () => {
  // Short: a socket lives below, and its path must fit into 107 bytes.
  scratch = mkdtempSync(path.join(tmpdir(), 'blk-'))
  // Run by root the database belongs to another user, who must find the way in.
  await chmod(scratch, 0o711)
  dataFolder = path.join(scratch, 'data')
  server = await start('0')
  ownerUrl = await reachRunning(dataFolder)
  cluster = realpathSync(path.join(dataFolder, 'postgres', 'cluster'))
  office = await openOffice(() => server.address, random)
  since = await beginning(ownerUrl)
})

afterAll(async () => {
  await office?.pause()
  await stopServers()
  if (cluster) for (const pid of processesIn(cluster)) process.kill(pid, 'SIGKILL')
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
})

/** Until both a figure is read and a member is added. */
async function untilReady(): Promise<void> {
  const works = async () =>
    (await office.readFigure()).status === 200 && (await office.addOne()).status === 201
  if (!(await waitUntil(works, 60_000))) throw new Error(`Not ready again:\n${server.said()}`)
}

function table(times: ReadonlyMap<Victim, number[]>): string {
  return [...times]
    .map(([victim, list]) => {
      const sorted = [...list].sort((one, other) => one - other)
      const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]?.toFixed(0)
      return `  ${victim.padEnd(30)} ${String(list.length).padStart(4)} ×  median ${at(0.5)} ms, longest ${at(1)} ms`
    })
    .join('\n')
}

it(`loses nothing acknowledged, keeps nothing by half and counts right over ${kills} kills -9, or as many as ${minutes} minutes hold (seed ${seed})`, {
  timeout: 120_000 + kills * 8_000,
}, async () => {
  const times = new Map<Victim, number[]>()
  // One that takes long does not end the proof of what the others keep.
  const slow: string[] = []
  const began = performance.now()
  let done = 0
  for (let kill = 1; kill <= kills; kill += 1) {
    if (kill > fewest && performance.now() - began > minutes * 60_000) break
    done = kill
    office.resume()
    await new Promise((resolve) => setTimeout(resolve, 50 + random() * 300))
    const victim = chooseVictim(random)
    const story = `kill ${kill}, ${victim}, seed ${seed}`
    const mustStart = await killNow(victim, { server, cluster, ownerUrl, office, random })
    const killedAt = performance.now()
    if (mustStart) server = await start(new URL(server.address).port)
    await untilReady()
    const tookMs = performance.now() - killedAt
    times.set(victim, [...(times.get(victim) ?? []), tookMs])
    await office.pause()
    expect(server.isGone(), `${story}: the server ended\n${server.said()}`).toBe(false)
    expect(await complaints(ownerUrl, office, since), `${story}\n${server.said()}`).toEqual([])
    if (tookMs >= readyWithinMs) slow.push(`${story}: ready after ${tookMs.toFixed(0)} ms`)
    if (kill % 10 === 0) expect(await recounted(ownerUrl, office, 60_000), story).toEqual([])
  }
  const { added, ended, lists, jobs, statuses } = office.ledger
  process.stdout.write(
    `\n${done} kills, seed ${seed}: ${added.length} members, ${ended.length} ends, ${lists.length} lists and ${jobs.length} jobs acknowledged, none lost\n` +
      `${table(times)}\n  answers by status (0: none came): ${JSON.stringify(Object.fromEntries(statuses))}\n`,
  )
  expect(added.length).toBeGreaterThan(done)
  expect(lists.length).toBeGreaterThan(0)
  expect(slow).toEqual([])
})

import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lowMark } from '../../src/platform/postgres/disk-space.ts'
import { reachRunning } from '../../src/platform/postgres/open-postgres.ts'
import { processesIn, waitUntil } from '../../src/platform/postgres/process.ts'
import { type Office, openOffice } from './office.ts'
import { type Beginning, beginning, complaints, onDatabase, recounted } from './proof.ts'
import { seeded } from './seeded.ts'
import { type ServerProcess, startServer, stopServers } from './server-process.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'

// `npm run soak` fills each disk fifty times.
const rounds = Number(process.env.FULL_DISKS ?? 3)
const backWithinMs = 10_000

let scratch: string
let disk: SmallDisk | undefined
let cluster: string

beforeEach(() => {
  // Short: a socket lives below, and its path must fit into 107 bytes.
  scratch = mkdtempSync(path.join(tmpdir(), 'bld-'))
  // Run by root the database belongs to another user, who must find the way in.
  chmodSync(scratch, 0o711)
  cluster = ''
})

afterEach(async () => {
  disk?.empty()
  await stopServers()
  if (cluster) for (const pid of processesIn(cluster)) process.kill(pid, 'SIGKILL')
  disk?.remove()
  disk = undefined
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
})

const start = (dataFolder: string) =>
  startServer({ BANLANG_DATA: dataFolder, BANLANG_DEMO: 'yes', PORT: '0' })

/** Loads the demonstration, stops, and moves the log of the database to another disk. */
async function withLogElsewhere(dataFolder: string, logFolder: string): Promise<ServerProcess> {
  const first = await start(dataFolder)
  cluster = realpathSync(path.join(dataFolder, 'postgres', 'cluster'))
  await first.stop()
  const log = path.join(cluster, 'pg_wal')
  execFileSync('mv', [log, path.join(logFolder, 'pg_wal')])
  symlinkSync(path.join(logFolder, 'pg_wal'), log)
  return start(dataFolder)
}

type Place = { server: ServerProcess; url: string; office: Office; since: Beginning }

async function settle(server: ServerProcess, dataFolder: string): Promise<Place> {
  const url = await reachRunning(dataFolder)
  const office = await openOffice(() => server.address, seeded(7))
  return { server, url, office, since: await beginning(url) }
}

const counted = (office: Office, status: number) => office.ledger.statuses.get(status) ?? 0
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function fillAndEmpty({ server, url, office, since }: Place, full: SmallDisk): Promise<number> {
  office.resume()
  await sleep(300)
  // A session that was last noted a while ago is noted again with the next request: a write that reading must not need.
  await onDatabase(url, (client) =>
    client.query(`update access.session set last_seen_at = last_seen_at - interval '5 minutes'`),
  )
  const refusedBefore = counted(office, 503)
  full.fill()
  // Within this the log is no longer written to; what still fits may still be written.
  await sleep(1_500)
  for (let look = 0; look < 10; look += 1) {
    const read = await office.readFigure()
    expect(read.status, `${read.text}\n${server.said()}`).toBe(200)
    const written = await office.addOne()
    expect(written.status, written.text).toBe(503)
    expect(JSON.parse(written.text).error.message).toContain('thử lại')
    await sleep(100)
  }
  expect(counted(office, 503)).toBeGreaterThan(refusedBefore)
  full.empty()
  const emptiedAt = performance.now()
  const works = async () => (await office.addOne()).status === 201
  if (!(await waitUntil(works, 60_000))) throw new Error(`Not writing again:\n${server.said()}`)
  const tookMs = performance.now() - emptiedAt
  await office.pause()
  expect(server.isGone(), server.said()).toBe(false)
  expect(await complaints(url, office, since), server.said()).toEqual([])
  expect(tookMs).toBeLessThan(backWithinMs)
  return tookMs
}

const cases = [
  ['data', 400, (data: string, elsewhere: string) => [data, elsewhere] as const],
  ['log', 160, (data: string, elsewhere: string) => [elsewhere, data] as const],
] as const

describe('a full disk', () => {
  it.each(cases)(
    `of the %s: reads go on, writes are asked to try again, and are back soon after, ${rounds} times`,
    { timeout: 120_000 + rounds * 20_000 },
    async (name, megabytes, choose) => {
      const mounted = mountSmallDisk(path.join(scratch, 'disk'), megabytes)
      if ('refused' in mounted) {
        // What can be known without a disk of one's own.
        process.stdout.write(`\nNot tried: no small disk can be mounted here (${mounted.refused}).\n`)
        expect(lowMark(10 * 2 ** 30)).toBe(96 * 2 ** 20)
        return
      }
      disk = mounted
      const [data, log] = choose(disk.folder, path.join(scratch, 'elsewhere'))
      execFileSync('mkdir', ['-p', data, log])
      chmodSync(data, 0o711)
      chmodSync(log, 0o711)
      const dataFolder = path.join(data, 'data')
      const place = await settle(await withLogElsewhere(dataFolder, log), dataFolder)
      const times: number[] = []
      for (let round = 0; round < rounds; round += 1) times.push(await fillAndEmpty(place, disk))
      expect(await recounted(place.url, place.office, 60_000)).toEqual([])
      const { added, lists } = place.office.ledger
      process.stdout.write(
        `\ndisk of the ${name} full ${rounds} times: ${added.length} members and ${lists.length} lists acknowledged, none lost; writing again after at most ${Math.max(...times).toFixed(0)} ms\n`,
      )
    },
  )

  it('is refused in the same words where the database takes no writes', { timeout: 120_000 }, async () => {
    const dataFolder = path.join(scratch, 'data')
    const server = await start(dataFolder)
    cluster = realpathSync(path.join(dataFolder, 'postgres', 'cluster'))
    const { url, office } = await settle(server, dataFolder)
    const [name] = readFileSync(path.join(dataFolder, 'postgres', 'writes.conf'), 'utf8').split(' ')
    expect(name).toBe('default_transaction_read_only')
    const hold = (value: string) =>
      onDatabase(url, async (client) => {
        await client.query('set default_transaction_read_only = off')
        await client.query(`alter system set default_transaction_read_only = ${value}`)
        await client.query('select pg_reload_conf()')
      })
    await hold('on')
    await sleep(300)
    expect((await office.readFigure()).status).toBe(200)
    expect((await office.addOne()).status).toBe(503)
    await hold('off')
    await sleep(300)
    expect((await office.addOne()).status).toBe(201)
  })
})

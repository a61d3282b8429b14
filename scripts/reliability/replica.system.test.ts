import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, type Caller, signedIn } from './caller.ts'
import { firstListNumber, shownMeasure } from './office.ts'
import { makeOwnServer, type OwnServer, runOwnServer } from './postgres-by-hand.ts'
import { onDatabase } from './proof.ts'
import { type ServerProcess, startServer, stopServers } from './server-process.ts'

let scratch: string
let primary: OwnServer
let replica: OwnServer
let stopPrimary: () => Promise<void>
let stopReplica: (() => Promise<void>) | undefined
let servers: ServerProcess[]
/** The same officer at either server process. */
let at: [Caller, Caller]
let provinceId: string
let teamId: string
let people = 0

beforeAll(async () => {
  // Short: sockets live below, and their paths must fit into 107 bytes.
  scratch = mkdtempSync(path.join(tmpdir(), 'blr-'))
  chmodSync(scratch, 0o711)
  primary = await makeOwnServer(path.join(scratch, 'p'))
  // What has just been made has not run yet, so that a copy of its files is a replica to be.
  const home = path.join(scratch, 'r', 'postgres')
  mkdirSync(path.dirname(home), { mode: 0o711 })
  mkdirSync(home)
  execFileSync('cp', ['-a', primary.place.cluster, home])
  replica = await makeOwnServer(path.join(scratch, 'r'))
  const signal = path.join(replica.place.cluster, 'standby.signal')
  execFileSync('sh', ['-c', 'touch "$1" && chown --reference="$2" "$1"', 'sh', signal, replica.place.cluster])
  stopPrimary = await runOwnServer(primary, { wal_keep_size: '512MB' })
  stopReplica = await runOwnServer(replica, {
    hot_standby: 'on',
    primary_conninfo: `host=${primary.place.socket} user=banlang`,
  })
  const environment = {
    DATABASE_URL: primary.url,
    DATABASE_READ_URL: replica.url,
    BANLANG_DATA: path.join(scratch, 'files'),
    PORT: '0',
  }
  servers = [await startServer(environment), await startServer(environment)]
  at = [await officer(0), await officer(1)]
  const administrator = await signedIn(() => servers[0]?.address ?? '', 'quantri')
  const { may } = bodyOf<{ may: { unitId: string }[] }>(await at[0].get('/api/session/me'))
  provinceId = may[0]?.unitId ?? ''
  const { teams } = bodyOf<{ teams: { id: string }[] }>(
    await at[0].get('/api/teams?kind=community_team&level=village&limit=1'),
  )
  teamId = teams[0]?.id ?? ''
  bodyOf(await administrator.get('/api/measures'))
})

afterAll(async () => {
  await stopServers()
  await stopReplica?.()
  await stopPrimary?.()
  rmSync(scratch, { recursive: true, force: true })
})

function officer(process: number): Promise<Caller> {
  return signedIn(() => servers[process]?.address ?? '', 'thuongtruc')
}

async function add(caller: Caller): Promise<void> {
  people += 1
  const body = {
    fullName: `Lò Thị ${['An', 'Bình', 'Chi', 'Dung', 'Em'][people % 5]}`,
    phone: `09${firstListNumber + people}`,
    role: 'member',
    joinedOn: '2022-12-30',
    note: '',
  }
  bodyOf(await caller.post(`/api/teams/${teamId}/members`, body))
}

async function shown(caller: Caller): Promise<{ number: number; list: number }> {
  const query = `unitId=${provinceId}&limit=1`
  const { number, matching, hidden } = bodyOf<{ number: string; matching: number; hidden: number }>(
    await caller.get(`/api/measures/${shownMeasure}/evidence?${query}`),
  )
  return { number: Number(number), list: matching + hidden }
}

/** Transactions that the replica has served to people. */
function servedByReplica(): Promise<number> {
  return onDatabase(replica.url, async (client) => {
    // Counters are handed in a moment after a connection has become idle.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const { rows } = await client.query<{ served: string }>(
      `select xact_commit::text as served from pg_stat_database where datname = 'banlang'`,
    )
    return Number(rows[0]?.served)
  })
}

/** Writes at one process and reads at the other at once, so many times; the number must follow each write. */
async function writeAndRead(times: number): Promise<void> {
  const before = await shown(at[0])
  for (let time = 1; time <= times; time += 1) {
    const [writer, reader] = time % 2 === 0 ? [at[0], at[1]] : [at[1], at[0]]
    await add(writer)
    const expected = { number: before.number + time, list: before.list + time }
    expect(await shown(reader)).toEqual(expected)
    expect(await shown(writer)).toEqual(expected)
  }
}

describe('two server processes that read from a replica', () => {
  it('show each write at once, at either process, and read from the replica', async () => {
    const before = await servedByReplica()
    await writeAndRead(50)
    const served = (await servedByReplica()) - before
    process.stdout.write(`\n${served} transactions on the replica for 101 reads beside 50 writes\n`)
    expect(served).toBeGreaterThan(50)
  })

  it('answer alike, word for word', async () => {
    const pages = [
      '/api/programme/overview',
      '/api/teams?limit=200',
      `/api/teams/${teamId}`,
      `/api/measures/${shownMeasure}?unitId=${provinceId}`,
      `/api/measures/figures?unitId=${provinceId}`,
    ]
    for (const page of pages) {
      const [one, other] = await Promise.all(at.map((caller) => caller.get(page)))
      const timeless = (text = '') => text.replaceAll(/"readAt":"[^"]*"/g, '')
      expect(one?.status, page).toBe(200)
      expect(timeless(one?.text), page).toBe(timeless(other?.text))
    }
  })

  it('still show each write while the replica stands still', async () => {
    await onDatabase(replica.url, (client) => client.query('select pg_wal_replay_pause()'))
    await writeAndRead(10)
    await onDatabase(replica.url, (client) => client.query('select pg_wal_replay_resume()'))
    await writeAndRead(10)
  })

  it('still answer when the replica is gone', async () => {
    await stopReplica?.()
    stopReplica = undefined
    await writeAndRead(10)
  })
})

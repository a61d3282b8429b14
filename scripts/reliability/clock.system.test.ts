import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword } from '../../demo/load.ts'
import { bodyOf } from './caller.ts'
import { type Office, openOffice } from './office.ts'
import { makeOwnServer, type OwnServer, runOwnServer } from './postgres-by-hand.ts'
import { type Beginning, beginning, complaints, onDatabase, recounted } from './proof.ts'
import { seeded } from './seeded.ts'
import { type ServerProcess, startServer, stopServers } from './server-process.ts'

/** The library that lets server and database believe another time; LIBFAKETIME names it where it is elsewhere. */
const library = [
  process.env.LIBFAKETIME ?? '',
  ...['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`),
].find((file) => file !== '' && existsSync(file))

let scratch: string
let own: OwnServer
let stopDatabase: (() => Promise<void>) | undefined
let server: ServerProcess
let office: Office
let since: Beginning
const address = () => server.address

/** What the clock says from now on: a shift (`+1d`) or an instant (`@2038-01-19 03:13:50`), from which it goes on. */
function setClock(to: string): Promise<void> {
  writeFileSync(path.join(scratch, 'clock'), `${to}\n`)
  // The worker looks once a second whether the clock was set.
  return new Promise((resolve) => setTimeout(resolve, 2_000))
}

beforeAll(async () => {
  // Short: a socket lives below, and its path must fit into 107 bytes.
  scratch = mkdtempSync(path.join(tmpdir(), 'blc-'))
  chmodSync(scratch, 0o711)
  own = await makeOwnServer(path.join(scratch, 'p'))
  writeFileSync(path.join(scratch, 'clock'), '+0\n', { mode: 0o644 })
  const clock: Record<string, string> = library
    ? {
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: path.join(scratch, 'clock'),
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      }
    : {}
  stopDatabase = await runOwnServer(own, {}, clock)
  server = await startServer({
    DATABASE_URL: own.url,
    BANLANG_DATA: path.join(scratch, 'files'),
    PORT: '0',
    ...clock,
  })
  office = await openOffice(address, seeded(11))
  since = await beginning(own.url)
})

afterAll(async () => {
  await stopServers()
  await stopDatabase?.()
  rmSync(scratch, { recursive: true, force: true })
})

/** Signs in and answers the status and the cookie. */
async function knock(loginName: string, password: string): Promise<{ status: number; cookie: string }> {
  const reply = await fetch(`${address()}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginName, password }),
  })
  await reply.text()
  return { status: reply.status, cookie: (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
}

async function opens(cookie: string): Promise<number> {
  const reply = await fetch(`${address()}/api/session/me`, { headers: { cookie } })
  await reply.text()
  return reply.status
}

async function failUntilRefused(loginName: string): Promise<number> {
  for (let attempt = 1; attempt <= 8; attempt += 1)
    if ((await knock(loginName, 'sai-mat-khau')).status === 429) return attempt
  return 0
}

async function everythingCounts(): Promise<void> {
  const before = Number(bodyOf<{ figure: { numerator: string } }>(await office.readFigure()).figure.numerator)
  for (let one = 1; one <= 3; one += 1) {
    expect((await office.addOne()).status).toBe(201)
    const now = bodyOf<{ figure: { numerator: string } }>(await office.readFigure()).figure.numerator
    expect(Number(now)).toBe(before + one)
  }
  expect(await complaints(own.url, office, since)).toEqual([])
}

function timesRun(): Promise<number> {
  return onDatabase(own.url, async (client) => {
    const { rows } = await client.query<{ runs: string }>('select count(*) as runs from jobs.finished')
    return Number(rows[0]?.runs)
  })
}

const year2038 = '@2038-01-19 03:13:50'
const clocks = ['+1d', '-1d', '@1970-01-02 00:00:00', year2038, '+0']
const alone = it.runIf(library)

if (!library)
  process.stdout.write('\nThe clock itself is not set: libfaketime is not here. Rows are moved instead.\n')

describe('a clock that somebody sets', () => {
  alone(
    'leaves work, figures and jobs in order by whatever time, and no job runs many times',
    { timeout: 300_000 },
    async () => {
      // Those at work signed in by the right time; a day ahead they must sign in anew.
      for (const clock of clocks) {
        await setClock(clock)
        office = await openOffice(address, seeded(13), office)
        await everythingCounts()
        expect(await recounted(own.url, office, 30_000), clock).toEqual([])
        expect(server.isGone(), server.said()).toBe(false)
      }
      // Of each schedule at most a run by each clock, and the recounts asked for.
      expect(await timesRun()).toBeLessThan(40)
    },
  )

  alone('that goes back within a batch changes neither order nor number', { timeout: 120_000 }, async () => {
    const firstIndex = office.ledger.added.length
    for (const clock of ['+0', '-1h', '-2h', '-3h', '-1d', '+0']) {
      await setClock(clock)
      expect((await office.addOne()).status).toBe(201)
    }
    const done = office.ledger.added.slice(firstIndex)
    const noted = await onDatabase(own.url, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `select subject_id as id from audit.entry where action = 'teams.member_added' and subject_id = any($1) order by id`,
        [done],
      )
      return rows.map((row) => row.id)
    })
    expect(noted).toEqual(done)
    await everythingCounts()
  })

  alone('lets nobody in for years because the clock was ahead once', { timeout: 120_000 }, async () => {
    await setClock(year2038)
    const ahead = await knock('kiemtra', demoPassword)
    expect(ahead.status).toBe(200)
    expect(await opens(ahead.cookie)).toBe(200)
    expect(await failUntilRefused('canbo.sonthinh')).toBeGreaterThan(4)
    await setClock('+0')
    // What a session may do is remembered for half a second.
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(await opens(ahead.cookie)).toBe(401)
    expect((await knock('canbo.sonthinh', demoPassword)).status).toBe(200)
    expect(await failUntilRefused('kiemtra')).toBeGreaterThan(4)
  })
})

describe.skipIf(library)('rows that a clock twelve years ahead has left', () => {
  const moveOn = (statement: string) => onDatabase(own.url, (client) => client.query(statement))

  it('let nobody in, lock nobody out, and still slow down who guesses', { timeout: 120_000 }, async () => {
    const ahead = await knock('kiemtra', demoPassword)
    expect(await opens(ahead.cookie)).toBe(200)
    expect(await failUntilRefused('canbo.sonthinh')).toBeGreaterThan(4)
    await moveOn(`update access.session set started_at = started_at + interval '12 years',
      last_seen_at = last_seen_at + interval '12 years', expires_at = expires_at + interval '12 years'`)
    await moveOn(`update access.sign_in_attempt set attempted_at = attempted_at + interval '12 years'`)
    // Who is signed in is remembered for half a second.
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(await opens(ahead.cookie)).toBe(401)
    expect((await knock('canbo.sonthinh', demoPassword)).status).toBe(200)
    expect(await failUntilRefused('kiemtra')).toBeGreaterThan(4)
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { openSession } from '../testing/world.ts'
import { listen } from './listener.fixtures.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const freshToken = async (account: keyof TestServer['world']['accounts']) =>
  server.database.owner
    .transaction()
    .execute((tx) => openSession(tx, server.world.accounts[account].accountId))

async function write(action: string, before: () => Promise<void> = async () => {}): Promise<void> {
  const actor = await systemActor(server.database)
  await server.database.write(actor, async (tx) => {
    await audit(tx, actor, { action, subject: 'toy.thing', subjectId: '1', unitId: server.world.units.a1 })
    await before()
  })
}

describe('an open page', () => {
  test('has a line of events that nobody keeps', async () => {
    const page = await listen(server.address, await freshToken('leader'))
    expect([page.status, page.contentType]).toEqual([200, 'text/event-stream; charset=utf-8'])
    page.close()
  })

  test('hears within a second which part was written to, and that figures may have moved', async () => {
    const page = await listen(server.address, await freshToken('leader'))
    await write('teams.member_added')
    expect(await page.untilTopic('teams')).toBeLessThan(1000)
    expect(page.topics()).toContain('measures')
    page.close()
  })

  test('hears what another server process wrote', async () => {
    const other = await server.second()
    const page = await listen(other.address, await freshToken('leader'))
    await write('programme.target_set')
    expect(await page.untilTopic('programme')).toBeLessThan(1000)
    page.close()
    await other.close()
  })

  test('hears of a transaction that began before others and committed after them', async () => {
    const page = await listen(server.address, await freshToken('leader'))
    await write('slow.one', async () => {
      await write('quick.one')
      await page.untilTopic('quick')
      await new Promise((resolve) => setTimeout(resolve, 700))
      expect(page.topics()).not.toContain('slow')
    })
    await page.untilTopic('slow')
    page.close()
  })

  test('hears nothing of what was undone', async () => {
    const page = await listen(server.address, await freshToken('leader'))
    await write('undone.one', async () => {
      throw new Error('undo')
    }).catch(() => {})
    await write('done.one')
    await page.untilTopic('done')
    expect(page.topics()).not.toContain('undone')
    page.close()
  })

  test('goes on hearing after the database has cut every connection', async () => {
    const page = await listen(server.address, await freshToken('leader'))
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
      .execute(server.database.owner)
      .catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 500))
    await write('after.restart')
    await page.untilTopic('after')
    page.close()
  })
})

describe('the line is cut within a second', () => {
  const ways = [
    [
      'the person signs out',
      async (token: string) => void (await server.as({ token }).post('/api/session/sign-out')),
    ],
    [
      'the person signs out everywhere from another device',
      async () =>
        void (await server
          .as({ token: await freshToken('leader') })
          .post('/api/session/sign-out-everywhere')),
    ],
    [
      'the account is suspended',
      async () => {
        const { accountId } = server.world.accounts.leader
        const administrator = server.as('administrator')
        await administrator.post(`/api/access/people/${accountId}/suspend`, {})
        await administrator.post(`/api/access/people/${accountId}/restore`)
      },
    ],
    [
      'the password is reset',
      async () => {
        const { accountId } = server.world.accounts.leader
        await server.as('administrator').post(`/api/access/people/${accountId}/reset-password`)
        await sql`update access.password set must_change = false where account_id = ${accountId}`.execute(
          server.database.owner,
        )
      },
    ],
  ] as const
  test.each(ways)('when %s', async (_, cut) => {
    const token = await freshToken('leader')
    const page = await listen(server.address, token)
    const from = performance.now()
    await cut(token)
    expect((await page.ended) - from).toBeLessThan(1500)
    expect((await server.as({ token }).get('/api/session/me')).status).toBe(401)
  })

  test('when the server closes', async () => {
    const other = await server.second()
    const page = await listen(other.address, await freshToken('auditor'))
    const from = performance.now()
    await other.close()
    expect((await page.ended) - from).toBeLessThan(1000)
  })
})

test('nobody watching, nothing is asked of the database', async () => {
  const other = await server.second()
  const page = await listen(other.address, await freshToken('auditor'))
  page.close()
  await new Promise((resolve) => setTimeout(resolve, 800))
  const { rows } = await sql<{ recent: string }>`
    select count(*) as recent from pg_stat_activity where datname = current_database()
      and query like '%pg_snapshot_xip%' and pid <> pg_backend_pid() and query_start > now() - interval '400 ms'`.execute(
    server.database.owner,
  )
  expect(rows[0]?.recent).toBe('0')
  await other.close()
})

test('whoever is not signed in has no line', async () => {
  expect((await server.anonymous.get('/api/changes')).status).toBe(401)
})

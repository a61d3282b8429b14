import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { nobody } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { openDatabase, type Tx } from './database.ts'

let server: TestServer
let system: Actor
beforeAll(async () => {
  server = await startTestServer()
  system = await systemActor(server.database)
})
afterAll(() => server.close())

const accountsSeen = async (tx: Tx) =>
  (await sql<{ count: string }>`select count(*) from access.account`.execute(tx)).rows[0]?.count

const entry = (action: string) => ({
  action,
  subject: 'test.subject',
  subjectId: '1',
  unitId: server.world.units.root,
})

const entriesOf = async (action: string) =>
  (
    await sql<{ count: string }>`select count(*) from audit.entry where action = ${action}`.execute(
      server.database.owner,
    )
  ).rows[0]?.count

describe('statements that are kept planned', () => {
  test('show each account its own rows, on one connection, whichever comes first', async () => {
    const { administrator, villageHead } = {
      administrator: server.world.accounts.administrator.accountId,
      villageHead: server.world.accounts.village_head.accountId,
    }
    const one = openDatabase(server.database.ownerUrl, 1)
    const seen: (string | undefined)[] = []
    for (let time = 0; time < 8; time++) {
      for (const accountId of [administrator, villageHead, null])
        seen.push(await one.read({ ...nobody, accountId }, accountsSeen))
    }
    const [byAdministrator, byVillageHead, byNobody] = seen
    expect(Number(byAdministrator)).toBeGreaterThan(1)
    expect(byVillageHead).toBe('1')
    expect(byNobody).toBe('0')
    expect(seen).toEqual(Array.from({ length: 8 }, () => [byAdministrator, byVillageHead, byNobody]).flat())
    const { rows } = await one.read(nobody, (tx) =>
      sql<{ kept: string }>`select count(*) as kept from pg_prepared_statements
        where statement like '%from access.account%'`.execute(tx),
    )
    expect(rows[0]?.kept).toBe('1')
    await one.close()
  })
})

describe('an answer that is not waited for', () => {
  test('brings its refusal with the commit, and nothing is written', async () => {
    const written = server.database.write(system, async (tx) => {
      await audit(tx, system, entry('prepared.one'))
      await audit(tx, system, entry('NOT AN ACTION'))
    })
    await expect(written).rejects.toMatchObject({ code: '23514' })
    expect(await entriesOf('prepared.one')).toBe('0')
  })

  test('brings its refusal with the next statement, as its own', async () => {
    const written = server.database.write(system, async (tx) => {
      await audit(tx, system, entry('NOT AN ACTION'))
      await accountsSeen(tx)
    })
    await expect(written).rejects.toMatchObject({ code: '23514' })
  })

  test('goes back with what was thrown after it', async () => {
    const written = server.database.write(system, async (tx) => {
      await audit(tx, system, entry('prepared.two'))
      throw new Error('thrown on purpose')
    })
    await expect(written).rejects.toThrow('thrown on purpose')
    expect(await entriesOf('prepared.two')).toBe('0')
    await server.database.write(system, (tx) => audit(tx, system, entry('prepared.two')))
    expect(await entriesOf('prepared.two')).toBe('1')
  })
})

test('a transaction that asks for nothing is over at once', async () => {
  expect(await server.database.write(system, async () => 'done')).toBe('done')
  expect(await server.database.read(system, async () => 'done')).toBe('done')
})

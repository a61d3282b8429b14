import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { makePerson } from '../testing/sign-in.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const become = (tx: Tx, accountId: string) =>
  sql`select set_config('banlang.account', ${accountId}, true)`.execute(tx)

const maySee = async (tx: Tx, unitId: string) =>
  (await sql<{ yes: boolean }>`select access.permits('access.view', ${unitId}) as yes`.execute(tx)).rows[0]
    ?.yes

const give = (tx: Tx, accountId: string, unitId: string) =>
  sql`insert into access.grant (account_id, role, unit_id, valid_from)
      values (${accountId}, 'leader', ${unitId}, calendar.today())`.execute(tx)

/** As the owner of the tables, with the entry that every write owes. */
const asOwner = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  server.database.owner.transaction().execute(async (tx) => {
    await audit(tx, nobody, {
      action: 'test.rights_tried',
      subject: 'access.grant',
      subjectId: '1',
      unitId: server.world.units.root,
    })
    return work(tx)
  })

describe('rights found once in a transaction', () => {
  test('follow what is given and taken in the same transaction', async () => {
    const { accountId } = await makePerson(server, 'quyen.giu')
    const unitId = server.world.units.root
    const seen = await asOwner(async (tx) => {
      await become(tx, accountId)
      const before = await maySee(tx, unitId)
      await give(tx, accountId, unitId)
      const given = await maySee(tx, unitId)
      await sql`update access.grant set revoked_at = now() where account_id = ${accountId}`.execute(tx)
      return [before, given, await maySee(tx, unitId)]
    })
    expect(seen).toEqual([false, true, false])
  })

  test('follow the suspension of the account in the same transaction', async () => {
    const { accountId } = await makePerson(server, 'quyen.dung')
    const unitId = server.world.units.root
    const seen = await asOwner(async (tx) => {
      await become(tx, accountId)
      await give(tx, accountId, unitId)
      const active = await maySee(tx, unitId)
      await sql`update access.account set status = 'suspended' where id = ${accountId}`.execute(tx)
      return [active, await maySee(tx, unitId)]
    })
    expect(seen).toEqual([true, false])
  })

  test('are those of the account that acts now, also after another in the same transaction', async () => {
    const unitId = server.world.units.a1
    const { administrator, village_head } = server.world.accounts
    const seen = await asOwner(async (tx) => {
      const answers: (boolean | undefined)[] = []
      for (const { accountId } of [administrator, village_head, administrator]) {
        await become(tx, accountId)
        answers.push(await maySee(tx, unitId))
      }
      return answers
    })
    expect(seen).toEqual([true, false, true])
  })

  test('go with the transaction', async () => {
    const { accountId } = await makePerson(server, 'quyen.sau')
    const unitId = server.world.units.root
    const ask = () => server.database.read({ ...nobody, accountId }, (tx) => maySee(tx, unitId))
    expect(await ask()).toBe(false)
    await asOwner((tx) => give(tx, accountId, unitId))
    expect(await ask()).toBe(true)
    await asOwner((tx) => sql`delete from access.grant where account_id = ${accountId}`.execute(tx))
    expect(await ask()).toBe(false)
  })
})

test('a day changed in a transaction is the day of its later statements', async () => {
  const seen = await asOwner(async (tx) => {
    const today = async () =>
      (await sql<{ on: string }>`select calendar.today() as on`.execute(tx)).rows[0]?.on
    const real = await today()
    await sql`insert into calendar.working_date (working_on) values ('2022-12-31')`.execute(tx)
    const moved = await today()
    await sql`delete from calendar.working_date`.execute(tx)
    return { moved, back: (await today()) === real }
  })
  expect(seen).toEqual({ moved: '2022-12-31', back: true })
})

import { sql } from 'kysely'
import { expect } from 'vitest'
import { audit } from '../audit/index.ts'
import { setWorkingDate } from '../calendar/index.ts'
import { type AccountKey, startTestServer, type TestServer } from '../testing/server.ts'
import { systemActor } from './system-actor.ts'

/** A server in 2022 whose people hold their roles since its first day, and the deeds that these tests do to it. */
export async function merging() {
  const server: TestServer = await startTestServer()
  const root = server.as('root_administrator')
  const system = await systemActor(server.database)
  await server.database.owner.transaction().execute(async (tx) => {
    await sql`update access.grant set valid_from = '2022-01-01' where valid_until is null and valid_from < now()`.execute(
      tx,
    )
    await sql`update access.grant set valid_from = '2021-01-01', valid_until = '2022-01-01' where valid_until is not null`.execute(
      tx,
    )
    await setWorkingDate(tx, system, '2022-06-30')
  })
  const { a1, a11, a12, a2, districtA } = server.world.units
  const made = (name: string) => ({ name, code: name, kind: 'commune', parentId: districtA })
  const dated = { on: '2022-07-01', legalBasis: 'Nghị quyết 35/NQ-HĐND' }
  const standing: string[] = []
  const comes = (day: string) =>
    server.database.owner.transaction().execute(async (tx) => {
      await sql`update calendar.working_date set working_on = ${day}::date`.execute(tx)
      const unitId = server.world.units.root
      await audit(tx, system, {
        action: 'calendar.tested',
        subject: 'calendar.working_date',
        subjectId: '0',
        unitId,
      })
    })
  return {
    server,
    root,
    /** Communes A1 and A2 become one. */
    merger: { kind: 'merge', ...dated, fromIds: [a1, a2], made: made('Xã An Mới') },
    /** Commune A1 becomes two, each with one of its villages. */
    split: {
      kind: 'split',
      ...dated,
      unitId: a1,
      halves: [
        { made: made('Xã Trên'), belowIds: [a11] },
        { made: made('Xã Dưới'), belowIds: [a12] },
      ],
    },
    dated,
    async preview(change: object) {
      const { status, body } = await root.post('/api/units/changes/preview', change)
      expect([status, body.error?.message]).toEqual([200, undefined])
      return body
    },
    /** Records a change; answers its id and the unit that it made. */
    async record(change: object): Promise<{ madeId: string }> {
      const { status, body } = await root.post('/api/units/changes', change)
      expect([status, body.error?.message]).toEqual([201, undefined])
      standing.push(body.eventId)
      return { madeId: body.madeIds[0] }
    },
    /** Takes the last change back. */
    async undo() {
      expect((await root.post(`/api/units/changes/${standing.pop()}/undo`)).status).toBe(200)
    },
    /** Takes back whatever still stands, and goes back to the day before the changes. */
    async startAnew() {
      for (const eventId of standing.splice(0).toReversed())
        await root.post(`/api/units/changes/${eventId}/undo`)
      await comes('2022-06-30')
    },
    comes,
    /** The planted units that a right of somebody reaches, as row-level security sees them; 'new' stands for `made`. */
    async reach(who: AccountKey, capability: string, madeId = ''): Promise<string[]> {
      const keys = new Map(
        [...Object.entries(server.world.units), ['new', madeId]].map(([key, id]) => [id, key]),
      )
      return server.database.owner.transaction().execute(async (tx) => {
        await sql`select set_config('banlang.account', ${server.world.accounts[who].accountId}, true)`.execute(
          tx,
        )
        const { rows } = await sql<{ id: string }>`
          select distinct access.units_permitted(${capability})::text as id`.execute(tx)
        return rows.flatMap(({ id }) => keys.get(id) ?? []).toSorted()
      })
    },
    /** The units over which somebody's session says that a right is held. */
    async held(who: AccountKey, capability: string): Promise<string[]> {
      const { body } = await server.as(who).get('/api/session/me')
      const may: { capability: string; unitName: string }[] = body.may
      return may.filter((one) => one.capability === capability).map((one) => one.unitName)
    },
    /** Adds a person with a role over a unit; answers the account. */
    async person(loginName: string, role: string, unitId: string): Promise<string> {
      const { body } = await root.post('/api/access/people', {
        loginName,
        displayName: `Người ${loginName}`,
        unitId,
      })
      const given = await root.post(`/api/access/people/${body.accountId}/grants`, {
        role,
        unitId,
        validFrom: '2022-01-01',
      })
      expect(given.status).toBe(201)
      await sql`update access.password set must_change = false where account_id = ${body.accountId}`.execute(
        server.database.owner,
      )
      return body.accountId
    },
  }
}

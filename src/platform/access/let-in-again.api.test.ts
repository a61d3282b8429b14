import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { makePerson } from '../testing/sign-in.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('letting a person in again', () => {
  const signIn = (loginName: string, password: string) =>
    server.anonymous.post('/api/session', { loginName, password })
  const lastAudit = async (subjectId: string) =>
    (
      await sql<{ action: string; forgiven: number }>`
        select action, (after ->> 'failuresForgiven')::int as forgiven from audit.entry
        where subject_id = ${subjectId} and action like 'access.%' order by id desc limit 1`.execute(
        server.database.owner,
      )
    ).rows[0]

  const loginName = 'cho.vao.lai'
  test('by a new password or by restoring is at once, whatever failed before', async () => {
    const { accountId } = await makePerson(server, loginName)
    const asAdministrator = (verb: string, body?: object) =>
      server.as('administrator').post(`/api/access/people/${accountId}/${verb}`, body)
    const failFiveTimes = async () => {
      for (let time = 0; time < 5; time++) await signIn(loginName, 'khong phai the')
      expect((await signIn(loginName, 'khong phai the')).status).toBe(429)
    }
    await failFiveTimes()
    const { oneTimePassword } = (await asAdministrator('reset-password')).body
    expect(await lastAudit(accountId)).toEqual({ action: 'access.password_reset', forgiven: 5 })
    expect((await signIn(loginName, oneTimePassword)).status).toBe(200)
    await asAdministrator('suspend', {})
    await failFiveTimes()
    expect((await asAdministrator('restore')).status).toBe(200)
    expect(await lastAudit(accountId)).toEqual({ action: 'access.account_restored', forgiven: 5 })
    expect((await signIn(loginName, oneTimePassword)).status).toBe(200)
  })

  test('when they last signed in is known after their sessions ended', async () => {
    const { accountId, password } = await makePerson(server, 'vao.lan.cuoi')
    const path = `/api/access/people/${accountId}`
    expect((await server.as('administrator').get(path)).body.person.lastSignedInAt).toBeNull()
    await signIn('vao.lan.cuoi', password)
    const { lastSignedInAt } = (await server.as('administrator').get(path)).body.person
    expect(Date.now() - Date.parse(lastSignedInAt)).toBeLessThan(60_000)
    await server.as('administrator').post(`${path}/suspend`, {})
    expect((await server.as('administrator').get(path)).body.person.lastSignedInAt).toBe(lastSignedInAt)
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { client, startTestServer, type TestServer, worldPassword } from '../testing/server.ts'
import { revokeGrant, suspendAccount } from './access.actions.ts'
import { createAccount, giveGrant, systemActor } from './index.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

let people = 0

/** A person of a unit, with a role there where one is named; signed in. */
async function person(unit: keyof TestServer['world']['units'], role?: string, over = unit) {
  people++
  const actor = await systemActor(server.database)
  const loginName = `nguoi.${people}`
  const made = await server.database.write(actor, async (tx) => {
    const account = await createAccount(tx, actor, {
      loginName,
      displayName: `Lò Văn Số ${people}`,
      unitId: server.world.units[unit],
      password: worldPassword,
    })
    if (!role) return { ...account, grantId: '' }
    const { grantId } = await giveGrant(tx, actor, {
      accountId: account.accountId,
      role,
      unitId: server.world.units[over],
      validFrom: '2020-01-01',
    })
    return { ...account, grantId }
  })
  const answer = await server.anonymous.post('/api/session', { loginName, password: worldPassword })
  const token = /banlang_session=([^;]*)/.exec(answer.headers['set-cookie']?.[0] ?? '')?.[1] ?? ''
  return { ...made, browser: client(server.address, token) }
}

const give = (accountId: string, body: object, as: Parameters<TestServer['as']>[0] = 'administrator') =>
  server.as(as).post(`/api/access/people/${accountId}/grants`, body)

describe('adding a person', () => {
  test('answers a one-time password once and keeps only its hash', async () => {
    const answer = await server.as('administrator').post('/api/access/people', {
      displayName: '  Hoàng  Thị Mai ',
      loginName: 'Hoàng.Mai',
      unitId: server.world.units.a11,
    })
    expect(answer.status).toBe(201)
    expect(answer.body.loginName).toBe('hoang.mai')
    const signedIn = await server.anonymous.post('/api/session', {
      loginName: 'hoang.mai',
      password: answer.body.oneTimePassword,
    })
    expect(signedIn.body).toEqual({ mustChangePassword: true })
    const { rows } = await sql<{ line: string }>`
      select to_jsonb(e)::text as line from audit.entry e where subject_id = ${answer.body.accountId}
      union all select to_jsonb(p)::text from access.password p where account_id = ${answer.body.accountId}`.execute(
      server.database.owner,
    )
    expect(rows.length).toBeGreaterThan(1)
    for (const { line } of rows) expect(line).not.toContain(answer.body.oneTimePassword)
  })

  const wrong = [
    [{ loginName: 'thu.leader' }, 'loginName', 'access.login_name_taken'],
    [{ loginName: 'có/dấu?' }, 'loginName', 'access.login_name'],
    [{ loginName: '..' }, 'loginName', 'access.login_name'],
  ] as const
  test.each(wrong)('refuses %o and names the field', async (change, path, code) => {
    const answer = await server.as('administrator').post('/api/access/people', {
      displayName: 'Người',
      unitId: server.world.units.a1,
      ...change,
    })
    expect([answer.status, answer.body.error.code, answer.body.error.fields[0].path]).toEqual([
      422,
      code,
      path,
    ])
  })

  test('finds people whatever accents are typed', async () => {
    for (const q of ['lò văn', 'LO VAN', 'Lo Văn', 'nguoi.', 'Hoang Thi']) {
      const actor = await systemActor(server.database)
      await server.database.write(actor, (tx) =>
        createAccount(tx, actor, {
          loginName: `nguoi.tim.${q.length}.${people++}`,
          displayName: 'Lò Văn Hoàng Thị',
          unitId: server.world.units.a1,
        }),
      )
      const { body } = await server.as('administrator').get(`/api/access/people?q=${encodeURIComponent(q)}`)
      expect([q, body.total > 0]).toEqual([q, true])
    }
    const none = await server.as('administrator').get('/api/access/people?q=%25')
    expect(none.body.total).toBeGreaterThan(0)
  })
})

describe('giving rights', () => {
  test('holds from its first day up to, and not on, its last', async () => {
    const { today, units } = server.world
    const day = (offset: number) =>
      new Date(Date.parse(`${today}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10)
    const rows = [
      ['begins today', day(0), undefined, true],
      ['begins tomorrow', day(1), undefined, false],
      ['ends today', day(-9), day(0), false],
      ['ends tomorrow', day(-9), day(1), true],
    ] as const
    for (const [name, validFrom, validUntil, holds] of rows) {
      const { accountId, browser } = await person('a1')
      const given = await give(accountId, { role: 'leader', unitId: units.a1, validFrom, validUntil })
      expect([name, given.status]).toEqual([name, 201])
      const { may } = (await browser.get('/api/session/me')).body
      expect([name, may.some((one: { capability: string }) => one.capability === 'access.view')]).toEqual([
        name,
        holds,
      ])
    }
  })

  test('never reaches oneself', async () => {
    const { accountId } = server.world.accounts.administrator
    const answer = await give(accountId, { role: 'standing_office', unitId: server.world.units.a1 })
    expect([answer.status, answer.body.error.code]).toEqual([403, 'access.not_oneself'])
  })

  test('never reaches beyond the units one administers, though the person is one’s own', async () => {
    const { accountId } = await person('a1')
    for (const unit of ['districtA', 'root', 'a2', 'b11'] as const) {
      const answer = await give(accountId, { role: 'leader', unitId: server.world.units[unit] })
      expect([unit, answer.status]).toEqual([unit, 403])
    }
    expect((await give(accountId, { role: 'leader', unitId: server.world.units.a12 })).status).toBe(201)
  })

  test('never reaches a person out of sight, who sounds like nobody', async () => {
    const { accountId } = await person('b1')
    const there = await give(accountId, { role: 'leader', unitId: server.world.units.a1 })
    const nowhere = await give('999999', { role: 'leader', unitId: server.world.units.a1 })
    expect(there.status).toBe(404)
    expect(there.body.error.message).toBe(nowhere.body.error.message)
  })

  test('knows no role outside the list, such as the system’s own', async () => {
    const { accountId } = await person('a1')
    expect((await give(accountId, { role: 'system', unitId: server.world.units.a1 })).status).toBe(400)
  })

  test('refuses the same role over the same unit twice in one time', async () => {
    const { accountId } = await person('a1', 'leader')
    const again = await give(accountId, { role: 'leader', unitId: server.world.units.a1 })
    expect(again.body.error.code).toBe('access.already_given')
    const both = await Promise.all(
      [1, 2, 3].map(() => give(accountId, { role: 'auditor', unitId: server.world.units.a1 })),
    )
    expect(both.filter((one) => one.status === 201)).toHaveLength(1)
    expect(both.every((one) => one.status < 500)).toBe(true)
  })

  test('refuses an end that is not after the beginning', async () => {
    const { accountId } = await person('a1')
    const answer = await give(accountId, {
      role: 'leader',
      unitId: server.world.units.a1,
      validFrom: '2024-05-02',
      validUntil: '2024-05-02',
    })
    expect(answer.body.error.fields[0].path).toBe('validUntil')
  })
})

describe('taking rights away', () => {
  test('is felt at the very next request', async () => {
    const { grantId, browser } = await person('a1', 'auditor')
    expect((await browser.get('/api/access/people')).status).toBe(200)
    expect((await server.as('administrator').post(`/api/access/grants/${grantId}/revoke`, {})).status).toBe(
      200,
    )
    expect((await browser.get('/api/access/people')).status).toBe(403)
    const again = await server.as('administrator').post(`/api/access/grants/${grantId}/revoke`, {})
    expect(again.body.error.code).toBe('access.revoked_before')
  })

  test('suspending ends every session; restoring lets the person sign in again', async () => {
    const { accountId, browser, loginName } = await person('a1', 'leader')
    const administrator = server.as('administrator')
    await administrator.post(`/api/access/people/${accountId}/suspend`, { reason: 'nghỉ việc' })
    expect((await browser.get('/api/session/me')).status).toBe(401)
    await administrator.post(`/api/access/people/${accountId}/restore`)
    expect((await browser.get('/api/session/me')).status).toBe(401)
    const back = await server.anonymous.post('/api/session', { loginName, password: worldPassword })
    expect(back.status).toBe(200)
  })

  test('a reset password ends the old one and every session', async () => {
    const { accountId, browser, loginName } = await person('a1', 'leader')
    const answer = await server.as('administrator').post(`/api/access/people/${accountId}/reset-password`)
    expect((await browser.get('/api/session/me')).status).toBe(401)
    const old = await server.anonymous.post('/api/session', { loginName, password: worldPassword })
    expect(old.status).toBe(401)
    const fresh = await server.anonymous.post('/api/session', {
      loginName,
      password: answer.body.oneTimePassword,
    })
    expect(fresh.body).toEqual({ mustChangePassword: true })
  })

  const verbs = ['suspend', 'restore', 'reset-password'] as const
  test.each(verbs)('nobody can %s a person who was given more than they administer', async (verb) => {
    const { accountId } = await person('a1', 'leader', 'districtA')
    const answer = await server
      .as('administrator')
      .post(`/api/access/people/${accountId}/${verb}`, verb === 'suspend' ? {} : undefined)
    expect([answer.status, answer.body.error.code]).toEqual([403, 'access.beyond_own'])
    const above = await server
      .as('root_administrator')
      .post(`/api/access/people/${accountId}/${verb}`, verb === 'suspend' ? {} : undefined)
    expect([200, 422]).toContain(above.status)
  })

  test.each(verbs)('nobody can %s themselves', async (verb) => {
    const { accountId } = server.world.accounts.administrator
    const answer = await server
      .as('administrator')
      .post(`/api/access/people/${accountId}/${verb}`, verb === 'suspend' ? {} : undefined)
    expect([answer.status, answer.body.error.code]).toEqual([403, 'access.not_oneself'])
  })

  test('of two administrators of the whole who remove each other at once, one remains', async () => {
    for (let round = 0; round < 5; round++) {
      const one = await person('root', 'administrator')
      const other = await person('root', 'administrator')
      await Promise.all([
        one.browser.post(`/api/access/grants/${other.grantId}/revoke`, {}),
        other.browser.post(`/api/access/grants/${one.grantId}/revoke`, {}),
        one.browser.post(`/api/access/people/${other.accountId}/suspend`, {}),
        other.browser.post(`/api/access/people/${one.accountId}/suspend`, {}),
      ])
      const states = await Promise.all(
        [one, other].map(async ({ accountId }) => {
          const { body } = await server.as('root_administrator').get(`/api/access/people/${accountId}`)
          return body.person.status === 'active' && body.person.roles.includes('administrator')
        }),
      )
      expect(states.filter(Boolean).length).toBeGreaterThanOrEqual(1)
    }
  })

  test('the last administrator of the whole stays', async () => {
    const system = await systemActor(server.database)
    const { accountId } = server.world.accounts.root_administrator
    const { rows } = await sql<{ id: string; accountId: string }>`
      select g.id, g.account_id as "accountId" from access.grant g join access.account a on a.id = g.account_id
      where g.role = 'administrator' and g.unit_id = ${server.world.units.root} and g.revoked_at is null
        and a.status = 'active'`.execute(server.database.owner)
    for (const grant of rows.filter((row) => row.accountId !== accountId)) {
      await server.database.write(system, (tx) => revokeGrant(tx, system, { grantId: grant.id }))
    }
    const last = rows.find((row) => row.accountId === accountId)?.id ?? ''
    const code = 'access.last_administrator'
    const revoked = server.database.write(system, (tx) => revokeGrant(tx, system, { grantId: last }))
    await expect(revoked).rejects.toMatchObject({ code })
    const suspended = server.database.write(system, (tx) => suspendAccount(tx, system, { accountId }))
    await expect(suspended).rejects.toMatchObject({ code })
  })
})

test('the database refuses a grant that somebody gives themselves', async () => {
  const { accountId } = server.world.accounts.administrator
  const wrote = server.database.write(
    { accountId, displayName: '', held: [], requestId: null, address: null },
    (tx) =>
      sql`insert into access.grant (account_id, role, unit_id, valid_from, granted_by)
        values (${accountId}, 'administrator', ${server.world.units.a1}, '2020-01-01', ${accountId})`.execute(
        tx,
      ),
  )
  await expect(wrote).rejects.toMatchObject({ code: '23514' })
})

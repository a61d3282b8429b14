import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccount, systemActor } from '../access/index.ts'
import { client, startTestServer, type TestServer, worldPassword } from '../testing/server.ts'
import { cookieOf, makePerson } from '../testing/sign-in.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const signIn = (loginName: string, password: string, headers: Record<string, string> = {}) =>
  server.rawRequest('POST', '/api/session', {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ loginName, password }),
  })

const person = (loginName: string) => makePerson(server, loginName)

const actions = async (accountId: string) =>
  (
    await sql<{ action: string }>`
      select action from audit.entry where subject_id = ${accountId} or actor_id = ${accountId} order by id`.execute(
      server.database.owner,
    )
  ).rows.map((row) => row.action)

describe('signing in', () => {
  test('opens a session whose cookie no script reads and no other site sends', async () => {
    const { password } = await person('co.hoa')
    const answer = await signIn('co.hoa', password)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ mustChangePassword: false })
    const cookie = answer.headers['set-cookie']?.[0] ?? ''
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part)
    expect(cookie).not.toContain('Secure')
    const me = await client(server.address, cookieOf(answer.headers['set-cookie'])).get('/api/session/me')
    expect(me.body.account).toMatchObject({ loginName: 'co.hoa', unitName: 'Xã An Một' })
  })

  test('marks the cookie Secure when the request came over HTTPS through the proxy', async () => {
    const { password } = await person('co.hoa.2')
    const answer = await signIn('co.hoa.2', password, { 'x-forwarded-proto': 'https' })
    expect(answer.headers['set-cookie']?.[0]).toContain('Secure')
  })

  test('forgives accents, capitals and spaces in the login name', async () => {
    const { password } = await person('can.bo.son.thinh')
    expect((await signIn(' Cán.Bộ.Sơn.Thịnh ', password)).status).toBe(200)
  })

  test('takes a password typed with decomposed Vietnamese signs', async () => {
    const actor = await systemActor(server.database)
    await server.database.write(actor, (tx) =>
      createAccount(tx, actor, {
        loginName: 'thay.bay',
        displayName: 'Thầy Bảy',
        unitId: server.world.units.a1,
        password: 'Mưa xuân ở bản'.normalize('NFC'),
      }),
    )
    expect((await signIn('thay.bay', 'Mưa xuân ở bản'.normalize('NFD'))).status).toBe(200)
  })

  test('answers the same to a wrong password and to an unknown name', async () => {
    await person('co.ba')
    const wrong = await signIn('co.ba', 'khong phai')
    const unknown = await signIn('khong.ai', 'khong phai')
    expect(wrong.status).toBe(401)
    const { requestId: _, ...first } = wrong.body.error
    const { requestId: __, ...second } = unknown.body.error
    expect(first).toEqual(second)
    expect(first.fields[0].path).toBe('password')
  })

  test('keeps the hash of the token and not the token', async () => {
    const { password, accountId } = await person('co.tu')
    const token = cookieOf((await signIn('co.tu', password)).headers['set-cookie'])
    const { rows } = await sql<{ kept: string }>`
      select encode(token_hash, 'escape') as kept from access.session where account_id = ${accountId}`.execute(
      server.database.owner,
    )
    expect(token.length).toBeGreaterThanOrEqual(43)
    expect(rows[0]?.kept).not.toContain(token)
  })

  test('refuses a suspended person who knows the password, and says so to nobody else', async () => {
    const { loginName } = server.world.accounts.suspended
    expect((await signIn(loginName, worldPassword)).body.error.code).toBe('session.suspended')
    expect((await signIn(loginName, 'khong phai')).body.error.code).toBe('session.wrong')
  })

  test('is audited, as are failures and signing out', async () => {
    const { password, accountId } = await person('co.nam')
    await signIn('co.nam', 'khong phai')
    const answer = await signIn('co.nam', password)
    await client(server.address, cookieOf(answer.headers['set-cookie'])).post('/api/session/sign-out')
    expect(await actions(accountId)).toEqual([
      'access.account_created',
      'session.sign_in_failed',
      'session.signed_in',
      'session.signed_out',
    ])
  })
})

describe('guessing', () => {
  test('has to wait after five failures, even with the right password, and is told how long', async () => {
    const { password } = await person('doan.mo')
    for (let time = 0; time < 5; time++) expect((await signIn('doan.mo', `sai ${time}`)).status).toBe(401)
    const refused = await signIn('doan.mo', password)
    expect(refused.status).toBe(429)
    expect(refused.body.error.message).toContain('15 phút')
  })

  test('counts by the folded name, whatever fields and headers are added', async () => {
    await person('doan.hai')
    const statuses: number[] = []
    for (let time = 0; time < 7; time++) {
      const answer = await signIn(time % 2 ? 'Đoán.Hai' : 'doan.hai', 'sai sai sai', {
        'x-forwarded-for': `10.1.1.${time}, 203.0.113.7`,
        'x-real-ip': `10.2.2.${time}`,
      })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    const extra = await server.anonymous.post('/api/session', {
      loginName: 'doan.hai',
      password: 'x',
      key: 'other',
    })
    expect(extra.status).toBe(400)
  })

  test('counts attempts that are made all at once', async () => {
    await person('doan.ba')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, time) => signIn('doan.ba', `sai ${time}`)),
    )
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(15)
  })

  test('has to wait after fifty failures from one address, though every name is another', async () => {
    const statuses = new Map<number, number>()
    const from = { 'x-forwarded-for': '198.51.100.9' }
    for (let time = 0; time < 52; time++) {
      const { status } = await signIn(`ai.do.${time}`, 'sai sai sai', from)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect(Object.fromEntries(statuses)).toEqual({ 401: 50, 429: 2 })
    const { password } = await person('nguoi.khac')
    expect((await signIn('nguoi.khac', password, { 'x-forwarded-for': '198.51.100.10' })).status).toBe(200)
  })

  test('begins afresh after a success', async () => {
    const { password } = await person('doan.nam')
    for (let time = 0; time < 4; time++) await signIn('doan.nam', 'sai sai sai')
    expect((await signIn('doan.nam', password)).status).toBe(200)
    expect((await signIn('doan.nam', 'sai sai sai')).status).toBe(401)
  })
})

describe('a session', () => {
  const me = (token: string) => client(server.address, token).get('/api/session/me')
  const age = async (accountId: string, set: ReturnType<typeof sql>) => {
    await sql`update access.session set ${set} where account_id = ${accountId}`.execute(server.database.owner)
    // As by another process, whose changes are heard of half a second later.
    await setTimeout(600)
  }

  test('ends after twelve hours without a request', async () => {
    const { accountId, password } = await person('gio.1')
    const token = cookieOf((await signIn('gio.1', password)).headers['set-cookie'])
    await age(accountId, sql`last_seen_at = now() - interval '11 hours 59 minutes'`)
    expect((await me(token)).status).toBe(200)
    await age(accountId, sql`last_seen_at = now() - interval '12 hours'`)
    expect((await me(token)).status).toBe(401)
  })

  test('ends after seven days, however busy', async () => {
    const { accountId, password } = await person('gio.2')
    const token = cookieOf((await signIn('gio.2', password)).headers['set-cookie'])
    await age(accountId, sql`expires_at = expires_at - interval '7 days'`)
    expect((await me(token)).status).toBe(401)
  })

  test('notes that a person is there at most once a minute', async () => {
    const { accountId, password } = await person('gio.3')
    const token = cookieOf((await signIn('gio.3', password)).headers['set-cookie'])
    const seen = async () =>
      (
        await sql<{
          at: Date
        }>`select last_seen_at as at from access.session where account_id = ${accountId}`.execute(
          server.database.owner,
        )
      ).rows[0]?.at
    await age(accountId, sql`last_seen_at = now() - interval '50 seconds'`)
    const before = await seen()
    await me(token)
    expect(await seen()).toEqual(before)
    await age(accountId, sql`last_seen_at = now() - interval '70 seconds'`)
    await me(token)
    expect((await seen())?.getTime()).toBeGreaterThan(before?.getTime() ?? Number.MAX_VALUE)
  })

  test('is listed with its device; one other, or all, can be ended', async () => {
    const { password } = await person('nhieu.may')
    const tokens: string[] = []
    for (const device of ['may-ban', 'dien-thoai', 'may-bang']) {
      const answer = await signIn('nhieu.may', password, { 'user-agent': device })
      tokens.push(cookieOf(answer.headers['set-cookie']))
    }
    const here = client(server.address, tokens[0] ?? '')
    const { devices } = (await here.get('/api/session/devices')).body
    expect(devices.map((one: { device: string }) => one.device).toSorted()).toEqual([
      'dien-thoai',
      'may-ban',
      'may-bang',
    ])
    expect(devices.find((one: { isThisOne: boolean }) => one.isThisOne).device).toBe('may-ban')
    const phone = devices.find((one: { device: string }) => one.device === 'dien-thoai')
    expect((await here.delete(`/api/session/devices/${phone.id}`)).status).toBe(200)
    expect((await me(tokens[1] ?? '')).status).toBe(401)
    expect((await server.as('leader').delete(`/api/session/devices/${devices[0].id}`)).status).toBe(404)
    expect((await here.post('/api/session/sign-out-everywhere')).body).toEqual({ sessionsEnded: 2 })
    for (const token of tokens) expect((await me(token)).status).toBe(401)
  })
})

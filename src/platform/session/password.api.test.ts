import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { client, startTestServer, type TestServer } from '../testing/server.ts'
import { cookieOf, makePerson } from '../testing/sign-in.ts'
import { firstAdministrator } from './index.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const signIn = (loginName: string, password: string) =>
  server.anonymous.post('/api/session', { loginName, password })
const person = (loginName: string, oneTime = false) => makePerson(server, loginName, oneTime)

describe('the own password', () => {
  const change = (token: string, currentPassword: string, newPassword: string) =>
    client(server.address, token).put('/api/session/password', { currentPassword, newPassword })

  const rows = [
    ['chin ky tu'.slice(0, 9), 'access.password_short'],
    ['Đổi.Mật.Khẩu', 'access.password_login_name'],
    ['1234567890', 'access.password_common'],
    ['Matkhau12345', 'access.password_common'],
    ['aaaaaaaaaaaaaa', 'access.password_common'],
    ['mua xuan ve tren ban', 'session.same_password'],
  ] as const
  test('is refused when it is short, known to all, the name, or the same', async () => {
    const { password } = await person('doi.mat.khau')
    const token = cookieOf((await signIn('doi.mat.khau', password)).headers['set-cookie'])
    for (const [typed, code] of rows) {
      const answer = await change(token, password, typed)
      expect([typed, answer.body.error.code]).toEqual([typed, code])
      expect(answer.body.error.fields[0].path).toBe('newPassword')
    }
  })

  test('is changed with the current one, and the other devices are signed out', async () => {
    const { password } = await person('doi.duoc')
    const here = cookieOf((await signIn('doi.duoc', password)).headers['set-cookie'])
    const there = cookieOf((await signIn('doi.duoc', password)).headers['set-cookie'])
    expect((await change(here, 'khong phai', 'nang vang tren nuong')).body.error.fields[0].path).toBe(
      'currentPassword',
    )
    expect((await change(here, password, 'nang vang tren nuong')).body).toEqual({ sessionsEnded: 1 })
    expect((await client(server.address, here).get('/api/session/me')).status).toBe(200)
    expect((await client(server.address, there).get('/api/session/me')).status).toBe(401)
    expect((await signIn('doi.duoc', password)).status).toBe(401)
    expect((await signIn('doi.duoc', 'nang vang tren nuong')).status).toBe(200)
  })

  test('must replace a one-time password before anything else', async () => {
    const { password } = await person('mot.lan', true)
    const answer = await signIn('mot.lan', password)
    expect(answer.body).toEqual({ mustChangePassword: true })
    const token = cookieOf(answer.headers['set-cookie'])
    const browser = client(server.address, token)
    expect((await browser.get('/api/session/me')).body.account.mustChangePassword).toBe(true)
    const refused = await browser.get('/api/changes')
    expect([refused.status, refused.body.error.code]).toEqual([403, 'session.change_password'])
    await change(token, password, 'nang vang tren nuong')
    expect((await browser.get('/api/session/me')).body.account.mustChangePassword).toBe(false)
  })
})

describe('the first administrator', () => {
  test('is made once, with a password that works once and is kept nowhere', async () => {
    const empty = await startTestServer()
    try {
      expect(await firstAdministrator(empty.database)).toBeNull()
      await sql`truncate access.session, access.password, access.sign_in_attempt`.execute(
        empty.database.owner,
      )
      await sql`alter table audit.entry disable trigger user; delete from audit.entry; alter table audit.entry enable trigger user;
        alter table access.grant disable trigger user; alter table access.account disable trigger user;
        delete from access.grant where role <> 'system'; delete from access.account where kind = 'person';
        alter table access.grant enable trigger user; alter table access.account enable trigger user`.execute(
        empty.database.owner,
      )
      const made = (await Promise.all([1, 2, 3].map(() => firstAdministrator(empty.database)))).filter(
        (one) => one !== null,
      )
      expect(made).toHaveLength(1)
      const password = made[0]?.password ?? ''
      const answer = await empty.anonymous.post('/api/session', { loginName: 'quantri', password })
      expect(answer.body).toEqual({ mustChangePassword: true })
      const { rows } = await sql<{ hash: string; shown: string | null }>`
        select hash, shown_in_demo as shown from access.password`.execute(empty.database.owner)
      expect(rows).toEqual([{ hash: expect.stringMatching(/^\$argon2id\$/), shown: null }])
    } finally {
      await empty.close()
    }
  })
})

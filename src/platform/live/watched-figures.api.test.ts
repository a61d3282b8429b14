import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, type UnitKey } from '../testing/server.ts'
import { type AccountKey, openSession } from '../testing/world.ts'
import { type Listener, listen } from './listener.fixtures.ts'

let server: TestServer
let teamId = ''
let members = 0

const measure = 'teams.village_team_members'
const figure = (unit: UnitKey, more: object = {}) => ({ measure, unitId: server.world.units[unit], ...more })
const tokenOf = (account: AccountKey) =>
  server.database.owner
    .transaction()
    .execute((tx) => openSession(tx, server.world.accounts[account].accountId))
const watchAs = async (account: AccountKey, figures: readonly object[], address = server.address) =>
  listen(address, await tokenOf(account), figures)

/** Adds a member to the team of village A11; answers the number its commune then shows. */
async function addMember(): Promise<string> {
  members += 1
  const letters = String(members).replaceAll(/\d/g, (digit) => 'abcdeghiklm'[Number(digit)] ?? '')
  const added = await server.as('commune_officer').post(`/api/teams/${teamId}/members`, {
    fullName: `Nguyễn Văn Th${letters}`,
    joinedOn: server.world.today,
  })
  expect(added.status, added.text).toBe(201)
  return String(members)
}

beforeAll(async () => {
  server = await startTestServer()
  const formed = await server.as('commune_officer').post('/api/teams', {
    unitId: server.world.units.a11,
    kind: 'community_team',
    formedOn: server.world.today,
  })
  expect(formed.status, formed.text).toBe(201)
  teamId = formed.body.id
  await addMember()
})
afterAll(() => server.close())

describe('a page that shows figures', () => {
  test('gets all of them at once when it opens, the not captured among them', async () => {
    const page = await watchAs('leader', [figure('a1'), figure('a11'), figure('a12')])
    await page.untilShown(0, String(members))
    await page.untilShown(1, String(members))
    await page.untilShown(2, null)
    expect(page.moved()).toHaveLength(1)
    const [{ readAt, figures }] = page.moved() as [ReturnType<typeof page.moved>[number]]
    expect(figures[0]?.figure).toMatchObject({ measure, unitId: server.world.units.a1, percent: false })
    expect(Math.abs(Date.parse(readAt) - Date.now())).toBeLessThan(5_000)
    page.close()
  })

  test('is told a changed number within 300 ms, and nothing about those that stand', async () => {
    const page = await watchAs('leader', [figure('a1'), figure('a12')])
    await page.untilShown(1, null)
    const before = page.moved().length
    const now = await addMember()
    expect(await page.untilShown(0, now)).toBeLessThan(300)
    expect(page.moved().slice(before)).toMatchObject([{ figures: [{ at: 0, figure: { numerator: now } }] }])
    page.close()
  })

  test('is told what another server process wrote, each reader the same', async () => {
    const other = await server.second()
    const pages = [
      await watchAs('leader', [figure('a1')], other.address),
      await watchAs('district_leader', [figure('districtA'), figure('a1')], other.address),
      await watchAs('district_leader', [figure('districtA')]),
    ]
    const now = await addMember()
    for (const page of pages) expect(await page.untilShown(0, now)).toBeLessThan(500)
    for (const page of pages) page.close()
    await other.close()
  })

  test('of a past day is not moved by what happens today', async () => {
    const page = await watchAs('leader', [figure('a1', { asOf: '2020-01-01' }), figure('a1')])
    await page.untilShown(0, null)
    await page.untilShown(1, await addMember())
    expect(page.moved().flatMap(({ figures }) => figures.filter(({ at }) => at === 0))).toHaveLength(1)
    page.close()
  })

  test('that comes back after its line was cut gets everything afresh', async () => {
    const first = await watchAs('leader', [figure('a1')])
    await first.untilShown(0, String(members))
    first.close()
    const now = await addMember()
    const again = await watchAs('leader', [figure('a1')])
    await again.untilShown(0, now)
    again.close()
  })

  test('goes on after the database has cut every connection, without missing what was written', async () => {
    const page = await watchAs('leader', [figure('a1')])
    await page.untilShown(0, String(members))
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
      .execute(server.database.owner)
      .catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 300))
    const now = await addMember()
    await page.untilShown(0, now)
    page.close()
  })

  test('that takes nothing for a while is told the last state only, once it does again', async () => {
    const many = Array.from({ length: 400 }, () => figure('a1'))
    const page = await watchAs('leader', many)
    await page.untilShown(399, String(members))
    page.pause()
    for (let round = 0; round < 40; round += 1) {
      await addMember()
      await new Promise((resolve) => setTimeout(resolve, 110))
    }
    page.resume()
    await page.untilShown(399, String(members), 5_000)
    page.close()
  })

  test('sees the last number whoever wrote at once, on two hundred pages', async () => {
    const token = await tokenOf('district_leader')
    const units = ['districtA', 'a1', 'a11', 'a12', 'a2'] as const
    const pages = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        listen(server.address, token, [figure(units[at % units.length] ?? 'a1'), figure('a1')]),
      ),
    )
    await Promise.all(Array.from({ length: 40 }, addMember))
    const shown = String(members)
    await Promise.all(pages.map((page) => page.untilShown(1, shown, 5_000)))
    for (const page of pages.filter((_, at) => at % units.length < 3)) await page.untilShown(0, shown)
    for (const page of pages) page.close()
  }, 60_000)
})

describe('what may be watched', () => {
  const refusals = [
    ['a unit of others', () => figure('b1'), 'unitId'],
    ['the unit above', () => figure('districtA'), 'unitId'],
    ['a unit that is not there', () => ({ measure, unitId: '999999999' }), 'unitId'],
    ['a measure that is not there', () => ({ ...figure('a1'), measure: 'teams.nothing' }), 'measure'],
    [
      'a period that begins after it ends',
      () => ({ ...figure('a1', { asOf: '2022-01-01', from: '2022-02-01' }), measure: 'teams.activities' }),
      'from',
    ],
  ] as const
  test.each(refusals)('refuses %s in words that name the figure and the field', async (_, wanted, field) => {
    const page = await watchAs('leader', [figure('a1'), wanted()])
    expect([page.status, page.refusal?.code]).toEqual([404, 'live.not_watchable'])
    expect(page.refusal?.fields.map(({ path }) => path)).toEqual([`figures.1.${field}`])
    expect(page.refusal?.message).toMatch(/\. Hãy /)
  })

  test('refuses more than 400 figures, and what is no figure at all', async () => {
    const tooMany = await watchAs(
      'leader',
      Array.from({ length: 401 }, () => figure('a1')),
    )
    expect(tooMany.status).toBe(400)
    expect(tooMany.refusal?.fields[0]?.path).toBe('figures')
    for (const wrong of [{}, { measure, unitId: 'x' }, figure('a1', { asOf: '31/12/2022' })])
      expect((await watchAs('leader', [wrong])).status).toBe(400)
  })

  test('refuses a line that another site makes a browser open', async () => {
    const page = await listen(server.address, await tokenOf('leader'), [figure('a1')], {
      'sec-fetch-site': 'cross-site',
    })
    expect([page.status, page.refusal?.code]).toEqual([403, 'http.foreign_origin'])
  })

  test('nobody is shown figures without a right to totals, or without signing in', async () => {
    expect((await watchAs('without_grants', [figure('a1')])).status).toBe(404)
    expect((await server.anonymous.post('/api/changes', { figures: [] })).status).toBe(401)
  })
})

describe('a right that goes', () => {
  const changeGrant = (account: AccountKey, change: RawBuilder<unknown>) =>
    sql`with changed as (
        update access.grant set ${change} where account_id = ${server.world.accounts[account].accountId} returning 1
      )
      insert into audit.entry (unit_id, action, subject, subject_id)
      select ${server.world.units.a1}::bigint, 'access.grant_changed', 'access.grant', '1' from changed`.execute(
      server.database.owner,
    )
  const dropped = async (page: Listener) => {
    const from = performance.now()
    for (;;) {
      const found = page.heard.find(({ event }) => event === 'dropped')
      if (found) return { ms: performance.now() - from, data: found.data }
      if (performance.now() - from > 5_000) throw new Error('nothing was dropped')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  test('takes its figures off the page within a second, in words, and nothing more is told of them', async () => {
    const page = await watchAs('village_head', [figure('a1')])
    await page.untilShown(0, String(members))
    await changeGrant('village_head', sql`revoked_at = now()`)
    const { ms, data } = await dropped(page)
    expect(ms).toBeLessThan(1_000)
    expect(data).toMatchObject({ at: [0], message: { vi: expect.stringContaining('phạm vi') } })
    const before = page.moved().length
    const other = await watchAs('leader', [figure('a1')])
    await other.untilShown(0, await addMember())
    await page.untilTopic('teams')
    expect(page.moved()).toHaveLength(before)
    other.close()
    page.close()
  })

  test('leaves the figures of the rights that stay', async () => {
    const page = await watchAs('auditor', [figure('a1'), figure('a11')])
    await page.untilShown(1, String(members))
    await changeGrant('auditor', sql`unit_id = ${server.world.units.a11}`)
    expect((await dropped(page)).data).toMatchObject({ at: [0] })
    await page.untilShown(1, await addMember())
    page.close()
  })
})

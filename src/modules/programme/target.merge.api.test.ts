import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/actor/actor.ts'
import type { Answer, Client } from '../../platform/testing/server.ts'
import { Overview, TargetPage } from './contract.ts'
import { PlanList, PlanTargets } from './plans.contract.ts'
import { type Planned, plannedDistrict } from './target.heirs.fixtures.ts'

let here: Planned
let office: Client
let ofEnded: Client
let ofOther: Client
let ids: Record<'own' | 'kept' | 'changed' | 'closed', string>
let eventId: string
beforeAll(async () => {
  here = await plannedDistrict()
  office = here.server.as('standing_office')
  ofEnded = here.server.as('without_grants')
  ofOther = here.server.as('revoked')
  const { a1, a11, a12, a2, a21, b1 } = here.server.world.units
  await here.server.database.owner.transaction().execute(async (tx) => {
    await sql`
      insert into access.grant (account_id, role, unit_id, valid_from)
      values (${here.server.world.accounts.without_grants.accountId}, 'standing_office', ${a2}, '2022-01-01'),
        (${here.server.world.accounts.revoked.accountId}, 'standing_office', ${b1}, '2022-01-01')`.execute(tx)
    await sql`
      insert into audit.entry (unit_id, action, subject, subject_id) values (${a2}, 'access.granted', 'x', 'x')`.execute(
      tx,
    )
  })
  await here.team(a11, '2022-03-01')
  await here.team(a12, '2022-03-01')
  await here.team(a21, '2022-03-01')
  ids = {
    own: await here.target(a1, 'A'),
    kept: await here.target(a2, 'A'),
    changed: await here.target(a2, 'B'),
    closed: await here.target(a2, 'C', 1),
  }
  const said = await here.root.post('/api/units/changes/preview', merger())
  expect(said.body.inherited).toMatchObject([
    { table: 'programme.target', noun: { vi: 'chỉ tiêu', en: 'targets' }, count: 3 },
  ])
  // A number is a list: each of the three is there with its page.
  expect(said.body.inherited[0].rows.map((row: { href: string }) => row.href).sort()).toEqual(
    [ids.kept, ids.changed, ids.closed].map((id) => `/targets/${id}`).sort(),
  )
  expect(said.body.records.map((one: { table: string }) => one.table)).not.toContain('programme.target')
  const applied = await here.root.post('/api/units/changes', merger())
  eventId = applied.body.eventId
})
afterAll(() => here.server.close())

const [before, from, yesterday, atLast] = ['2022-05-31', '2022-06-01', '2022-12-30', '2022-12-31']
const inherited = (line: string) => `${line} inherited Xã An Hai`
const merger = () => {
  const { a1, a2 } = here.server.world.units
  return { kind: 'merge', legalBasis: 'Nghị quyết 1/NQ-HĐND', on: from, fromIds: [a2], intoId: a1 }
}
const saying = (answer: Answer): string => answer.body.error.message
const overviewOf = async (unitId: string, asOf: string) =>
  Overview.parse((await here.district.get(`/api/programme/overview?unitId=${unitId}&asOf=${asOf}`)).body)

describe('the targets of a commune that went whole into another one', () => {
  it('stay in its past, and are carried on by the successor from that day', async () => {
    const { a1, a2 } = here.server.world.units
    expect(await here.listed(a2, before)).toEqual(['A late', 'B late', 'C met'])
    expect(await here.listed(a1, before)).toEqual(['A met'])
    expect(await here.listed(a2, from)).toEqual([])
    expect(await here.listed(a1, from)).toEqual([
      'A exceeded',
      inherited('A late'),
      inherited('B late'),
      inherited('C met'),
    ])
    const ended = await overviewOf(a2, from)
    expect(ended.ended).toEqual({ on: from, isWhole: true, into: [{ id: a1, name: 'Xã An Một' }] })
    expect([ended.mayChange, ended.above.map(({ name }) => name)]).toEqual([false, ['Huyện An']])
    expect((await overviewOf(a2, before)).ended).toBeNull()
  })

  it('are judged on the area of the commune that ended: no record counts for the targets of two', async () => {
    const { a1, a2, a21 } = here.server.world.units
    const [, kept] = (await overviewOf(a1, from)).fields.flatMap((field) => field.targets)
    expect(kept?.figure).toMatchObject({ unitId: a2, map: before, numerator: '1' })
    const list = await here.district.get(
      `/api/measures/teams.village_teams/evidence?unitId=${a2}&asOf=${from}&map=${before}`,
    )
    expect(list.body.rows).toHaveLength(1)
    const page = TargetPage.parse(
      (await here.district.get(`/api/programme/targets/${ids.kept}?asOf=${yesterday}`)).body,
    )
    expect(page.target.origin).toMatchObject({ kind: 'inherited', name: 'Xã An Hai', lastOn: before })
    expect(page.below.map(({ unit }) => unit.id)).toEqual([a21])
    expect(page.actual.map(({ asOf, numerator }) => [asOf, numerator]).slice(3, 7)).toEqual([
      ['2022-04-30', '1'],
      ['2022-05-31', '1'],
      ['2022-06-30', '1'],
      ['2022-07-31', '1'],
    ])
  })

  it('count in exactly one unit on every map', async () => {
    const { a1, a2, districtA } = here.server.world.units
    const share = async (unitId: string, query: string) => {
      const { body } = await here.district.get(
        `/api/measures/programme.targets_met/figure?unitId=${unitId}&${query}`,
      )
      return `${body.figure.numerator}/${body.figure.denominator}`
    }
    // On the map of then.
    expect(await share(a1, `asOf=${before}`)).toBe('1/1')
    expect(await share(a2, `asOf=${before}`)).toBe('1/3')
    expect(await share(a1, `asOf=${from}`)).toBe('2/4')
    // The same day on the map of today, and a later day on the map of a date.
    expect(await share(a1, `asOf=${before}&map=today`)).toBe('2/4')
    expect(await share(a1, `asOf=${yesterday}&map=${before}`)).toBe('1/1')
    expect(await share(a2, `asOf=${yesterday}&map=${before}`)).toBe('1/3')
    const totals = async (asOf: string) =>
      (await overviewOf(districtA, asOf)).below.map(({ id, counts }) => [id, counts.total])
    expect(new Map((await totals(before)) as [string, number][])).toEqual(
      new Map([
        [a1, 1],
        [a2, 3],
      ]),
    )
    expect(await totals(from)).toEqual([[a1, 4]])
  })

  it('are changed by the people of the successor, those of the merged commune among them, who see the past too', async () => {
    const { a2 } = here.server.world.units
    expect(await here.listed(a2, before, office)).toEqual(['A late', 'B late', 'C met'])
    expect(await here.listed(a2, before, ofEnded)).toEqual(['A late', 'B late', 'C met'])
    const terms = await here.termsOf(ofEnded, ids.changed)
    const asked = { ...terms, endValue: '1', reason: 'Thử' }
    const answer = await ofOther.put(`/api/programme/targets/${ids.changed}`, asked)
    expect(answer.status).toBe(404)
    const changed = async (account: 'without_grants' | 'revoked') => {
      const { accountId } = here.server.world.accounts[account]
      const actor: Actor = { accountId, displayName: 'Thử', held: [], requestId: null, address: null }
      let rows: bigint | undefined
      const tried = here.server.database.write(actor, async (tx) => {
        const done = await sql`update programme.target set note = 'x' where id = ${ids.changed}`.execute(tx)
        rows = done.numAffectedRows
        throw new Error('only tried')
      })
      await expect(tried).rejects.toThrow('only tried')
      return rows
    }
    expect([await changed('without_grants'), await changed('revoked')]).toEqual([1n, 0n])
  })

  it('are kept, changed into its own, or closed by the successor from today on', async () => {
    const { a1, a2 } = here.server.world.units
    const terms = await here.termsOf(office, ids.changed)
    const asked = { ...terms, endValue: '3', reason: 'Đặt cho cả xã mới' }
    const twice = await office.put(`/api/programme/targets/${ids.changed}`, { ...asked, code: 'A' })
    expect(saying(twice)).toMatch(/đã có chỉ tiêu mang mã A/)
    const done = await office.put(`/api/programme/targets/${ids.changed}`, asked)
    expect(done.status, done.text).toBe(200)
    const closed = await office.post(`/api/programme/targets/${ids.closed}/remove`, { reason: 'Đã đạt' })
    expect(closed.status, closed.text).toBe(200)
    // The new one is of the whole commune, which has three teams.
    expect(await here.listed(a1, atLast)).toEqual(['A exceeded', 'B met', inherited('A not_met')])
    expect(await here.listed(a1, yesterday)).toEqual([
      'A exceeded',
      inherited('A late'),
      inherited('B late'),
      inherited('C met'),
    ])
    expect(await here.listed(a2, before)).toEqual(['A late', 'B late', 'C met'])
    const page = (id: string) =>
      office.get(`/api/programme/targets/${id}`).then((one) => TargetPage.parse(one.body))
    const [old, now] = [await page(ids.changed), await page(done.body.id)]
    expect([old.target.closedOn, old.target.replacedById, old.mayChange]).toEqual([
      atLast,
      done.body.id,
      false,
    ])
    expect(old.history[0]).toMatchObject({ deed: 'closed', reason: 'Đặt cho cả xã mới' })
    expect(now.target.replaces).toEqual({ id: ids.changed, unitName: 'Xã An Hai', on: atLast })
    const again = await office.put(`/api/programme/targets/${ids.changed}`, asked)
    expect([again.status, saying(again)]).toEqual([
      422,
      expect.stringMatching(/đã được đưa ra khỏi kế hoạch/),
    ])
  })

  it('are as many in the plan as the list of plans says', async () => {
    const plans = PlanList.parse((await here.district.get('/api/programme/plans')).body)
    const counted = plans.programmes.flatMap(({ plans: all }) => all)[0]?.targets
    const answer = await here.district.get(`/api/programme/plans/${here.planId}/targets`)
    const { plan, targets, units } = PlanTargets.parse(answer.body)
    expect([counted, plan.targets, targets.length]).toEqual([3, 3, 3])
    expect(units.map(({ name, targets: of }) => [name, of])).toEqual([['Xã An Một', 3]])
  })

  it('are the commune’s own again once the merger is undone', async () => {
    const { a2 } = here.server.world.units
    const undone = await here.root.post(`/api/units/changes/${eventId}/undo`)
    expect(undone.status, undone.text).toBe(200)
    expect(await here.listed(a2, atLast)).toEqual(['A not_met', 'B not_met', 'C met'])
  })

  it('are all inherited where the merger is recorded again: what was taken out after the first one is in the plan', async () => {
    const { a1 } = here.server.world.units
    const applied = await here.root.post('/api/units/changes', merger())
    expect(applied.status, applied.text).toBe(201)
    expect((await here.listed(a1, atLast)).filter((line) => line.includes('inherited'))).toEqual([
      inherited('A not_met'),
      inherited('B not_met'),
      inherited('C met'),
    ])
    const page = async () =>
      TargetPage.parse((await office.get(`/api/programme/targets/${ids.changed}`)).body).target
    expect((await page()).closedOn).toBeNull()
    const terms = await here.termsOf(office, ids.changed)
    const replaced = await office.put(`/api/programme/targets/${ids.changed}`, {
      ...terms,
      code: 'E',
      reason: 'Đặt lại cho cả xã mới',
    })
    expect(replaced.status, replaced.text).toBe(200)
    expect(await page()).toMatchObject({ closedOn: atLast, replacedById: replaced.body.id })
  })
})

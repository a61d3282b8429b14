import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { roles } from '../actor/capability.ts'
import { openSession } from '../testing/world.ts'
import { merging } from './rights-along.fixtures.ts'

let at: Awaited<ReturnType<typeof merging>>
beforeAll(async () => {
  at = await merging()
})
afterEach(() => at.startAnew())
afterAll(() => at.server.close())

const inA1 = ['a1', 'a11', 'a12', 'officeA1']
const inNew = ['a1', 'a11', 'a12', 'a2', 'a21', 'new', 'officeA1']

describe('the officer of a commune that is merged', () => {
  test('works in the new commune from the day of the merger, and in the old one until then and once it is undone', async () => {
    const { madeId } = await at.record(at.merger)
    const seen = async () => [
      await at.reach('commune_officer', 'teams.change', madeId),
      await at.held('commune_officer', 'teams.change'),
    ]
    const before = [inA1, ['Xã An Một']]
    const after = [inNew, ['Xã An Mới']]
    expect(await seen()).toEqual(before)
    await at.comes('2022-07-01')
    expect(await seen()).toEqual(after)
    await at.comes('2022-06-30')
    expect(await seen()).toEqual(before)
    await at.comes('2022-07-01')
    expect(await seen()).toEqual(after)
    await at.undo()
    expect(await seen()).toEqual(before)
    // Recorded after its day, it holds at once.
    const again = await at.record(at.merger)
    expect(await at.reach('commune_officer', 'teams.change', again.madeId)).toEqual(inNew)
    await at.undo()
    expect(await seen()).toEqual(before)
  })

  test('forms teams in all of the new commune, and nowhere else', async () => {
    const { a11, a21, b1, b11 } = at.server.world.units
    const officer = at.server.as('commune_officer')
    const forms = async (unitId: string) =>
      (await officer.post('/api/teams', { unitId, kind: 'community_team', formedOn: '2022-02-01' })).status
    await at.comes('2022-07-01')
    const { madeId } = await at.record(at.merger)
    expect([await forms(a11), await forms(a21)]).toEqual([201, 201])
    expect([await forms(b1), await forms(b11)]).toEqual([403, 403])
    expect(await at.reach('commune_officer', 'teams.change', madeId)).toEqual(inNew)
    const { body } = await officer.get('/api/teams?limit=200')
    expect(body.teams.map((one: { unit: { name: string } }) => one.unit.name).toSorted()).toEqual([
      'Bản Hai Một',
      'Bản Một Một',
    ])
    await at.undo()
    const { body: since } = await officer.get('/api/teams?limit=200')
    expect(since.teams.map((one: { unit: { name: string } }) => one.unit.name)).toEqual(['Bản Một Một'])
  })

  test('stands in the preview, person by person, with the unit in which they will work', async () => {
    const { working, toPlace } = await at.preview(at.merger)
    const holders = [
      'administrator',
      'leader',
      'standing_office',
      'commune_officer',
      'village_head',
      'auditor',
    ] as const
    expect(working.into).toBe('Xã An Mới')
    expect(working.count).toBe(working.people.length)
    // A role that begins later goes along too; whoever is suspended or has no role is not counted.
    expect(working.people.map((one: { accountId: string }) => one.accountId).toSorted()).toEqual(
      [...holders, 'future' as const].map((key) => at.server.world.accounts[key].accountId).toSorted(),
    )
    expect(working.people.find((one: { name: string }) => /commune officer/.test(one.name)).roles[0].vi).toBe(
      `${roles.commune_officer.vi} ở Xã An Một`,
    )
    expect(toPlace).toEqual({ count: 0, people: [] })
  })
})

describe('each role over a merged commune reaches what it would reach in the new one, right by right', () => {
  const holders = [
    'administrator',
    'leader',
    'standing_office',
    'commune_officer',
    'village_head',
    'auditor',
  ] as const
  let madeId = ''
  let capabilities: { role: string; capability: string }[] = []
  beforeEach(async () => {
    await at.comes('2022-07-01')
    ;({ madeId } = await at.record(at.merger))
    const { rows } = await sql<{
      role: string
      capability: string
    }>`select role, capability from access.role_capability`.execute(at.server.database.owner)
    capabilities = rows
  })

  test.each(holders)('%s', async (role) => {
    const all = [...new Set(capabilities.map((one) => one.capability))].filter((one) => one !== '*')
    const found = await Promise.all(all.map(async (one) => [one, await at.reach(role, one, madeId)]))
    const has = (capability: string) =>
      capabilities.some((one) => one.role === role && one.capability === capability)
    expect(found).toEqual(all.map((one) => [one, has(one) ? inNew : []]))
  })

  test.each(['expired', 'revoked', 'suspended', 'without_grants'] as const)('%s: nothing', async (who) => {
    expect(await at.reach(who, 'teams.view', madeId)).toEqual([])
  })
})

describe('a commune that is split', () => {
  test('leaves its people what stands with it, and the preview names who has to be given a role anew', async () => {
    const { working, toPlace, staying } = await at.preview(at.split)
    expect(working.count).toBe(0)
    expect(toPlace.people.map((one: { name: string }) => one.name)).toContain('Người Thử commune officer')
    expect(toPlace.count).toBe(toPlace.people.length)
    expect(staying.map((one: { table: string }) => one.table)).toEqual(['access.account'])
    await at.record(at.split)
    await at.comes('2022-07-01')
    expect(await at.reach('commune_officer', 'teams.view')).toEqual(['a1', 'officeA1'])
    await at.undo()
    expect(await at.reach('commune_officer', 'teams.view')).toEqual(inA1)
  })
})

describe('a village that ends without a successor', () => {
  test('locks its head out of all but its own records, and the preview names them', async () => {
    const { a21 } = at.server.world.units
    const accountId = await at.person('truong.ban', 'village_head', a21)
    const { working, toPlace } = await at.preview({ kind: 'abolish', ...at.dated, unitId: a21 })
    expect([working.count, toPlace.count, toPlace.people[0]]).toMatchObject([0, 1, { accountId }])
  })
})

describe('a commune that goes into one of another district', () => {
  test('takes its people out of the hands of who administers its former district', async () => {
    const { a1, b1, districtA, districtB } = at.server.world.units
    const [former, present] = [
      await at.person('quantri.an', 'administrator', districtA),
      await at.person('quantri.binh', 'administrator', districtB),
    ]
    const signedIn = async (accountId: string) =>
      at.server.as({
        token: await at.server.database.owner.transaction().execute((tx) => openSession(tx, accountId)),
      })
    const [an, binh] = [await signedIn(former), await signedIn(present)]
    const { accountId } = at.server.world.accounts.commune_officer
    const person = async (client: typeof an) => (await client.get(`/api/access/people/${accountId}`)).body
    await at.comes('2022-07-01')
    await at.record({ kind: 'merge', ...at.dated, fromIds: [a1], intoId: b1 })
    const [seenByAn, seenByBinh] = [await person(an), await person(binh)]
    expect([seenByAn.mayManage, seenByBinh.mayManage]).toEqual([false, true])
    expect(seenByBinh.grants[0]).toMatchObject({
      unitName: 'Xã An Một',
      heldIn: 'Xã Bình Một',
      mayRevoke: true,
    })
    const path = `/api/access/people/${accountId}`
    const tried = [
      await an.post(`${path}/reset-password`),
      await an.post(`${path}/suspend`, {}),
      await an.post(`/api/access/grants/${seenByBinh.grants[0].id}/revoke`, {}),
    ]
    expect(tried.map((one) => one.status)).toEqual([403, 403, 403])
    const given = await an.post(`${path}/grants`, { role: 'leader', unitId: a1 })
    expect([given.status, given.body.error.fields[0]]).toMatchObject([
      422,
      {
        path: 'unitId',
        message:
          '«Xã An Một» đã nhập vào «Xã Bình Một», nên vai trò ở đó có hiệu lực tại «Xã Bình Một». Hãy chọn «Xã Bình Một».',
      },
    ])
    const inDatabase = at.server.database.owner.transaction().execute(async (tx) => {
      await sql`select set_config('banlang.account', ${former}, true)`.execute(tx)
      await sql`insert into access.grant (account_id, role, unit_id, valid_from)
        values (${accountId}, 'leader', ${a1}, '2022-01-01')`.execute(tx)
    })
    await expect(inDatabase).rejects.toThrow(/carries this one on/)
    await at.undo()
    expect((await person(an)).mayManage).toBe(true)
  })
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** Joins two communes today: how to undo that, and the new commune. */
let merged = { undo: '', unitId: '' }
beforeEach(async () => {
  const { a1, a2, districtA } = server.world.units
  const { status, text, body } = await root().post('/api/units/changes', {
    kind: 'merge',
    legalBasis: 'Nghị quyết 1/NQ-HĐND',
    on: server.world.today,
    fromIds: [a1, a2],
    made: { name: 'Xã An Chung', code: 'T1A9', kind: 'commune', parentId: districtA },
  })
  expect(status, text).toBe(201)
  merged = { undo: `/api/units/changes/${body.eventId}/undo`, unitId: body.madeIds[0] }
})

const root = () => server.as('root_administrator')
const office = () => server.as('district_officer')
const formTeam = async () => {
  const { body, status, text } = await office().post('/api/teams', {
    unitId: merged.unitId,
    kind: 'community_team',
    formedOn: server.world.today,
  })
  expect(status, text).toBe(201)
  return body.id as string
}

test('a merger with a team in the new commune names the way out, and is undone once that was taken', async () => {
  const team = await formTeam()
  const { body: member } = await office().post(`/api/teams/${team}/members`, {
    fullName: 'Lò Thị Mai',
    joinedOn: server.world.today,
  })
  const { status, body } = await root().post(merged.undo)
  expect([status, body.error.code]).toEqual([422, 'units.records_depend'])
  expect(body.error.message).toMatch(
    /^Không hủy được: đã có 1 tổ, 1 thành viên ghi vào .* bấm «Xóa tổ nhập nhầm», rồi hủy thay đổi này/,
  )
  expect(body.error.message).not.toMatch(/không trở về đơn vị cũ được/)
  expect(body.error.messageEn).toMatch(/: 1 team, 1 member recorded in units that it made/)
  expect(body.error.links).toMatchObject([
    { href: `/teams/${team}`, label: expect.stringContaining('Tổ công nghệ số') },
  ])

  expect((await office().delete(`/api/teams/members/${member.id}`)).status).toBe(200)
  expect((await office().delete(`/api/teams/${team}`)).status).toBe(200)
  expect((await root().post(merged.undo)).status).toBe(200)
})

test('a role given over the new commune leads to the person from whom it is revoked', async () => {
  const { accountId } = server.world.accounts.without_grants
  const given = await root().post(`/api/access/people/${accountId}/grants`, {
    role: 'auditor',
    unitId: merged.unitId,
    validFrom: server.world.today,
  })
  const { body } = await root().post(merged.undo)
  expect(body.error.message).toMatch(/đã có 1 vai trò đã giao ghi vào .* «Thu hồi» ở trang của người đó/)
  expect(body.error.links.map((one: { href: string }) => one.href)).toEqual([`/people/${accountId}`])
  await root().post(`/api/access/grants/${given.body.grantId}/revoke`, { reason: 'Giao nhầm' })
  expect((await root().post(merged.undo)).status).toBe(200)
})

test('an account of the new commune cannot go back: the change has to stay', async () => {
  const made = await root().post('/api/access/people', {
    loginName: 'can.bo.moi',
    displayName: 'Cán Bộ Mới',
    unitId: merged.unitId,
  })
  expect(made.status, made.text).toBe(201)
  const { body } = await root().post(merged.undo)
  expect(body.error.message).toMatch(
    /đã có 1 tài khoản .* 1 tài khoản không trở về đơn vị cũ được, nên thay đổi này phải giữ lại/,
  )
  expect(body.error.links).toMatchObject([{ label: 'Cán Bộ Mới' }])
})

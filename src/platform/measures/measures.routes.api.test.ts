import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { declaredMeasures } from './registry.ts'

let server: TestServer
let path: string

beforeAll(async () => {
  server = await startTestServer()
  path = `/api/measures/${declaredMeasures()[0]?.name}`
})
afterAll(() => server.close())

const ofA1 = () => `unitId=${server.world.units.a1}`

test('every declared measure is listed with the lists behind it', async () => {
  const { body } = await server.as('village_head').get('/api/measures')
  expect(body.measures).toHaveLength(declaredMeasures().length)
  for (const measure of body.measures) expect(measure.sections.length).toBeGreaterThan(0)
})

test('a list taken away as a file is written into the log, with how many rows', async () => {
  const answer = await server.as('leader').get(`${path}/evidence.xlsx?${ofA1()}&search=khong co`)
  expect(answer.status).toBe(200)
  expect(answer.headers['content-disposition']).toContain('.xlsx')
  const { rows } = await sql<{ actor: string; after: { rows: number } }>`
    select actor_id::text as actor, after from audit.entry where action = 'measures.list_exported'
  `.execute(server.database.owner)
  expect(rows).toMatchObject([{ actor: server.world.accounts.leader.accountId, after: { rows: 0 } }])
})

test.each([
  ['a measure nobody declared', () => `/api/measures/khong.co?${ofA1()}`, 404, /Không có chỉ số/],
  ['a unit of others', () => `${path}?unitId=${server.world.units.a2}`, 404, /không thuộc phạm vi/],
  ['a unit that never was', () => `${path}?unitId=999999`, 404, /Không có đơn vị này/],
  ['a day before the unit began', () => `${path}?${ofA1()}&asOf=1990-01-01`, 422, /vào ngày đang chọn/],
  ['a list the figure has not', () => `${path}/evidence?${ofA1()}&section=x`, 422, /không có danh sách/],
  ['a day that does not exist', () => `${path}?${ofA1()}&asOf=2022-02-30`, 400, /chưa đúng/],
])('%s is refused in words', async (_what, address, status, words) => {
  const answer = await server.as('leader').get(address())
  expect(answer.status).toBe(status)
  expect(answer.body.error.message).toMatch(words)
})

test('a period that ends before it begins is refused at its field', async () => {
  const flow = declaredMeasures().find((measure) => measure.kind === 'flow')
  const answer = await server
    .as('leader')
    .get(`/api/measures/${flow?.name}?${ofA1()}&from=2022-12-31&asOf=2022-01-01`)
  expect(answer.body.error).toMatchObject({ fields: [{ path: 'from' }] })
})

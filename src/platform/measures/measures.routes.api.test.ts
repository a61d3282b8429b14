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

test('tables of units and months are taken away as files and written into the log', async () => {
  const measures = declaredMeasures()
    .slice(0, 3)
    .map(({ name }) => name)
  const leader = server.as('leader')
  expect((await leader.get(`/api/measures/below.xlsx?${ofA1()}&measures=${measures.join(',')}`)).status).toBe(
    200,
  )
  expect((await leader.get(`${path}/months.xlsx?${ofA1()}`)).status).toBe(200)
  const { rows } = await sql<{ action: string }>`
    select action from audit.entry where action in ('measures.units_exported', 'measures.months_exported') order by id
  `.execute(server.database.owner)
  expect(rows.map(({ action }) => action)).toEqual(['measures.units_exported', 'measures.months_exported'])
})

test('one figure alone is the figure of its page and of the table of units', async () => {
  const leader = server.as('leader')
  const name = declaredMeasures()[0]?.name ?? ''
  const alone = await leader.get(`${path}/figure?${ofA1()}`)
  const page = await leader.get(`${path}?${ofA1()}`)
  const below = await leader.get(`/api/measures/below?${ofA1()}&measures=${name}`)
  expect(alone.body.figure).toEqual(page.body.figure)
  expect(below.body.columns[0].whole).toEqual([page.body.figure.numerator, null])
  for (const answer of [alone, page, below]) {
    expect(answer.body.seen).toMatch(/^\d+\.\d+\.\d+:\d+:/)
    expect(answer.body.mapDay).toBe(server.world.today)
  }
})

test.each([
  ['a measure nobody declared', () => `/api/measures/khong.co?${ofA1()}`, 404, /Không có chỉ số/],
  ['a unit of others', () => `${path}?unitId=${server.world.units.a2}`, 404, /không thuộc phạm vi/],
  ['a unit that never was', () => `${path}?unitId=999999`, 404, /Không có đơn vị này/],
  ['a day before the unit began', () => `${path}?${ofA1()}&asOf=1990-01-01`, 422, /vào ngày đang chọn/],
  ['a map without the unit', () => `${path}?${ofA1()}&map=1990-01-01`, 422, /trên địa bàn ngày/],
  ['a part the list has not', () => `${path}/evidence?${ofA1()}&among=x`, 422, /không có danh sách/],
  ['two periods', () => `${path}?${ofA1()}&period=year&from=2022-01-01`, 422, /một trong hai/],
  ['a table without measures', () => `/api/measures/below?${ofA1()}&measures=,`, 400, /./],
  [
    'a table of a measure nobody declared',
    () => `/api/measures/below?${ofA1()}&measures=x`,
    404,
    /Không có chỉ số/,
  ],
  ['a mark of nothing', () => `${path}/changes?${ofA1()}&since=x`, 422, /Không đọc được/],
  ['a mark of another life', () => `${path}/changes?${ofA1()}&since=0.1.1:1:`, 422, /quá lâu/],
  ['a time before all', () => `${path}/history?${ofA1()}&knownAt=2001-01-01T00:00:00Z`, 422, /chưa ghi nhận/],
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

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../platform/access/system-actor.ts'
import { setWorkingDate } from '../../platform/calendar/index.ts'
import { HistoryAnswer } from '../../platform/measures/change.contract.ts'
import { type Client, startTestServer, type TestServer } from '../../platform/testing/server.ts'
import { loadTeams } from './index.ts'

let server: TestServer
let root: Client
let leader: Client
let change: object
let teamIds: string[]
const name = 'teams.activities'
const [from, lastDay, atLast] = ['2022-06-01', '2022-05-31', '2022-12-31']

beforeAll(async () => {
  server = await startTestServer()
  root = server.as('root_administrator')
  leader = server.as('district_leader')
  const system = await systemActor(server.database)
  const { a1, a11, a12, a2, districtA } = server.world.units
  await server.database.owner.transaction().execute(async (tx) => {
    await sql`update access.grant set valid_from = '2022-01-01' where valid_until is null`.execute(tx)
    await setWorkingDate(tx, system, atLast)
  })
  await formed(a1, ['Buổi một', 'Buổi hai'])
  await formed(a11, ['Buổi ba', 'Buổi bốn', 'Buổi năm'])
  await formed(a2, ['Buổi sáu'])
  const { rows } = await sql<{ id: string }>`
    select id::text as id from teams.team where unit_id = ${a1}::bigint order by id`.execute(
    server.database.owner,
  )
  teamIds = rows.map(({ id }) => id)
  const half = (named: string, code: string, village: string) => ({
    made: { name: named, code, kind: 'commune', parentId: districtA },
    belowIds: [village],
  })
  const halves = [half('Xã An Ba', 'T1A3', a11), half('Xã An Bốn', 'T1A4', a12)]
  const legalBasis = 'Nghị quyết 1/NQ-HĐND'
  change = { kind: 'split', legalBasis, on: from, unitId: a1, stays: false, halves }
})
afterAll(() => server?.close())

/** A team with activities of these titles. */
async function formed(unitId: string, titles: string[]): Promise<void> {
  const system = await systemActor(server.database)
  const team = { unitId, kind: 'community_team' as const, name: `Tổ ${unitId}`, formedOn: '2022-03-01' }
  const activities = titles.map((title) => ({
    heldOn: '2022-04-01',
    title,
    kind: 'other' as const,
    peopleHelped: null,
    description: null,
  }))
  await server.database.write(system, (tx) =>
    loadTeams(tx, system, [{ ...team, members: [], channels: [], activities }]),
  )
}

/** The instant of now, of which it is kept what had been written until then. */
async function instant(): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    insert into measures.mark (at, epoch, seen)
    values (clock_timestamp(), (select max(number) from measures.epoch), pg_current_snapshot())
    returning to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`.execute(
    server.database.owner,
  )
  return rows[0]?.at ?? ''
}

async function split(): Promise<{ eventId: string; madeIds: string[] }> {
  const made = await root.post('/api/units/changes', change)
  expect(made.status, made.text).toBe(201)
  return made.body
}
async function undo(eventId: string): Promise<void> {
  const undone = await root.post(`/api/units/changes/${eventId}/undo`)
  expect(undone.status, undone.text).toBe(200)
}
async function settle(how: 'settle' | 'return', toUnitId: string, rowIds: string[]): Promise<void> {
  const { a1 } = server.world.units
  const body = { table: 'teams.team', toUnitId, rowIds }
  const done = await root.post(`/api/units/unassigned/${a1}/${how}`, body)
  expect(done.body, done.text).toEqual({ count: rowIds.length })
}
const ask = (unitId: string, knownAt: string, query = `asOf=${atLast}`) =>
  leader.get(`/api/measures/${name}/history?unitId=${unitId}&${query}&knownAt=${knownAt}`)
async function history(...asked: Parameters<typeof ask>) {
  const answer = await ask(...asked)
  expect(answer.status, answer.text).toBe(200)
  return HistoryAnswer.parse(answer.body)
}
/** «lúc đó → riêng địa bàn → hiện nay; dòng thêm/bớt, trong đó do phân bổ» */
async function told(...asked: Parameters<typeof ask>): Promise<string> {
  const { before, byMap, now, lists } = await history(...asked)
  const [list] = lists
  const way = [before, byMap ?? before, now].map(({ numerator }) => numerator ?? '-').join(' → ')
  return `${way}; +${list?.added} −${list?.taken}, phân bổ +${list?.settled.added} −${list?.settled.taken}`
}

describe('a commune that was split with a day before, its team settled', () => {
  it('is asked for the same day as printed before the split was recorded, and the map alone makes the difference', async () => {
    const { a1, districtA } = server.world.units
    const printed = await instant()
    expect(await told(a1, printed)).toBe('5 → 5 → 5; +0 −0, phân bổ +0 −0')
    const { eventId, madeIds } = await split()
    const [half = ''] = madeIds
    const answer = await history(a1, printed)
    expect(answer.unit.name).toBe('Xã An Một')
    expect([answer.onMap, answer.mapChanged]).toEqual([{ before: true, now: false }, true])
    expect(await told(a1, printed)).toBe('5 → - → -; +0 −0, phân bổ +0 −0')
    expect(await told(a1, printed, `asOf=${atLast}&map=${lastDay}`)).toBe('5 → 5 → 5; +0 −0, phân bổ +0 −0')
    // Recorded with the split, it is no more there.
    const refused = await ask(a1, await instant())
    expect(refused.status).toBe(422)
    expect(refused.body.error.code).toBe('measures.not_on_map')
    expect(refused.text).toContain('đã kết thúc từ 1/6/2022')

    const unsettled = await instant()
    await settle('settle', half, teamIds)
    expect(await told(half, unsettled)).toBe('3 → 3 → 5; +2 −0, phân bổ +2 −0')
    expect(await told(districtA, unsettled)).toBe('6 → 6 → 6; +0 −0, phân bổ +0 −0')
    expect((await history(half, printed)).onMap).toEqual({ before: false, now: true })
    const answered = await ask(server.world.units.districtB, printed)
    expect(answered.status).toBe(404)

    const stood = await instant()
    await settle('return', half, teamIds)
    await undo(eventId)
    // While the split stood the commune was not there: two activities were given back with the team, three of a village come by the map.
    const undone = await history(a1, stood)
    expect([undone.onMap, undone.before.numerator]).toEqual([{ before: false, now: true }, null])
    expect(await told(a1, stood)).toBe('- → 3 → 5; +2 −0, phân bổ +2 −0')
    expect(undone.lists[0]?.rows.map(({ settled }) => settled)).toEqual([true, true])
    expect(await told(a1, printed)).toBe('5 → 5 → 5; +0 −0, phân bổ +0 −0')
  })

  it('is told apart from what was recorded later', async () => {
    const { a1 } = server.world.units
    const { eventId, madeIds } = await split()
    const [half = ''] = madeIds
    await settle('settle', half, teamIds)
    const stood = await instant()
    await settle('return', half, teamIds)
    await undo(eventId)
    await formed(server.world.units.a12, ['Buổi ghi sau'])
    expect(await told(a1, stood)).toBe('- → 3 → 6; +3 −0, phân bổ +2 −0')
    const { rows = [] } = (await history(a1, stood)).lists[0] ?? {}
    expect(rows.filter(({ settled }) => !settled).map((row) => row.name)).toEqual(['Buổi ghi sau'])
  })
})

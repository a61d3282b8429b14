import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HistoryAnswer } from '../../platform/measures/change.contract.ts'
import { type Planned, plannedDistrict } from './target.heirs.fixtures.ts'

const legalBasis = 'Nghị quyết 1/NQ-HĐND'
let here: Planned
let ids: { commune: string; other: string; district: string }
let change: object

const [before, from, atLast] = ['2022-10-31', '2022-11-01', '2022-12-31']
const met = 'programme.targets_met'

beforeAll(async () => {
  here = await plannedDistrict()
  const { a1, a11, a12, a2, a21, districtA } = here.server.world.units
  for (const unitId of [a1, a11, a12, a2, a21]) await here.team(unitId, '2022-03-01')
  const coverage = { measure: 'teams.communes_with_team', valueUnit: '%' }
  ids = {
    commune: await here.target(a1, 'MOT'),
    other: await here.target(a1, 'HAI', 1),
    district: await here.target(districtA, 'HUYEN', 100, coverage),
  }
  const half = (name: string, code: string, village: string) => ({
    made: { name, code, kind: 'commune', parentId: districtA },
    belowIds: [village],
  })
  const halves = [half('Xã An Ba', 'T1A3', a11), half('Xã An Bốn', 'T1A4', a12)]
  change = { kind: 'split', legalBasis, on: from, unitId: a1, stays: false, halves }
})
afterAll(() => here.server.close())

/** The instant of now, of which it is kept what had been written until then. */
async function instant(): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    insert into measures.mark (at, epoch, seen)
    values (clock_timestamp(), (select max(number) from measures.epoch), pg_current_snapshot())
    returning to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`.execute(
    here.server.database.owner,
  )
  return rows[0]?.at ?? ''
}

async function history(name: string, unitId: string, knownAt: string, query = `asOf=${atLast}`) {
  const answer = await here.district.get(
    `/api/measures/${name}/history?unitId=${unitId}&${query}&knownAt=${knownAt}`,
  )
  expect(answer.status, answer.text).toBe(200)
  return HistoryAnswer.parse(answer.body)
}

const text = ({ numerator, denominator }: { numerator: string | null; denominator: string | null }) =>
  denominator === null ? numerator : `${numerator}/${denominator}`
/** «theo những gì đã ghi nhận đến lúc đó | theo hồ sơ hiện nay» */
async function both(...ask: Parameters<typeof history>): Promise<string> {
  const { before: then, now } = await history(...ask)
  return `${text(then)} | ${text(now)}`
}

describe('what had been printed before a split was recorded', () => {
  let printed: string
  let made: string[]

  it('stays printed: units, shares of units and targets met are those of the map as it was known', async () => {
    const { a1, a11, districtA } = here.server.world.units
    printed = await instant()
    for (const [name, number] of [
      [met, '1/1'],
      ['teams.communes_with_team', '2/2'],
      ['teams.village_teams', '3'],
    ] as const)
      expect(await both(name, districtA, printed), name).toBe(`${number} | ${number}`)

    const applied = await here.root.post('/api/units/changes', change)
    expect(applied.status, applied.text).toBe(201)
    made = applied.body.madeIds
    expect(await both(met, districtA, printed)).toBe('1/1 | 0/1')
    expect(await both('teams.communes_with_team', districtA, printed)).toBe('2/2 | 1/3')
    expect(await both('teams.village_teams', districtA, printed)).toBe('3 | 3')
    // The half was not there, and its village counted in the commune.
    expect(await both('teams.village_teams', made[0] ?? '', printed)).toBe('null | 1')
    expect(await both('teams.village_teams', a11, printed)).toBe('1 | 1')
    expect(await both('teams.village_teams', a1, printed, `asOf=${atLast}&map=${before}`)).toBe('2 | 2')
    const said = await history(met, districtA, printed)
    expect(said.mapChanged).toBe(true)
    expect(said.lists).toMatchObject([{ added: 0, taken: 0, altered: 1 }])
    expect(said.lists[0]?.rows).toMatchObject([
      { what: 'altered', name: { vi: 'HUYEN · Chỉ tiêu HUYEN: Đạt → Chưa đạt' } },
    ])
    expect((await history('teams.village_teams', a11, printed)).mapChanged).toBe(false)
  })

  it('stays printed when targets are given to a half, changed, or taken out of the plan', async () => {
    const { a1, districtA } = here.server.world.units
    const onOldMap = `asOf=${atLast}&map=${before}`
    const settle = { table: 'programme.target', toUnitId: made[0], rowIds: [ids.commune, ids.other] }
    expect((await here.root.post(`/api/units/unassigned/${a1}/settle`, settle)).body).toEqual({ count: 2 })
    expect(await both(met, a1, printed, onOldMap)).toBe('2/2 | 2/2')
    expect(await both(met, made[0] ?? '', printed)).toBe('null | 1/2')
    const withHalves = await instant()

    const terms = await here.termsOf(here.district, ids.district)
    const lower = await here.district.put(`/api/programme/targets/${ids.district}`, {
      ...terms,
      endValue: '30',
      path: [{ dueOn: '2022-06-30', value: '30' }],
      reason: 'Hạ mức',
    })
    expect(lower.status, lower.text).toBe(200)
    expect(await both(met, districtA, withHalves)).toBe('0/1 | 1/1')
    expect(await both(met, districtA, printed)).toBe('1/1 | 1/1')
    const removed = await here.district.post(`/api/programme/targets/${ids.other}/remove`, {
      reason: 'Đã đạt',
    })
    expect(removed.status, removed.text).toBe(200)
    expect(await both(met, made[0] ?? '', withHalves)).toBe('1/2 | 0/1')
    expect(await both(met, a1, withHalves, onOldMap)).toBe('2/2 | 2/2')
  })

  it('is what it was with the split until the split is undone', async () => {
    const { a2, districtA } = here.server.world.units
    const other = await here.root.post('/api/units/changes', {
      kind: 'merge',
      legalBasis,
      on: from,
      fromIds: [a2],
      intoId: made[1],
    })
    expect(other.status, other.text).toBe(201)
    await here.target(made[1] ?? '', 'BON', 2)
    const merged = await instant()
    expect(await both('teams.communes_with_team', districtA, merged)).toBe('1/2 | 1/2')
    expect(await both(met, made[1] ?? '', merged)).toBe('1/1 | 1/1')
    const undone = await here.root.post(`/api/units/changes/${other.body.eventId}/undo`)
    expect(undone.status, undone.text).toBe(200)
    expect(await both('teams.communes_with_team', districtA, merged)).toBe('1/2 | 1/3')
    expect(await both('teams.village_teams', made[1] ?? '', merged)).toBe('2 | 1')
    expect(await both(met, made[1] ?? '', merged)).toBe('1/1 | 0/1')
    expect(await both('teams.communes_with_team', districtA, printed)).toBe('2/2 | 1/3')
  })

  it('is told only to who may see the targets', async () => {
    const { districtA } = here.server.world.units
    const answer = await here.server
      .as('standing_office')
      .get(`/api/measures/${met}/history?unitId=${districtA}&asOf=${atLast}&knownAt=${printed}`)
    expect(answer.status).toBe(404)
  })
})

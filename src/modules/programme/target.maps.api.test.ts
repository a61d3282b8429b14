import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Planned, plannedDistrict } from './target.heirs.fixtures.ts'

let here: Planned
let made: string[]
let ids: { commune: string; given: string; district: string }

const [before, from, yesterday, atLast] = ['2022-10-31', '2022-11-01', '2022-12-30', '2022-12-31']
const measure = '/api/measures/programme.targets_met'

beforeAll(async () => {
  here = await plannedDistrict()
  const { a1, a11, a12, a2, a21, districtA } = here.server.world.units
  for (const unitId of [a1, a11, a12, a2, a21]) await here.team(unitId, '2022-03-01')
  ids = {
    commune: await here.target(a1, 'MOT'),
    given: await here.target(a1, 'HAI'),
    district: await here.target(districtA, 'HUYEN', 100, {
      measure: 'teams.communes_with_team',
      valueUnit: '%',
    }),
  }
  const half = (name: string, code: string, village: string) => ({
    made: { name, code, kind: 'commune', parentId: districtA },
    belowIds: [village],
  })
  const applied = await here.root.post('/api/units/changes', {
    kind: 'split',
    legalBasis: 'Nghị quyết 1/NQ-HĐND',
    on: from,
    unitId: a1,
    stays: false,
    halves: [half('Xã An Ba', 'T1A3', a11), half('Xã An Bốn', 'T1A4', a12)],
  })
  made = applied.body.madeIds
})
afterAll(() => here.server.close())

/** What the product says of a unit by the figure, its page, the table of units and the list, which must be the same. */
async function share(unitId: string, query: string): Promise<string> {
  const { district } = here
  const asked = `unitId=${unitId}&${query}`
  const alone = await district.get(`${measure}/figure?${asked}`)
  expect(alone.status, alone.text).toBe(200)
  const page = await district.get(`${measure}?${asked}`)
  const list = await district.get(`${measure}/evidence?${asked}&section=judged`)
  const met = await district.get(`${measure}/evidence?${asked}&section=met`)
  const below = await district.get(`/api/measures/below?${asked}&measures=programme.targets_met`)
  const { numerator, denominator } = alone.body.figure
  const shown = [page.body.figure, list.body.figure].map((one) => [one.numerator, one.denominator])
  shown.push(below.body.columns[0].whole, [met.body.number, list.body.number])
  for (const one of shown) expect(one, query).toEqual([numerator, denominator])
  return `${numerator}/${denominator}`
}

const reasons = async (unitId: string, query: string): Promise<string[]> => {
  const list = await here.district.get(`${measure}/evidence?unitId=${unitId}&${query}&section=judged`)
  return list.body.rows.map((row: { cells: { reason: { vi: string } } }) => row.cells.reason.vi)
}

describe('the share of targets met on the map of before a split', () => {
  it('counts the communes that there were, not those of today', async () => {
    const { districtA } = here.server.world.units
    expect(await share(districtA, `asOf=${before}`)).toBe('1/1')
    expect(await share(districtA, `asOf=${atLast}`)).toBe('0/1')
    expect(await share(districtA, `asOf=${atLast}&map=${before}`)).toBe('1/1')
    expect(await reasons(districtA, `asOf=${atLast}&map=${before}`)).toEqual([
      expect.stringMatching(/2\/2|100/),
    ])
    // A day before the split on the map of today: of three communes one has a team.
    expect(await share(districtA, `asOf=${before}&map=today`)).toBe('0/1')
    expect(await share(districtA, `asOf=${before}&map=${atLast}`)).toBe('0/1')
  })

  it('judges the targets of the commune by its own records, also once they have been given to a half', async () => {
    const { a1 } = here.server.world.units
    const old = `asOf=${atLast}&map=${before}`
    expect(await share(a1, old)).toBe('2/2')
    const settled = await here.root.post(`/api/units/unassigned/${a1}/settle`, {
      table: 'programme.target',
      toUnitId: made[0],
      rowIds: [ids.commune, ids.given],
    })
    expect(settled.body).toEqual({ count: 2 })
    expect(await share(made[0] ?? '', `asOf=${atLast}`)).toBe('0/2')
    expect(await share(a1, old)).toBe('2/2')
    // The half on its own map, as of a day before it was.
    expect(await share(made[0] ?? '', `asOf=${before}&map=today`)).toBe('0/2')
  })

  it('has the targets that were in the plan there, whatever the half has made of them since', async () => {
    const { a1 } = here.server.world.units
    const terms = await here.termsOf(here.district, ids.given)
    const changed = await here.district.put(`/api/programme/targets/${ids.given}`, {
      ...terms,
      code: 'BA',
      endValue: '1',
      reason: 'Địa bàn nhỏ hơn',
    })
    expect(changed.status, changed.text).toBe(200)
    expect(await share(made[0] ?? '', `asOf=${yesterday}`)).toBe('0/2')
    expect(await share(made[0] ?? '', `asOf=${atLast}`)).toBe('1/2')
    expect(await share(a1, `asOf=${atLast}&map=${before}`)).toBe('2/2')
  })

  it('opens to its targets as they are judged on that map', async () => {
    const { districtA, a1 } = here.server.world.units
    const list = await here.district.get(
      `${measure}/evidence?unitId=${districtA}&asOf=${yesterday}&map=${before}&section=met`,
    )
    const [row] = list.body.rows
    expect(row.href).toBe(`/targets/${ids.district}?asOf=${yesterday}&map=${before}`)
    const { body } = await here.district.get(`/api/programme${row.href}`)
    expect(body).toMatchObject({ asOf: yesterday, map: before })
    expect(body.target.figure).toMatchObject({ numerator: '2', denominator: '2', map: before })
    expect(body.target.reason).toEqual(row.cells.reason)
    const given = await here.district.get(
      `/api/programme/targets/${ids.commune}?asOf=${atLast}&map=${before}`,
    )
    expect([given.body.target.unit.id, given.body.target.figure.numerator]).toEqual([a1, '2'])
    const wrong = await here.district.get(`/api/programme/targets/${ids.commune}?map=xx`)
    expect([wrong.status, wrong.body.error.fields[0].path]).toEqual([400, 'map'])
  })

  it('is in the file what it is on the page', async () => {
    const { districtA } = here.server.world.units
    const query = `unitId=${districtA}&asOf=${atLast}&map=${before}`
    const months = await here.district.get(`${measure}?${query}`)
    expect(months.body.months.at(-1)).toMatchObject({ asOf: atLast, numerator: '1', denominator: '1' })
    for (const file of ['months.xlsx', 'evidence.xlsx'])
      expect((await here.district.get(`${measure}/${file}?${query}`)).status).toBe(200)
  })
})

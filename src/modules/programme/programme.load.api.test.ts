import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoFields, demoPlan, demoProgramme, demoTargets } from '../../../demo/programme.ts'
import { systemActor } from '../../platform/access/system-actor.ts'
import { startTestServer, type TestServer } from '../../platform/testing/server.ts'
import { Overview } from './contract.ts'
import { loadProgramme } from './index.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('the programme of the demonstration', () => {
  it('loads whole, in one transaction, and is read by unit', async () => {
    const system = await systemActor(server.database)
    const { units } = server.world
    const unitOf = (code: string) => (code === demoProgramme.unitCode ? units.districtB : units.b1)
    const loaded = await server.database.write(system, (tx) =>
      loadProgramme(tx, system, {
        programme: { unitId: units.districtB, name: demoProgramme.name, fromYear: 2021, untilYear: 2025 },
        fields: demoFields.map(({ key, name }) => ({ key, name: name.vi })),
        plans: [{ key: demoPlan.key, unitId: units.districtB, year: demoPlan.year, name: demoPlan.name }],
        targets: demoTargets().map((target) => ({
          planKey: target.planKey,
          fieldKey: target.fieldKey,
          unitId: unitOf(target.unitCode),
          code: target.key,
          title: target.name,
          measure: target.measure,
          direction: target.direction,
          valueUnit: target.valueUnit,
          endValue: target.endValue,
          startsOn: demoPlan.startsOn,
          endsOn: demoPlan.endsOn,
          path: target.path,
          answerableName: target.responsible.fullName,
          answerablePosition: target.responsible.position,
          legalBasis: target.legalBasis,
          isAssumption: target.assumed,
        })),
      }),
    )
    expect(loaded.targetIds).toHaveLength(demoTargets().length)
    const admin = server.as('root_administrator')
    const read = await admin.get(`/api/programme/overview?unitId=${units.districtB}&asOf=2022-08-30`)
    const overview = Overview.parse(read.body)
    expect(overview.counts.total).toBe(18)
    expect(overview.fields).toHaveLength(6)
    expect(overview.below).toHaveLength(1)
    expect(overview.counts.notCaptured).toBe(18)
  })

  it('is written as a spreadsheet', async () => {
    const answer = await server.as('root_administrator').get('/api/programme/overview.xlsx?asOf=2022-12-31')
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain('spreadsheetml')
  })
})

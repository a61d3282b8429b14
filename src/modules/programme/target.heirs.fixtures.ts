import { sql } from 'kysely'
import { systemActor } from '../../platform/access/system-actor.ts'
import { setWorkingDate } from '../../platform/calendar/index.ts'
import { type Client, startTestServer, type TestServer } from '../../platform/testing/server.ts'
import { loadTeams } from '../teams/index.ts'
import { Overview } from './contract.ts'

/** The last day of 2022 in a district with a plan for that year, whose communes are to be merged and split. */
export type Planned = {
  server: TestServer
  /** Manages the units. */
  root: Client
  /** Lays down the targets of the district and of what is below it. */
  district: Client
  planId: string
  /** Sets a target of a unit: at least so many village teams, unless `terms` say otherwise. */
  target(unitId: string, code: string, teams?: number, terms?: object): Promise<string>
  /** What a target says, to be sent back with changes. */
  termsOf(client: Client, targetId: string): Promise<Record<string, unknown>>
  /** «MOT đạt», «HAI chậm …»: every target of a unit on a day, by code. */
  listed(unitId: string, asOf: string, client?: Client): Promise<string[]>
  team(unitId: string, formedOn: string): Promise<void>
}

export async function plannedDistrict(): Promise<Planned> {
  const server = await startTestServer()
  const system = await systemActor(server.database)
  await server.database.owner.transaction().execute(async (tx) => {
    await sql`update access.grant set valid_from = '2022-01-01' where valid_until is null`.execute(tx)
    await setWorkingDate(tx, system, '2022-12-31')
  })
  const district = server.as('district_officer')
  const unitId = server.world.units.districtA
  const made = async (path: string, body: object): Promise<string> =>
    (await district.post(`/api/programme/${path}`, body)).body.id
  const programmeId = await made('programmes', {
    unitId,
    name: 'Chương trình của huyện An',
    fromYear: 2021,
    untilYear: 2025,
  })
  const fieldId = await made('fields', { programmeId, name: 'Nông nghiệp' })
  const planId = await made('plans', { programmeId, unitId, year: 2022, name: 'Kế hoạch năm 2022' })
  return {
    server,
    root: server.as('root_administrator'),
    district,
    planId,
    target: (owner, code, teams = 2, terms = {}) =>
      made('targets', {
        planId,
        fieldId,
        unitId: owner,
        code,
        title: `Chỉ tiêu ${code}`,
        measure: 'teams.village_teams',
        direction: 'at_least',
        valueUnit: 'tổ',
        baseline: null,
        endValue: String(teams),
        startsOn: '2022-01-01',
        endsOn: '2022-12-31',
        path: [{ dueOn: '2022-02-01', value: String(teams) }],
        answerableName: 'Lò Văn Thử',
        ...terms,
      }),
    termsOf: async (client, targetId) => {
      const { target } = (await client.get(`/api/programme/targets/${targetId}`)).body
      const { fieldId: field, code, title, measure, direction, valueUnit, baseline, endValue } = target
      const { startsOn, endsOn, answerableName, revisionId } = target
      const terms = { code, title, direction, valueUnit, baseline, endValue, startsOn, endsOn }
      return { fieldId: field, ...terms, measure: measure.name, path: [], answerableName, revisionId }
    },
    listed: async (owner, asOf, client = district) => {
      const { body } = await client.get(`/api/programme/overview?unitId=${owner}&asOf=${asOf}`)
      const { counts, fields } = Overview.parse(body)
      const targets = fields.flatMap((field) => field.targets)
      if (targets.length !== counts.total) throw new Error('The number is not the list')
      return targets.map(({ code, status, origin }) =>
        [code, status, ...(origin ? [origin.kind, origin.name] : [])].join(' '),
      )
    },
    team: async (owner, formedOn) => {
      const team = { unitId: owner, kind: 'community_team' as const, name: `Tổ ${owner}`, formedOn }
      await server.database.write(system, (tx) =>
        loadTeams(tx, system, [{ ...team, members: [], channels: [], activities: [] }]),
      )
    },
  }
}

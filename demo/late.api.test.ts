import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parts } from '../src/app.ts'
import { systemActor } from '../src/platform/access/index.ts'
import type { Actor } from '../src/platform/actor/actor.ts'
import { type Database, openDatabase } from '../src/platform/db/database.ts'
import { configureFiles } from '../src/platform/files/index.ts'
import { history } from '../src/platform/measures/change.views.ts'
import { registerMeasures } from '../src/platform/measures/index.ts'
import { type FreshDatabase, freshDatabase } from '../src/platform/testing/database.ts'
import { registerRecords } from '../src/platform/units/index.ts'
import { instantText } from '../src/web/formats.ts'
import { comesLate } from './late.ts'
import { loadDemo } from './load.ts'
import { demoTeams } from './teams.ts'
import { liesIn, vanChanCode } from './units.ts'

const folder = mkdtempSync(join(tmpdir(), 'blso-late-'))
let fresh: FreshDatabase
let database: Database
let system: Actor
let unitId = ''

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.ownerUrl)
  configureFiles({ folder })
  registerMeasures(parts)
  registerRecords(parts)
  system = await systemActor(database)
  await loadDemo(database, () => {})
  const { rows } = await sql<{ id: string }>`
    select unit_id::text as id from units.unit_version where code = ${vanChanCode} limit 1`.execute(
    database.owner,
  )
  unitId = rows[0]?.id ?? ''
}, 180_000)
afterAll(async () => {
  await database.close()
  await fresh.drop()
  rmSync(folder, { recursive: true, force: true })
})

const ofVanChan = demoTeams().filter((team) => liesIn(team.unitCode, vanChanCode))
const activities = ofVanChan.flatMap((team) => team.activities)
const late = ofVanChan.flatMap((team) => team.activities.filter((one) => comesLate(team, one)))

/** The first instant of which it is kept what had been recorded, in whole milliseconds. */
const firstMark = async () => {
  const { rows } = await sql<{ at: Date }>`
    select min(at) + interval '1 millisecond' as at from measures.mark`.execute(database.owner)
  return rows[0]?.at ?? new Date(0)
}
const asKnownAt = (measure: string, knownAt: string, asOf = '2022-12-31') =>
  database.read(system, (tx) => history(tx, system, measure, { unitId, asOf, knownAt }))

describe('reports that come late', () => {
  test('count by their own days, and not in what had been recorded before they came', async () => {
    expect(late.length).toBeGreaterThanOrEqual(24)
    const known = await asKnownAt('teams.activities', (await firstMark()).toISOString())
    expect(known.now.numerator).toBe(String(activities.length))
    expect(known.before.numerator).toBe(String(activities.length - late.length))
    expect(known.lists).toMatchObject([{ added: late.length, taken: 0, altered: 0 }])
  })

  test.each([
    ['teams.village_teams', '2022-08-30', '199'],
    ['teams.village_team_members', '2022-08-30', '1057'],
    ['teams.village_teams', '2022-12-31', '213'],
    ['teams.village_team_members', '2022-12-31', '1157'],
  ])('leave the published figure %s of %s as it is: %s', async (measure, asOf, figure) => {
    const known = await asKnownAt(measure, (await firstMark()).toISOString(), asOf)
    expect([known.now.numerator, known.before.numerator]).toEqual([figure, figure])
  })

  test('are asked of an earlier instant in vain: the refusal names the first that can be asked', async () => {
    const first = Math.ceil((await firstMark()).getTime() / 60_000) * 60_000
    const named = new Date(first).toISOString()
    await expect(asKnownAt('teams.activities', '2022-12-31T23:59:59+07:00')).rejects.toThrow(
      `Xem được từ ${instantText(named)}`,
    )
    // Asked as it was named, it is answered.
    const known = await asKnownAt('teams.activities', named)
    expect(known.before.numerator).toBe(String(activities.length - late.length))
  })

  test('come once: another start of the product records nothing again', async () => {
    const count = async () => {
      const { rows } = await sql<{
        count: number
      }>`select count(*)::int as count from teams.activity`.execute(database.owner)
      return rows[0]?.count
    }
    const before = await count()
    expect(await loadDemo(database, () => {})).toBe(false)
    expect(await count()).toBe(before)
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../access/system-actor.ts'
import type { Actor } from '../actor/actor.ts'
import { applyChange, undoChange } from '../units/index.ts'
import { history } from './change.views.ts'
import { figure } from './figures.ts'
import { foldOnce } from './fold.loop.ts'
import { type ToyWorld, toyWorld, villagesWithClub } from './toy.fixtures.ts'

let world: ToyWorld
let system: Actor
beforeAll(async () => {
  world = await toyWorld()
  system = await systemActor(world.database)
  await world.club('A1', '2022-03-01')
  await world.event('A1', '2022-03-01')
})
afterAll(() => world.close())

const day = '2022-12-31'
/** Lets so many minutes pass for all that is kept with its instant. */
const pass = (minutes: number) =>
  world.owner.query(
    `update measures.mark set at = at - interval '${minutes} minutes';
     update measures.counted set known_from = known_from - interval '${minutes} minutes';
     update measures.kept set known_from = known_from - interval '${minutes} minutes'`,
  )
const marks = async () => (await world.owner.query('select at from measures.mark order by at')).rows.length
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const shown = (knownAt: string | null) =>
  world.database.read(system, async (tx) => {
    const ask = { measure: villagesWithClub, unitId: world.id('D'), asOf: day, knownAt }
    const { numerator, denominator } = await figure(tx, ask)
    return `${numerator}/${denominator}`
  })
const merge = () =>
  world.database.write(system, (tx) =>
    applyChange(tx, system, {
      kind: 'merge',
      on: '2022-06-01',
      fromIds: [world.id('B2')],
      intoId: world.id('B1'),
    }),
  )

describe('the map as it was known', () => {
  test('is kept for each minute in which a change of units was recorded, though no row was counted', async () => {
    await foldOnce(world.database)
    await world.owner.query('delete from measures.mark')
    await foldOnce(world.database)
    await pass(10)
    expect([await marks(), await shown(ago(10))]).toEqual([1, '1/4'])
    const { eventId } = await merge()
    await foldOnce(world.database)
    expect(await marks()).toBe(2)
    await pass(10)
    expect([await shown(ago(20)), await shown(ago(10)), await shown(null)]).toEqual(['1/4', '1/3', '1/3'])
    await world.database.write(system, (tx) => undoChange(tx, system, eventId))
    await foldOnce(world.database)
    expect(await marks()).toBe(3)
    expect([await shown(ago(20)), await shown(ago(10)), await shown(null)]).toEqual(['1/4', '1/3', '1/4'])
    const asked = { unitId: world.id('D'), asOf: day, knownAt: ago(10) }
    const said = await world.database.read(system, (tx) =>
      history(tx, system, 'toy.villages_with_club', asked),
    )
    expect([said.before.denominator, said.now.denominator, said.mapChanged]).toEqual(['3', '4', true])
  })

  test('is refused for an instant before it was kept, where units were changed in between', async () => {
    // An installation that had been counting before it kept what the map had been.
    await world.owner.query(`update measures.kept set known_from = now() - interval '15 minutes'`)
    expect(await shown(ago(20))).toBe('1/4')
    await world.owner.query(
      `insert into audit.entry (unit_id, action, subject, subject_id, at)
       values ($1, 'units.changed', 'units.event', '1', now() - interval '16 minutes')`,
      [world.id('D')],
    )
    await expect(shown(ago(20))).rejects.toThrow(/Địa bàn đã đổi sau thời điểm đó.*Hãy chọn \d+:\d+ /)
    expect(await shown(ago(14))).toBe('1/4')
  })
})

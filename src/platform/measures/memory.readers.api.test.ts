import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { giveGrant } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { foldOnce } from './fold.loop.ts'
import { figurePage } from './measures.views.ts'
import { rememberingWorld } from './memory.fixtures.ts'
import * as toy from './toy.fixtures.ts'

let world: Awaited<ReturnType<typeof rememberingWorld>>
const id = (code: string) => world.id(code)

beforeAll(async () => {
  world = await rememberingWorld()
})
afterAll(() => world.close())
beforeEach(() => world.plant())

describe('another reader', () => {
  const villages = ['A1', 'A2', 'B1', 'B2']
  const all = ['1', '1', '1', null]
  const looked = (actor?: Actor) => world.shown(toy.eventsHeld, villages, {}, actor)
  const end = (grantId: string) =>
    world.deed('update access.grant set revoked_at = now() where id = $1', grantId)

  test('with fewer rights does not get what a leader of more has read, nor the other way round', async () => {
    const { actor } = await world.leaderOf('A1')
    expect(await looked()).toEqual(all)
    expect(await looked(actor)).toEqual(['1', null, null, null])
    expect(await looked()).toEqual(all)
    expect(await world.withoutReading(() => Promise.all([looked(), looked(actor)]))).toEqual([
      all,
      ['1', null, null, null],
    ])
    const stranger = await world.leaderOf('B2')
    expect(await looked(stranger.actor)).toEqual([null, null, null, null])
  })

  test('with the same rights gets it without reading', async () => {
    const [one, other] = [await world.leaderOf('A2'), await world.leaderOf('A2')]
    const own = await looked(one.actor)
    expect(await world.withoutReading(() => looked(other.actor))).toEqual(own)
  })

  test('has a right that is given or taken at the next reading', async () => {
    const { actor, accountId, grantId } = await world.leaderOf('A1')
    expect(await looked(actor)).toEqual(['1', null, null, null])
    const more = await world.database.write(world.system, (tx) =>
      giveGrant(tx, world.system, { accountId, role: 'leader', unitId: id('B1'), validFrom: '2020-01-01' }),
    )
    expect(await looked(actor)).toEqual(['1', null, '1', null])
    await end(more.grantId)
    expect(await looked(actor)).toEqual(['1', null, null, null])
    await end(grantId)
    expect(await looked(actor)).toEqual([null, null, null, null])
    expect(await looked()).toEqual(all)
  })
})

describe('the day', () => {
  const setDay = (day: string) => world.deed('update calendar.working_date set working_on = $1', day)
  const today = async () => {
    const { figure } = await world.database.read(world.system, (tx) =>
      figurePage(tx, world.system, 'toy.clubs', { unitId: id('D') }),
    )
    return [figure.asOf, figure.numerator]
  }

  test('that has become another is the day of the next figure, and so when it comes back', async () => {
    await world.club('B1', '2022-06-01', '2023-02-01')
    await world.club('B1', '2023-01-15')
    await foldOnce(world.database)
    for (const [day, open] of [
      ['2022-12-31', '2'],
      ['2023-01-31', '3'],
      ['2023-02-01', '2'],
      ['2022-12-31', '2'],
    ]) {
      await setDay(day ?? '')
      expect(await today()).toEqual([day, open])
      await foldOnce(world.database)
      expect(await today()).toEqual([day, open])
    }
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../access/system-actor.ts'
import type { Actor } from '../actor/actor.ts'
import { changesSince, history } from './change.views.ts'
import { foldOnce } from './fold.loop.ts'
import { oneFigure } from './measures.views.ts'
import { type ToyWorld, toyWorld } from './toy.fixtures.ts'

let world: ToyWorld
let system: Actor

beforeAll(async () => {
  world = await toyWorld()
  system = await systemActor(world.database)
  await world.event('A1', '2022-03-03')
  await world.event('B1', '2022-03-05')
})
afterAll(() => world.close())

describe('what has changed since an answer', () => {
  const ask = () => ({ unitId: world.id('B'), period: 'year' as const })
  const since = (seen: string, name = 'toy.events') =>
    world.database.read(system, (tx) => changesSince(tx, system, name, { ...ask(), since: seen }))

  test('is nothing at once, and then the rows that came, left and moved', async () => {
    const { owner, id } = world
    await world.event('B1', '2022-04-01', 'talk', '5')
    const before = await world.database.read(system, (tx) => oneFigure(tx, system, 'toy.events', ask()))
    const nothing = await since(before.seen)
    expect(nothing.lists).toMatchObject([{ added: 0, taken: 0, altered: 0, rows: [], others: 0 }])
    expect(nothing.before).toEqual(nothing.now)

    await owner.query(
      `insert into toy.event (unit_id, held_on, title) values ($1, '2022-05-01', 'Buổi mới')`,
      [id('B2')],
    )
    await owner.query(`delete from toy.event where unit_id = $1 and held_on = '2022-03-05'`, [id('B1')])
    await owner.query(`update toy.event set title = 'Chuyển đi', unit_id = $2 where unit_id = $1`, [
      id('B1'),
      id('A1'),
    ])
    for (const folded of [false, true]) {
      if (folded) await foldOnce(world.database)
      const changed = await since(before.seen)
      expect([changed.before.numerator, changed.now.numerator]).toEqual(['2', '1'])
      expect(changed.byTime).toBeNull()
      expect(changed.lists).toMatchObject([{ added: 1, taken: 2, altered: 0, others: 1 }])
      // The deleted row can be opened by nobody.
      // Villages of one name stand in many communes.
      expect(
        changed.lists[0]?.rows.map(({ what, name, unit, within }) => [what, name, unit, within]),
      ).toEqual([
        ['added', 'Buổi mới', 'Thôn Bốn', 'Xã Bình'],
        ['taken', 'Chuyển đi', 'Thôn Một', 'Xã An'],
      ])
    }
  })

  test('is said of a value too', async () => {
    const before = await world.database.read(system, (tx) => oneFigure(tx, system, 'toy.people', ask()))
    await world.owner.query('update toy.event set people = 7 where unit_id = $1', [world.id('B2')])
    const changed = await since(before.seen, 'toy.people')
    expect([changed.before.numerator, changed.now.numerator]).toEqual(['0', '7'])
    expect(changed.lists).toMatchObject([{ added: 0, taken: 0, altered: 1 }])
  })

  test('is refused in words where the mark is not one of ours', async () => {
    await expect(since('1.1')).rejects.toThrow(/Không đọc được/)
    await expect(since('0.464567.5:5:')).rejects.toThrow(/quá lâu/)
  })
})

describe('history', () => {
  test('a late record changes what the dates say and never what would have been printed', async () => {
    await world.event('B2', '2022-02-01')
    // No more than one is kept a minute.
    await world.owner.query('delete from measures.mark')
    await foldOnce(world.database)
    await world.owner.query(
      `update measures.counted set known_from = known_from - interval '2 hours';
       update measures.mark set at = at - interval '1 hour'`,
    )
    const { rows } = await world.owner.query('select max(at) as at from measures.mark')
    const knownAt = new Date(rows[0].at.getTime() + 60_000).toISOString()
    const ask = { unitId: world.id('B'), asOf: '2022-02-28' }
    const read = () =>
      world.database.read(system, (tx) => history(tx, system, 'toy.events', { ...ask, knownAt }))
    const known = await read()
    // It is the instant asked for that is told. A minute after a mark more may have been written, an hour after it not.
    expect([known.knownAt, known.markAt]).toEqual([knownAt, rows[0].at.toISOString()])
    const inAnHour = new Date(rows[0].at.getTime() + 3_000_000).toISOString()
    const quiet = await world.database.read(system, (tx) =>
      history(tx, system, 'toy.events', { ...ask, knownAt: inAnHour }),
    )
    expect([quiet.knownAt, quiet.markAt]).toEqual([inAnHour, null])
    const toCome = await world.database.read(system, (tx) =>
      history(tx, system, 'toy.events', { ...ask, knownAt: '2999-01-01T00:00:00Z' }),
    )
    expect(toCome.knownAt).toBe(toCome.readAt)
    await world.event('B2', '2022-02-10')
    await foldOnce(world.database)
    const later = await read()
    expect(later.before).toEqual(known.before)
    expect(Number(later.now.numerator)).toBe(Number(known.now.numerator) + 1)
    expect(later.lists[0]).toMatchObject({ added: 1, taken: 0 })
    await expect(
      world.database.read(system, (tx) =>
        history(tx, system, 'toy.events', { ...ask, knownAt: '2001-01-01T00:00:00Z' }),
      ),
    ).rejects.toThrow(/chưa ghi nhận/)
  })
})

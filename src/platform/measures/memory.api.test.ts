import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Tx } from '../db/database.ts'
import { applyChange } from '../units/index.ts'
import { figuresBelow } from './below.views.ts'
import { figures } from './figures.ts'
import { foldOnce } from './fold.loop.ts'
import { figurePage, figuresOfUnit } from './measures.views.ts'
import { rememberingWorld } from './memory.fixtures.ts'
import { reading } from './reading.ts'
import * as toy from './toy.fixtures.ts'

let world: Awaited<ReturnType<typeof rememberingWorld>>
const id = (code: string) => world.id(code)
const shown: (typeof world)['shown'] = (...asked) => world.shown(...asked)
const withoutReading = <T>(work: () => Promise<T>) => world.withoutReading(work)

beforeAll(async () => {
  world = await rememberingWorld()
})
afterAll(() => world.close())
beforeEach(() => world.plant())

/** What the pages ask for: every kind of measure, with and without a period, on both maps, now and before. */
async function pages() {
  const names = toy.toyMeasures.map(({ name }) => name)
  const asked = [
    { asOf: '2022-12-31' },
    { asOf: '2022-12-31', period: 'year' as const, map: 'today' },
    { asOf: '2022-08-15', from: '2022-03-01' },
  ]
  return world.database.read(world.system, async (tx) => {
    const answers: unknown[] = []
    for (const query of asked) {
      const place = { unitId: id('D'), ...query }
      const { columns } = await figuresBelow(tx, world.system, { ...place, measures: names })
      const { figures: ofUnit } = await figuresOfUnit(tx, world.system, place)
      answers.push(columns, ofUnit)
      for (const name of names) {
        const { figure, months, below, apart } = await figurePage(tx, world.system, name, place)
        answers.push({ figure, months, below, apart })
      }
    }
    return answers
  })
}

describe('what has been read once', () => {
  test('is answered again without reading, for every kind of measure, period and map, as long as nothing changes', async () => {
    const first = await pages()
    expect(await withoutReading(pages)).toEqual(first)
    // Nobody has asked for this yet, so it has to be read.
    await expect(withoutReading(() => shown(toy.courses, ['D'], { asOf: '2022-07-04' }))).rejects.toThrow(
      /the totals were read/,
    )
  })

  test('of a table of units holds for what stands in none of them too', async () => {
    await world.event('D', '2022-06-01', 'course', '3')
    await foldOnce(world.database)
    const table = () =>
      world.database.read(world.system, async (tx) => {
        const measures = ['toy.courses', 'toy.people', 'toy.villages_with_club']
        const { columns, apart } = await figuresBelow(tx, world.system, { unitId: id('D'), measures })
        return { columns, apart }
      })
    const first = await table()
    expect(first.apart).toEqual([{ part: 'own', numerators: ['1', '3', null] }])
    expect(await world.withoutReading(table, 'read|cover|parts')).toEqual(first)
    await world.event('D', '2022-06-02', 'course', '4')
    expect((await table()).apart).toEqual([{ part: 'own', numerators: ['2', '7', null] }])
  })

  test('still holds after a turn of the folder that found nothing to sum', async () => {
    await shown(toy.courses, ['A', 'B'])
    expect(await foldOnce(world.database)).toBe(0)
    expect(await shown(toy.courses, ['A', 'B'])).toEqual(['2', null])
  })
})

describe('a write', () => {
  const writes = [
    ['a new row', () => world.event('A1', '2022-12-30', 'course'), '3'],
    ['a deleted row', () => world.owner.query(`delete from toy.event where held_on = '2022-03-01'`), '1'],
    ['a row given to another unit', () => moved('A2', 'B2'), '1'],
    ['a row of another kind', () => world.owner.query(`update toy.event set kind = 'talk'`), null],
  ] as const
  const moved = (from: string, to: string) =>
    world.owner.query('update toy.event set unit_id = $2 where unit_id = $1', [id(from), id(to)])

  test.each(writes)(
    '%s is in the very next figure, before and after it is folded',
    async (_what, write, now) => {
      expect(await shown(toy.courses, ['A'])).toEqual(['2'])
      await write()
      for (const folds of [false, false, true, false]) {
        if (folds) await foldOnce(world.database)
        expect(await shown(toy.courses, ['A'])).toEqual([now])
      }
    },
  )

  test('of one table leaves what is remembered of the others', async () => {
    expect(await shown(toy.clubsOpen, ['A', 'B'])).toEqual(['1', '0'])
    await world.event('A1', '2022-12-30', 'course')
    await foldOnce(world.database)
    expect(await withoutReading(() => shown(toy.clubsOpen, ['A', 'B']))).toEqual(['1', '0'])
  })

  test('in the past is in the figures of that time, also those whose month is over', async () => {
    const march = { asOf: '2022-03-31', from: '2022-03-01' }
    expect(await shown(toy.courses, ['A'], march)).toEqual(['1'])
    await world.event('A2', '2022-03-15', 'course')
    expect(await shown(toy.courses, ['A'], march)).toEqual(['2'])
    await foldOnce(world.database)
    expect(await shown(toy.courses, ['A'], march)).toEqual(['2'])
  })

  test('made while somebody reads is in no snapshot from before it', async () => {
    const looked = (tx: Tx) => world.among(tx, toy.courses, ['A2'])
    await world.database.read(world.system, async (early) => {
      // Opens the snapshot, and remembers nothing yet.
      await sql`select 1`.execute(early)
      // Not one snapshot: another statement sees what has been committed by then.
      await world.database.write(world.system, async (tx) => {
        const now = await reading(tx, [toy.courses])
        await world.event('A2', '2022-12-30', 'course')
        const ask = { measure: toy.courses, unitId: id('A2'), asOf: '2022-12-31' }
        expect((await figures(tx, [ask], { now })).map(({ numerator }) => numerator)).toEqual(['2'])
      })
      expect(await looked(early)).toEqual(['1'])
    })
  })

  test('that is undone leaves no trace, whoever looked meanwhile', async () => {
    const looked = () => shown(toy.courses, ['A', 'D'])
    await looked()
    await world.owner.query('begin')
    await world.event('A1', '2022-12-30', 'course')
    expect(await looked()).toEqual(['2', '2'])
    await world.owner.query('rollback')
    expect(await looked()).toEqual(['2', '2'])
    await foldOnce(world.database)
    expect(await looked()).toEqual(['2', '2'])
  })

  test('is seen by the transaction that made it and by nobody else, and is gone when it is undone', async () => {
    const looked = () => shown(toy.courses, ['A'])
    await looked()
    const own: unknown[] = []
    const undone = world.database.owner.transaction().execute(async (tx) => {
      await sql`select set_config('banlang.account', ${world.system.accountId}, true)`.execute(tx)
      own.push(await world.among(tx, toy.courses, ['A']))
      await sql`insert into toy.event (unit_id, held_on, kind) values (${id('A1')}, '2022-12-30', 'course')`.execute(
        tx,
      )
      own.push(await world.among(tx, toy.courses, ['A']), await looked())
      await sql`delete from toy.event where held_on = '2022-12-30'`.execute(tx)
      own.push(await world.among(tx, toy.courses, ['A']))
      throw new Error('thought better of it')
    })
    await expect(undone).rejects.toThrow('thought better of it')
    expect(own).toEqual([['2'], ['3'], ['2'], ['2']])
    expect(await withoutReading(looked)).toEqual(['2'])
  })
})

describe('a change of units', () => {
  const today = { asOf: '2022-12-15', map: 'today' }
  const then = { asOf: '2022-12-15', map: 'then' }
  const both = async (codes: readonly string[]) => [
    await shown(toy.eventsHeld, codes, today),
    await shown(toy.eventsHeld, codes, then),
  ]
  const before = [
    ['2', null],
    ['2', null],
  ]
  /** Tries a change, looks at the figures with it, and takes it back with its transaction. */
  const tried = (change: Parameters<typeof applyChange>[2], look: (tx: Tx) => Promise<unknown>) => {
    let found: unknown
    return world.database
      .write(world.system, async (tx) => {
        await applyChange(tx, world.system, change)
        found = await look(tx)
        throw new Error('only looked at')
      })
      .catch((error: Error) => {
        if (error.message !== 'only looked at') throw error
        return found
      })
  }
  const move = { kind: 'move' as const, unitId: '', parentId: '', on: '2022-12-20' }

  test('that is only tried is seen by whoever tries it, and leaves nothing behind', async () => {
    expect(await both(['A', 'B'])).toEqual(before)
    const people = (tx: Tx) => world.among(tx, toy.people, ['A', 'B'], today)
    const change = { ...move, unitId: id('A2'), parentId: id('B') }
    expect(await tried(change, people)).toEqual(['10', '0.5'])
    expect(await both(['A', 'B'])).toEqual(before)
    // Another change that is tried is not taken for the first.
    const other = { ...move, unitId: id('A1'), parentId: id('B') }
    expect(await tried(other, people)).toEqual(['0.5', '10'])
    expect(await both(['A', 'B'])).toEqual(before)
  })

  test('moves the figures of the units at once, on both maps', async () => {
    expect(await both(['A', 'B'])).toEqual(before)
    const done = (change: Parameters<typeof applyChange>[2]) =>
      world.database.write(world.system, (tx) => applyChange(tx, world.system, change))
    await done({ ...move, unitId: id('A2'), parentId: id('B') })
    expect(await both(['A', 'B'])).toEqual([['1', '1'], before[1]])
    expect(await withoutReading(() => both(['A', 'B']))).toEqual([['1', '1'], before[1]])
    await done({ kind: 'merge', on: '2022-12-25', fromIds: [id('A')], intoId: id('B') })
    expect(await both(['B', 'D'])).toEqual([
      ['2', '2'],
      [null, '2'],
    ])
    expect(await shown(toy.villagesWithClub, ['B'], { map: 'today' })).toEqual(['1/4'])
  })
})

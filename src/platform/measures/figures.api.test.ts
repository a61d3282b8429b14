import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { migrate } from '../install/migrate.ts'
import { endUnit, reopenUnit } from '../units/index.ts'
import { type BaseMeasure, type Measure, measure } from './declare.ts'
import { evidencePage } from './evidence.views.ts'
import { figure } from './figures.ts'
import { foldOnce, startFolding } from './fold.loop.ts'
import { recount } from './recount.ts'
import * as toy from './toy.fixtures.ts'

let world: toy.ToyWorld
let system: Actor
const id = (code: string) => world.id(code)
const ask = (declared: Measure, code: string, asOf: string, from?: string) =>
  world.database.read(system, (tx) =>
    figure(tx, { measure: declared, unitId: id(code), asOf, from: from ?? null }),
  )
const shown = async (declared: Measure, code: string, asOf: string, from?: string) => {
  const { numerator, denominator } = await ask(declared, code, asOf, from)
  return denominator === null ? numerator : `${numerator}/${denominator}`
}
beforeAll(async () => {
  world = await toy.toyWorld()
  system = await systemActor(world.database)
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.owner.query('delete from toy.event; delete from toy.club')
})

describe('a figure', () => {
  test('of a flow adds up what happened in the period, in the unit and below it', async () => {
    await world.event('A1', '2022-03-01', 'course')
    await world.event('A2', '2022-03-31', 'course')
    await world.event('B1', '2022-04-01', 'course')
    await world.event('A1', '2022-03-15', 'talk')
    expect(await shown(toy.courses, 'D', '2022-12-31')).toBe('3')
    expect(await shown(toy.courses, 'D', '2022-03-31', '2022-03-01')).toBe('2')
    expect(await shown(toy.courses, 'A', '2022-12-31')).toBe('2')
    expect(await shown(toy.courses, 'B', '2022-03-31', '2022-03-01')).toBeNull()
  })

  test('of a stock holds from its first day until the day it ends, that day not counted', async () => {
    await world.club('A1', '2022-02-01', '2022-06-01')
    const days = ['2022-01-31', '2022-02-01', '2022-05-31', '2022-06-01']
    expect(await Promise.all(days.map((day) => shown(toy.clubsOpen, 'A', day)))).toEqual([
      null,
      '1',
      '1',
      '0',
    ])
  })

  test('leaves out a spell that ends on the day it begins', async () => {
    await world.club('A1', '2022-02-01', '2022-02-01')
    expect(await shown(toy.clubsOpen, 'A', '2022-12-31')).toBeNull()
  })

  test('of a stock that ends in the future falls by itself when the day comes', async () => {
    await world.club('A1', '2022-02-01', '2023-02-01')
    await world.club('A2', '2023-01-15')
    expect(await shown(toy.clubsOpen, 'A', '2022-12-31')).toBe('1')
    expect(await shown(toy.clubsOpen, 'A', '2023-01-31')).toBe('2')
    expect(await shown(toy.clubsOpen, 'A', '2023-02-01')).toBe('1')
  })

  test('of a column is exact to the last decimal', async () => {
    await world.event('A1', '2022-03-01', 'talk', '0.1')
    await world.event('A1', '2022-03-01', 'talk', '0.2')
    expect(await shown(toy.people, 'D', '2022-12-31')).toBe('0.3')
  })

  test('of a sum adds its parts', async () => {
    await world.club('A1', '2022-02-01', null, '12.5')
    await world.club('A2', '2022-02-01')
    expect(await shown(toy.seatsAndClubs, 'D', '2022-12-31')).toBe('14.5')
  })

  test('of a ratio is made of numerator and denominator at every level', async () => {
    await world.event('A1', '2022-03-01', 'talk', '10')
    await world.event('A1', '2022-03-02', 'talk', '20')
    await world.event('B1', '2022-03-02', 'talk', '90')
    expect(await shown(toy.peoplePerEvent, 'A', '2022-12-31')).toBe('30/2')
    expect(await shown(toy.peoplePerEvent, 'D', '2022-12-31')).toBe('120/3')
  })

  test('of a coverage counts units that have any, once each', async () => {
    await world.club('A1', '2022-02-01')
    await world.club('A1', '2022-03-01')
    await world.club('B1', '2022-02-01', '2022-06-01')
    expect(await shown(toy.villagesWithClub, 'D', '2022-05-31')).toBe('2/4')
    expect(await shown(toy.villagesWithClub, 'D', '2022-06-01')).toBe('1/4')
    expect(await shown(toy.villagesWithClub, 'A', '2022-06-01')).toBe('1/2')
  })

  test('is not captured, which is not zero, until a row feeds it and again when the row is deleted', async () => {
    expect(await ask(toy.clubsOpen, 'A', '2022-12-31')).toMatchObject({ value: null, numerator: null })
    expect((await ask(toy.villagesWithClub, 'A', '2022-12-31')).value).toBeNull()
    await world.club('A1', '2022-02-01')
    expect(await shown(toy.clubsOpen, 'A', '2022-12-31')).toBe('1')
    await foldOnce(world.database)
    await world.owner.query('delete from toy.club')
    expect(await ask(toy.clubsOpen, 'A', '2022-12-31')).toMatchObject({ value: null, numerator: null })
  })

  test('follows a row whose unit, day or kind is corrected', async () => {
    await world.event('A1', '2022-03-01', 'course')
    await world.owner.query(`update toy.event set unit_id = $1, held_on = '2022-05-01'`, [id('B1')])
    expect(await shown(toy.courses, 'A', '2022-12-31')).toBeNull()
    expect(await shown(toy.courses, 'B', '2022-12-31', '2022-05-01')).toBe('1')
    await world.owner.query(`update toy.event set kind = 'talk'`)
    expect(await shown(toy.courses, 'D', '2022-12-31')).toBeNull()
  })
})

/** Images of events that the folder has not summed. */
const unfolded = `select count(*)::int as n from measures.block b
  join measures.counted c on c.id = b.counted_id and c.name = 'toy.event' and b.retired_at is null
  join counting.image_2 i on not pg_visible_in_snapshot(i.tx, b.folded)`

describe('whatever way rows are written', () => {
  test('truncating is refused', async () => {
    await expect(world.owner.query('truncate toy.event')).rejects.toThrow(/is counted/)
  })

  test('an upsert, a statement over many rows and a cascade are counted', async () => {
    await world.owner.query(
      `insert into toy.event (unit_id, held_on, kind) select $1, '2022-01-01', 'course' from generate_series(1, 500)`,
      [id('A1')],
    )
    await world.owner.query(
      `insert into toy.event (id, unit_id, held_on, kind)
       select id, unit_id, '2022-02-01', 'course' from toy.event order by id limit 100
       on conflict (id) do update set held_on = excluded.held_on`,
    )
    expect(await shown(toy.courses, 'A', '2022-01-31')).toBe('400')
    expect(await shown(toy.courses, 'A', '2022-02-01')).toBe('500')
    await world.owner.query(
      `create table public.season (id int primary key); insert into public.season values (1);
       alter table toy.event add column season int references public.season on delete cascade;
       update toy.event set season = 1 where held_on = '2022-01-01'; delete from public.season`,
    )
    expect(await shown(toy.courses, 'A', '2022-12-31')).toBe('100')
  })

  test('a rolled-back savepoint leaves nothing behind', async () => {
    await world.owner.query('begin')
    await world.event('A1', '2022-01-01', 'course')
    await world.owner.query('savepoint s')
    await world.event('A1', '2022-01-01', 'course')
    await world.owner.query('rollback to s')
    await world.owner.query('commit')
    expect(await shown(toy.courses, 'A', '2022-12-31')).toBe('1')
  })

  test('folding sums every image and changes no figure', async () => {
    for (const day of ['2022-01-01', '2022-02-01', '2022-03-01']) await world.event('A1', day, 'course')
    const before = await shown(toy.courses, 'D', '2022-12-31')
    const stop = startFolding(world.database, { everyMs: 5 })
    await expect.poll(async () => (await world.owner.query(unfolded)).rows[0].n).toBe(0)
    await stop()
    expect(await shown(toy.courses, 'D', '2022-12-31')).toBe(before)
  })

  test('a changed declaration rebuilds its figure from the rows', async () => {
    await world.event('A1', '2022-03-01', 'course')
    await world.event('A1', '2022-03-01', 'talk')
    const changed = measure({ ...toy.courses, where: `kind in ('course', 'talk')` })
    const parts = (declared: Measure) => [
      ...toy.platformParts,
      toy.toyPart({ measures: [...toy.toyMeasures.slice(1), declared] }),
    ]
    await migrate(world.ownerUrl, parts(changed))
    expect(await shown(changed, 'D', '2022-12-31')).toBe('2')
    await migrate(world.ownerUrl, parts(toy.courses))
    expect(await shown(toy.courses, 'D', '2022-12-31')).toBe('1')
  })
})

describe('a unit that ends', () => {
  const recounted = (declared: BaseMeasure, code: string, asOf: string) =>
    world.database.read(system, async (tx) => {
      const counted = await recount(tx, declared, { unitId: id(code), asOf, from: null })
      const list = await evidencePage(tx, system, declared.name, {
        unitId: id(code),
        asOf,
        offset: 0,
        limit: 10,
      })
      return [counted.amount, list.number, String(list.matching)]
    })

  test('takes nothing from the past, loses none of its rows, and its end can be taken back', async () => {
    await world.event('A2', '2022-03-01', 'course')
    await world.event('A1', '2022-03-02', 'course')
    await world.club('A2', '2022-02-01')
    await world.club('A1', '2022-02-01')
    await world.database.write(system, (tx) => endUnit(tx, system, id('A2'), { on: '2022-12-01' }))
    expect(await shown(toy.clubsOpen, 'D', '2022-08-30')).toBe('2')
    expect(await shown(toy.courses, 'D', '2022-12-31', '2022-01-01')).toBe('2')
    expect(await shown(toy.clubsOpen, 'D', '2022-12-31')).toBe('2')
    for (const asOf of ['2022-08-30', '2022-12-31']) {
      expect(await recounted(toy.clubsOpen, 'D', asOf)).toEqual(['2', '2', '2'])
    }
    await world.database.write(system, (tx) => reopenUnit(tx, system, id('A2')))
    expect(await shown(toy.clubsOpen, 'D', '2022-12-31')).toBe('2')
    await expect(
      world.database.write(system, (tx) => reopenUnit(tx, system, id('A2'))),
    ).rejects.toMatchObject({ code: 'units.not_ended' })
  })

  test('is no longer among the units that a coverage counts, from that day on', async () => {
    for (const code of ['A1', 'A2', 'B1']) await world.club(code, '2022-02-01')
    expect(await shown(toy.villagesWithClub, 'D', '2022-12-31')).toBe('3/4')
    await world.database.write(system, (tx) => endUnit(tx, system, id('A2'), { on: '2022-12-01' }))
    expect(await shown(toy.villagesWithClub, 'D', '2022-12-31')).toBe('2/3')
    expect(await shown(toy.villagesWithClub, 'D', '2022-11-30')).toBe('3/4')
    await world.database.write(system, (tx) => reopenUnit(tx, system, id('A2')))
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { migrate } from '../install/migrate.ts'
import { openSheetFile } from '../sheets/index.ts'
import { distinct, measure } from './declare.ts'
import { evidencePage } from './evidence.views.ts'
import { listSheet } from './figure.sheets.ts'
import { foldOnce } from './fold.loop.ts'
import { registerMeasures } from './index.ts'
import * as toy from './toy.fixtures.ts'

const kinds = distinct({
  name: 'toy.kinds',
  title: { vi: 'Loại', en: 'Kinds' },
  meaning: { vi: 'Loại', en: 'Kinds' },
  noun: { vi: 'loại', en: 'kinds' },
  of: toy.courses.of,
  key: 'kind',
  on: 'held_on',
})
const byKind = measure({
  ...toy.eventsHeld,
  name: 'toy.events_by_kind',
  dimensions: [
    {
      key: 'kind',
      title: { vi: 'Loại', en: 'Kind' },
      members: [{ key: 'course', title: { vi: 'Tập huấn', en: 'Course' }, where: `kind = 'course'` }],
    },
  ],
})
const part = toy.toyPart({ measures: [...toy.toyMeasures, kinds, byKind] })
const parts = [...toy.platformParts, part]

let world: toy.ToyWorld
let system: Actor
/** Sees totals of the district, and rows of commune A alone. */
let reader: Actor
const id = (code: string) => world.id(code)

const list = (actor: Actor, name: string, more: { among?: string; from?: string; search?: string } = {}) =>
  world.database.read(actor, (tx) =>
    evidencePage(tx, actor, name, { unitId: id('D'), asOf: '2022-12-31', offset: 0, limit: 100, ...more }),
  )
/** What no statement can do, as it would be after a fault: rows come and go, and nothing counts them. */
async function uncounted(statements: string): Promise<void> {
  await world.owner.query(
    `begin; set local event_triggers = off; alter table toy.event disable trigger user; alter table toy.club disable trigger user;
     ${statements};
     alter table toy.event enable trigger user; alter table toy.club enable trigger user; commit`,
  )
}

beforeAll(async () => {
  world = await toy.toyWorld()
  system = await systemActor(world.database)
  await migrate(world.ownerUrl, parts)
  registerMeasures([part])
  const { rows } = await world.owner.query(
    `with made as (insert into access.account (unit_id, login_name, display_name, sort_key, search) values ($1, 'xem', 'Người xem', 'xem', 'xem') returning id),
      given as (insert into access.grant (account_id, role, unit_id, valid_from)
        select made.id, v.role, v.unit_id, '2022-01-01' from made, (values ('auditor', $1::bigint), ('leader', $2::bigint)) v(role, unit_id)),
     logged as (insert into audit.entry (unit_id, action, subject, subject_id)
        select $1, 'access.account_created', 'access.account', id from made)
     select id::text from made`,
    [id('D'), id('A')],
  )
  reader = { ...system, accountId: rows[0].id, held: [{ capability: 'measures.view', unitId: id('D') }] }
})
afterAll(() => world.close())
beforeEach(async () => {
  await migrate(world.ownerUrl, parts)
  await world.owner.query('delete from toy.event; delete from toy.club')
  await world.event('A1', '2022-03-01', 'course', '7')
  await world.event('A2', '2022-04-01', 'talk', '2')
  await world.event('B1', '2022-05-01', 'course', '5')
  await world.event('B1', '2022-06-01', 'party', '0')
  await world.club('B1', '2022-02-01', null, '6')
  await world.club('B1', '2022-02-01', '2022-03-01', '1')
  while ((await foldOnce(world.database)) > 0);
})

describe('rows that the reader may not open', () => {
  test.each([
    ['what happens', 'toy.events', {}, 2, 2],
    ['what happens, in a period', 'toy.events', { from: '2022-04-01' }, 1, 2],
    ['a sum', 'toy.people', {}, 2, 2],
    ['what holds', 'toy.seats', {}, 0, 1],
    ['what is counted once', 'toy.kinds', {}, 2, 1],
    ['what is in no group', 'toy.events_by_kind', { among: 'unclear.kind' }, 1, 1],
    ['a list that is searched', 'toy.events', { search: 'nothing' }, 2, 2],
  ])('of %s are counted as such, and nothing differs', async (_what, name, more, visible, hidden) => {
    const page = await list(reader, name, more)
    const all = await list(reader, name, { ...more, search: '' })
    expect([all.matching, page.hidden, page.recounted]).toEqual([visible, hidden, null])
    expect(await list(system, name, more)).toMatchObject({ hidden: 0, recounted: null })
  })

  test('are those that are there, though the figure counts rows that are not', async () => {
    await uncounted(`delete from toy.event where kind = 'talk'`)
    expect(await list(reader, 'toy.events')).toMatchObject({
      number: '4',
      matching: 1,
      hidden: 2,
      recounted: { rows: 3, number: '3' },
    })
  })
})

describe('a number that is not its list', () => {
  test('says so to whoever may open every row, and hides nothing', async () => {
    await uncounted(`delete from toy.event where kind = 'course'`)
    expect(await list(system, 'toy.events')).toMatchObject({
      number: '4',
      matching: 2,
      hidden: 0,
      recounted: { rows: 2, number: '2' },
    })
    expect(await list(system, 'toy.courses')).toMatchObject({
      number: '2',
      matching: 0,
      hidden: 0,
      recounted: { rows: 0, number: '0' },
    })
  })

  test('says so where a row that the reader may not open was not counted', async () => {
    await uncounted(
      `insert into toy.event (unit_id, held_on, kind) values (${id('B1')}, '2022-07-01', 'talk')`,
    )
    expect(await list(reader, 'toy.events')).toMatchObject({
      number: '4',
      matching: 2,
      hidden: 3,
      recounted: { rows: 5 },
    })
  })

  test('says so where the rows are as many and add up to something else', async () => {
    await uncounted(`update toy.event set people = 9.50 where kind = 'course' and people = 7`)
    expect(await list(system, 'toy.people')).toMatchObject({
      number: '14',
      matching: 4,
      recounted: { rows: 4, number: '16.5' },
    })
  })

  test('says so in the file, too', async () => {
    await uncounted(`delete from toy.event where kind = 'talk'`)
    const file = await listSheet(await list(system, 'toy.events'), toy.eventsHeld)
    const rows = openSheetFile(file.bytes, file.fileName).worksheets[0]?.rows ?? []
    expect(JSON.stringify(rows)).toContain('con số là 4, các dòng cộng lại được 3 (3 dòng)')
  })
})

test('who may not see totals of a unit is not told how many rows there are', async () => {
  const { rows } = await world.owner.query<{ id: number }>(
    `select max(id) as id from measures.measure where name = 'toy.events'`,
  )
  const behind = (unit: string) =>
    world.database.askOnce<{ rows: string | null }>(
      reader,
      `select (select r.rows from set_config('banlang.account', $1, true) named(it)
        cross join lateral measures.rows_behind($2::int, '{}', $3::bigint + length(named.it) * 0, '2022-12-31', 464000, null, null) r)`,
      [rows[0]?.id, id(unit)],
    )
  expect(await behind('D')).toEqual([{ rows: '4' }])
  expect(await behind('T')).toEqual([{ rows: null }])
})

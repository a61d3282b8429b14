import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../actor/actor.ts'
import { createUnits } from '../units/index.ts'
import { type ConnectedToyWorld, connectedToyWorld } from './connected.fixtures.ts'
import type { Measure } from './declare.ts'
import { figure } from './figures.ts'
import { foldOnce } from './fold.loop.ts'
import { recountAll } from './recount.all.ts'
import * as toy from './toy.fixtures.ts'

let world: toy.ToyWorld
let system: Actor
let client: pg.Client
let connected: ConnectedToyWorld
let allAgrees: ConnectedToyWorld['allAgrees']
const id = (code: string) => world.id(code)
const shown = (declared: Measure, code: string, asOf = '2022-12-31') =>
  world.database.read(
    system,
    async (tx) => (await figure(tx, { measure: declared, unitId: id(code), asOf })).numerator,
  )

beforeAll(async () => {
  connected = await connectedToyWorld()
  ;({ world, system, client, allAgrees } = connected)
})
afterAll(() => connected.close())
beforeEach(async () => {
  await client.query('rollback')
  await client.query('delete from toy.event; delete from toy.club')
})

describe('rows are counted when they are written', () => {
  test('by COPY', async () => {
    const stream = client.query(copyFrom('copy toy.event (unit_id, held_on, kind) from stdin'))
    for (let day = 1; day <= 28; day += 1) stream.write(`${id('A1')}\t2022-02-${day}\tcourse\n`)
    stream.end()
    await once(stream, 'finish')
    expect(await shown(toy.courses, 'D')).toBe('28')
    await allAgrees()
  })

  test('by one statement over many rows, in several units', async () => {
    await client.query(
      `insert into toy.event (unit_id, held_on, kind)
       select ($1::bigint[])[1 + n % 4], date '2022-01-01' + n % 300, 'course' from generate_series(1, 2000) n`,
      [['A1', 'A2', 'B1', 'B2'].map(id)],
    )
    await client.query(`update toy.event set held_on = held_on + 400 where id % 3 = 0`)
    await client.query(`delete from toy.event where id % 5 = 0`)
    await allAgrees()
  })

  test('by an upsert, which inserts some rows and changes others', async () => {
    for (const day of ['2022-03-01', '2022-03-02']) await world.event('A1', day, 'talk')
    await client.query(
      `insert into toy.event (id, unit_id, held_on, kind)
       select id, $1::bigint, held_on, 'course' from toy.event
       union all select 1000000, $1::bigint, date '2022-05-01', 'course'
       on conflict (id) do update set kind = excluded.kind, unit_id = excluded.unit_id`,
      [id('B1')],
    )
    expect([await shown(toy.courses, 'A'), await shown(toy.courses, 'B')]).toEqual([null, '3'])
    await allAgrees()
  })

  test('by MERGE, which inserts, changes and deletes at once', async () => {
    for (const day of ['2022-03-01', '2022-04-01', '2022-05-01']) await world.event('A1', day, 'course')
    await client.query(
      `merge into toy.event e using (values (date '2022-03-01', 1), (date '2022-04-01', 2), (date '2022-06-01', 3)) v(day, what)
         on e.held_on = v.day
       when matched and v.what = 1 then delete
       when matched then update set unit_id = ${id('B2')}
       when not matched then insert (unit_id, held_on, kind) values (${id('B1')}, v.day, 'course')`,
    )
    expect([await shown(toy.courses, 'A'), await shown(toy.courses, 'B')]).toEqual(['1', '2'])
    await allAgrees()
  })

  test('by a foreign key that cascades a deletion or a change of unit', async () => {
    await client.query(
      `create table public.session (id int, unit_id bigint, primary key (id, unit_id));
       alter table toy.event add column session int;
       alter table toy.event add foreign key (session, unit_id) references public.session on delete cascade on update cascade`,
    )
    await client.query(
      `insert into public.session values (1, ${id('A1')}), (2, ${id('A1')});
       insert into toy.event (unit_id, held_on, kind, session)
       select ${id('A1')}, '2022-03-01', 'course', 1 + n % 2 from generate_series(1, 10) n`,
    )
    await client.query(`update public.session set unit_id = ${id('B1')} where id = 1`)
    expect([await shown(toy.courses, 'A'), await shown(toy.courses, 'B')]).toEqual(['5', '5'])
    await client.query('delete from public.session where id = 1')
    expect(await shown(toy.courses, 'D')).toBe('5')
    await allAgrees()
    await client.query('alter table toy.event drop column session; drop table public.session')
  })

  test('by a function, a trigger of another table, and a statement with several writes', async () => {
    await client.query(
      `with one as (insert into toy.event (unit_id, held_on, kind) values (${id('A1')}, '2022-01-05', 'course') returning unit_id),
         two as (insert into toy.event (unit_id, held_on, kind) select unit_id, '2022-01-06', 'course' from one returning id)
       insert into toy.club (unit_id, opened_on) select unit_id, '2022-01-01' from one`,
    )
    await client.query(
      `do $$ begin for i in 1..5 loop
         insert into toy.event (unit_id, held_on, kind) values (${id('A2')}, '2022-01-07', 'course'); end loop; end $$`,
    )
    expect(await shown(toy.courses, 'A')).toBe('7')
    await allAgrees()
  })

  test('and not when a savepoint, a transaction or a failing statement takes them back', async () => {
    await client.query('begin')
    await client.query(
      `insert into toy.event (unit_id, held_on, kind) values (${id('A1')}, '2022-01-05', 'course')`,
    )
    await client.query('savepoint one')
    await client.query('delete from toy.event')
    await client.query('rollback to one')
    await client.query('commit')
    await client.query('begin; delete from toy.event; rollback')
    await expect(
      client.query(
        `insert into toy.event (unit_id, held_on, kind) values (${id('A1')}, '2022-01-05', 'course'), (null, '2022-01-05', 'course')`,
      ),
    ).rejects.toThrow()
    expect(await shown(toy.courses, 'A')).toBe('1')
    await allAgrees()
  })

  test('before their unit stands on any map, and join its figures once it does', async () => {
    for (const table of ['unit', 'unit_version'])
      await client.query(`alter table units.${table} disable trigger must_be_audited`)
    const { rows } = await client.query<{ id: string }>(
      'insert into units.unit default values returning id::text',
    )
    const stray = rows[0]?.id ?? ''
    await client.query(`insert into toy.event (unit_id, held_on, kind) values ($1, '2022-05-05', 'course')`, [
      stray,
    ])
    await foldOnce(world.database)
    expect((await recountAll(client, toy.toyMeasures)).faults.join()).toContain('không có trên bản đồ nào')
    await client.query(
      `insert into units.unit_version (unit_id, kind, code, name, search, parent_id, valid_from)
       values ($1, 'village', 'A9', 'Thôn Chín', 'thon chin', $2, '2020-01-01')`,
      [stray, id('A')],
    )
    for (const table of ['unit', 'unit_version'])
      await client.query(`alter table units.${table} enable trigger must_be_audited`)
    expect(await shown(toy.courses, 'A')).toBe('1')
    await allAgrees()
  })

  test('in the transaction that makes their unit', async () => {
    await world.database.write(system, (tx) =>
      createUnits(tx, system, [
        {
          code: 'A8',
          name: 'Thôn Tám',
          kind: 'village',
          parentCode: 'A',
          validFrom: '2020-01-01',
          nameIsOurs: true,
        },
      ]),
    )
    const { rows } = await client.query<{ id: string }>(
      `select unit_id::text as id from units.unit_version where code = 'A8'`,
    )
    await client.query(`insert into toy.event (unit_id, held_on, kind) values ($1, '2022-05-05', 'course')`, [
      rows[0]?.id,
    ])
    expect(await shown(toy.courses, 'A')).toBe('1')
    await allAgrees()
  })
})

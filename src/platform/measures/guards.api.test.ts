import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../actor/actor.ts'
import { type ConnectedToyWorld, connectedToyWorld } from './connected.fixtures.ts'
import { countedTable, type Measure, measure } from './declare.ts'
import { figure } from './figures.ts'
import { buildFigures } from './install.ts'
import * as toy from './toy.fixtures.ts'

let world: toy.ToyWorld
let system: Actor
let client: pg.Client
let connected: ConnectedToyWorld
let allAgrees: ConnectedToyWorld['allAgrees']
const id = (code: string) => world.id(code)
const parts = [...toy.platformParts, toy.toyPart()]
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

describe('what would slip past the counting is refused', () => {
  const refused = [
    ['TRUNCATE', 'truncate toy.event', /is counted/],
    [
      'TRUNCATE CASCADE of a table that it refers to',
      'create table toy.year (id int primary key); alter table toy.event add year int references toy.year; truncate toy.year cascade',
      /is counted/,
    ],
    [
      'a session that plays a replica',
      `set local session_replication_role = replica; insert into toy.event (unit_id, held_on) select id, '2022-01-01' from units.unit limit 1`,
      /is counted: rows must be written by statements/,
    ],
    [
      'a session that plays a replica, deleting',
      `insert into toy.event (unit_id, held_on) select id, '2022-01-01' from units.unit limit 1; set local session_replication_role = replica; delete from toy.event`,
      /is counted: rows must be written by statements/,
    ],
    [
      'a day without end',
      `insert into toy.event (unit_id, held_on) select id, 'infinity' from units.unit limit 1`,
      /Giá trị của toy\.event\.held_on không đếm được/,
    ],
    [
      'a day beyond reckoning',
      `insert into toy.club (unit_id, opened_on, closed_on) select id, '2022-01-01', '20220-01-01' from units.unit limit 1`,
      /Giá trị của toy\.club\.closed_on không đếm được/,
    ],
    [
      'a number that is none',
      `insert into toy.event (unit_id, held_on, people) select id, '2022-01-01', 'NaN' from units.unit limit 1`,
      /Giá trị của toy\.event\.people không đếm được/,
    ],
    [
      'an infinite number',
      `insert into toy.event (unit_id, held_on, people) select id, '2022-01-01', 'Infinity' from units.unit limit 1`,
      /Giá trị của toy\.event\.people không đếm được/,
    ],
  ] as const
  test.each(refused)('%s', async (_name, statement, why) => {
    await client.query('begin')
    await expect(client.query(statement)).rejects.toThrow(why)
    await client.query('rollback')
    await world.event('A1', '2022-03-01', 'course')
    await allAgrees()
  })

  const made = [
    [
      'a partitioned table',
      'create table toy.thing (id bigint, unit_id bigint not null, on_day date) partition by range (on_day)',
      /partitioned/,
    ],
    [
      'a partition',
      `create table toy.whole (id bigint, unit_id bigint not null, on_day date) partition by range (on_day);
       create table toy.thing partition of toy.whole default`,
      /partitioned/,
    ],
    [
      'a table that another inherits from',
      'create table toy.thing (id bigint, unit_id bigint not null, on_day date); create table toy.child () inherits (toy.thing)',
      /inherit/,
    ],
    [
      'an unlogged table',
      'create unlogged table toy.thing (id bigint, unit_id bigint not null, on_day date)',
      /unlogged/,
    ],
    [
      'rows that may have no unit',
      'create table toy.thing (id bigint, unit_id bigint, on_day date)',
      /may be null/,
    ],
    [
      'a column without equality',
      'create table toy.thing (id bigint, unit_id bigint not null, on_day date, words json)',
      /cannot be compared/,
      `words is not null`,
    ],
    [
      'sums of inexact numbers',
      'create table toy.thing (id bigint, unit_id bigint not null, on_day date, weight double precision)',
      /no exact number/,
      undefined,
      'weight',
    ],
  ] as const
  test.each(made)('%s as a counted table', async (_name, statements, why, where?: string, value?: string) => {
    const of = countedTable({ table: 'toy.thing', unit: 'unit_id', columns: [], order: 'id' })
    const words = { vi: 'x', en: 'x' }
    const things = measure({
      name: 'toy.things',
      title: words,
      meaning: words,
      noun: words,
      kind: 'flow',
      of,
      on: 'on_day',
      value: value ?? 1,
      ...(where ? { where } : {}),
    })
    await client.query('begin')
    await client.query(statements)
    await expect(buildFigures(client, [toy.toyPart({ counted: [of], measures: [things] })])).rejects.toThrow(
      why,
    )
    await client.query('rollback')
  })
})

describe('what was done to a counted table by its owner', () => {
  const mended = async () => {
    const said: string[] = []
    await buildFigures(client, parts, { progress: (line) => said.push(line) })
    await allAgrees()
    return said.join('\n')
  }

  test('a counted column of another type: kept so, and counted anew', async () => {
    await world.event('A1', '2022-03-01', 'course', '7')
    await client.query('alter table toy.event alter column people type numeric(12, 1) using people + 0.25')
    await world.event('A1', '2022-03-01', 'course', '0.5')
    expect(await mended()).toContain('column people')
    expect(await shown(toy.people, 'A')).toBe('7.8')
    await client.query('alter table toy.event alter column people type numeric')
    await mended()
  })

  test('a trigger dropped, or its function changed, is found at the next start', async () => {
    await client.query('drop trigger counted_delete on toy.event')
    await world.event('A1', '2022-03-01', 'course')
    await client.query('delete from toy.event')
    expect(await mended()).toContain('trigger counted_delete')
    const { rows } = await client.query<{ id: number }>(
      `select id from measures.counted where name = 'toy.event'`,
    )
    await client.query(
      `create or replace function counting.insert_${rows[0]?.id}() returns trigger language plpgsql as 'begin return null; end'`,
    )
    await world.event('A1', '2022-03-01', 'course')
    expect(await shown(toy.courses, 'A')).toBeNull()
    expect(await mended()).toContain('function insert_')
    expect(await shown(toy.courses, 'A')).toBe('1')
  })

  test('a table attached to others is refused at the next start', async () => {
    await client.query('create table toy.more () inherits (toy.club)')
    await expect(buildFigures(client, parts)).rejects.toThrow('slip past the counting')
    await client.query('drop table toy.more')
    expect(await mended()).toBe('')
  })
})

import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { foldOnce } from './fold.loop.ts'
import { buildFigures } from './install.ts'
import { recountAll } from './recount.all.ts'
import { recountLines } from './recount.words.ts'
import * as toy from './toy.fixtures.ts'

let world: toy.ToyWorld
let client: pg.Client
const found = (only?: string[]) => recountAll(client, toy.toyMeasures, { only })
const tables = [...toy.platformParts, toy.toyPart()]

beforeAll(async () => {
  world = await toy.toyWorld()
  client = new pg.Client({ connectionString: world.ownerUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await world.close()
})
beforeEach(async () => {
  await world.owner.query('delete from toy.event; delete from toy.club')
  for (const [at, code] of ['A1', 'A2', 'B1', 'A1'].entries()) {
    await world.event(code, `2022-0${at + 1}-15`, 'course', '2.5')
    await world.club(code, `2021-0${at + 5}-10`, at % 2 ? '2022-11-03' : '2023-02-01', '10')
  }
  while ((await foldOnce(world.database)) > 0);
})

/** Falsifies a column of the totals of a measure behind the back of counting. */
async function tamper(measure: string, part: 'rows' | 'held' | 'amount', where: string): Promise<void> {
  const { rows } = await client.query<{ id: number; block: number }>(
    'select id, block_id as block from measures.measure where name = $1 order by built_at desc limit 1',
    [measure],
  )
  const { id = 0, block = 0 } = rows[0] ?? {}
  await client.query(
    `update counting.total_${block} set m${id}_${part} = m${id}_${part} + 1 where m${id}_${part} is not null and ${where}`,
  )
}

describe('the recount of every figure', () => {
  test('agrees, folded or not, and says how much was compared', async () => {
    await world.event('B2', '2022-12-31', 'course', '0.25')
    await world.club('B2', '2022-12-30', null, '3')
    await world.owner.query('delete from toy.event where id in (select min(id) from toy.event)')
    const result = await found()
    expect(result).toMatchObject({ different: 0, differences: [], faults: [] })
    expect(result.figures).toBeGreaterThan(400)
    expect(recountLines(result)).toHaveLength(1)
  })

  const lies = [
    ['a running total', 'toy.clubs', 'held', 'grain = 3'],
    ['a month of the past', 'toy.people', 'amount', 'grain = 1 and at < measures.hour_now() - 5000'],
    ['a year of the past', 'toy.seats', 'rows', `grain = 2 and at < measures.hour_of(date '2022-01-01')`],
    ['a month to come', 'toy.clubs', 'held', 'grain = 1 and at > measures.hour_now()'],
  ] as const
  test.each(lies)('names what %s tells wrongly', async (_name, measure, part, where) => {
    await tamper(measure, part, where)
    const result = await found()
    expect(result.different).toBeGreaterThan(0)
    expect(new Set(result.differences.map((one) => one.measure))).toContain(measure)
    expect(recountLines(result).join('\n')).toContain(`≠ ${measure} «`)
    await buildFigures(client, tables, { again: [measure] })
    expect(await found()).toMatchObject({ different: 0, faults: [] })
  })

  test('names the unit, the instant and both numbers', async () => {
    const { rows } = await client.query<{ id: number }>(
      'select c.id from measures.composition c where c.leaf_id = $1',
      [world.id('A2')],
    )
    await tamper('toy.courses', 'rows', `grain = 3 and composition_id = ${rows[0]?.id}`)
    const [first] = (await found(['toy.courses'])).differences
    expect(first).toMatchObject({ measure: 'toy.courses', unit: 'Thôn Hai', shown: '2', counted: '1' })
    expect(first?.at).toMatch(/^31\/12\/2022 \d\dh$/)
    await buildFigures(client, tables, { again: true })
  })

  test('finds a trigger that was switched off, and the next start mends it', async () => {
    // As for an owner who may not make event triggers.
    await client.query('set event_triggers = off')
    await client.query('alter table toy.event disable trigger all')
    await world.event('A1', '2022-06-01', 'course')
    await client.query('alter table toy.event enable trigger all')
    await client.query('reset event_triggers')
    const before = await found(['toy.courses'])
    expect(before.faults.join()).toContain('counted_insert')
    expect(before.different).toBeGreaterThan(0)
    const said: string[] = []
    await buildFigures(client, tables, { progress: (line) => said.push(line) })
    expect(said.join()).toContain('toy.event: bộ đếm không còn như lúc cài')
    expect(await found()).toMatchObject({ different: 0, faults: [] })
  })

  test('finds a set of units that is not what the map says', async () => {
    await client.query('begin')
    await client.query(
      `delete from measures.composition_leaf cl using measures.composition c
       where c.id = cl.composition_id and c.leaf_id is null and cl.leaf_id = $1`,
      [world.id('B2')],
    )
    await client.query('commit')
    expect((await found()).faults.join()).toContain('khác với bộ đếm')
    await client.query(
      `insert into measures.composition_leaf select p.leaf_id, m.composition_id from units.place p
       join measures.map m on m.unit_id = p.unit_id where p.leaf_id = $1 on conflict do nothing`,
      [world.id('B2')],
    )
    expect((await found()).faults).toEqual([])
  })
})

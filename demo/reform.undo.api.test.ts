import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { undoChange } from '../src/platform/units/index.ts'
import { type Demonstration, loadedDemonstration } from './reform.fixtures.ts'
import { reformOn } from './reform.ts'
import { vanChanCode } from './units.ts'

let demo: Demonstration

beforeAll(async () => {
  demo = await loadedDemonstration()
}, 180_000)
afterAll(() => demo.close())

describe('taking the reform back', () => {
  test('begins with the end of the district, as the refusal says, and ends with the map of 2022 for ever', async () => {
    const { database, system } = demo
    const read = <R>(query: ReturnType<typeof sql<R>>) =>
      database.read(system, async (tx) => (await query.execute(tx)).rows)
    const events = await read(sql<{ id: string; name: string }>`
      select e.id::text as id, v.name from units.event e
      join units.unit_version v on v.unit_id = (e.facts -> 'from' ->> 0)::bigint and v.valid_from = '2020-03-01'
      where e.takes_effect_on = ${reformOn}::date order by e.id`)
    const undo = (name: string) =>
      database.write(system, (tx) =>
        undoChange(tx, system, events.find((one) => one.name === name)?.id ?? ''),
      )
    await expect(undo('Xã Cát Thịnh')).rejects.toThrow(
      /«Xã Cát Thịnh» sẽ trở lại trực thuộc «Huyện Văn Chấn», .* kết thúc từ 1\/7\/2025\. Hãy hủy việc kết thúc/,
    )
    for (const one of events.toReversed())
      await database.write(system, (tx) => undoChange(tx, system, one.id))
    const lasting = await read(sql<{ count: number }>`
      select count(*)::int as count from units.unit_version where kind in ('commune', 'township')
        and valid_until is null and parent_id = (select unit_id from units.unit_version where code = ${vanChanCode})`)
    expect(lasting[0]?.count).toBe(24)
  })
})

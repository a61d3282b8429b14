import type pg from 'pg'
import { expect, it } from 'vitest'
import type { Block } from './block.sql.ts'
import { stretchesOf } from './build.stretches.ts'

const block = {
  id: 1,
  bases: [],
  distincts: [],
  covered: new Set<number>(),
  ledger: { id: 1, table: 'toy.record', unit: 'unit_id', columns: new Map<string, string>(), epoch: 1 },
} as Block

/** A server that knows this of the table. */
function serverThatKnows(known: object): pg.ClientBase {
  return { query: async () => ({ rows: [known] }) } as unknown as pg.ClientBase
}

/** How many of the conditions a unit meets. */
function timesRead(unit: number, stretches: readonly string[]): number {
  return stretches.filter((stretch) => {
    const [from = '', until = ''] = stretch.match(/-?\d+/g) ?? []
    if (stretch.startsWith('<')) return unit < Number(from)
    if (stretch.startsWith('>=')) return unit >= Number(from)
    if (stretch.startsWith('between')) return unit >= Number(from) && unit <= Number(until) - 1
    return stretch === 'is not null'
  }).length
}

it('reads every unit of a large table exactly once, whatever of it is known', async () => {
  const bounds = Array.from({ length: 101 }, (_, at) => String(1000 + at * 7))
  for (const known of [bounds, ['5', '5', '5', '9'], ['1000', '1001'], null]) {
    const server = serverThatKnows({ bytes: '4000000000', rows: 5e7, units: 90_000, bounds: known })
    const { stretches } = await stretchesOf(server, block)
    for (const unit of [-3, 0, 4, 5, 6, 9, ...bounds.flatMap((one) => [Number(one) - 1, Number(one)]), 9e6])
      expect([unit, timesRead(unit, stretches)]).toEqual([unit, 1])
  }
})

it('reads a small table at one go and a large one in a few stretches', async () => {
  const bounds = Array.from({ length: 101 }, (_, at) => String(at))
  const count = async (bytes: number) =>
    (
      await stretchesOf(
        serverThatKnows({ bytes: String(bytes), rows: bytes / 100, units: 90_000, bounds }),
        block,
      )
    ).stretches.length
  expect(await count(1_000_000)).toBe(1)
  expect(await count(10_000_000_000)).toBeGreaterThan(1)
  expect(await count(10_000_000_000)).toBeLessThanOrEqual(8)
})

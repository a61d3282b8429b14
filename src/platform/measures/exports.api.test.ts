import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../access/system-actor.ts'
import type { Actor } from '../actor/actor.ts'
import { openSheetFile } from '../sheets/index.ts'
import { requireMeasure } from './asked.ts'
import { figuresBelow } from './below.views.ts'
import { evidencePage } from './evidence.views.ts'
import { belowSheet, legend, listSheet, monthsSheet } from './figure.sheets.ts'
import { figurePage } from './measures.views.ts'
import { type ToyWorld, toyWorld } from './toy.fixtures.ts'

let world: ToyWorld
let system: Actor

beforeAll(async () => {
  world = await toyWorld()
  system = await systemActor(world.database)
  await world.event('A1', '2022-03-01', 'talk', '30')
  await world.event('A1', '2022-05-01', 'talk', '12.5')
})
afterAll(() => world.close())

type Cell = string | number | null

/** The cells of a written file as a spreadsheet program sees them; null where a cell is empty. */
function cellsOf({ bytes, fileName }: { bytes: Uint8Array; fileName: string }): Cell[][] {
  const rows = openSheetFile(bytes, fileName).worksheets[0]?.rows ?? []
  const width = Math.max(...rows.map((row) => row?.length ?? 0))
  return Array.from(rows, (row) =>
    Array.from({ length: width }, (_, at) => {
      const cell = row?.[at]
      return cell === undefined ? null : cell.kind === 'number' ? cell.number : cell.text
    }),
  )
}

describe('a figure that is taken away', () => {
  test('by units has an empty cell where nothing was captured, and says so', async () => {
    const measures = ['toy.people', 'toy.people_per_event', 'toy.villages_with_club']
    const below = await world.database.read(system, (tx) =>
      figuresBelow(tx, system, { unitId: world.id('D'), asOf: '2022-12-31', period: 'year', measures }),
    )
    const cells = cellsOf(await belowSheet(below, measures.map(requireMeasure)))
    expect(cells[0]?.[0]).toBe('Huyện Thử và các đơn vị trực thuộc')
    expect(cells[2]?.[0]).toContain(legend)
    expect(cells[3]?.[0]).toContain('cắt bớt ở 2 chữ số thập phân, không làm tròn lên')
    expect(cells.slice(-3)).toEqual([
      ['Huyện Thử (cả đơn vị)', 42.5, 42.5, 2, 21.25, null, null, null],
      ['Xã An', 42.5, 42.5, 2, 21.25, null, null, null],
      ['Xã Bình', null, null, null, null, null, null, null],
    ])
  })

  test('by units adds up, with a row for what was written at the unit itself', async () => {
    await world.event('D', '2022-06-01', 'talk', '7')
    const measures = ['toy.people', 'toy.people_per_event']
    const below = await world.database.read(system, (tx) =>
      figuresBelow(tx, system, { unitId: world.id('D'), asOf: '2022-12-31', period: 'year', measures }),
    )
    const cells = cellsOf(await belowSheet(below, measures.map(requireMeasure)))
    expect(cells.slice(-4).map((row) => row.slice(0, 2))).toEqual([
      ['Huyện Thử (cả đơn vị)', 49.5],
      ['Xã An', 42.5],
      ['Xã Bình', null],
      ['Ghi ở chính Huyện Thử', 7],
    ])
    // What is divided is not added up.
    expect(cells.at(-1)?.slice(2)).toEqual([null, null, null])
    await world.owner.query('delete from toy.event where unit_id = $1', [world.id('D')])
  })

  test('by months has an empty cell before anything was captured, and 0 after', async () => {
    const page = await world.database.read(system, (tx) =>
      figurePage(tx, system, 'toy.events', { unitId: world.id('A'), asOf: '2022-06-15' }),
    )
    const cells = cellsOf(await monthsSheet(page, requireMeasure('toy.events')))
    expect(cells[1]?.[0]).toContain(legend)
    expect(cells.slice(-12).map((row) => row[2])).toEqual([
      ...Array.from({ length: 8 }, () => null),
      1,
      0,
      1,
      0,
    ])
  })

  test('as a list says for which map and moment it is true', async () => {
    const page = await world.database.read(system, (tx) =>
      evidencePage(tx, system, 'toy.events', {
        unitId: world.id('A'),
        asOf: '2022-12-31',
        map: 'today',
        offset: 0,
        limit: 10,
      }),
    )
    const cells = cellsOf(await listSheet(page, requireMeasure('toy.events')))
    expect(cells[2]?.[0]).toMatch(/^Theo địa bàn hôm nay \(31\/12\/2022\)\. Đúng lúc \d\d:\d\d ngày /)
    expect(cells).toHaveLength(4 + 2)
    const empty = await world.database.read(system, (tx) =>
      evidencePage(tx, system, 'toy.events', { unitId: world.id('B'), offset: 0, limit: 10 }),
    )
    expect(cellsOf(await listSheet(empty, requireMeasure('toy.events')))[1]?.[0]).toContain('chưa có số liệu')
  })
})

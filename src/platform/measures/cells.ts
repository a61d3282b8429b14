import type { Tx } from '../db/database.ts'
import type { Counted } from './bases.ts'
import { columnsOf } from './columns.ts'
import type { Cell } from './figures.ts'
import { less } from './fraction.ts'
import type { Known } from './known.ts'
import type { Standing } from './reading.ts'
import { points, readSums, wantedColumns } from './sums.ts'

/** What a base measure comes to for a unit on the map of a day, up to an hour, less what was before an hour. */
export type CellAsk = {
  standing: Standing | undefined
  counted: Counted
  unitId: string
  mapDay: string
  hour: number
  before: number | null
}

const empty: Cell = { amount: null, rows: null, held: null }

/** Reads cells block by block: one statement for all that stand in one block. */
export async function readCells(tx: Tx, asks: readonly CellAsk[], known: Known): Promise<Cell[]> {
  const answers: Cell[] = asks.map(() => empty)
  const blocks = new Map<number, number[]>()
  for (const [at, { standing }] of asks.entries()) {
    if (!standing) continue
    const ats = blocks.get(standing.block)
    if (ats) ats.push(at)
    else blocks.set(standing.block, [at])
  }
  for (const [block, ats] of blocks) await readBlock(tx, block, asks, ats, known, answers)
  return answers
}

async function readBlock(
  tx: Tx,
  block: number,
  asks: readonly CellAsk[],
  ats: readonly number[],
  known: Known,
  answers: Cell[],
): Promise<void> {
  const asked = points()
  const wanted = wantedColumns()
  const places = ats.map((at) => {
    const ask = asks[at] as CellAsk
    if (ask.counted.kind === 'distinct') throw new Error(`measures: ${ask.counted.name} has no columns`)
    return {
      at,
      columns: wanted.add(columnsOf(ask.standing?.id ?? 0, ask.counted), ask.counted),
      now: asked.add(ask),
      before: ask.before === null ? null : asked.add({ ...ask, hour: ask.before }),
    }
  })
  const memory = asks[ats[0] ?? 0]?.standing?.memory
  const found = await readSums(tx, { block, points: asked.all, known, memory }, wanted)
  for (const { at, columns, now, before } of places) {
    const value = (place: number | null, column: number) =>
      place === null ? null : found[place]?.[column] || null
    answers[at] = {
      amount: less(value(now, columns.amount), value(before, columns.amount)),
      rows: value(now, columns.rows),
      held: less(value(now, columns.held), value(before, columns.held)),
    }
  }
}

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Counted } from './bases.ts'
import { columnsOf } from './columns.ts'
import type { Cell } from './figures.ts'
import type { Known } from './known.ts'
import type { Standing } from './reading.ts'

/** What a base measure comes to for a unit on the map of a day, up to an hour, less what was before an hour. */
export type CellAsk = {
  standing: Standing | undefined
  counted: Counted
  unitId: string
  mapDay: string
  hour: number
  before: number | null
}

/** A unit on a map at an hour: asked once, whatever number of measures want it. */
export type Point = { unitId: string; mapDay: string; hour: number }

/** Gathers points, each once. */
export function points(): { add(point: Point): number; all: Point[] } {
  const places = new Map<string, number>()
  const all: Point[] = []
  return {
    all,
    add(point) {
      const key = `${point.unitId} ${point.mapDay} ${point.hour}`
      const known = places.get(key)
      if (known !== undefined) return known
      places.set(key, all.length)
      return all.push(point) - 1
    },
  }
}

const empty: Cell = { amount: null, rows: null, held: null }

/** Reads cells block by block: one statement for all that stand in one block. */
export async function readCells(tx: Tx, asks: readonly CellAsk[], known: Known): Promise<Cell[]> {
  const answers: Cell[] = asks.map(() => empty)
  const blocks = new Map<number, number[]>()
  for (const [at, { standing }] of asks.entries())
    if (standing) blocks.set(standing.block, [...(blocks.get(standing.block) ?? []), at])
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
  const wanted = new Map<string, number>()
  const places = ats.map((at) => {
    const ask = asks[at] as CellAsk
    if (ask.counted.kind === 'distinct') throw new Error(`measures: ${ask.counted.name} has no columns`)
    const columns = columnsOf(ask.standing?.id ?? 0, ask.counted)
    for (const name of Object.values(columns)) if (!wanted.has(name)) wanted.set(name, wanted.size)
    return {
      at,
      columns,
      now: asked.add(ask),
      before: ask.before === null ? null : asked.add({ ...ask, hour: ask.before }),
    }
  })
  const sums = [...wanted.keys()].map((name) => `sum(${name})::text`)
  const { rows } = await sql<{ place: number; sums: (string | null)[] }>`
    select place, array[${sql.raw(sums.join(', '))}] as sums
    from counting.${sql.raw(`read_${block}`)}(
      ${asked.all.map((point) => point.unitId)}::bigint[], ${asked.all.map((point) => point.mapDay)}::date[],
      ${asked.all.map((point) => point.hour)}::int[], ${known?.epoch ?? null}::int, ${known?.seen ?? null}::pg_snapshot)
    group by place`.execute(tx)
  const found: (readonly (string | null)[] | undefined)[] = []
  for (const row of rows) found[row.place - 1] = row.sums
  for (const { at, columns, now, before } of places) {
    const value = (place: number | null, name: string) =>
      place === null ? null : (found[place]?.[wanted.get(name) ?? 0] ?? null)
    answers[at] = {
      amount: less(value(now, columns.amount), value(before, columns.amount)),
      rows: value(now, columns.rows),
      held: less(value(now, columns.held), value(before, columns.held)),
    }
  }
}

/** a − b of exact decimals; what is not there is nothing. */
function less(a: string | null, b: string | null): string | null {
  if (b === null) return a
  const places = Math.max(decimals(a ?? ''), decimals(b))
  const difference = scaled(a ?? '0', places) - scaled(b, places)
  if (places === 0) return String(difference)
  const digits = String(difference < 0n ? -difference : difference).padStart(places + 1, '0')
  return `${difference < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

const decimals = (text: string) => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0)
const scaled = (text: string, places: number) =>
  BigInt(text.replace('.', '')) * 10n ** BigInt(places - decimals(text))

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Columns } from './columns.ts'
import type { BaseMeasure } from './declare.ts'
import type { Known } from './known.ts'
import type { Memory } from './memory.ts'

/** A unit on a map at an hour: asked once, whatever number of measures want it. */
export type Point = { unitId: string; mapDay: string; hour: number }

/** Gathers points, each once. */
export function points(): { add(point: Point): number; all: Point[] } {
  const places = new Map<string, number>()
  const all: Point[] = []
  return {
    all,
    add(point) {
      const key = nameOf(point)
      const known = places.get(key)
      if (known !== undefined) return known
      places.set(key, all.length)
      return all.push(point) - 1
    },
  }
}

const nameOf = ({ unitId, mapDay, hour }: Point) => `${unitId} ${mapDay} ${hour}`

/** Columns of a block by their names, and as SQL that sums each to a text. */
type Wanted = { readonly names: readonly string[]; readonly all: readonly string[] }

/** Gathers columns of a block, each once. */
export function wantedColumns() {
  const places = new Map<string, number>()
  const names: string[] = []
  const all: string[] = []
  const place = (name: string, isWhole: boolean) => {
    const known = places.get(name)
    if (known !== undefined) return known
    places.set(name, all.length)
    names.push(name)
    return all.push(`${isWhole ? 'measures.total' : 'sum'}(${name})::text`) - 1
  }
  return {
    names,
    all,
    /** Where the columns of a base measure come to stand. */
    add: ({ amount, rows, held }: Columns, base: BaseMeasure) => ({
      amount: place(amount, base.value === 1),
      rows: place(rows, true),
      held: place(held, true),
    }),
  }
}

/** What is asked of a block: `known` is what had been written; `memory` what was read before, where that still holds. */
export type BlockAsk = {
  block: number
  points: readonly Point[]
  known: Known
  memory: Memory | undefined
}

/**
 * Answers each point by a text, undefined where there is none: from memory, and the rest by one statement. `what` names what
 * is read; `read` gives the places, counted from 1, with their texts.
 */
export async function readTexts(
  { points: all, known, memory }: BlockAsk,
  what: string,
  read: (missing: readonly Point[]) => Promise<readonly { place: number; text: string }[]>,
): Promise<(string | undefined)[]> {
  const kept = known === null ? memory : undefined
  const names = kept ? all.map(nameOf) : []
  const texts = all.map((_, at) => kept?.kept<string>(what, names[at] ?? ''))
  const missing = all.flatMap((_, at) => (texts[at] === undefined ? [at] : []))
  if (missing.length > 0) {
    const rows = await read(missing.map((at) => all[at] as Point))
    for (const { place, text } of rows) texts[missing[place - 1] ?? 0] = text
    if (kept) {
      for (const at of missing) {
        const text = texts[at] ?? ''
        kept.keep(what, names[at] ?? '', text, text.length)
      }
    }
  }
  return texts.map((text) => (text === '' ? undefined : text))
}

/** Sums of columns of a block at points, in the order of the columns; '' where there is none. */
export async function readSums(
  tx: Tx,
  ask: BlockAsk,
  columns: Wanted,
): Promise<(readonly string[] | undefined)[]> {
  const wanted = columns.all.join(', ')
  const texts = await readTexts(ask, wanted, async (missing) => {
    if (ask.known?.mapChanged) return readKnown(tx, ask.block, ask.known, missing, columns.names)
    const { rows } = await sql<{ place: number; text: string }>`
      select place, array_to_string(array[${sql.raw(wanted)}], ',', '') as text
      from counting.${sql.raw(`read_${ask.block}`)}(
        ${missing.map((point) => point.unitId)}::bigint[], ${missing.map((point) => point.mapDay)}::date[],
        ${missing.map((point) => point.hour)}::int[], ${ask.known?.epoch ?? null}::int, ${ask.known?.seen ?? null}::pg_snapshot)
      group by place`.execute(tx)
    return rows
  })
  return texts.map((text) => text?.split(','))
}

/** The same on the map as it was known. */
async function readKnown(
  tx: Tx,
  block: number,
  known: NonNullable<Known>,
  asked: readonly Point[],
  names: readonly string[],
) {
  const { rows } = await sql<{ place: number; text: string }>`
    select place, array_to_string(sums, ',', '') as text
    from measures.sums_known(${block}::int, ${[...names]}::text[], ${asked.map((point) => point.unitId)}::bigint[],
      ${asked.map((point) => point.mapDay)}::date[], ${asked.map((point) => point.hour)}::int[],
      ${known.epoch}::int, ${known.seen}::pg_snapshot)`.execute(tx)
  return rows
}

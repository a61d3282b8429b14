import type { Tx } from '../db/database.ts'
import { type ApartPart, apartParts, readAparts, restOf } from './apart.ts'
import { addsUp } from './contract.ts'
import { type GridAsk, type GridColumn, memoriesOf } from './grid.ts'
import { mapDay, type Reading } from './reading.ts'

/** A row of a table beside those of the units: what of each measure stands in none of them. */
export type ApartRow = { part: ApartPart | 'rest'; numerators: (string | null)[] }

/**
 * The rows that make a table of units add up to its total: what was recorded for the unit itself, what is assigned to
 * nobody, and what is left where not every unit has a row or a figure. `grid`: the unit first, then those of the table.
 */
export async function apartRows(
  tx: Tx,
  ask: GridAsk,
  grid: readonly GridColumn[],
  now: Reading,
  isOfKind: boolean,
): Promise<ApartRow[]> {
  const rows: ApartRow[] = await remembered(tx, ask, now)
  const rest = ask.measures.map(({ measure }, at) => {
    // Directly below a unit, only where one of two parts from two tables is not captured is anything left.
    if (!addsUp(measure) || !(isOfKind || measure.kind === 'difference')) return null
    const [whole = null, ...units] = grid[at]?.numerators ?? []
    return restOf(whole, [...units, ...rows.map(({ numerators }) => numerators[at] ?? null)])
  })
  return rest.every((one) => one === null) ? rows : [...rows, { part: 'rest', numerators: rest }]
}

/** What {@link partsOf} answers; from memory where nothing has changed since it was read. */
async function remembered(tx: Tx, ask: GridAsk, now: Reading): Promise<ApartRow[]> {
  const counted = ask.measures.filter(({ measure }) => addsUp(measure) || measure.kind === 'distinct')
  if (counted.length === 0) return []
  const memories = memoriesOf({ ...ask, measures: counted }, now)
  const [memory] = memories ?? []
  if (!memory || !memories) return partsOf(tx, ask, now)
  const what = `apart ${memories.map(({ state }) => state).join(' ')}`
  const point = JSON.stringify([
    ask.measures.map(({ measure, from }) => [measure.name, from]),
    ask.unitIds[0],
    ask.asOf,
    mapDay(ask.map, ask.asOf, now.today),
    now.hourNow,
  ])
  const kept = memory.kept<ApartRow[]>(what, point)
  if (kept) return kept
  const rows = await partsOf(tx, ask, now)
  memory.keep(what, point, rows, 20 + rows.length * ask.measures.length * 10)
  return rows
}

async function partsOf(tx: Tx, { measures, unitIds, asOf, map }: GridAsk, now: Reading): Promise<ApartRow[]> {
  const [unitId = ''] = unitIds
  const asks = measures.map(({ measure, from }) => ({ measure, unitId, asOf, from, map }))
  const found = await readAparts(tx, asks, now)
  return apartParts.flatMap((part) => {
    const own = found.map((aparts) => aparts.find((one) => one.part === part))
    if (own.every((one) => one === undefined)) return []
    return [{ part, numerators: own.map((one) => one?.figure.numerator ?? null) }]
  })
}

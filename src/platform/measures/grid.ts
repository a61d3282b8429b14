import type { Tx } from '../db/database.ts'
import { basesOf, partsTaken } from './bases.ts'
import { columnsOf } from './columns.ts'
import type { BaseMeasure, Measure } from './declare.ts'
import { cellAsk, type Figure, figures } from './figures.ts'
import { add, decimal, fraction, less } from './fraction.ts'
import type { Memory } from './memory.ts'
import { isToCome, type MapChoice, mapDay, type Reading, type Standing } from './reading.ts'
import { readSums, wantedColumns } from './sums.ts'

/** Many measures of many units on one map at one moment. */
export type GridAsk = {
  measures: readonly { measure: Measure; from: string | null }[]
  unitIds: readonly string[]
  asOf: string
  map: MapChoice
}

/** Numbers of units in their order; null was not captured. */
type Column = readonly (string | null)[]
/** One measure of units in their order. `denominators`: only for quotients. */
export type GridColumn = { numerators: Column; denominators: Column | null }

/** What {@link workOut} answers; from memory where nothing has changed since it was worked out. */
export async function readGrid(tx: Tx, ask: GridAsk, now: Reading): Promise<readonly GridColumn[]> {
  const memories = memoriesOf(ask, now)
  const [memory] = memories ?? []
  if (!memory || !memories) return workOut(tx, ask, now)
  const what = `grid ${memories.map(({ state }) => state).join(' ')}`
  const point = JSON.stringify([
    ask.measures.map(({ measure, from }) => [measure.name, from]),
    ask.unitIds,
    ask.asOf,
    mapDay(ask.map, ask.asOf, now.today),
    now.hourNow,
  ])
  const kept = memory.kept<readonly GridColumn[]>(what, point)
  if (kept) return kept
  const columns = await workOut(tx, ask, now)
  memory.keep(what, point, columns, sizeOf(columns))
  return columns
}

/** What is remembered of each block that the measures are counted in; null where one has no state to be remembered by. */
export function memoriesOf({ measures }: GridAsk, now: Reading): Memory[] | null {
  const memories = new Set<Memory>()
  for (const { measure } of measures) {
    if (measure.kind === 'share') return null
    for (const counted of measure.kind === 'distinct' ? [measure] : basesOf(measure)) {
      const memory = now.standing(counted)?.memory
      if (!memory) return null
      memories.add(memory)
    }
  }
  return [...memories]
}

const sizeOf = (columns: readonly GridColumn[]) =>
  columns.reduce(
    (size, { numerators, denominators }) =>
      size + [...numerators, ...(denominators ?? [])].reduce((sum, one) => sum + 20 + (one?.length ?? 0), 0),
    0,
  )

/**
 * What `figures` answers, measure by measure and unit by unit, for grids of thousands of numbers: one statement a table,
 * whose sums come as one text a unit, and no exact arithmetic where a number is only handed on.
 */
async function workOut(tx: Tx, ask: GridAsk, now: Reading): Promise<GridColumn[]> {
  const inColumns = ask.measures.map(
    ({ measure }) => !['coverage', 'distinct', 'share', 'duration'].includes(measure.kind),
  )
  const grid = await readColumns(tx, ask, inColumns, now)
  const rest = ask.measures.flatMap(({ measure, from }, at) =>
    inColumns[at]
      ? []
      : ask.unitIds.map((unitId) => ({ measure, unitId, asOf: ask.asOf, from, map: ask.map })),
  )
  const answered = await figures(tx, rest, { now })
  let next = 0
  return ask.measures.map((_, at) => {
    const column = grid[at]
    if (column) return column
    const own = answered.slice(next, next + ask.unitIds.length)
    next += ask.unitIds.length
    return columnOf(own)
  })
}

function columnOf(answered: readonly Figure[]): GridColumn {
  return {
    numerators: answered.map(({ value, numerator }) => (value === null ? null : numerator)),
    denominators: answered.map(({ denominator }) => denominator),
  }
}

type Wanted = {
  standing: Standing
  columns: ReturnType<typeof wantedColumns>
  mapDay: string
  hour: number
  before: number | null
}

/** Where the sums of a base measure stand. */
type Place = { block: number; amount: number; rows: number; isOverPeriod: boolean; isToCome: boolean }

/** The columns of those measures that are made of sums; undefined for the others. */
async function readColumns(
  tx: Tx,
  { measures, unitIds, asOf, map }: GridAsk,
  inColumns: readonly boolean[],
  now: Reading,
): Promise<(GridColumn | undefined)[]> {
  const blocks = new Map<number, Wanted>()
  const placeOf = (measure: Measure, from: string | null, base: BaseMeasure): Place | null => {
    const cell = cellAsk({ measure, unitId: '', asOf, from, map }, base, now)
    if (!cell.standing) return null
    const { standing, mapDay, hour } = cell
    const { id, block } = standing
    const wanted = blocks.get(block) ?? { standing, columns: wantedColumns(), mapDay, hour, before: null }
    blocks.set(block, wanted)
    wanted.before ??= cell.before
    const { amount, rows } = wanted.columns.add(columnsOf(id, base), base)
    return { block, amount, rows, isOverPeriod: cell.before !== null, isToCome: isToCome(cell.before, now) }
  }
  const placed = measures.map(({ measure, from }, at) =>
    inColumns[at] ? basesOf(measure).map((base) => placeOf(measure, from, base)) : null,
  )
  const found = new Map<number, (readonly string[] | undefined)[]>()
  for (const [block, wanted] of blocks) found.set(block, await readBlock(tx, block, wanted, unitIds))
  const none: Column = unitIds.map(() => null)
  const columns = new Map<string, Column>()
  const numbersAt = (place: Place | null): Column => {
    const rows = place && found.get(place.block)
    if (!place || !rows) return none
    const key = `${place.block} ${place.amount} ${place.rows} ${place.isOverPeriod}`
    const column = columns.get(key) ?? numbersOf(rows, place, unitIds.length)
    columns.set(key, column)
    return column
  }
  return measures.map(({ measure }, at) => placed[at] && made(measure, placed[at].map(numbersAt), none)) as (
    | GridColumn
    | undefined
  )[]
}

/** Sums of the columns wanted: for each unit at the hour, then for each before the period. */
function readBlock(
  tx: Tx,
  block: number,
  { standing, columns, mapDay, hour, before }: Wanted,
  unitIds: readonly string[],
) {
  const at = (asked: number) => unitIds.map((unitId) => ({ unitId, mapDay, hour: asked }))
  const points = before === null ? at(hour) : [...at(hour), ...at(before)]
  return readSums(tx, { block, points, known: null, memory: standing.memory }, columns)
}

/** One base measure of units: null without a row that ever fed it. */
function numbersOf(
  rows: readonly (readonly string[] | undefined)[],
  { amount, rows: all, isOverPeriod, isToCome: ahead }: Place,
  units: number,
): Column {
  const numbers: (string | null)[] = []
  for (let unit = 0; unit < units; unit += 1) {
    const row = rows[unit]
    const captured = row?.[all]
    if (!row || !captured || captured === '0') numbers.push(null)
    else if (ahead && captured === rows[units + unit]?.[all]) numbers.push(null)
    else {
      const before = isOverPeriod ? rows[units + unit]?.[amount] : undefined
      const number = before ? minus(row[amount] || '0', before) : row[amount] || '0'
      numbers.push(number.includes('.') ? number.replace(/\.?0+$/, '') : number)
    }
  }
  return numbers
}

const short = (text: string) => text.length <= 15 && !text.includes('.')

/** a − b; exact. */
function minus(a: string, b: string): string {
  return short(a) && short(b) ? String(Number(a) - Number(b)) : (less(a, b) ?? '0')
}

/** a + b; exact. */
function plus(a: string, b: string): string {
  return short(a) && short(b) ? String(Number(a) + Number(b)) : decimal(add(fraction(a), fraction(b)))
}

/** A measure from the columns of its base measures, by the rules of `combine`. */
function made(measure: Measure, columns: readonly Column[], none: Column): GridColumn {
  const [first = none, second = none] = columns
  if (measure.kind === 'ratio')
    return {
      numerators: first.map((numerator, at) => (Number(second[at] ?? 0) === 0 ? null : numerator)),
      denominators: second,
    }
  if (measure.kind === 'difference')
    return {
      numerators: first.map((a, at) => {
        const parts = partsTaken(measure, [a, second[at]], '0')
        return parts && minus(...parts)
      }),
      denominators: null,
    }
  if (columns.length === 1) return { numerators: first, denominators: null }
  return {
    numerators: none.map((_, at) =>
      columns.reduce<string | null>((sum, column) => {
        const part = column[at] ?? null
        return sum === null || part === null ? (sum ?? part) : plus(sum, part)
      }, null),
    ),
    denominators: null,
  }
}

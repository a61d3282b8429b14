import { type Actor, holds } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'
import { type Answered, firstDayAsked, instantOfHour } from './asked.ts'
import { basesOf } from './bases.ts'
import { columnsOf } from './columns.ts'
import type { FigureAnswer, FigureQueryInput } from './contract.ts'
import { coverageOf } from './cover.ts'
import type { BaseMeasure, CoverageMeasure, Measure } from './declare.ts'
import { combine, type Figure } from './figures.ts'
import { less } from './fraction.ts'
import { figureAnswer } from './measures.views.ts'
import { type BlockColumn, hourOfDay, placeWhenLastRead } from './reading.ts'

type Row = {
  today: string
  hour: number
  generation: string
  at: Date
  seen: string
  mapDay: string
  path: string[]
  sums: string | null
}

/** The SQL that reads sums at the place `p`, the values it needs beside the unit, and how its sums become a figure. */
type Plan = { from: string; values: readonly unknown[]; figure(sums: readonly (string | null)[]): Figure }

/**
 * One figure by one statement, where that suffices: the measure counts in one block, and the reader may see the unit, which
 * is on the map. Null where anything is otherwise: the common way then answers, or says what is wrong.
 */
export async function figureAtOnce(
  database: Pick<Database, 'askOnce'>,
  actor: Actor,
  measure: Measure,
  query: FigureQueryInput,
): Promise<({ figure: FigureAnswer } & Answered) | null> {
  const { unitId, asOf, map = 'then' } = query
  // Where a period ends today, its first day is not known before the day is.
  const from =
    asOf === undefined && query.period ? undefined : firstDayAsked(measure, query, asOf ?? '9999-12-31')
  const plan = from === undefined ? null : planOf(measure, from)
  if (from === undefined || !plan) return null
  const [row] = await database.askOnce<Row & { text: string | null }>(
    actor,
    `select p.today, p.hour, p.generation, p.at, p.seen, p.map_day as "mapDay", p.path, r.sums
     from measures.ask_once($1, $2::bigint, $3, $4) p cross join lateral (${plan.from}) r where p.is_there`,
    [unitId, asOf ?? null, map, ...plan.values],
  )
  if (!row || row.generation !== plan.generation || !holds(actor, 'measures.view', row.path)) return null
  const day = asOf ?? row.today
  if (from !== null && from > day) return null
  return {
    figure: figureAnswer(
      { measure, unitId, asOf: day, from, map },
      plan.figure(row.sums?.split(',').map((sum) => sum || null) ?? []),
    ),
    readAt: row.at.toISOString(),
    countedUntil: instantOfHour(row.hour),
    seen: row.seen,
    mapDay: row.mapDay,
  }
}

type Place = { id: number; block: number; columns: readonly BlockColumn[] }

function planOf(measure: Measure, from: string | null): (Plan & { generation: string }) | null {
  if (measure.kind === 'share' || measure.kind === 'distinct') return null
  const bases = basesOf(measure)
  const places = bases.flatMap((base) => placeWhenLastRead(base) ?? [])
  const [first] = places
  if (!first || places.length < bases.length || !places.every(({ block }) => block === first.block))
    return null
  const plan = measure.kind === 'coverage' ? coverPlan(measure, first) : sumPlan(measure, bases, places, from)
  return { ...plan, generation: first.generation }
}

/**
 * All columns of the block at the hour, and before the first hour of a period: so every measure of a block asks in the same
 * words, which PostgreSQL has planned already.
 */
function sumPlan(
  measure: Measure,
  bases: readonly BaseMeasure[],
  places: readonly Place[],
  from: string | null,
): Plan {
  const { block = 0, columns = [] } = places[0] ?? {}
  const isOver = from !== null && bases.some((base) => base.kind === 'flow')
  const sums = (at: number) =>
    columns.map(
      ({ name, isWhole }) =>
        `(${isWhole ? 'measures.total' : 'sum'}(${name}) filter (where place = ${at}))::text`,
    )
  const all = isOver ? [...sums(1), ...sums(2)] : sums(1)
  const points = (name: string) => (isOver ? `array[${name}, ${name}]` : `array[${name}]`)
  return {
    from: `select array_to_string(array[${all.join(', ')}], ',', '') as sums
      from counting.read_${block}(${points('$2::bigint')}, ${points('p.map_day')}, array[p.hour${isOver ? ', $5::int' : ''}])`,
    values: isOver ? [hourOfDay(from) - 1] : [],
    figure(found) {
      const value = (name: string) => found[columns.findIndex((column) => column.name === name)] ?? null
      const before = (name: string) =>
        found[columns.length + columns.findIndex((column) => column.name === name)] ?? null
      const cells = bases.map((base, at) => {
        const { amount, rows, held } = columnsOf(places[at]?.id ?? 0, base)
        const between = (name: string) =>
          isOver && base.kind === 'flow' ? less(value(name), before(name)) : value(name)
        return { amount: between(amount), rows: value(rows), held: between(held) }
      })
      return combine(measure, cells)
    },
  }
}

function coverPlan({ unitKinds }: CoverageMeasure, { id, block }: Place): Plan {
  return {
    from: `select array_to_string(array[unit_count, c${id}, r${id}], ',', '') as sums
      from counting.cover_${block}(array[$2::bigint], array[p.map_day], array[p.hour], $5::text[])`,
    values: [[...unitKinds]],
    figure: ([units = null, covered = null, rows = null]) => coverageOf(units, covered, rows),
  }
}

import { type Actor, holds } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'
import { type Answered, firstDayAsked, instantOfHour } from './asked.ts'
import { basesOf } from './bases.ts'
import { columnsOf } from './columns.ts'
import type { FigureAnswer, FigureQueryInput } from './contract.ts'
import { coverageOf } from './cover.ts'
import type { Measure } from './declare.ts'
import { combine, type Figure } from './figures.ts'
import { less } from './fraction.ts'
import { figureAnswer } from './measures.views.ts'
import { askTogether, type Question } from './one-figure.batch.ts'
import { type BlockColumn, hourOfDay, placeWhenLastRead } from './reading.ts'

/** What is asked of a block, and how its sums, those before the period after those at the hour, become a figure. */
type Plan = Pick<Question, 'sums' | 'from' | 'values'> & {
  generation: string
  figure(sums: readonly (string | null)[], before: readonly (string | null)[]): Figure
}

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
  if (asOf === undefined && query.period) return null
  const from = firstDayAsked(measure, query, asOf ?? '9999-12-31')
  const plan = planOf(measure, from)
  if (!plan) return null
  const { sums, values } = plan
  const row = await askTogether(
    database,
    actor,
    { sums, from: plan.from, values, asOf: asOf ?? null, map },
    unitId,
  )
  if (!row?.isThere || row.generation !== plan.generation || !holds(actor, 'measures.view', row.path))
    return null
  const day = asOf ?? row.today
  if (from !== null && (from > day || from > row.today)) return null
  return {
    figure: figureAnswer({ measure, unitId, asOf: day, from, map }, plan.figure(row.sums, row.before)),
    readAt: row.at.toISOString(),
    today: row.today,
    countedUntil: instantOfHour(row.hour),
    seen: row.seen,
    mapDay: row.mapDay,
  }
}

function planOf(measure: Measure, from: string | null): Plan | null {
  if (measure.kind === 'share' || measure.kind === 'distinct') return null
  const bases = basesOf(measure)
  const places = bases.flatMap((base) => placeWhenLastRead(base) ?? [])
  const [first] = places
  if (!first || places.length < bases.length || !places.every(({ block }) => block === first.block))
    return null
  const { id, block, columns, generation } = first
  if (measure.kind === 'coverage')
    return {
      generation,
      sums: `max(unit_count)::text, max(c${id})::text, max(r${id})::text`,
      from: `counting.cover_${block}(a.units, a.days, a.hours, $5::text[])`,
      values: [[...measure.unitKinds]],
      figure: ([units = null, covered = null, rows = null]) => coverageOf(units, covered, rows),
    }
  const isOver = from !== null && bases.some((base) => base.kind === 'flow')
  return {
    generation,
    sums: allSums(columns),
    from: isOver
      ? `counting.read_${block}(a.units || a.units, a.days || a.days, a.hours || array_fill($5::int, array[cardinality(a.hours)]))`
      : `counting.read_${block}(a.units, a.days, a.hours)`,
    values: isOver ? [hourOfDay(from) - 1] : [],
    figure(found, before) {
      const cells = bases.map((base, at) => {
        const { amount, rows, held } = columnsOf(places[at]?.id ?? 0, base)
        const value = (name: string) => sumOf(columns, found, name)
        const between = (name: string) =>
          isOver && base.kind === 'flow' ? less(value(name), sumOf(columns, before, name)) : value(name)
        return { amount: between(amount), rows: value(rows), held: between(held) }
      })
      return combine(measure, cells)
    },
  }
}

const texts = new WeakMap<readonly BlockColumn[], string>()

/** All columns of the block, so that every measure of it asks in the same words, which PostgreSQL has planned already. */
function allSums(columns: readonly BlockColumn[]): string {
  const known = texts.get(columns)
  if (known !== undefined) return known
  const text = columns
    .map(({ name, isWhole }) => `${isWhole ? 'measures.total' : 'sum'}(${name})::text`)
    .join(', ')
  texts.set(columns, text)
  return text
}

function sumOf(
  columns: readonly BlockColumn[],
  sums: readonly (string | null)[],
  name: string,
): string | null {
  return sums[columns.findIndex((column) => column.name === name)] ?? null
}

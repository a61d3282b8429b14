import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { type BaseMeasure, basesOf, type CoverageMeasure, type Measure } from './declare.ts'
import { add, divide, type Fraction, fraction } from './fraction.ts'

/** A question: what is this measure for a unit, read at the end of a day, or summed from a day to a day. */
export type Ask = {
  measure: Measure
  unitId: string
  /** The last day that counts; a stock is read at its end. */
  asOf: string
  /** First day of the period; only flows have one. Without it a flow is summed since the start. */
  from?: string | null
}

/** The answer. `value` is null where nothing was captured, which is not zero. */
export type Figure = {
  value: Fraction | null
  numerator: string | null
  /** Only for coverage and ratio. */
  denominator: string | null
}

/** What a base measure comes to: the sum, the rows that ever began to feed it, and those in force. */
type Cell = { amount: string | null; rows: string | null; held?: string | null }

const notCaptured: Figure = { value: null, numerator: null, denominator: null }

/**
 * Answers many questions in the snapshot of `tx`, each exact to the row: folded totals plus what is not folded yet.
 * Units are placed by the map of the day asked for. Rows of units outside the reader's overview do not count.
 */
export async function figures(tx: Tx, asks: readonly Ask[]): Promise<Figure[]> {
  const baseAsks: { ask: number; base: BaseMeasure }[] = []
  const coverageAsks: { ask: number; coverage: CoverageMeasure }[] = []
  asks.forEach((ask, index) => {
    if (ask.measure.kind === 'coverage') coverageAsks.push({ ask: index, coverage: ask.measure })
    else for (const base of basesOf(ask.measure)) baseAsks.push({ ask: index, base })
  })
  const cells = await readCells(
    tx,
    baseAsks.map(({ ask, base }) => ({ ...(asks[ask] as Ask), base })),
  )
  const covered = await readCoverage(
    tx,
    coverageAsks.map(({ ask, coverage }) => ({ ...(asks[ask] as Ask), coverage })),
  )
  const byAsk = asks.map(() => [] as Cell[])
  baseAsks.forEach(({ ask }, index) => {
    byAsk[ask]?.push(cells[index] as Cell)
  })
  const answers = asks.map((ask, index) => combine(ask.measure, byAsk[index] ?? []))
  coverageAsks.forEach(({ ask }, index) => {
    answers[ask] = covered[index] ?? notCaptured
  })
  return answers
}

/** One figure; see {@link figures}. */
export async function figure(tx: Tx, ask: Ask): Promise<Figure> {
  return (await figures(tx, [ask]))[0] ?? notCaptured
}

/** A figure from the cells of its base measures. */
export function combine(measure: Measure, cells: readonly Cell[]): Figure {
  const values = cells.map((cell) =>
    cell.amount === null || Number(cell.rows) === 0 ? null : fraction(cell.amount),
  )
  const text = (index: number) => (values[index] ? plain(cells[index]?.amount ?? '') : null)
  if (measure.kind === 'ratio') {
    const [numerator, denominator] = values
    const value = numerator && denominator ? divide(numerator, denominator) : null
    return { value, numerator: text(0), denominator: text(1) }
  }
  const captured = values.filter((value) => value !== null)
  if (captured.length === 0) return notCaptured
  const value = captured.reduce(add)
  const numerator = values.length === 1 ? text(0) : decimal(value)
  return { value, numerator, denominator: null }
}

/** '12.500' → '12.5': PostgreSQL keeps the scale of a numeric sum. */
function plain(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount
}

function decimal(value: Fraction): string {
  // Sums of decimals have a power of ten below the line.
  const places = String(value.d).length - 1
  if (places === 0) return String(value.n)
  const digits = String(value.n < 0n ? -value.n : value.n).padStart(places + 1, '0')
  return plain(`${value.n < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`)
}

/** How many rows stand behind a base measure, whether the reader may open them or not. */
export async function rowsHeld(
  tx: Tx,
  ask: Omit<Ask, 'measure'> & { measure: BaseMeasure },
): Promise<number> {
  const [cell] = await readCells(tx, [{ ...ask, base: ask.measure }])
  return Number(cell?.held ?? 0)
}

/**
 * The units at and below `unit_id` of a row of that name by the map of its day `as_of`, as an array. A unit that has
 * ended stays where it last stood: what happened in it did happen.
 */
const unitsBelow = (asked: RawBuilder<unknown>) => sql`array(
  select a.unit_id from units.ancestry a
  where a.ancestor_id = ${asked}.unit_id and a.valid_from <= ${asked}.as_of
    and (a.valid_until is null or a.valid_until > ${asked}.as_of or a.stays))`

async function readCells(tx: Tx, asks: readonly (Ask & { base: BaseMeasure })[]): Promise<Cell[]> {
  if (asks.length === 0) return []
  const { rows } = await sql<Cell>`
    with place as materialized (
      -- Asks of one unit and day share the units below it, taken as an array: joined, the planner, which cannot know how
      -- many they are, loops over all of them for every row of the measure.
      select array_agg(asked.place) as places, array_agg(m.id) as measure_ids, array_agg(asked.from_on) as from_days,
             asked.as_of, ${unitsBelow(sql`asked`)} as units
      from unnest(${asks.map((ask) => ask.base.name)}::text[], ${asks.map((ask) => ask.unitId)}::bigint[],
                  ${asks.map((ask) => (ask.base.kind === 'flow' ? (ask.from ?? null) : null))}::date[],
                  ${asks.map((ask) => ask.asOf)}::date[]) with ordinality
           as asked(measure, unit_id, from_on, as_of, place)
      left join measures.measure m on m.name = asked.measure
      group by asked.unit_id, asked.as_of
    )
    select cell.amount::text as amount, cell.rows::text as rows, cell.held::text as held
    from place cross join unnest(place.places, place.measure_ids, place.from_days) as ask(place, measure_id, from_on)
    cross join lateral (
      select sum(event.amount) as amount, sum(event.rows) as rows, sum(event.held) as held
      from (
        select t.measure_id, t.unit_id, t.day, t.amount, t.rows, t.held from measures.total t
        union all
        select d.measure_id, d.unit_id, d.day, d.amount, d.rows, d.held from measures.delta d
      ) event
      where event.measure_id = ask.measure_id and event.unit_id = any(place.units)
        and event.day <= place.as_of and (ask.from_on is null or event.day >= ask.from_on)
    ) cell
    order by ask.place`.execute(tx)
  return rows
}

async function readCoverage(
  tx: Tx,
  asks: readonly (Ask & { coverage: CoverageMeasure })[],
): Promise<Figure[]> {
  if (asks.length === 0) return []
  const kinds = JSON.stringify(asks.map((ask) => ask.coverage.unitKinds))
  const { rows } = await sql<{ units: string; covered: string; rows: string | null }>`
    with ask as materialized (
      select asked.*, m.id as measure_id, ${unitsBelow(sql`asked`)} as units
      from unnest(${asks.map((ask) => ask.coverage.of.name)}::text[], ${asks.map((ask) => ask.unitId)}::bigint[],
                  ${asks.map((ask) => ask.asOf)}::date[]) with ordinality as asked(measure, unit_id, as_of, place)
      left join measures.measure m on m.name = asked.measure
    ), leaf as materialized (
      select ask.place, ask.as_of, sums.*
      from ask cross join lateral (
        select event.unit_id, sum(event.amount) as amount, sum(event.rows) as rows
        from (
          select t.measure_id, t.unit_id, t.day, t.amount, t.rows from measures.total t
          union all
          select d.measure_id, d.unit_id, d.day, d.amount, d.rows from measures.delta d
        ) event
        where event.measure_id = ask.measure_id and event.unit_id = any(ask.units) and event.day <= ask.as_of
        group by event.unit_id
      ) sums
    ), part as (
      select ask.place, v.unit_id, true as counts, 0 as amount, 0 as rows
      from ask cross join unnest(ask.units) as below(unit_id)
      join units.unit_version v on v.unit_id = below.unit_id and v.valid_from <= ask.as_of
        and (v.valid_until is null or v.valid_until > ask.as_of)
        and (${kinds}::jsonb -> (ask.place - 1)::int) ? v.kind
      union all
      select leaf.place, above.ancestor_id, false, leaf.amount, leaf.rows
      from leaf
      join units.ancestry above on above.unit_id = leaf.unit_id and above.valid_from <= leaf.as_of
        and (above.valid_until is null or above.valid_until > leaf.as_of or above.stays)
    ), unit as (
      -- Put together by grouping: joined, the planner takes either side for a row or two and loops over them.
      select place, bool_or(counts) as counts, sum(amount) as amount, sum(rows) as rows
      from part group by place, unit_id
    )
    select (count(*) filter (where unit.counts))::text as units,
           (count(*) filter (where unit.counts and unit.amount > 0))::text as covered,
           (sum(unit.rows) filter (where unit.counts))::text as rows
    from ask left join unit on unit.place = ask.place
    group by ask.place
    order by ask.place`.execute(tx)
  return rows.map((row) => {
    // Units without a single row behind them are not "0 %": nobody has captured anything yet.
    if (row.units === '0' || Number(row.rows ?? 0) === 0) return { ...notCaptured, denominator: null }
    return {
      value: divide(fraction(row.covered), fraction(row.units)),
      numerator: row.covered,
      denominator: row.units,
    }
  })
}

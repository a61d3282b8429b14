import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Tx } from '../db/database.ts'
import { basesOf, isOverPeriod, membersOf } from './bases.ts'
import type { BaseMeasure, DistinctMeasure, Measure } from './declare.ts'
import { listRows } from './evidence.ts'
import { type Ask, type Cell, combine, type Figure, figure, rowsHeld } from './figures.ts'
import { mapDay, reading } from './reading.ts'
import { recount } from './recount.ts'

const same = (shown: string | null | undefined, counted: string | null | undefined, where: string) =>
  expect(Number(shown ?? 0), where).toBeCloseTo(Number(counted ?? 0), 9)

/** In the snapshot of `tx`: figure, recount and length of the list of one question agree, whatever kind it is of. */
export async function agree(tx: Tx, ask: Ask): Promise<void> {
  const { measure } = ask
  const from = isOverPeriod(measure) ? (ask.from ?? null) : null
  const where = `${measure.name} of ${ask.unitId} on ${ask.asOf}${from ? ` from ${from}` : ''}, map ${ask.map}`
  const now = await reading(tx)
  // A version of the declaration that no program has built yet.
  if ((measure.kind === 'flow' || measure.kind === 'stock') && !now.standing(measure)) return
  const shown = await figure(tx, { ...ask, from })
  switch (measure.kind) {
    case 'flow':
    case 'stock':
      return agreeOnRows(tx, measure, { ...ask, from }, shown, where)
    case 'distinct':
      return agreeOnKeys(tx, measure, { ...ask, from }, shown, where)
    case 'coverage':
      return agreeOnUnits(tx, ask, shown, where)
    case 'share':
      return
    default: {
      const cells = await Promise.all(
        basesOf(measure).map(async (base): Promise<Cell> => {
          const counted = await recount(tx, base, { ...ask, from })
          const ever = await recount(tx, base, { ...ask, from: null })
          const begun = base.kind === 'stock' ? await rowsBegun(tx, base, ask) : Number(ever.rows)
          const isCaptured = !isAhead(base, from, now.today) || Number(counted.rows) > 0
          return { amount: counted.amount, rows: isCaptured ? String(begun) : null, held: counted.rows }
        }),
      )
      const counted = combine(measure, cells)
      same(shown.numerator, counted.numerator, where)
      same(shown.denominator, counted.denominator, where)
      expect(shown.numerator === null, `${where} captured`).toBe(counted.numerator === null)
      expect(shown.counted ?? null, where).toBe(counted.counted ?? null)
    }
  }
}

async function agreeOnRows(tx: Tx, base: BaseMeasure, ask: Ask, shown: Figure, where: string): Promise<void> {
  const counted = await recount(tx, base, ask)
  same(shown.numerator, counted.amount, where)
  expect(await rowsHeld(tx, { ...ask, measure: base }), `${where} rows`).toBe(Number(counted.rows))
  const ever =
    base.kind === 'stock'
      ? await rowsBegun(tx, base, ask)
      : Number((await recount(tx, base, { ...ask, from: null })).rows)
  const isEmpty = isAhead(base, ask.from, (await reading(tx)).today) && Number(counted.rows) === 0
  expect(shown.numerator === null, `${where} captured`).toBe(ever === 0 || isEmpty)
  const list = await listRows(tx, base, listed(ask))
  expect(list.visible, `${where} list`).toBe(Number(counted.rows))
  for (const member of (base.dimensions ?? []).flatMap((dimension) => membersOf(base, dimension)))
    await agree(tx, { ...ask, measure: member })
}

async function agreeOnKeys(
  tx: Tx,
  of: DistinctMeasure,
  ask: Ask,
  shown: Figure,
  where: string,
): Promise<void> {
  const counted = await recount(tx, of, ask)
  same(shown.numerator, counted.amount, where)
  const list = await listRows(tx, of, listed(ask))
  expect(list.visible, `${where} list`).toBe(Number(counted.amount))
}

/** Of a period to come nothing is captured until something is recorded for it. */
const isAhead = (base: BaseMeasure, from: string | null | undefined, today: string) =>
  base.kind === 'flow' && typeof from === 'string' && from > today

const listed = ({ unitId, asOf, from, map }: Ask) => ({
  unitId,
  asOf,
  from: from ?? null,
  ...(map === undefined ? {} : { map }),
  search: '',
  offset: 0,
  limit: 1,
})

/** Rows of a stock whose spell has begun, over or not. */
async function rowsBegun(tx: Tx, base: BaseMeasure, ask: Ask): Promise<number> {
  if (base.kind !== 'stock') return 0
  const { until: _, ...rest } = base
  const real = `((${base.until}) is null or measures.hour_of(${base.until}) > measures.hour_of(${base.from}))`
  const begun: BaseMeasure = {
    ...rest,
    until: 'null::date',
    where: base.where === undefined ? real : `(${base.where}) and ${real}`,
  }
  return Number((await recount(tx, begun, ask)).rows)
}

/** Units of a coverage, each counted by itself. */
async function agreeOnUnits(
  tx: Tx,
  ask: Ask & { measure: Measure },
  shown: Figure,
  where: string,
): Promise<void> {
  const { measure } = ask
  if (measure.kind !== 'coverage') return
  const onDay = mapDay(ask.map, ask.asOf, (await reading(tx)).today)
  const { rows: below } = await sql<{ id: string }>`
    select v.unit_id::text as id from units.ancestry a join units.unit_version v on v.unit_id = a.unit_id
    where a.ancestor_id = ${ask.unitId}::bigint and v.kind = any(${[...measure.unitKinds]}::text[])
      and daterange(a.valid_from, a.valid_until) @> ${onDay}::date
      and daterange(v.valid_from, v.valid_until) @> ${onDay}::date`.execute(tx)
  let covered = 0
  let begun = 0
  for (const { id } of below) {
    const one = { ...ask, unitId: id }
    if (Number((await recount(tx, measure.of, one)).amount) > 0) covered += 1
    begun += await rowsBegun(tx, measure.of, one)
  }
  const expected = begun === 0 ? [null, null] : [String(covered), String(below.length)]
  expect([shown.numerator, shown.denominator], where).toEqual(expected)
}

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { CellAsk } from './cells.ts'
import type { DistinctMeasure } from './declare.ts'
import type { Figure } from './figures.ts'
import { fraction } from './fraction.ts'
import type { Known } from './known.ts'
import { isToCome, type Reading } from './reading.ts'

type DistinctAsk = { at: number; ask: CellAsk; distinct: DistinctMeasure }

/** How many different keys there are, by place of asking. */
export async function readDistinct(
  tx: Tx,
  asks: readonly DistinctAsk[],
  known: Known,
  now: Reading,
): Promise<Map<number, Figure>> {
  const answers = new Map<number, Figure>()
  const byMeasure = new Map<number, DistinctAsk[]>()
  for (const one of asks) {
    answers.set(one.at, { value: null, numerator: null, denominator: null })
    const id = one.ask.standing?.id
    if (id !== undefined) byMeasure.set(id, [...(byMeasure.get(id) ?? []), one])
  }
  for (const [id, group] of byMeasure) {
    const read = known?.mapChanged ? 'distinct_known' : 'distinct'
    const { rows } = await sql<{ place: number; keys: string; rows: string }>`
      select place, keys::text as keys, row_count::text as rows
      from counting.${sql.raw(`${read}_${group[0]?.ask.standing?.block ?? 0}`)}(${id}::int,
        ${group.map(({ ask }) => ask.unitId)}::bigint[], ${group.map(({ ask }) => ask.mapDay)}::date[],
        ${group.map(({ ask }) => (ask.before === null ? null : ask.before + 1))}::int[],
        ${group.map(({ ask }) => ask.hour)}::int[],
        ${known?.epoch ?? null}::int, ${known?.seen ?? null}::pg_snapshot)`.execute(tx)
    for (const row of rows) {
      const one = group[row.place - 1]
      if (one && row.rows !== '0' && !(row.keys === '0' && isToCome(one.ask.before, now)))
        answers.set(one.at, { value: fraction(row.keys), numerator: row.keys, denominator: null })
    }
  }
  return answers
}

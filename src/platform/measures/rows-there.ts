import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Among } from './among.ts'
import type { Counted } from './bases.ts'
import { type Ask, cellAsk } from './figures.ts'
import { mapDay, type Reading } from './reading.ts'

/** What the rows themselves come to: how many there are, whoever may open them, and what they add up to. */
export type RowsThere = { rows: number; amount: string }

/** The rows behind a measure, or a part of it, in the snapshot of `tx`; null where it is not counted yet. */
export async function rowsThere(
  tx: Tx,
  ask: Ask & { measure: Counted },
  among: Among,
  now: Reading,
): Promise<RowsThere | null> {
  const { standing, hour, before } = cellAsk(ask, ask.measure, now)
  if (standing === undefined) return null
  const besides =
    among !== null && 'members' in among
      ? among.members.flatMap((member) => now.standing(member)?.id ?? [])
      : []
  const { rows } = await sql<RowsThere>`
    select rows::int as rows, trim_scale(amount)::text as amount from measures.rows_behind(${standing.id}::int,
      ${besides}::int[], ${ask.unitId}::bigint, ${mapDay(ask.map, ask.asOf, now.today)}::date, ${hour}::int,
      ${before === null ? null : before + 1}::int, ${among !== null && 'part' in among ? among.part : null}::text)`.execute(
    tx,
  )
  return rows[0] ?? null
}

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { LaterDeed } from './change.draft.ts'

/**
 * For each of some units the first recorded change after a day that names it: it takes others in, gives a part away,
 * moves, changes its name or kind. What only carries it along with the unit above is not named. Of the day itself only
 * changes that last beyond it: mergers and splits of one reform share their day.
 */
export async function laterDeeds(
  tx: Tx,
  unitIds: readonly string[],
  on: string,
): Promise<Map<string, LaterDeed>> {
  const { rows } = await sql<LaterDeed & { unitId: string }>`
    select distinct on (named.id) named.id as "unitId", e.kind, e.takes_effect_on as on
    from units.event e
    cross join lateral jsonb_array_elements_text(
      coalesce(e.facts -> 'from', '[]'::jsonb) || coalesce(e.facts -> 'to', '[]'::jsonb)) as named(id)
    where e.undone_at is null and e.facts ? 'after' and named.id = any(${[...unitIds]}::text[])
      and (e.takes_effect_on > ${on}::date
        or (e.takes_effect_on = ${on}::date and e.kind in ('rename', 'move', 'change_kind')))
    order by named.id, e.takes_effect_on, e.id`.execute(tx)
  return new Map(rows.map(({ unitId, kind, on: day }) => [unitId, { kind, on: day }]))
}

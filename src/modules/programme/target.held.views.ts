import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { columns, type StoredTarget } from './target.views.ts'

type Held = {
  unitIds: readonly string[]
  year: number
  asOf: string
  /** The day whose map says which unit a target belongs to, and on which area it is judged; that of `asOf` unless said otherwise. */
  mapDay?: string
}

/**
 * The targets that units have in the plans of a year, on a day: their own and what came to them. By field, own first, and
 * code. On a map on which a unit has not ended yet, its targets are in the plan whatever a successor has made of them, and
 * what that one has set in their place is not.
 */
export async function targetsOf(tx: Tx, { unitIds, year, asOf, mapDay = asOf }: Held) {
  const { rows } = await sql<StoredTarget>`
    with h as materialized (select * from units.held_on(${unitIds}::bigint[], ${mapDay}::date))
    select ${columns} from programme.target t
    join programme.plan p on p.id = t.plan_id join programme.field f on f.id = t.field_id
    join h on h.unit_id = t.unit_id
    where p.year = ${year}::int and t.removed_at is null and coalesce(t.begins_on <= ${asOf}::date, true)
      and (h.since is null or coalesce(programme.closes_on(t) > ${asOf}::date, true))
      and not exists (
        select from programme.target o
        cross join lateral units.heirs_on(array[o.unit_id], ${asOf}::date) then_on
        cross join lateral units.heirs_on(array[o.unit_id], ${mapDay}::date) on_map
        where o.id = t.replaces_id and then_on.since is not null and on_map.since is null)
    order by f.place, f.id, h.since is not null, t.code collate "C", t.id`.execute(tx)
  return rows
}

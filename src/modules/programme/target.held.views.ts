import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Known } from '../../platform/measures/known.ts'
import { asItIs, columnsFrom, type StoredTarget } from './target.views.ts'

type Held = {
  unitIds: readonly string[]
  year: number
  asOf: string
  /** The day whose map says which unit a target belongs to, and on which area it is judged; that of `asOf` unless said otherwise. */
  mapDay?: string
  /** By what had been written until then: targets, and who carries them on. */
  known?: Known
}

/**
 * The targets that units have in the plans of a year, on a day: their own and what came to them. By field, own first, and
 * code. On a map on which a unit has not ended yet, its targets are in the plan whatever a successor has made of them, and
 * what that one has set in their place is not.
 */
export async function targetsOf(tx: Tx, { unitIds, year, asOf, mapDay = asOf, known = null }: Held) {
  const { columns, closesOn, targets, held, heirs } = known === null ? now : until(known)
  const { rows } = await sql<StoredTarget>`
    with h as materialized (select * from ${held(unitIds, mapDay)})
    select ${columns} from ${targets} t
    join programme.plan p on p.id = t.plan_id join programme.field f on f.id = t.field_id
    join h on h.unit_id = t.unit_id
    where p.year = ${year}::int and t.removed_at is null and coalesce(t.begins_on <= ${asOf}::date, true)
      and (h.since is null or coalesce(${closesOn} > ${asOf}::date, true))
      and not exists (
        select from programme.target o
        cross join lateral ${heirs(asOf)} then_on cross join lateral ${heirs(mapDay)} on_map
        where o.id = t.replaces_id and then_on.since is not null and on_map.since is null)
    order by f.place, f.id, h.since is not null, t.code collate "C", t.id`.execute(tx)
  return rows
}

/** Where targets are read from. `held`: what units carry on; `heirs`: who carries on what belongs to the unit of a target `o`. */
type Sources = {
  columns: RawBuilder<unknown>
  closesOn: RawBuilder<unknown>
  targets: RawBuilder<unknown>
  held: (unitIds: readonly string[], day: string) => RawBuilder<unknown>
  heirs: (day: string) => RawBuilder<unknown>
}

const now: Sources = {
  columns: columnsFrom(asItIs),
  closesOn: asItIs.closesOn,
  targets: sql`programme.target`,
  held: (unitIds, day) => sql`units.held_on(${unitIds}::bigint[], ${day}::date)`,
  heirs: (day) => sql`units.heirs_on(array[o.unit_id], ${day}::date)`,
}

function until({ epoch, seen, mapChanged }: NonNullable<Known>): Sources {
  const then = sql`${epoch}::int, ${seen}::pg_snapshot`
  const closesOn = mapChanged
    ? sql`(case when t.closed_after is null or exists (
        select from measures.successions_known(t.unit_id, ${then}) s where s.event_id = t.closed_after) then t.closed_on end)`
    : now.closesOn
  const path = sql`programme.path_known(t.id, ${then})`
  return {
    columns: columnsFrom({ closesOn, path }),
    closesOn,
    targets: sql`programme.targets_known(array(select h.unit_id from h), ${then})`,
    held: mapChanged
      ? (unitIds, day) => sql`measures.held_known(${unitIds}::bigint[], ${day}::date, ${then})`
      : now.held,
    heirs: mapChanged
      ? (day) => sql`measures.heirs_known(array[o.unit_id], ${day}::date, ${then})`
      : now.heirs,
  }
}

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { FormerAreaAnswer } from './contract.ts'
import { permittedOf } from './units.views.ts'
import { whereabouts } from './whereabouts.ts'

type Went = { fromId: string; id: string; name: string }
type Named = { id: string; name: string }

const mostBelow = 400

/**
 * Of a unit that ended and left nobody to succeed it, as the districts of 2025: where each area below it counts on the map
 * of a day, and of what else those units were made. Null for a unit that is there, or whose successor carries it on.
 */
export async function formerArea(tx: Tx, unitId: string, day: string): Promise<FormerAreaAnswer | null> {
  const found = await whereabouts(tx, unitId, day)
  if (found?.state !== 'ended' || found.how !== 'below' || found.until === null) return null
  const lastDay = new Date(Date.parse(found.until) - 86_400_000).toISOString().slice(0, 10)
  const below = await areasBelow(tx, unitId, lastDay)
  const went = await whereEachWent(tx, below, day)
  const names = new Map(went.map(({ id, name }) => [id, name]))
  const others = await madeOfToo(tx, { unitId, lastDay, day, nowIds: [...names.keys()] })
  const seen = await permittedOf(tx, [...names.keys()], 'measures.view')
  const toIds = Map.groupBy(went, (one) => one.fromId)
  return {
    name: found.name,
    lastDay,
    below: below.map((id) => ({ id, toIds: (toIds.get(id) ?? []).map((one) => one.id) })),
    now: [...names].map(([id, name]) => ({
      id,
      name,
      alsoFrom: others.flatMap((other) => (other.intoId === id ? [{ id: other.id, name: other.name }] : [])),
      isSeen: seen.has(id),
    })),
  }
}

async function areasBelow(tx: Tx, unitId: string, lastDay: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select v.unit_id::text as id from units.unit_version v join units.kind k on k.key = v.kind and k.is_area
    where v.parent_id = ${unitId}::bigint and daterange(v.valid_from, v.valid_until) @> ${lastDay}::date
    order by k.rank, v.code limit ${mostBelow}`.execute(tx)
  return rows.map((row) => row.id)
}

/** The units that are there on a day and took over each of the given ones by then, through all that came between. */
async function whereEachWent(tx: Tx, fromIds: readonly string[], day: string): Promise<Went[]> {
  const { rows } = await sql<Went>`
    with recursive went(origin, id) as (
      select id, id from unnest(${fromIds}::bigint[]) id
      union
      select went.origin, s.to_unit_id from went
      join units.succession s on s.from_unit_id = went.id and s.on_day <= ${day}::date
        and exists (select from units.unit_version v where v.unit_id = went.id and v.valid_until = s.on_day)
      where not exists (select from units.unit_version v where v.unit_id = went.id
        and daterange(v.valid_from, v.valid_until) @> ${day}::date)
    )
    select distinct went.origin::text as "fromId", v.unit_id::text as id, v.name from went
    join units.unit_version v on v.unit_id = went.id and v.kind <> 'part'
      and daterange(v.valid_from, v.valid_until) @> ${day}::date
    order by v.name, id`.execute(tx)
  return rows
}

type MadeOf = { unitId: string; lastDay: string; day: string; nowIds: readonly string[] }

/** Units outside the former area, of the level of those asked for, that went into them whole or in part. */
async function madeOfToo(
  tx: Tx,
  { unitId, lastDay, day, nowIds }: MadeOf,
): Promise<(Named & { intoId: string })[]> {
  const { rows } = await sql<Named & { intoId: string }>`
    select distinct came."intoId"::text as "intoId", v.unit_id::text as id, v.name from (
      select p.unit_id as "intoId", p.leaf_id as id from units.place p
      where p.unit_id = any(${nowIds}::bigint[]) and p.days @> ${day}::date
      union
      select s.to_unit_id, s.from_unit_id from units.succession s
      where s.to_unit_id = any(${nowIds}::bigint[]) and s.on_day > ${lastDay}::date and s.on_day <= ${day}::date
    ) came
    join units.unit_version v on v.unit_id = came.id and v.parent_id <> ${unitId}::bigint
      and daterange(v.valid_from, v.valid_until) @> ${lastDay}::date
    join units.kind k on k.key = v.kind and k.is_area
    where k.rank = (select nk.rank from units.unit_version n join units.kind nk on nk.key = n.kind
      where n.unit_id = came."intoId" and daterange(n.valid_from, n.valid_until) @> ${day}::date)
    order by v.name, id`.execute(tx)
  return rows
}

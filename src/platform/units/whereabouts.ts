import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { compareText } from '../text/index.ts'
import type { UnitElsewhereAnswer } from './contract.ts'

type Instead = UnitElsewhereAnswer['instead'][number] & { isWhole: boolean }

/**
 * A unit that is not there on a day: when it was, and which units stand in its place then. After its end those into which
 * it went; of one that left nobody to succeed it, as the districts of 2025, where the areas below it went. Before its
 * beginning those of which it was made. Null for a unit that is there, or never was.
 */
export async function whereabouts(tx: Tx, unitId: string, day: string): Promise<UnitElsewhereAnswer | null> {
  const { rows } = await sql<{ name: string; from: string; until: string | null; isThere: boolean }>`
    select (array_agg(name order by valid_from desc))[1] as name, min(valid_from) as from,
      case when bool_and(valid_until is not null) then max(valid_until) end as until,
      bool_or(daterange(valid_from, valid_until) @> ${day}::date) as "isThere"
    from units.unit_version where unit_id = ${unitId}::bigint having count(*) > 0`.execute(tx)
  const [life] = rows
  if (!life || life.isThere) return null
  const { name, from, until } = life
  if (until === null || until > day) {
    return { name, from, until, state: 'to_come', how: 'parts', instead: bare(await behind(tx, unitId, day)) }
  }
  const heirs = await ahead(tx, [unitId], day)
  if (heirs.length > 0) {
    const how = heirs.length === 1 && heirs[0]?.isWhole ? 'whole' : 'parts'
    return { name, from, until, state: 'ended', how, instead: bare(heirs) }
  }
  const below = await ahead(tx, await heirsBelow(tx, unitId, until), day)
  return { name, from, until, state: 'ended', how: 'below', instead: bare(below) }
}

const mostInstead = 100

function bare(found: readonly Instead[]): UnitElsewhereAnswer['instead'] {
  return found
    .map(({ id, name }) => ({ id, name }))
    .toSorted((a, b) => compareText(a.name, b.name))
    .slice(0, mostInstead)
}

/** Units that are there on a day and took over the given ones by then, through all that came between. */
async function ahead(tx: Tx, unitIds: readonly string[], day: string): Promise<Instead[]> {
  const { rows } = await sql<Instead>`
    with recursive went(id, is_whole) as (
      select id, true from unnest(${unitIds}::bigint[]) id
      union
      select s.to_unit_id, went.is_whole and s.is_whole from went
      join units.succession s on s.from_unit_id = went.id and s.on_day <= ${day}::date
        and exists (select from units.unit_version v where v.unit_id = went.id and v.valid_until = s.on_day)
      where not exists (select from units.unit_version v where v.unit_id = went.id
        and daterange(v.valid_from, v.valid_until) @> ${day}::date)
    )
    select v.unit_id::text as id, v.name, bool_and(went.is_whole) as "isWhole" from went
    join units.unit_version v on v.unit_id = went.id and v.kind <> 'part'
      and daterange(v.valid_from, v.valid_until) @> ${day}::date
    group by v.unit_id, v.name`.execute(tx)
  return rows
}

/** Units that are there on a day and of which one that begins later is made, through all that comes between. */
async function behind(tx: Tx, unitId: string, day: string): Promise<Instead[]> {
  const { rows } = await sql<Instead>`
    with recursive came(id) as (
      select ${unitId}::bigint
      union
      select s.from_unit_id from came
      join units.succession s on s.to_unit_id = came.id
        and s.on_day = (select min(v.valid_from) from units.unit_version v where v.unit_id = came.id)
        and exists (select from units.unit_version v where v.unit_id = s.from_unit_id and v.kind <> 'part'
          and (v.valid_until = s.on_day or daterange(v.valid_from, v.valid_until) @> s.on_day))
      where not exists (select from units.unit_version v where v.unit_id = came.id
        and daterange(v.valid_from, v.valid_until) @> ${day}::date)
    )
    select v.unit_id::text as id, v.name, false as "isWhole" from came
    join units.unit_version v on v.unit_id = came.id and daterange(v.valid_from, v.valid_until) @> ${day}::date`.execute(
    tx,
  )
  return rows
}

/** Where the areas below a unit went on the day it ended: themselves, or what took their unit's place at its own level. */
async function heirsBelow(tx: Tx, unitId: string, endedOn: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct case when above_kind.rank = own.rank then heir.parent_id else heir.unit_id end::text as id
    from units.unit_version child
    join units.kind child_kind on child_kind.key = child.kind and child_kind.is_area
    join units.unit_version ended on ended.unit_id = child.parent_id and ended.valid_until = ${endedOn}::date
    join units.kind own on own.key = ended.kind
    cross join lateral (
      select child.unit_id as id
      union all
      select s.to_unit_id from units.succession s where s.from_unit_id = child.unit_id and s.on_day = ${endedOn}::date
    ) went
    join units.unit_version heir on heir.unit_id = went.id and daterange(heir.valid_from, heir.valid_until) @> ${endedOn}::date
    left join units.unit_version above on above.unit_id = heir.parent_id
      and daterange(above.valid_from, above.valid_until) @> ${endedOn}::date
    left join units.kind above_kind on above_kind.key = above.kind
    where child.parent_id = ${unitId}::bigint and child.valid_until = ${endedOn}::date limit 2000`.execute(tx)
  return rows.map((row) => row.id)
}

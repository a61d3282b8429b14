import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { UnitPageAnswer, UnitSummaryAnswer } from './contract.ts'
import { type Place, searchForms } from './units.search.ts'
import { whereabouts } from './whereabouts.ts'

/** True in SQL where the version or ancestry row `alias` holds on `day`. */
const holdsOn = (alias: string, day: string) => sql`
  ${sql.ref(alias)}.valid_from <= ${day}::date
  and (${sql.ref(alias)}.valid_until is null or ${sql.ref(alias)}.valid_until > ${day}::date)`

/** The columns of a UnitSummary over `units.unit_version v` and `units.kind k`. */
const summary = (day: string) => sql`
  v.unit_id::text as id, v.code, v.name, v.kind, k.is_area as "isArea", v.name_is_ours as "nameIsOurs",
  jsonb_build_object('vi', k.name_vi, 'en', k.name_en) as "kindName",
  coalesce((
    select jsonb_agg(p.name order by a.depth) from units.ancestry a
    join units.unit_version p on p.unit_id = a.ancestor_id and ${holdsOn('p', day)}
    where a.unit_id = v.unit_id and a.depth > 0 and p.kind <> 'country' and ${holdsOn('a', day)}), '[]'::jsonb) as path`

const below = (day: string) => sql`
  (select count(*)::int from units.unit_version c
   where c.parent_id = v.unit_id and c.kind <> 'part' and ${holdsOn('c', day)}) as below`

/** A unit as it stood on a day, or null where it was not. */
export async function findUnit(tx: Tx, unitId: string, asOf: string): Promise<UnitSummaryAnswer | null> {
  const { rows } = await sql<UnitSummaryAnswer>`
    select ${summary(asOf)} from units.unit_version v join units.kind k on k.key = v.kind
    where v.unit_id = ${unitId}::bigint and ${holdsOn('v', asOf)}`.execute(tx)
  return rows[0] ?? null
}

/** Ids of a unit and of all above it as rights see them (today, or where it last stood), itself first. */
export async function unitPath(tx: Tx, unitId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.ancestor_id::text as id from units.standing s where s.unit_id = ${unitId}::bigint
    group by s.ancestor_id order by min(s.depth)`.execute(tx)
  return rows.map((row) => row.id)
}

/** The unit above in the newest version of a unit; null for the top and for a unit that never was. */
export async function lastParent(tx: Tx, unitId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select parent_id::text as id from units.unit_version where unit_id = ${unitId}::bigint
    order by valid_from desc limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

/** The unit above one on a day; null for the top, and where it is not there. */
export async function parentOn(tx: Tx, unitId: string, day: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select v.parent_id::text as id from units.unit_version v where v.unit_id = ${unitId}::bigint and ${holdsOn('v', day)}`.execute(
    tx,
  )
  return rows[0]?.id ?? null
}

/** The name in the newest version of a unit; null for one that never was. */
export async function lastName(tx: Tx, unitId: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from units.unit_version where unit_id = ${unitId}::bigint order by valid_from desc limit 1`.execute(
    tx,
  )
  return rows[0]?.name ?? null
}

export type UnitSearch = {
  q: string
  asOf: string
  within?: string | undefined
  kind?: string | undefined
  may?: string | undefined
  limit: number
}

/** Units that what was typed may mean, best first: exact, then beginning with it, containing it, looking alike. */
export async function searchUnits(tx: Tx, search: UnitSearch): Promise<UnitSummaryAnswer[]> {
  const { asOf } = search
  const { rows } = await sql<UnitSummaryAnswer>`
    select ${summary(asOf)}
    from units.search(${searchForms(search.q)}::text[], ${asOf}::date, ${search.within ?? null}::bigint,
                      ${search.kind ?? null}::text, ${search.may ?? null}::text, ${search.limit}::int)
         with ordinality as found(unit_id, place)
    join units.unit_version v on v.unit_id = found.unit_id and v.kind <> 'part' and ${holdsOn('v', asOf)}
    join units.kind k on k.key = v.kind
    order by found.place`.execute(tx)
  return rows
}

/** The units directly below one, areas first, each with how many are directly below it. */
export async function childrenOf(
  tx: Tx,
  parentId: string,
  asOf: string,
): Promise<(UnitSummaryAnswer & { below: number })[]> {
  const { rows } = await sql<UnitSummaryAnswer & { below: number }>`
    select ${summary(asOf)}, ${below(asOf)}
    from units.unit_version v join units.kind k on k.key = v.kind
    where v.parent_id = ${parentId}::bigint and v.kind <> 'part' and ${holdsOn('v', asOf)}
    order by not k.is_area, k.rank, v.code, v.unit_id
    limit 2000`.execute(tx)
  return rows
}

/** Id of the top of the tree. */
export async function rootId(tx: Tx): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select unit_id::text as id from units.unit_version where parent_id is null order by valid_from limit 1`.execute(
    tx,
  )
  return rows[0]?.id ?? ''
}

/** A unit and those above it as of a day, nearest last. */
export async function ancestorsOf(tx: Tx, unitId: string, asOf: string): Promise<UnitSummaryAnswer[]> {
  const { rows } = await sql<UnitSummaryAnswer>`
    select ${summary(asOf)} from units.ancestry up
    join units.unit_version v on v.unit_id = up.ancestor_id and ${holdsOn('v', asOf)}
    join units.kind k on k.key = v.kind
    where up.unit_id = ${unitId}::bigint and up.depth > 0 and v.kind <> 'country' and ${holdsOn('up', asOf)}
    order by up.depth desc`.execute(tx)
  return rows
}

export type Version = UnitPageAnswer['versions'][number]

/** Every version of a unit, the newest first; the name of the unit above is that of the day the version began. */
export async function versionsOf(tx: Tx, unitId: string): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select v.code, v.name, jsonb_build_object('vi', k.name_vi, 'en', k.name_en) as "kindName",
           p.name as "parentName", v.valid_from as "validFrom", v.valid_until as "validUntil",
           v.legal_basis as "legalBasis", v.name_is_ours as "nameIsOurs"
    from units.unit_version v join units.kind k on k.key = v.kind
    left join lateral (
      select above.name from units.unit_version above where above.unit_id = v.parent_id
      -- The first name it had, where it is recorded from a later day than this unit.
      order by (above.valid_from <= v.valid_from and (above.valid_until is null or above.valid_until > v.valid_from)) desc,
        above.valid_from limit 1) p on true
    where v.unit_id = ${unitId}::bigint
    order by v.valid_from desc`.execute(tx)
  return rows
}

/** When a unit ended, and the units into which it went, as they were called that day; null while it stands. */
export async function endOf(tx: Tx, unitId: string, day: string): Promise<UnitPageAnswer['ended']> {
  const { rows } = await sql<NonNullable<UnitPageAnswer['ended']>>`
    select ended.on, coalesce(went."isWhole", false) as "isWhole", coalesce(went.into, '[]'::jsonb) as into, '[]'::jsonb as "tookPlace"
    from (
      select max(valid_until) as on from units.unit_version where unit_id = ${unitId}::bigint
      having bool_and(valid_until is not null)
    ) ended
    cross join lateral (
      select bool_and(s.is_whole) as "isWhole",
        jsonb_agg(jsonb_build_object('id', v.unit_id::text, 'name', v.name) order by v.name, v.unit_id) as into
      from units.succession s
      join units.unit_version v on v.unit_id = s.to_unit_id and v.valid_from <= s.on_day
        and (v.valid_until is null or v.valid_until > s.on_day)
      where s.from_unit_id = ${unitId}::bigint and s.on_day = ended.on
    ) went
    where ended.on <= ${day}::date`.execute(tx)
  const [end] = rows
  if (!end) return null
  const found = end.into.length === 0 ? await whereabouts(tx, unitId, day) : null
  return { ...end, tookPlace: found?.instead ?? [] }
}

/** Units at and below one on a day, as names are matched against them. */
export async function placesWithin(
  tx: Tx,
  ask: { withinId: string; asOf: string; kinds?: readonly string[] | undefined },
): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select v.unit_id::text as id, v.code, v.name, v.kind, p.name as "parentName"
    from units.ancestry a
    join units.unit_version v on v.unit_id = a.unit_id and v.kind <> 'part' and ${holdsOn('v', ask.asOf)}
    left join units.unit_version p on p.unit_id = v.parent_id and ${holdsOn('p', ask.asOf)}
    where a.ancestor_id = ${ask.withinId}::bigint and ${holdsOn('a', ask.asOf)}
      and (${ask.kinds ?? null}::text[] is null or v.kind = any(${ask.kinds ?? null}::text[]))
    order by v.code limit 20000`.execute(tx)
  return rows
}

/** Those of some units over which the reader holds a capability. */
export async function permittedOf(tx: Tx, unitIds: readonly string[], may: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from unnest(${unitIds}::bigint[]) id where access.permits(${may}, id)`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

/** Every kind of unit there can be, outermost first. */
export async function unitKinds(tx: Tx) {
  const { rows } = await sql<{
    key: string
    name: { vi: string; en: string }
    isArea: boolean
    rank: number
  }>`
    select key, jsonb_build_object('vi', name_vi, 'en', name_en) as name, is_area as "isArea", rank
    from units.kind where key <> 'part' order by rank, key`.execute(tx)
  return rows
}

import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { searchForms } from '../units.search.ts'
import { linksPerPage, type UnitLinkAnswer, type UnitLinksInput } from './links.contract.ts'

/** What a link's state is, in SQL over `units.link l`. */
const stateOf = sql`
  case when l.settled_at is not null then 'settled' when l.certainty = 'certain' then 'certain' else 'waiting' end`

/** Only links of units that the reader may change; others are seen on the units' own pages. */
const own = sql`l.from_unit_id in (select access.units_permitted('units.change'))`

/** The last version that a unit had before a day, as `v`. */
const lastVersion = (unit: string, before: string) => sql`
  lateral (select * from units.unit_version x
           where x.unit_id = ${sql.ref(unit)} and x.valid_from < ${sql.ref(before)}
           order by x.valid_from desc limit 1) v`

const named = (ids: ReturnType<typeof sql>) => sql`
  coalesce((
    select jsonb_agg(jsonb_build_object('id', n.unit_id::text, 'code', n.code, 'name', n.name) order by e.place)
    from (${ids}) as e(id, place)
    join lateral (select * from units.unit_version x where x.unit_id = e.id and x.valid_from <= l.on_day
                  order by x.valid_from desc limit 1) n on true), '[]'::jsonb)`

const columns = sql`
  jsonb_build_object('id', l.from_unit_id::text, 'code', v.code, 'name', v.name, 'path', coalesce((
    select jsonb_agg(p.name order by a.depth) from units.ancestry a
    join units.unit_version p on p.unit_id = a.ancestor_id and p.valid_from < l.on_day
      and (p.valid_until is null or p.valid_until >= l.on_day)
    where a.unit_id = l.from_unit_id and a.depth > 0 and p.kind <> 'country'
      and a.valid_from < l.on_day and (a.valid_until is null or a.valid_until >= l.on_day)), '[]'::jsonb)) as "from",
  l.on_day as "on", l.certainty, l.reason, l.revision,
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'unit', jsonb_build_object('id', n.unit_id::text, 'code', n.code, 'name', n.name), 'words', said.words)
      order by said.place)
    from rows from (jsonb_to_recordset(l.said) as ("unitId" bigint, words text)) with ordinality
      as said("unitId", words, place)
    join units.unit_version n on n.unit_id = said."unitId" and n.valid_from <= l.on_day
      and (n.valid_until is null or n.valid_until > l.on_day)), '[]'::jsonb) as said,
  ${named(sql`select s.to_unit_id, s.id from units.succession s
              where s.from_unit_id = l.from_unit_id and s.on_day = l.on_day`)} as "to",
  coalesce((select bool_and(s.is_whole) from units.succession s
            where s.from_unit_id = l.from_unit_id and s.on_day = l.on_day), false) as "isWhole",
  ${named(sql`select c.id, c.place from unnest(l.candidates) with ordinality as c(id, place)`)} as candidates,
  case when l.settled_at is not null then jsonb_build_object(
    'at', l.settled_at, 'by', coalesce(access.display_name(l.settled_by), '')) end as settled`

/** One page of the links that the reader may settle, and how many there are. */
export async function linksShown(
  tx: Tx,
  ask: UnitLinksInput,
): Promise<{ links: UnitLinkAnswer[]; total: number }> {
  const patterns = searchForms(ask.q).map((form) => `%${form.replace(/[\\%_]/g, '\\$&')}%`)
  const found = sql`
    from units.link l cross join ${lastVersion('l.from_unit_id', 'l.on_day')}
    where ${stateOf} = ${ask.state} and ${own}
      and (${patterns.length === 0} or v.search like any(${patterns}::text[]))
      and (${ask.provinceId ?? null}::bigint is null or exists (
        select 1 from units.place p where p.leaf_id = l.from_unit_id and p.unit_id = ${ask.provinceId ?? null}::bigint
          and p.days @> l.on_day))`
  const counted = await sql<{ count: number }>`select count(*)::int as count ${found}`.execute(tx)
  const { rows } = await sql<UnitLinkAnswer>`
    select ${columns} ${found}
    order by (l.certainty = 'open') desc, v.code
    limit ${linksPerPage} offset ${(ask.page - 1) * linksPerPage}`.execute(tx)
  return { links: rows, total: counted.rows[0]?.count ?? 0 }
}

/** The provinces in which links of the units one may change count, with how many of them wait. */
export async function linkProvinces(
  tx: Tx,
): Promise<{ id: string; code: string; name: string; waiting: number }[]> {
  const { rows } = await sql<{ id: string; code: string; name: string; waiting: number }>`
    select v.unit_id::text as id, v.code, v.name,
           (count(*) filter (where ${stateOf} = 'waiting'))::int as waiting
    from units.link l
    join units.place p on p.leaf_id = l.from_unit_id and p.days @> l.on_day
    join units.unit_version v on v.unit_id = p.unit_id and v.valid_from <= l.on_day
      and (v.valid_until is null or v.valid_until > l.on_day)
    join units.kind k on k.key = v.kind and k.rank = 10
    where ${own}
    group by 1, 2, 3 order by v.code`.execute(tx)
  return rows
}

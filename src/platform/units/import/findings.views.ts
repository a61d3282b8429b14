import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { type ListFindingAnswer, mostFindings } from './findings.contract.ts'

/** Only of units that the reader may change, as with links. */
const own = sql`f.unit_id in (select access.units_permitted('units.change'))`

const oldUnits = (from: ReturnType<typeof sql>) => sql`
  coalesce((
    select jsonb_agg(jsonb_build_object('id', old.id::text, 'code', n.code, 'name', n.name) order by n.code)
    from (${from}) as old(id)
    join lateral (select * from units.unit_version x where x.unit_id = old.id and x.valid_from < f.on_day
                  order by x.valid_from desc limit 1) n on true), '[]'::jsonb)`

/** What lists left to a person of the units that the reader may change, the open ones first. */
export async function findingsShown(tx: Tx): Promise<ListFindingAnswer[]> {
  const { rows } = await sql<ListFindingAnswer>`
    select jsonb_build_object('id', f.unit_id::text, 'code', v.code, 'name', v.name, 'province', coalesce(p.name, '')) as unit,
      f.on_day as "on", to_jsonb(f.words) as words, f.is_alone as "isAlone", f.revision,
      ${oldUnits(sql`select l.from_unit_id from units.link l
        where f.unit_id = any(l.candidates) and l.settled_at is null and l.certainty = 'open' limit 6`)} as maybe,
      ${oldUnits(sql`select l.from_unit_id from units.succession s
        join units.link l on l.from_unit_id = s.from_unit_id and l.settled_at is not null
        where s.to_unit_id = f.unit_id and s.on_day = f.on_day`)} as linked,
      case when f.settled_at is not null then jsonb_build_object('at', f.settled_at, 'verdict', f.verdict,
        'by', coalesce(access.display_name(f.settled_by), '')) end as settled
    from units.list_finding f
    join lateral (select * from units.unit_version x where x.unit_id = f.unit_id and x.valid_from <= f.on_day
                  order by x.valid_from desc limit 1) v on true
    left join units.unit_version p on p.unit_id = v.parent_id and p.valid_from <= f.on_day
      and (p.valid_until is null or p.valid_until > f.on_day)
    where ${own}
    order by f.settled_at is not null, v.code limit ${mostFindings}`.execute(tx)
  return rows
}

/** How many there are, wait, and are of units of which no old one is known. */
export async function findingCounts(tx: Tx): Promise<{ total: number; waiting: number; alone: number }> {
  const { rows } = await sql<{ total: number; waiting: number; alone: number }>`
    select count(*)::int as total, (count(*) filter (where settled_at is null))::int as waiting,
      (count(*) filter (where is_alone))::int as alone
    from units.list_finding f where ${own}`.execute(tx)
  return rows[0] ?? { total: 0, waiting: 0, alone: 0 }
}

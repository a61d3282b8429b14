import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { LinkTotalsAnswer } from './links.contract.ts'

const communeRank = 30

/**
 * The old units of the lists that the reader may change, each once, by how it is known where they went. The command that
 * imports and the page of links both tell these numbers.
 */
export async function linkTotals(tx: Tx): Promise<LinkTotalsAnswer> {
  const { rows } = await sql<Omit<LinkTotalsAnswer, 'units' | 'known'>>`
    with mine as materialized (select access.units_permitted('units.change') as id),
    linked as (
      select count(*) filter (where settled_at is not null) as settled,
        count(*) filter (where settled_at is null and certainty = 'certain') as said,
        count(*) filter (where settled_at is null and certainty = 'assumed') as assumed,
        count(*) filter (where settled_at is null and certainty = 'open') as open
      from units.link where from_unit_id in (select id from mine)
    ),
    others as (
      select exists (select from units.unit_version n where n.unit_id = v.unit_id and n.valid_from = v.valid_until) as "goesOn"
      from units.unit_version v
      join units.kind k on k.key = v.kind and k.rank = ${communeRank}
      where v.valid_until in (select takes_effect_on from units.event where kind = 'import')
        and v.unit_id in (select id from mine)
        and not exists (select from units.link l where l.from_unit_id = v.unit_id)
    )
    select settled::int, said::int, assumed::int, open::int,
      (select count(*) from others where "goesOn")::int as unchanged,
      (select count(*) from others where not "goesOn")::int as recorded
    from linked`.execute(tx)
  const found = rows[0] ?? { settled: 0, said: 0, assumed: 0, open: 0, unchanged: 0, recorded: 0 }
  const known = found.said + found.unchanged + found.recorded
  return { ...found, known, units: known + found.settled + found.assumed + found.open }
}

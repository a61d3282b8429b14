import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/** The kind of the unit of each row on the day its team was formed, in order; null where the unit was not there. */
export async function kindsOfUnits(
  tx: Tx,
  rows: readonly { unitId: string; formedOn: string }[],
): Promise<(string | null)[]> {
  const { rows: found } = await sql<{ kind: string | null }>`
    select v.kind
    from unnest(${rows.map((row) => row.unitId)}::bigint[], ${rows.map((row) => row.formedOn)}::date[])
         with ordinality as asked(unit_id, formed_on, place)
    left join units.unit_version v on v.unit_id = asked.unit_id and v.valid_from <= asked.formed_on
      and (v.valid_until is null or v.valid_until > asked.formed_on)
    order by asked.place`.execute(tx)
  return found.map((row) => row.kind)
}

/** Names and kinds of a unit and of those below it on a day, by code. */
export async function namesBelow(
  tx: Tx,
  unitId: string,
  day: string,
): Promise<{ name: string; kind: string }[]> {
  const { rows } = await sql<{ name: string; kind: string }>`
    select v.name, v.kind from units.ancestry a
    join units.unit_version v on v.unit_id = a.unit_id and v.valid_from <= ${day}::date
      and (v.valid_until is null or v.valid_until > ${day}::date)
    where a.ancestor_id = ${unitId}::bigint and v.kind <> 'part' and a.valid_from <= ${day}::date
      and (a.valid_until is null or a.valid_until > ${day}::date)
    order by v.code limit 2000`.execute(tx)
  return rows
}

/** The name of a unit that is no more, and the first day without it; null for one that is there or never was. */
export async function endOfUnit(
  tx: Tx,
  unitId: string,
  day: string,
): Promise<{ name: string; endedOn: string } | null> {
  const { rows } = await sql<{ name: string; endedOn: string | null }>`
    select name, valid_until as "endedOn" from units.unit_version where unit_id = ${unitId}::bigint
    order by valid_from desc limit 1`.execute(tx)
  const [last] = rows
  return last?.endedOn && last.endedOn <= day ? { name: last.name, endedOn: last.endedOn } : null
}

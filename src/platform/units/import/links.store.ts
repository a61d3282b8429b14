import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { Certainty } from './link-plan.ts'

export type Successor = { unitId: string; isWhole: boolean; certainty: Certainty }

export type StoredLink = {
  eventId: string
  on: string
  rank: number
  name: string
  revision: number
  replaced: Successor[] | null
}

/** The link of a unit that ended, locked against others who would settle it, or null. */
export async function lockLink(tx: Tx, unitId: string): Promise<StoredLink | null> {
  const { rows } = await sql<StoredLink>`
    select l.event_id::text as "eventId", l.on_day as "on", k.rank, v.name, l.revision, l.replaced
    from units.link l
    join lateral (select * from units.unit_version x where x.unit_id = l.from_unit_id and x.valid_from < l.on_day
                  order by x.valid_from desc limit 1) v on true
    join units.kind k on k.key = v.kind
    where l.from_unit_id = ${unitId}::bigint for update of l`.execute(tx)
  return rows[0] ?? null
}

/** Where a unit went on a day. */
export async function successorsOf(tx: Tx, unitId: string, on: string): Promise<Successor[]> {
  const { rows } = await sql<Successor>`
    select to_unit_id::text as "unitId", is_whole as "isWhole", certainty from units.succession
    where from_unit_id = ${unitId}::bigint and on_day = ${on}::date order by id`.execute(tx)
  return rows
}

/** Puts these in the place of where a unit went. */
export async function replaceSuccessors(
  tx: Tx,
  unitId: string,
  link: StoredLink,
  successors: readonly Successor[],
): Promise<void> {
  await sql`
    delete from units.succession where from_unit_id = ${unitId}::bigint and on_day = ${link.on}::date`.execute(
    tx,
  )
  if (successors.length === 0) return
  await sql`
    insert into units.succession (event_id, from_unit_id, to_unit_id, on_day, is_whole, certainty)
    select ${link.eventId}::bigint, ${unitId}::bigint, "unitId", ${link.on}::date, "isWhole", certainty
    from jsonb_to_recordset(${JSON.stringify(successors)}::jsonb)
      as r("unitId" bigint, "isWhole" boolean, certainty text)`.execute(tx)
}

/** Notes that a person settled the link, and what stood before; null takes the note away. Answers the new revision. */
export async function noteSettled(
  tx: Tx,
  unitId: string,
  settled: { by: string | null; replaced: readonly Successor[] } | null,
): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    update units.link set revision = revision + 1,
      settled_at = ${settled ? sql`clock_timestamp()` : null}, settled_by = ${settled?.by ?? null}::bigint,
      replaced = ${settled ? JSON.stringify(settled.replaced) : null}::jsonb
    where from_unit_id = ${unitId}::bigint returning revision`.execute(tx)
  return rows[0]?.revision ?? 0
}

/** Those of these units that are areas of a rank on a day. */
export async function unitsOfRank(
  tx: Tx,
  unitIds: readonly string[],
  rank: number,
  on: string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select v.unit_id::text as id, v.name from units.unit_version v join units.kind k on k.key = v.kind
    where v.unit_id = any(${unitIds}::bigint[]) and k.rank = ${rank}
      and v.valid_from <= ${on}::date and (v.valid_until is null or v.valid_until > ${on}::date)`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}

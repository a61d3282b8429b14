import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { Verdict } from './findings.contract.ts'

/** Units among these of which a list has left something to a person before. */
export async function unitsWithFinding(tx: Tx, unitIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select unit_id::text as id from units.list_finding where unit_id = any(${unitIds}::bigint[])`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

/** Keeps what a list says of new units that matches no old one. */
export async function insertFindings(
  tx: Tx,
  eventId: string,
  on: string,
  rows: readonly { unitId: string; words: readonly string[]; isAlone: boolean }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into units.list_finding (unit_id, event_id, on_day, words, is_alone)
    select "unitId", ${eventId}::bigint, ${on}::date, array(select jsonb_array_elements_text(words)), "isAlone"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("unitId" bigint, words jsonb, "isAlone" boolean)`.execute(
    tx,
  )
}

/** Of how many new units something is left to look at. */
export async function countWaitingFindings(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from units.list_finding where settled_at is null`.execute(tx)
  return rows[0]?.count ?? 0
}

export type StoredFinding = { name: string; revision: number; verdict: Verdict | null; isLinked: boolean }

/** What a list left open of a unit, locked against others who would settle it, or null. */
export async function lockFinding(tx: Tx, unitId: string): Promise<StoredFinding | null> {
  const { rows } = await sql<StoredFinding>`
    select v.name, f.revision, f.verdict, exists (
      select from units.succession s join units.link l on l.from_unit_id = s.from_unit_id and l.settled_at is not null
      where s.to_unit_id = f.unit_id and s.on_day = f.on_day) as "isLinked"
    from units.list_finding f
    join lateral (select * from units.unit_version x where x.unit_id = f.unit_id and x.valid_from <= f.on_day
                  order by x.valid_from desc limit 1) v on true
    where f.unit_id = ${unitId}::bigint for update of f`.execute(tx)
  return rows[0] ?? null
}

/** Notes what a person said; null takes it away. Answers the new revision. */
export async function noteVerdict(
  tx: Tx,
  unitId: string,
  said: { verdict: Verdict; by: string | null } | null,
): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    update units.list_finding set revision = revision + 1, verdict = ${said?.verdict ?? null},
      settled_at = ${said ? sql`clock_timestamp()` : null}, settled_by = ${said?.by ?? null}::bigint
    where unit_id = ${unitId}::bigint returning revision`.execute(tx)
  return rows[0]?.revision ?? 0
}

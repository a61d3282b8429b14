import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { UnitKind } from './units.rules.ts'
import { searchText } from './units.search.ts'

/** A version to be written; `search` is made here from name and code. */
export type VersionRow = {
  unitId: string
  kind: string
  code: string
  name: string
  parentId: string
  validFrom: string
  validUntil: string | null
  legalBasis: string | null
  nameIsOurs: boolean
}

export type StoredVersion = VersionRow & { versionId: string }

/** Makes that many units without versions and returns their ids. */
export async function insertUnits(tx: Tx, count: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into units.unit select from generate_series(1, ${count}) returning id::text`.execute(tx)
  return rows.map((row) => row.id)
}

export async function insertVersions(tx: Tx, versions: readonly VersionRow[]): Promise<void> {
  const rows = JSON.stringify(
    versions.map((version) => ({ ...version, search: searchText(version.name, version.code) })),
  )
  await sql`
    insert into units.unit_version
      (unit_id, kind, code, name, parent_id, valid_from, valid_until, legal_basis, name_is_ours, search)
    select "unitId", kind, code, name, "parentId", "validFrom", "validUntil", "legalBasis", "nameIsOurs", search
    from jsonb_to_recordset(${rows}::jsonb) as r("unitId" bigint, kind text, code text, name text, "parentId" bigint,
      "validFrom" date, "validUntil" date, "legalBasis" text, "nameIsOurs" boolean, search text)`.execute(tx)
}

/** The version of a unit that holds on a day, locked against others who would change it, or null. */
export async function lockVersion(tx: Tx, unitId: string, on: string): Promise<StoredVersion | null> {
  const { rows } = await sql<StoredVersion>`
    select id::text as "versionId", unit_id::text as "unitId", kind, code, name, parent_id::text as "parentId",
           valid_from as "validFrom", valid_until as "validUntil", legal_basis as "legalBasis",
           name_is_ours as "nameIsOurs"
    from units.unit_version
    where unit_id = ${unitId}::bigint and valid_from <= ${on}::date and (valid_until is null or valid_until > ${on}::date)
    for update`.execute(tx)
  return rows[0] ?? null
}

export async function endVersion(tx: Tx, versionId: string, on: string): Promise<void> {
  await sql`update units.unit_version set valid_until = ${on}::date where id = ${versionId}::bigint`.execute(
    tx,
  )
}

/** Who holds a code on any day from `from` on, or null. */
export async function codeHolder(
  tx: Tx,
  code: string,
  from: string,
): Promise<{ name: string; validFrom: string; validUntil: string | null } | null> {
  const { rows } = await sql<{ name: string; validFrom: string; validUntil: string | null }>`
    select name, valid_from as "validFrom", valid_until as "validUntil" from units.unit_version
    where code = ${code} and (valid_until is null or valid_until > ${from}::date)
    order by valid_from limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Ids by code of the units that hold these codes on a day. */
export async function unitsByCode(
  tx: Tx,
  codes: readonly string[],
  on: string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; id: string }>`
    select code, unit_id::text as id from units.unit_version
    where code = any(${codes}::text[]) and valid_from <= ${on}::date
      and (valid_until is null or valid_until > ${on}::date)`.execute(tx)
  return new Map(rows.map((row) => [row.code, row.id]))
}

/** The unit above in the newest version of a unit; null for the top and for a unit that never was. */
export async function lastParent(tx: Tx, unitId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select parent_id::text as id from units.unit_version where unit_id = ${unitId}::bigint
    order by valid_from desc limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

/** How many units stand directly below one on a day or later. */
export async function countBelow(tx: Tx, unitId: string, from: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct unit_id)::int as count from units.unit_version
    where parent_id = ${unitId}::bigint and (valid_until is null or valid_until > ${from}::date)`.execute(tx)
  return rows[0]?.count ?? 0
}

/** A kind of unit by its key, or null. */
export async function kindByKey(tx: Tx, key: string): Promise<UnitKind | null> {
  const { rows } = await sql<UnitKind>`
    select is_area as "isArea", rank, name_vi as "nameVi", name_en as "nameEn" from units.kind where key = ${key}`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** The newest version of a unit, locked against others who would change it, or null. */
export async function lockNewest(tx: Tx, unitId: string): Promise<StoredVersion | null> {
  const { rows } = await sql<{ on: string }>`
    select max(valid_from) as on from units.unit_version where unit_id = ${unitId}::bigint`.execute(tx)
  return rows[0]?.on ? lockVersion(tx, unitId, rows[0].on) : null
}

export async function reopenVersion(tx: Tx, versionId: string): Promise<void> {
  await sql`update units.unit_version set valid_until = null where id = ${versionId}::bigint`.execute(tx)
}

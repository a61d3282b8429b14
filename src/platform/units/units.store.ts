import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
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

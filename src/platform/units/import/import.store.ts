import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { searchText } from '../units.search.ts'
import type { VersionRow } from '../units.store.ts'
import type { Certainty, Reason } from './link-plan.ts'

/** A version as the import compares it with the lists. */
export type KnownVersion = {
  versionId: string
  unitId: string
  code: string
  name: string
  kind: string
  rank: number
  parentId: string | null
  validFrom: string
  validUntil: string | null
  legalBasis: string | null
  nameIsOurs: boolean
}

/** Keeps others from changing units until the end of the transaction, as every change of units does. */
export async function lockUnits(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(4711003)`.execute(tx)
}

const columns = sql`
  v.id::text as "versionId", v.unit_id::text as "unitId", v.code, v.name, v.kind, k.rank,
  v.parent_id::text as "parentId", v.valid_from as "validFrom", v.valid_until as "validUntil",
  v.legal_basis as "legalBasis", v.name_is_ours as "nameIsOurs"`

/** Every version that holds one of these codes. */
export async function versionsOfCodes(tx: Tx, codes: readonly string[]): Promise<KnownVersion[]> {
  const { rows } = await sql<KnownVersion>`
    select ${columns} from units.unit_version v join units.kind k on k.key = v.kind
    where v.code = any(${codes}::text[]) order by v.valid_from`.execute(tx)
  return rows
}

/** Versions that stand below one of these units on a day or later. */
export async function versionsBelow(tx: Tx, unitIds: readonly string[], on: string): Promise<KnownVersion[]> {
  const { rows } = await sql<KnownVersion>`
    select ${columns} from units.unit_version v join units.kind k on k.key = v.kind
    where v.parent_id = any(${unitIds}::bigint[]) and (v.valid_until is null or v.valid_until > ${on}::date)`.execute(
    tx,
  )
  return rows
}

/** Ends versions on a day; those that would begin on it or later are left. */
export async function endVersions(tx: Tx, versionIds: readonly string[], on: string): Promise<void> {
  if (versionIds.length === 0) return
  await sql`
    update units.unit_version set valid_until = ${on}::date
    where id = any(${versionIds}::bigint[]) and valid_from < ${on}::date`.execute(tx)
}

export type NewEvent = {
  unitId: string
  takesEffectOn: string
  legalBasis: string | null
  note: string
  facts: object
  recordedBy: string | null
}

export async function insertImportEvent(tx: Tx, event: NewEvent): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into units.event (unit_id, kind, takes_effect_on, legal_basis, note, facts, recorded_by)
    values (${event.unitId}::bigint, 'import', ${event.takesEffectOn}::date, ${event.legalBasis}, ${event.note},
            ${JSON.stringify(event.facts)}::jsonb, ${event.recordedBy}::bigint)
    returning id::text`.execute(tx)
  return rows[0]?.id ?? ''
}

export type SuccessionRow = {
  fromId: string
  toId: string
  isWhole: boolean
  certainty: Certainty
}

/** Adds versions, whose parents may be among them, and where units went; needs the right over the whole tree. */
export async function loadCountry(
  tx: Tx,
  event: { id: string; on: string },
  versions: readonly VersionRow[],
  successions: readonly SuccessionRow[],
): Promise<void> {
  const rows = versions.map((version) => ({ ...version, search: searchText(version.name, version.code) }))
  await sql`
    select units.load_country(${JSON.stringify(rows)}::jsonb, ${JSON.stringify(successions)}::jsonb,
                              ${event.id}::bigint, ${event.on}::date)`.execute(tx)
}

export type LinkRow = {
  fromId: string
  certainty: Certainty
  reason: Reason
  said: readonly { unitId: string; words: string }[]
  candidates: readonly string[]
}

export async function insertLinks(
  tx: Tx,
  eventId: string,
  on: string,
  rows: readonly LinkRow[],
): Promise<void> {
  if (rows.length === 0) return
  const plain = rows.map((row) => ({ ...row, candidates: row.candidates.map(Number) }))
  await sql`
    insert into units.link (from_unit_id, event_id, on_day, certainty, reason, said, candidates)
    select "fromId", ${eventId}::bigint, ${on}::date, certainty, reason, said,
           array(select c::bigint from jsonb_array_elements_text(candidates) with ordinality as e(c, place) order by place)
    from jsonb_to_recordset(${JSON.stringify(plain)}::jsonb)
      as r("fromId" bigint, certainty text, reason text, said jsonb, candidates jsonb)`.execute(tx)
}

export async function insertFormations(
  tx: Tx,
  eventId: string,
  rows: readonly { unitId: string; words: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into units.formation (unit_id, event_id, words)
    select "unitId", ${eventId}::bigint, words
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("unitId" bigint, words text)`.execute(tx)
}

/** Units among these of which it is known already where they went, or of which a list has spoken. */
export async function alreadyLinked(tx: Tx, unitIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select from_unit_id::text as id from units.succession where from_unit_id = any(${unitIds}::bigint[])
    union
    select from_unit_id::text from units.link where from_unit_id = any(${unitIds}::bigint[])`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

/** Units among these that a list has spoken of. */
export async function alreadyFormed(tx: Tx, unitIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select unit_id::text as id from units.formation where unit_id = any(${unitIds}::bigint[])`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { ChangeInput } from './change.contract.ts'
import type { differences } from './change.differences.ts'
import type { Draft, Seat, Version } from './change.draft.ts'
import type { UnitKind } from './level.contract.ts'
import { refuseScope } from './units.right.ts'
import { searchText } from './units.search.ts'

/** What an event did to the rows, so that it can be shown and taken back. */
export type EventFacts = {
  unitIds: string[]
  from: string[]
  to: string[]
  /** Versions as they were: changed or removed since. */
  before: Version[]
  /** Versions as the event left them: changed or added. */
  after: Version[]
}

export type StoredEvent = {
  id: string
  unitId: string
  kind: string
  on: string
  undoneAt: string | null
  facts: EventFacts
}

const versionColumns = sql`
  id::text as id, unit_id::text as "unitId", kind, code, name, parent_id::text as "parentId", valid_from as "validFrom",
  valid_until as "validUntil", legal_basis as "legalBasis", name_is_ours as "nameIsOurs"`

/** One change of units at a time: each is worked out from the map that the one before left. */
export async function lockChanges(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(4711003)`.execute(tx)
}

/** Several statements follow that change units together; `placeNoted` works the map out once for all of them. */
export async function noteChanges(tx: Tx): Promise<void> {
  await sql`select units.note_changes()`.execute(tx)
}

export async function placeNoted(tx: Tx): Promise<void> {
  await sql`select units.place_noted()`.execute(tx)
}

/** Every version of the given units and of those that stand directly below them on a day or later. */
export async function versionsAround(tx: Tx, unitIds: readonly string[], on: string): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select ${versionColumns} from units.unit_version v
    where v.unit_id = any(${unitIds}::bigint[]) or (v.kind <> 'part' and v.unit_id in (
      select c.unit_id from units.unit_version c
      where c.parent_id = any(${unitIds}::bigint[]) and (c.valid_until is null or c.valid_until > ${on}::date)))
    order by v.unit_id, v.valid_from`.execute(tx)
  return rows
}

export async function versionsById(tx: Tx, ids: readonly string[]): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select ${versionColumns} from units.unit_version v where v.id = any(${ids}::bigint[])`.execute(tx)
  return rows
}

export async function kindsByKey(tx: Tx): Promise<Map<string, UnitKind>> {
  const { rows } = await sql<UnitKind & { key: string }>`
    select key, is_area as "isArea", rank, name_vi as "nameVi", name_en as "nameEn" from units.kind`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.key, row]))
}

/** Where something will stand: seats as far as they are known, and the day from which they are not, or null. */
export type Chain = { seats: Seat[]; until: string | null }

/**
 * Where something put below a unit will stand from a day on: below it, and once it has gone whole into another, below
 * that; known until it ends without one successor.
 */
export async function seatsFrom(tx: Tx, parentId: string, on: string): Promise<Chain> {
  const seats: Seat[] = [{ parentId, from: on }]
  for (let at = seats[0]; at; ) {
    const { rows } = await sql<{ endedOn: string | null; heirs: string[]; isWhole: boolean | null }>`
      with life as (
        select case when bool_and(valid_until is not null) then max(valid_until) end as ended_on
        from units.unit_version where unit_id = ${at.parentId}::bigint)
      select life.ended_on as "endedOn", coalesce(array_agg(s.to_unit_id::text) filter (where s.id is not null), '{}') as heirs,
             bool_and(s.is_whole) as "isWhole"
      from life left join units.succession s
        on s.from_unit_id = ${at.parentId}::bigint and s.on_day = life.ended_on
      group by life.ended_on`.execute(tx)
    const [life] = rows
    if (!life?.endedOn) break
    const [heir] = life.heirs
    if (!heir || life.heirs.length > 1 || !life.isWhole) return { seats, until: life.endedOn }
    at = { parentId: heir, from: life.endedOn }
    seats.push(at)
  }
  return { seats, until: null }
}

/** Units outside the change that hold one of its codes while it would. */
export async function codeConflicts(tx: Tx, versions: readonly Version[], unitIds: readonly string[]) {
  const rows = JSON.stringify(versions)
  const found = await sql<{ code: string; name: string; validFrom: string; validUntil: string | null }>`
    select v.code, v.name, v.valid_from as "validFrom", v.valid_until as "validUntil"
    from jsonb_to_recordset(${rows}::jsonb) as w(code text, "validFrom" date, "validUntil" date)
    join units.unit_version v on v.code = w.code
      and daterange(v.valid_from, v.valid_until) && daterange(w."validFrom", w."validUntil")
    where not v.unit_id = any(${unitIds}::bigint[])
    order by v.valid_from limit 1`.execute(tx)
  return found.rows[0] ?? null
}

/** Whether a unit stands at or below another on a day. */
export async function standsWithin(tx: Tx, unitId: string, aboveId: string, on: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from units.ancestry a where a.unit_id = ${unitId}::bigint and a.ancestor_id = ${aboveId}::bigint
      and a.valid_from <= ${on}::date and (a.valid_until is null or a.valid_until > ${on}::date)`.execute(tx)
  return rows.length > 0
}

/** Gives the units that a draft makes their ids. */
export async function numberMade(tx: Tx, draft: Draft): Promise<Map<string, string>> {
  if (draft.made.length === 0) return new Map()
  const { rows } = await sql<{ id: string }>`
    insert into units.unit select from generate_series(1, ${draft.made.length}) returning id::text`.execute(
    tx,
  )
  return new Map(draft.made.map((made, at) => [made, rows[at]?.id ?? '']))
}

const asRows = (versions: readonly Version[]) =>
  JSON.stringify(versions.map((one) => ({ ...one, search: searchText(one.name, one.code) })))

const recordset = sql`r(id bigint, "unitId" bigint, kind text, code text, name text, "parentId" bigint,
  "validFrom" date, "validUntil" date, "legalBasis" text, "nameIsOurs" boolean, search text)`

/** Writes what changed: removals and endings first, so that codes and days are free for what is added. */
export async function writeVersions(tx: Tx, changes: ReturnType<typeof differences>): Promise<Version[]> {
  if (changes.removed.length > 0) {
    const ids = changes.removed.map((one) => one.id)
    const done = await sql`delete from units.unit_version where id = any(${ids}::bigint[])`.execute(tx)
    requireAll(done, changes.removed)
  }
  if (changes.revised.length > 0) {
    const done = await sql`
      update units.unit_version v set kind = r.kind, code = r.code, name = r.name, parent_id = r."parentId",
        valid_from = r."validFrom", valid_until = r."validUntil", legal_basis = r."legalBasis",
        name_is_ours = r."nameIsOurs", search = r.search
      from jsonb_to_recordset(${asRows(changes.revised.map((one) => one.after))}::jsonb) as ${recordset}
      where v.id = r.id`.execute(tx)
    requireAll(
      done,
      changes.revised.map((one) => one.before),
    )
  }
  // A version that comes back keeps its id: the event that made it may have to find it.
  const back = changes.added.filter((one) => one.id !== null)
  const added = changes.added.filter((one) => one.id === null)
  return [...(await insertRows(tx, back, true)), ...(await insertRows(tx, added, false))]
}

/** Row-level security passes over what is not the actor's without a word; a change is written whole or refused. */
function requireAll(done: { numAffectedRows?: bigint }, wanted: readonly Version[]): void {
  if (done.numAffectedRows !== BigInt(wanted.length)) refuseScope(wanted.map((one) => one.name).join('», «'))
}

async function insertRows(tx: Tx, versions: readonly Version[], withId: boolean): Promise<Version[]> {
  if (versions.length === 0) return []
  const id = withId ? sql`id, ` : sql``
  const { rows } = await sql<Version>`
    insert into units.unit_version as v (${id}unit_id, kind, code, name, parent_id, valid_from, valid_until, legal_basis,
      name_is_ours, search)
    select ${withId ? sql`r.id, ` : sql``}r."unitId", r.kind, r.code, r.name, r."parentId", r."validFrom", r."validUntil",
      r."legalBasis", r."nameIsOurs", r.search
    from jsonb_to_recordset(${asRows(versions)}::jsonb) as ${recordset}
    returning ${versionColumns}`.execute(tx)
  return rows
}

/** A unit whose unit above is not there on all of its days. */
export type Hanging = { name: string; aboveId: string; aboveName: string; aboveUntil: string | null }

/** Versions of the given units, and below them, whose unit above is not there on all of their days. */
export async function hanging(tx: Tx, unitIds: readonly string[]): Promise<Hanging | null> {
  const { rows } = await sql<Hanging>`
    select v.name, v.parent_id::text as "aboveId", above.name as "aboveName", above.ended_on as "aboveUntil"
    from units.unit_version v
    left join lateral (
      select (array_agg(p.name order by p.valid_from desc))[1] as name,
        case when bool_and(p.valid_until is not null) then max(p.valid_until) end as ended_on
      from units.unit_version p where p.unit_id = v.parent_id) above on true
    where (v.unit_id = any(${unitIds}::bigint[]) or v.parent_id = any(${unitIds}::bigint[])) and v.parent_id is not null
      and not coalesce((select range_agg(daterange(p.valid_from, p.valid_until)) from units.unit_version p
                        where p.unit_id = v.parent_id), '{}') @> daterange(v.valid_from, v.valid_until)
    limit 1`.execute(tx)
  return rows[0] ?? null
}

type NewEvent = {
  unitId: string
  change: Pick<ChangeInput, 'kind' | 'on' | 'legalBasis' | 'note'>
  facts: EventFacts
  by: string | null
}

export async function insertEvent(tx: Tx, { unitId, change, facts, by }: NewEvent): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into units.event (unit_id, kind, takes_effect_on, legal_basis, note, facts, recorded_by)
    values (${unitId}::bigint, ${change.kind}, ${change.on}::date, ${change.legalBasis ?? null}, ${change.note ?? null},
            ${JSON.stringify(facts)}::jsonb, ${by}::bigint)
    returning id::text`.execute(tx)
  return rows[0]?.id ?? ''
}

type NewLink = { eventId: string; on: string; fromId: string; toId: string; isWhole: boolean }

export async function insertSuccessions(tx: Tx, links: readonly NewLink[]): Promise<void> {
  if (links.length === 0) return
  await sql`
    insert into units.succession (event_id, from_unit_id, to_unit_id, on_day, is_whole)
    select r."eventId", r."fromId", r."toId", r."on", r."isWhole"
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb)
      as r("eventId" bigint, "on" date, "fromId" bigint, "toId" bigint, "isWhole" boolean)`.execute(tx)
}

/** An event, or null. Once `lockChanges` is held nobody else undoes it. */
export async function findEvent(tx: Tx, eventId: string): Promise<StoredEvent | null> {
  const { rows } = await sql<StoredEvent>`
    select id::text as id, unit_id::text as "unitId", kind, takes_effect_on as on, undone_at::text as "undoneAt", facts
    from units.event where id = ${eventId}::bigint`.execute(tx)
  return rows[0] ?? null
}

export type LaterEvent = { id: string; unitId: string; kind: string; on: string }

/** The newest event that stands on units of another one, or null. */
export async function laterEvent(tx: Tx, event: StoredEvent): Promise<LaterEvent | null> {
  const { rows } = await sql<LaterEvent>`
    select id::text as id, unit_id::text as "unitId", kind, takes_effect_on as on from units.event
    where id > ${event.id}::bigint and undone_at is null and facts -> 'unitIds' ?| ${event.facts.unitIds}::text[]
    order by id desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** The newest event that ended a unit and has not been undone, or null. */
export async function endingEvent(tx: Tx, unitId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from units.event
    where undone_at is null and kind in ('abolish', 'merge', 'split') and facts -> 'unitIds' ? ${unitId}
    order by id desc limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

/**
 * Takes back where units went by an event and where those it made were to go, and the parts of a split unit to which
 * nothing belongs any more.
 */
export async function removeSuccessions(tx: Tx, eventId: string, made: readonly string[]): Promise<void> {
  await sql`
    delete from units.unit_version v where v.kind = 'part' and v.unit_id in (
      select s.from_unit_id from units.succession s where s.event_id = ${eventId}::bigint)`.execute(tx)
  await sql`
    delete from units.succession where event_id = ${eventId}::bigint or from_unit_id = any(${made}::bigint[])`.execute(
    tx,
  )
}

export async function markUndone(tx: Tx, eventId: string, by: string | null): Promise<void> {
  await sql`
    update units.event set undone_at = clock_timestamp(), undone_by = ${by}::bigint where id = ${eventId}::bigint`.execute(
    tx,
  )
}

/** A unit that stands below one of the given ones and is none of those known, or null. */
export async function strangerBelow(
  tx: Tx,
  unitIds: readonly string[],
  known: readonly string[],
): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select v.name from units.unit_version v
    where v.parent_id = any(${unitIds}::bigint[]) and not v.unit_id = any(${known}::bigint[]) limit 1`.execute(
    tx,
  )
  return rows[0]?.name ?? null
}

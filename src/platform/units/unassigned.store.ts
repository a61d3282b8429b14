import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { RecordTable } from './records.ts'
import { searchText } from './units.search.ts'

/** A unit whose records wait for a person: it was split, or ended without a successor. */
export type SplitFacts = {
  id: string
  kind: 'split' | 'ended'
  name: string
  /** The unit above it as it last stood. */
  within: string | null
  code: string
  firstOn: string
  on: string
  legalBasis: string | null
  /** The event by which it ended. */
  eventId: string
  halves: { id: string; name: string; partId: string | null; eventId: string }[]
}

/** The name of the unit above the version `v` on its last day. */
const within = sql`(
  select above.name from units.unit_version above where above.unit_id = v.parent_id
    and daterange(above.valid_from, above.valid_until) @> (v.valid_until - 1))`

/**
 * Units that ended and went to several, or of which only a part is known to have gone somewhere, of those shown to the
 * reader; the newest first.
 */
export async function splitUnits(tx: Tx, ask: { unitId?: string; limit: number }): Promise<SplitFacts[]> {
  const { rows } = await sql<SplitFacts>`
    select v.unit_id::text as id, 'split' as kind, v.name, ${within} as within, v.code, life.first_on as "firstOn", v.valid_until as on,
      max(e.legal_basis) as "legalBasis", max(e.id)::text as "eventId",
      jsonb_agg(jsonb_build_object('id', s.to_unit_id::text, 'eventId', s.event_id::text, 'name', coalesce(heir.name, ''),
        'partId', part.unit_id::text) order by s.id) as halves
    from units.succession s
    join units.unit_version v on v.unit_id = s.from_unit_id and v.valid_until = s.on_day and v.kind <> 'part'
    join units.event e on e.id = s.event_id
    join lateral (
      select min(valid_from) as first_on, max(valid_until) as ended_on from units.unit_version l where l.unit_id = v.unit_id
    ) life on life.ended_on = s.on_day
    left join units.unit_version heir on heir.unit_id = s.to_unit_id
      and daterange(heir.valid_from, heir.valid_until) @> s.on_day
    left join lateral (
      select p.unit_id from units.unit_version p
      join units.succession to_half on to_half.from_unit_id = p.unit_id and to_half.to_unit_id = s.to_unit_id
      where p.kind = 'part' and p.parent_id = s.from_unit_id limit 1) part on true
    where s.from_unit_id in (select access.units_permitted('units.see_unassigned'))
      and (${ask.unitId ?? null}::bigint is null or s.from_unit_id = ${ask.unitId ?? null}::bigint)
    group by v.unit_id, v.name, v.code, life.first_on, v.valid_until, v.parent_id
    having count(*) > 1 or not bool_and(s.is_whole)
    order by v.valid_until desc, v.unit_id
    limit ${ask.limit}::int`.execute(tx)
  return rows
}

/**
 * Units that ended without a successor and have rows of some tables, of those shown to the reader; the newest first. Their
 * halves are the units to which rows were given.
 */
export async function endedAlone(
  tx: Tx,
  tables: readonly RecordTable[],
  ask: { unitId?: string; limit: number },
): Promise<SplitFacts[]> {
  const { rows } = await sql<SplitFacts>`
    with alone as (
      select distinct unit_id from units.ended_alone(${tables.map((one) => one.table)}::text[],
        ${tables.map((one) => one.unit)}::text[], ${tables.map((one) => one.unless)}::text[],
        ${ask.unitId ?? null}::bigint) as found(unit_id)
    )
    select v.unit_id::text as id, 'ended' as kind, v.name, ${within} as within, v.code, life.first_on as "firstOn", v.valid_until as on,
      e.legal_basis as "legalBasis", e.id::text as "eventId", coalesce(given.halves, '[]'::jsonb) as halves
    from alone join lateral (
      select min(l.valid_from) as first_on, max(l.valid_until) as ended_on from units.unit_version l
      where l.unit_id = alone.unit_id
    ) life on true
    join units.unit_version v on v.unit_id = alone.unit_id and v.valid_until = life.ended_on
    join lateral (
      select found.id, found.legal_basis from units.event found
      where found.takes_effect_on = life.ended_on and found.undone_at is null
        and (found.facts -> 'unitIds' ? alone.unit_id::text or found.kind = 'import')
      order by found.kind = 'import', found.id desc limit 1) e on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', s.to_unit_id::text, 'eventId', s.event_id::text,
        'name', coalesce(heir.name, ''), 'partId', p.unit_id::text) order by s.id) as halves
      from units.unit_version p join units.succession s on s.from_unit_id = p.unit_id
      left join units.unit_version heir on heir.unit_id = s.to_unit_id
        and daterange(heir.valid_from, heir.valid_until) @> s.on_day
      where p.kind = 'part' and p.parent_id = alone.unit_id) given on true
    order by v.valid_until desc, v.unit_id
    limit ${ask.limit}::int`.execute(tx)
  return rows
}

/** The lowest unit in which what happened in a unit counts on a day, but for that unit itself; null for none. */
export async function lowestPlace(
  tx: Tx,
  unitId: string,
  on: string,
): Promise<{ id: string; name: string } | null> {
  const { rows } = await sql<{ id: string; name: string }>`
    select v.unit_id::text as id, v.name from units.place p
    join units.unit_version v on v.unit_id = p.unit_id and daterange(v.valid_from, v.valid_until) @> ${on}::date
    join units.kind k on k.key = v.kind
    where p.leaf_id = ${unitId}::bigint and p.days @> ${on}::date and p.unit_id <> p.leaf_id
    order by k.rank desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Which of these tables point at units by themselves; what belongs to their rows follows them. */
export async function pointingTables(
  tx: Tx,
  tables: readonly { table: string; unit: string }[],
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select units.pointing(${tables.map((one) => one.table)}::text[], ${tables.map((one) => one.unit)}::text[]) as name`.execute(
    tx,
  )
  return rows.map((row) => row.name)
}

type CountOfUnit = { table: string; unitId: string; count: number }

/** How many rows of each table point at each of some units, but for those that no longer matter. */
export async function countOfEach(
  tx: Tx,
  tables: readonly RecordTable[],
  unitIds: readonly string[],
): Promise<CountOfUnit[]> {
  const { rows } = await sql<CountOfUnit>`
    select table_name as table, unit_id::text as "unitId", records::int as count
    from units.count_records_of_each(${tables.map((one) => one.table)}::text[],
      ${tables.map((one) => one.unit)}::text[], ${tables.map((one) => one.unless)}::text[],
      ${unitIds}::bigint[])`.execute(tx)
  return rows
}

/** Makes the part of a split unit that one half took, as it was below that unit. */
export async function makePart(
  tx: Tx,
  split: SplitFacts,
  half: SplitFacts['halves'][number],
): Promise<string> {
  const name = `Phần của ${split.name} nay thuộc ${half.name}`
  const code = `${split.code}/${split.id}-${half.id}`
  const { rows } = await sql<{ id: string }>`
    insert into units.unit default values returning id::text`.execute(tx)
  const id = rows[0]?.id ?? ''
  await sql`
    insert into units.unit_version
      (unit_id, kind, code, name, parent_id, valid_from, valid_until, name_is_ours, search)
    values (${id}::bigint, 'part', ${code}, ${name}, ${split.id}::bigint, ${split.firstOn}::date, ${split.on}::date, true,
            ${searchText(name, code)})`.execute(tx)
  await sql`
    insert into units.succession (event_id, from_unit_id, to_unit_id, on_day, is_whole)
    values (${half.eventId}::bigint, ${id}::bigint, ${half.id}::bigint, ${split.on}::date, true)`.execute(tx)
  return id
}

type Repointed = { table: RecordTable; fromId: string; toId: string; rowIds: readonly string[] | null }

/** Points rows at another unit; only between a split unit and its parts. Answers how many. */
export async function repoint(tx: Tx, { table, fromId, toId, rowIds }: Repointed): Promise<number> {
  const { rows } = await sql<{ moved: number }>`
    select units.repoint(${table.table}, ${table.unit}, ${table.unless}, ${fromId}::bigint, ${toId}::bigint,
      ${rowIds}::bigint[])::int as moved`.execute(tx)
  return rows[0]?.moved ?? 0
}

/** Whether any of these rows is of a unit, or was given to another from it. */
export async function wasEverOf(
  tx: Tx,
  { table, unit }: RecordTable,
  unitId: string,
  rowIds: readonly string[],
): Promise<boolean> {
  const { rows } = await sql<{ was: boolean }>`
    select units.was_ever_of(${table}, ${unit}, ${unitId}::bigint, ${rowIds}::bigint[]) as was`.execute(tx)
  return rows[0]?.was ?? false
}

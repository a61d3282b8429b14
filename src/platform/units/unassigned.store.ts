import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { RecordTable } from './records.ts'
import { searchText } from './units.search.ts'

export type SplitFacts = {
  id: string
  name: string
  code: string
  firstOn: string
  on: string
  legalBasis: string | null
  halves: { id: string; name: string; partId: string | null; eventId: string }[]
}

/**
 * Units that ended and went to several, or of which only a part is known to have gone somewhere, within what the reader
 * may change; the newest first.
 */
export async function splitUnits(tx: Tx, ask: { unitId?: string; limit: number }): Promise<SplitFacts[]> {
  const { rows } = await sql<SplitFacts>`
    select v.unit_id::text as id, v.name, v.code, life.first_on as "firstOn", v.valid_until as on,
      max(e.legal_basis) as "legalBasis",
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
    where s.from_unit_id in (select access.units_permitted('units.change'))
      and (${ask.unitId ?? null}::bigint is null or s.from_unit_id = ${ask.unitId ?? null}::bigint)
    group by v.unit_id, v.name, v.code, life.first_on, v.valid_until
    having count(*) > 1 or not bool_and(s.is_whole)
    order by v.valid_until desc, v.unit_id
    limit ${ask.limit}::int`.execute(tx)
  return rows
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

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { UnitEventAnswer } from './change.contract.ts'

// Units are compared by plain numbers: row-level security lets nothing that is worked out, as from a text, be looked up by index.

type EventsAsk = {
  unitId?: string | undefined
  kind?: string | undefined
  before?: string | undefined
  limit: number
  eventId?: string
}

/** What an event found of a unit, or left, on its day, as it kept it: all there is of one whose making was undone. */
const kept = (image: 'after' | 'before') => sql`
  left join lateral (
    select was ->> 'name' as name, was ->> 'code' as code, was ->> 'parentId' as parent_id
    from jsonb_array_elements(e.facts -> ${sql.lit(image)}) was
    where was ->> 'unitId' = one.id::text
    order by was ->> 'validFrom' <= e.takes_effect_on::text desc,
      case when was ->> 'validFrom' <= e.takes_effect_on::text then was ->> 'validFrom' end desc, was ->> 'validFrom'
    limit 1) ${sql.ref(`kept_${image}`)} on true`

/** What a unit was called on a day, and where it stood. */
const stood = (name: string, day: ReturnType<typeof sql>) => sql`
  left join lateral (
    select v.name, v.code, v.parent_id::text as parent_id from units.unit_version v
    where v.unit_id = one.id and daterange(v.valid_from, v.valid_until) @> ${day}) ${sql.ref(name)} on true`

/**
 * The units that went into an event. Of a merger that stands those that did: one that an earlier split or merger ended
 * before is not named, and what that one made of it is.
 */
const cameIn = sql`
  select f.id, f.place from unnest(units.ids_in(e.facts -> 'from')) with ordinality as f(id, place)
  where e.kind <> 'merge' or e.undone_at is not null
    or exists (select from units.unit_version v where v.unit_id = f.id and v.valid_until = e.takes_effect_on)
    or not exists (select from units.unit_version v where v.unit_id = f.id)
  union all
  select s.from_unit_id, 20 + row_number() over (order by s.id) from units.succession s
  where e.kind = 'merge' and e.undone_at is null and s.event_id = e.id and s.on_day = e.takes_effect_on
    and s.to_unit_id = any(units.ids_in(e.facts -> 'to'))
    and not e.facts -> 'from' ? s.from_unit_id::text
    and exists (select from units.unit_version v where v.unit_id = s.from_unit_id and v.valid_until = e.takes_effect_on
      and v.kind <> 'part')`

const cameOut = sql`
  select t.id, t.place from unnest(units.ids_in(e.facts -> 'to')) with ordinality as t(id, place)`

const whatBecame = sql`
  || jsonb_build_object('code', coalesce(old.code, new.code, ''),
    'after', case when e.kind in ('rename', 'change_kind', 'move') and new.name is not null then
      jsonb_build_object('name', new.name, 'code', new.code, 'parentName', (
        select p.name from (select new.parent_id::bigint as id offset 0) up join units.unit_version p on p.unit_id = up.id
          and daterange(p.valid_from, p.valid_until) @> e.takes_effect_on)) end)`

/** Units of an event under the names of its own day: those that came in as they were called before, the others since. */
const named = (key: 'from' | 'to') => sql`
  coalesce((
    select jsonb_agg(jsonb_build_object('id', one.id::text, 'isThere', is_there,
      'name', coalesce(${key === 'from' ? sql`old.name, new.name` : sql`new.name, old.name`}, nearest.name, ''))
      ${key === 'from' ? whatBecame : sql``} order by one.place)
    from (${key === 'from' ? cameIn : cameOut}) one
    ${kept('before')}
    ${kept('after')}
    ${stood('was', sql`(e.takes_effect_on - 1)`)}
    ${stood('now', sql`e.takes_effect_on`)}
    cross join lateral (
      select case when e.undone_at is null then coalesce(was.name, kept_before.name) else coalesce(kept_before.name, was.name) end as name,
        case when e.undone_at is null then coalesce(was.code, kept_before.code) else coalesce(kept_before.code, was.code) end as code
    ) old
    cross join lateral (
      select case when e.undone_at is null then coalesce(now.name, kept_after.name) else kept_after.name end as name,
        case when e.undone_at is null then coalesce(now.code, kept_after.code) else kept_after.code end as code,
        case when e.undone_at is null then coalesce(now.parent_id, kept_after.parent_id) else kept_after.parent_id end as parent_id
    ) new
    left join lateral (
      select v.name from units.unit_version v where v.unit_id = one.id
      order by abs(v.valid_from - e.takes_effect_on) limit 1) nearest on true
    cross join lateral (
      select exists (select from units.unit_version v where v.unit_id = one.id) as is_there) there
    where one.place <= 40), '[]'::jsonb)`

/** Events, the latest day first; of one unit those that touched it. */
export async function eventsOf(tx: Tx, ask: EventsAsk): Promise<UnitEventAnswer[]> {
  const { rows } = await sql<UnitEventAnswer>`
    select e.id::text as id, e.kind, e.takes_effect_on as on, e.legal_basis as "legalBasis", e.note,
           ${named('from')} as "from", ${named('to')} as "to",
           coalesce(jsonb_array_length(e.facts -> 'unitIds'), 0) as "unitCount",
           to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "recordedAt",
           access.display_name(e.recorded_by) as "recordedBy",
           to_char(e.undone_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "undoneAt",
           access.display_name(e.undone_by) as "undoneBy",
           open.is_open and open.is_theirs as "mayUndo",
           case when open.is_open and not open.is_theirs then (
             select v.name from units.unit_version v where v.unit_id = e.unit_id order by v.valid_from desc limit 1)
           end as "undoTakes"
    from units.event e
    cross join lateral (
      select e.undone_at is null and e.facts ? 'after' as is_open, access.permits('units.change', e.unit_id) as is_theirs
    ) open
    where (${ask.unitId ?? null}::text is null or e.facts -> 'unitIds' ? ${ask.unitId ?? ''})
      and (${ask.kind ?? null}::text is null or e.kind = ${ask.kind ?? null})
      and (${ask.eventId ?? null}::bigint is null or e.id = ${ask.eventId ?? null}::bigint)
      and (${ask.before ?? null}::bigint is null or (e.takes_effect_on, e.id) < (
        select b.takes_effect_on, b.id from units.event b where b.id = ${ask.before ?? null}::bigint))
    order by e.takes_effect_on desc, e.id desc
    limit ${ask.limit}::int`.execute(tx)
  return rows
}

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { UnitEventAnswer } from './change.contract.ts'

type EventsAsk = {
  unitId?: string | undefined
  kind?: string | undefined
  before?: string | undefined
  limit: number
  eventId?: string
}

/** The name under which an event left a unit, or found it: all there is of one whose making was undone. */
const kept = (image: 'after' | 'before') => sql`(
  select was ->> 'name' from jsonb_array_elements(e.facts -> ${sql.lit(image)}) was
  where was ->> 'unitId' = one.id order by was ->> 'validFrom' limit 1)`

/** Events, the latest day first; of one unit those that touched it. */
export async function eventsOf(tx: Tx, ask: EventsAsk): Promise<UnitEventAnswer[]> {
  const named = (key: string) => sql`
    coalesce((
      select jsonb_agg(jsonb_build_object('id', one.id, 'name', coalesce(v.name, ${kept('after')}, ${kept('before')}, ''),
        'isThere', v.name is not null) order by one.place)
      from jsonb_array_elements_text(e.facts -> ${sql.lit(key)}) with ordinality as one(id, place)
      left join lateral (
        select v.name from units.unit_version v where v.unit_id = one.id::bigint
        -- Under which name: the one it ended with, or began with, on the day of the event.
        order by (v.valid_until = e.takes_effect_on) desc nulls last, abs(v.valid_from - e.takes_effect_on) limit 1) v on true
      where one.place <= 40), '[]'::jsonb)`
  const { rows } = await sql<UnitEventAnswer>`
    select e.id::text as id, e.kind, e.takes_effect_on as on, e.legal_basis as "legalBasis", e.note,
           ${named('from')} as "from", ${named('to')} as "to",
           coalesce(jsonb_array_length(e.facts -> 'unitIds'), 0) as "unitCount",
           to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "recordedAt",
           access.display_name(e.recorded_by) as "recordedBy",
           to_char(e.undone_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "undoneAt",
           access.display_name(e.undone_by) as "undoneBy",
           e.undone_at is null and e.facts ? 'after' and access.permits('units.change', e.unit_id) as "mayUndo"
    from units.event e
    where (${ask.unitId ?? null}::text is null or e.facts -> 'unitIds' ? ${ask.unitId ?? ''})
      and (${ask.kind ?? null}::text is null or e.kind = ${ask.kind ?? null})
      and (${ask.eventId ?? null}::bigint is null or e.id = ${ask.eventId ?? null}::bigint)
      and (${ask.before ?? null}::bigint is null or (e.takes_effect_on, e.id) < (
        select b.takes_effect_on, b.id from units.event b where b.id = ${ask.before ?? null}::bigint))
    order by e.takes_effect_on desc, e.id desc
    limit ${ask.limit}::int`.execute(tx)
  return rows
}

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Going, LaterDeed, Version } from './change.draft.ts'
import { type Chain, seatsFrom } from './change.store.ts'

/** What is recorded of some units for days after one on which they are to change. */
export type Later = {
  deeds: ReadonlyMap<string, readonly LaterDeed[]>
  goings: ReadonlyMap<string, Going>
  chains: ReadonlyMap<string, Chain>
}

/** Reads what is recorded of units for later days; `chained`: those of which it matters where they will be. */
export async function laterOf(
  tx: Tx,
  versions: readonly Version[],
  { on, chained }: { on: string; chained: readonly string[] },
): Promise<Later> {
  const unitIds = [...new Set(versions.map((one) => one.unitId))]
  const goings = await goingsAfter(tx, unitIds, on)
  const chains = new Map<string, Chain>()
  for (const id of new Set([...chained, ...goings.keys()])) chains.set(id, await seatsFrom(tx, id, on))
  return { deeds: await laterDeeds(tx, unitIds, on), goings, chains }
}

/**
 * For each of some units the recorded changes after a day that name it: it takes others in, gives a part away, moves,
 * changes its name or kind, ends. What only carries it along with the unit above is not named. Of the day itself only
 * changes that last beyond it: mergers and splits of one reform share their day.
 */
async function laterDeeds(tx: Tx, unitIds: readonly string[], on: string): Promise<Later['deeds']> {
  const { rows } = await sql<LaterDeed & { unitId: string }>`
    select distinct e.id::text as "eventId", named.id as "unitId", e.kind, e.takes_effect_on as on, e.id
    from units.event e
    cross join lateral jsonb_array_elements_text(
      coalesce(e.facts -> 'from', '[]'::jsonb) || coalesce(e.facts -> 'to', '[]'::jsonb)) as named(id)
    where e.undone_at is null and e.facts ? 'after' and named.id = any(${[...unitIds]}::text[])
      and (e.takes_effect_on > ${on}::date
        or (e.takes_effect_on = ${on}::date and e.kind in ('rename', 'move', 'change_kind')))
    order by e.takes_effect_on, e.id`.execute(tx)
  return Map.groupBy(rows, (row) => row.unitId)
}

/** Of some units those that end after a day by going whole into one other, as a text says for certain. */
async function goingsAfter(tx: Tx, unitIds: readonly string[], on: string): Promise<Later['goings']> {
  const { rows } = await sql<Going & { unitId: string }>`
    select life.unit_id::text as "unitId", life.ended_on as on, min(s.to_unit_id)::text as "toId",
      min(s.event_id)::text as "eventId",
      (select heir.name from units.unit_version heir where heir.unit_id = min(s.to_unit_id)
         and daterange(heir.valid_from, heir.valid_until) @> life.ended_on) as "toName"
    from (
      select v.unit_id, max(v.valid_until) as ended_on from units.unit_version v
      where v.unit_id = any(${[...unitIds]}::bigint[])
      group by v.unit_id having bool_and(v.valid_until is not null)
    ) life
    join units.succession s on s.from_unit_id = life.unit_id and s.on_day = life.ended_on
    where life.ended_on > ${on}::date
    group by life.unit_id, life.ended_on
    having count(*) = 1 and bool_and(s.is_whole and s.certainty = 'certain')`.execute(tx)
  return new Map(rows.map(({ unitId, ...going }) => [unitId, going]))
}

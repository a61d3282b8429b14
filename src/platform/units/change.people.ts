import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { lastOf } from './change.checks.ts'
import type { ChangePreviewAnswer, WorkersAnswer } from './change.contract.ts'
import { type Draft, versionOn } from './change.draft.ts'
import type { UnitKind } from './level.contract.ts'

const mostShown = 200

type Ask = { draft: Draft; kinds: ReadonlyMap<string, UnitKind>; nameOf: (unitId: string) => string }

/**
 * Who holds a role over units that a change ends: those who hold it in the one successor from that day on, and those
 * whom somebody has to place, because there is no successor, or several.
 */
export async function peopleOf(
  tx: Tx,
  { draft, kinds, nameOf }: Ask,
): Promise<Pick<ChangePreviewAnswer, 'working' | 'toPlace'>> {
  const rank = (unitId: string) =>
    kinds.get((versionOn(draft, unitId, draft.on) ?? lastOf(draft, unitId))?.kind ?? '')?.rank
  const heirOf = (unitId: string) => {
    const heir = draft.links.find((one) => one.fromId === unitId && one.isWhole)?.toId
    // As access.held_in: nobody comes to work on a higher level by a change of units.
    return heir !== undefined && (rank(heir) ?? 0) >= (rank(unitId) ?? 0) ? heir : undefined
  }
  const along = draft.ended.filter((id) => heirOf(id) !== undefined)
  const into = along[0] === undefined ? '' : nameOf(heirOf(along[0]) ?? '')
  const working = await workersIn(tx, along, draft.on)
  const toPlace = await workersIn(
    tx,
    draft.ended.filter((id) => !along.includes(id)),
    draft.on,
  )
  return { working: { ...working, into }, toPlace }
}

/** People with a role over some units until a day and on it, by given name. */
async function workersIn(tx: Tx, unitIds: readonly string[], on: string): Promise<WorkersAnswer> {
  if (unitIds.length === 0) return { count: 0, people: [] }
  const { rows } = await sql<WorkersAnswer['people'][number] & { count: number }>`
    select w.account_id::text as "accountId", w.display_name as name, count(*) over ()::int as count,
      jsonb_agg(distinct jsonb_build_object('vi', w.role_vi || ' ở ' || was.name, 'en', w.role_en || ', ' || was.name)) as roles
    from access.working_in(${[...unitIds]}::bigint[], ${on}::date) w
    cross join lateral units.shown(w.unit_id, ${on}::date - 1) was
    group by w.account_id, w.display_name, w.sort_key
    order by w.sort_key, w.account_id limit ${mostShown}`.execute(tx)
  return {
    count: rows[0]?.count ?? 0,
    people: rows.map(({ accountId, name, roles }) => ({ accountId, name, roles })),
  }
}

import { sql } from 'kysely'
import type { Database, Tx } from '../db/database.ts'
import type { FigureAnswer } from '../measures/contract.ts'
import type { Ask } from '../measures/figures.ts'
import { figureAnswers } from '../measures/index.ts'

/** The state of the database from which the next look begins. */
export async function currentSnapshot(database: Database): Promise<string> {
  const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(
    database.owner,
  )
  return rows[0]?.snapshot ?? ''
}

/** What has become visible since a snapshot, and the snapshot to ask with next time. */
export type Changes = {
  snapshot: string
  today: string
  /** Beginning of the hour. */
  hour: string
  /** The units of the entries by topic; null where they are too many to name. */
  topics: Record<string, string[] | null>
}

/**
 * What has become visible since `since`, in one statement. By snapshots and not by ids or times: a transaction that began
 * earlier may commit later, and would be missed. Invisible to a snapshot is what stands at or after its end, and what
 * was under way; asked so, a transaction that is under way for hours does not make each look read the hours again.
 */
export async function changesSince(database: Database, since: string): Promise<Changes> {
  const { rows } = await sql<Changes>`
    with fresh as materialized (
      select split_part(e.action, '.', 1) as topic, e.unit_id from audit.entry e
      where e.transaction >= pg_snapshot_xmax(${since}::pg_snapshot)
      union
      select split_part(e.action, '.', 1), e.unit_id from audit.entry e
      where e.transaction = any(array(select pg_snapshot_xip(${since}::pg_snapshot)))
    )
    select pg_current_snapshot()::text as snapshot, calendar.today()::text as today,
      date_trunc('hour', now())::text as hour,
      coalesce((select jsonb_object_agg(of.topic, of.units) from (
        select topic, case when count(*) <= 500 then jsonb_agg(unit_id::text) end as units from fresh group by topic
      ) of), '{}') as topics`.execute(database.owner)
  return rows[0] ?? { snapshot: since, today: '', hour: '', topics: {} }
}

/** Many figures in one snapshot, and the instant at which they are true. */
export type FiguresRead = { readAt: string; figures: FigureAnswer[] }

/**
 * Reads figures for whoever may see them: totals are the same for all of them, so one reading serves many pages. As the
 * owner, whom no row is hidden from; who may see which figure is decided before.
 */
export async function readFigures(
  database: Database,
  systemId: string,
  asks: readonly Ask[],
): Promise<FiguresRead> {
  return database.owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const { rows } = await sql<{ at: Date }>`
        select clock_timestamp() as at, set_config('banlang.account', ${systemId}, true)`.execute(tx)
      return { readAt: (rows[0]?.at ?? new Date()).toISOString(), figures: await figureAnswers(tx, asks) }
    })
}

/** The units above each of these units for the purpose of rights, themselves included. */
export async function pathsOf(
  tx: Pick<Tx, 'getExecutor'>,
  unitIds: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ unitId: string; path: string[] }>`
    select s.unit_id::text as "unitId", array_agg(distinct s.ancestor_id::text) as path
    from units.standing s where s.unit_id = any(${unitIds}::bigint[]) group by s.unit_id`.execute(tx)
  return new Map(rows.map(({ unitId, path }) => [unitId, path]))
}

/** What each of these accounts holds today of one capability. */
export async function grantsOf(
  tx: Pick<Tx, 'getExecutor'>,
  accountIds: readonly string[],
  capability: string,
): Promise<Map<string, { capability: string; unitId: string }[]>> {
  const { rows } = await sql<{ accountId: string; capability: string; unitId: string }>`
    select distinct h.account_id::text as "accountId", h.capability, h.unit_id::text as "unitId" from access.held h
    where h.account_id = any(${accountIds}::bigint[]) and h.capability in (${capability}, '*')`.execute(tx)
  return Map.groupBy(rows, (row) => row.accountId)
}

/** Every unit in which something of a unit ever counts, on any day and on any map; itself included. */
export async function linesOf(
  tx: Pick<Tx, 'getExecutor'>,
  unitIds: readonly string[],
): Promise<{ unitId: string; line: string[] }[]> {
  const { rows } = await sql<{ unitId: string; line: string[] }>`
    select asked.id::text as "unitId", array(
      select a.ancestor_id::text from units.ancestry a where a.unit_id = asked.id
      union select p.unit_id::text from units.place p where p.leaf_id = asked.id
    ) as line
    from unnest(${unitIds}::bigint[]) as asked(id)`.execute(tx)
  return rows
}

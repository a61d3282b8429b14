import { sql } from 'kysely'
import { recordActivity } from '../src/modules/teams/index.ts'
import type { Actor } from '../src/platform/actor/actor.ts'
import { audit } from '../src/platform/audit/index.ts'
import type { Database, Tx } from '../src/platform/db/database.ts'
import { startFolding } from '../src/platform/measures/index.ts'
import type { DemoActivity } from './team-types.ts'

/** A report of a team that comes later than the load. */
export type LateReport = { teamId: string; activity: DemoActivity }

const lateReports = { subject: 'teams.activity', subjectId: 'late-reports' } as const
const waiting = 'teams.late_reports_waiting'
const recorded = 'teams.late_reports_recorded'

/** Notes in the load itself which reports are still to come, so that a start that is killed goes on with them. */
export async function expectLate(
  tx: Tx,
  actor: Actor,
  unitId: string,
  reports: readonly LateReport[],
): Promise<void> {
  await audit(tx, actor, { ...lateReports, action: waiting, unitId, after: { reports } })
}

/**
 * Records the reports that come late, by the action that people use, once it has been kept what had been recorded before
 * them. Does nothing where they have come or none are expected.
 */
export async function loadLate(
  database: Database,
  actor: Actor,
  progress: (line: string) => void,
): Promise<void> {
  if ((await database.read(actor, expected)) === null) return
  progress('Nạp dữ liệu trình diễn: báo cáo gửi muộn… / reports that come late…')
  // One turn of folding, which ends by keeping what is recorded so far.
  await startFolding(database)()
  await database.write(actor, async (tx) => {
    // Another process that starts at the same time waits here and then finds them recorded.
    await sql`select pg_advisory_xact_lock(4711005)`.execute(tx)
    const late = await expected(tx)
    if (late === null) return
    for (const { teamId, activity } of late.reports) {
      const { heldOn, title, kind, peopleHelped, description } = activity
      await recordActivity(tx, actor, teamId, { heldOn, title, topic: kind, peopleHelped, description })
    }
    const after = { reports: late.reports.length }
    await audit(tx, actor, { ...lateReports, action: recorded, unitId: late.unitId, after })
  })
}

/** The reports that are still to come, and the unit they are of; null where there are none. */
async function expected(tx: Tx): Promise<{ unitId: string; reports: LateReport[] } | null> {
  const { subject, subjectId } = lateReports
  const { rows } = await sql<{ action: string; unitId: string; reports: LateReport[] }>`
    select action, unit_id::text as "unitId", after -> 'reports' as reports from audit.entry
    where subject = ${subject} and subject_id = ${subjectId}`.execute(tx)
  const [first] = rows
  return first && rows.every(({ action }) => action === waiting) ? first : null
}

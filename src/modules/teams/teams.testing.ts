import { sql } from 'kysely'
import { systemActor } from '../../platform/access/index.ts'
import { audit } from '../../platform/audit/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { startTestServer, type TestServer } from '../../platform/testing/server.ts'

/** Changes rows past the rules of the product, audited as the tables want it. For tests only. */
export async function behindTheScenes(server: TestServer, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  const actor = await systemActor(server.database)
  const unitId = server.world.units.root
  await server.database.owner.transaction().execute(async (tx) => {
    await work(tx)
    await audit(tx, actor, { action: 'teams.tested', subject: 'teams.team', subjectId: '0', unitId })
  })
}

/** The test server on the last day of 2022, with grants that hold since its first. */
export async function serverAtYearEnd(): Promise<TestServer> {
  const server = await startTestServer()
  await behindTheScenes(server, async (tx) => {
    await sql`insert into calendar.working_date (working_on) values ('2022-12-31')`.execute(tx)
    await sql`update access.grant set valid_from = '2022-01-01'
              where valid_from < now() and valid_until is null and revoked_at is null`.execute(tx)
  })
  return server
}

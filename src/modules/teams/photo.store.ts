import type { Tx } from '../../platform/db/database.ts'
import type { Activity, TeamsTables } from './teams.tables.ts'

const tables = (tx: Tx) => tx.withTables<TeamsTables>()

export async function photosOf(tx: Tx, activityId: string): Promise<string[]> {
  const query = tables(tx)
    .selectFrom('teams.activity_photo')
    .select('file_id')
    .where('activity_id', '=', activityId)
  return (await query.execute()).map((row) => row.file_id)
}

export async function insertPhoto(tx: Tx, activity: Activity, fileId: string): Promise<void> {
  const row = { activity_id: activity.id, unit_id: activity.unit_id, file_id: fileId }
  await tables(tx).insertInto('teams.activity_photo').values(row).execute()
}

export async function deletePhoto(tx: Tx, activityId: string, fileId: string): Promise<void> {
  await tables(tx)
    .deleteFrom('teams.activity_photo')
    .where('activity_id', '=', activityId)
    .where('file_id', '=', fileId)
    .execute()
}

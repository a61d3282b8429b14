import pg from 'pg'
import { StartRefusal } from '../start-refusal.ts'

/** Stands in a database from the beginning of a restore until its rows are committed. */
export const unfinishedSchema = 'banlang_restore_unfinished'

/** Refuses to start on a database whose restore was cut off: it would look empty and be filled with the demo. */
export async function refuseUnfinishedRestore(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_namespace where nspname = $1', [unfinishedSchema])
    if (rowCount)
      throw new StartRefusal(
        'Lần phục hồi trước bị dừng giữa chừng. Hãy chạy lại "npm run restore" với cùng tệp sao lưu.',
        'An earlier restore was cut off. Run "npm run restore" again with the same file.',
      )
  } finally {
    await client.end().catch(() => {})
  }
}

import type pg from 'pg'

/** Runs `work` in one transaction with the audit entry that the product demands of every write. */
export async function inAudited(
  client: pg.Client,
  subject: string,
  work: () => Promise<void>,
): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query(
      `insert into audit.entry (unit_id, action, subject, subject_id)
       select unit_id, 'bench.planted', $1, '' from units.unit_version where parent_id is null limit 1`,
      [subject],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

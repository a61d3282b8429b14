import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'

/**
 * Installs or updates the queue's own tables (schema graphile_worker). Runs before the migrations of the parts, whose
 * functions use it; safe to repeat and to run from several processes at once.
 */
export async function installJobs(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, application_name: 'banlang migrate' })
  // Without listeners a lost connection ends the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, logger: quiet })
  } finally {
    await pool.end()
  }
}

/** Only what an operator should see; each job's own failure is shown on its page. */
export const quiet = new Logger(() => (level, message, meta) => {
  if (level !== 'error' || meta?.failure === true) return
  process.stderr.write(`jobs: ${message}\n`)
})

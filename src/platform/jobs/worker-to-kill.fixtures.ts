import { openDatabase } from '../db/database.ts'
import { startWorker } from './worker.ts'

/** A server process of a test's own, which takes one job, says so, and never finishes it. */
const [ownerUrl = ''] = process.argv.slice(2)
const slow = {
  name: 'testing.slow',
  title: { vi: 'Việc thử', en: 'A test job' },
  run: () => {
    process.stdout.write('taken\n')
    return new Promise<void>(() => {})
  },
}
await startWorker(
  openDatabase(ownerUrl, 2),
  [{ name: 'testing', title: slow.title, folder: import.meta.dirname, jobs: [slow] }],
  { pollIntervalMs: 100, deadAfterMs: 1_200 },
)

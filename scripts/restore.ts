import { parts } from '../src/app.ts'
import { restoreBackup } from '../src/platform/backup/restore-backup.ts'
import { lockData } from '../src/platform/postgres/lock.ts'
import { openPostgres } from '../src/platform/postgres/open-postgres.ts'
import { readSettings } from '../src/platform/settings.ts'
import { progress, runTask, wantedFile } from './task.ts'

await runTask(async (args) => {
  const file = wantedFile(args, 'restore')
  const settings = readSettings(process.env)
  const lock = settings.databaseUrl ? undefined : await lockData(settings.dataFolder, 'restore')
  try {
    const postgres = await openPostgres(settings)
    try {
      const { ownerUrl } = postgres
      const restored = await restoreBackup({
        ownerUrl,
        dataFolder: settings.dataFolder,
        parts,
        file,
        progress,
      })
      progress(
        `Đã phục hồi bản sao lưu lúc ${restored.takenAt}. Hãy chạy "npm start". / restored; run "npm start".`,
      )
    } finally {
      await postgres.stop()
    }
  } finally {
    await lock?.release()
  }
})

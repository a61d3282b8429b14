import path from 'node:path'
import { programVersion } from '../src/app.ts'
import { makeBackup } from '../src/platform/backup/make-backup.ts'
import { readSettings } from '../src/platform/settings.ts'
import { openInstallation } from './installation.ts'
import { progress, runTask, wantedFile } from './task.ts'

await runTask(async (args) => {
  const file = wantedFile(args, 'backup')
  const settings = readSettings(process.env)
  const database = await openInstallation(settings, { holder: 'backup', vi: 'sao lưu', en: 'back up' })
  try {
    progress('Sao lưu… / backing up…')
    const { dataFolder } = settings
    await makeBackup({
      ownerUrl: database.ownerUrl,
      dataFolder,
      version: await programVersion(),
      file,
      progress,
    })
    progress(`Đã ghi ${path.resolve(file)} / written`)
  } finally {
    await database.close()
  }
})

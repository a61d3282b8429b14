import { existsSync } from 'node:fs'
import path from 'node:path'
import { programVersion } from '../src/app.ts'
import { makeBackup } from '../src/platform/backup/make-backup.ts'
import { DataHeld, lockData } from '../src/platform/postgres/lock.ts'
import { openPostgres, reachRunning } from '../src/platform/postgres/open-postgres.ts'
import { choosePlace } from '../src/platform/postgres/place.ts'
import { readSettings, type Settings } from '../src/platform/settings.ts'
import { StartRefusal } from '../src/platform/start-refusal.ts'
import { progress, runTask, wantedFile } from './task.ts'

/** The database of the installation: through the running product when there is one, else opened just for this. */
async function openForBackup(settings: Settings): Promise<{ ownerUrl: string; close(): Promise<void> }> {
  if (settings.databaseUrl) {
    const outside = await openPostgres(settings)
    return { ownerUrl: outside.ownerUrl, close: () => outside.stop() }
  }
  if (!existsSync(settings.dataFolder) || !existsSync(choosePlace(settings.dataFolder).cluster))
    throw new StartRefusal(
      `Ở ${settings.dataFolder} chưa có dữ liệu để sao lưu. Nếu dữ liệu nằm nơi khác, hãy đặt BANLANG_DATA.`,
      `There is no data in ${settings.dataFolder} to back up. If it lies elsewhere, set BANLANG_DATA.`,
    )
  try {
    const lock = await lockData(settings.dataFolder, 'backup')
    const postgres = await openPostgres(settings)
    return {
      ownerUrl: postgres.ownerUrl,
      close: async () => {
        await postgres.stop()
        await lock.release()
      },
    }
  } catch (error) {
    if (!(error instanceof DataHeld) || error.holder !== 'server') throw error
    return { ownerUrl: await reachRunning(settings.dataFolder), close: async () => {} }
  }
}

await runTask(async (args) => {
  const file = wantedFile(args, 'backup')
  const settings = readSettings(process.env)
  const database = await openForBackup(settings)
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

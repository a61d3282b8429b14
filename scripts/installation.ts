import { existsSync } from 'node:fs'
import { DataHeld, type Holder, lockData } from '../src/platform/postgres/lock.ts'
import { openPostgres, reachRunning } from '../src/platform/postgres/open-postgres.ts'
import { choosePlace } from '../src/platform/postgres/place.ts'
import type { Settings } from '../src/platform/settings.ts'
import { StartRefusal } from '../src/platform/start-refusal.ts'

/** The database of an installation, reached for a task. */
export type Installation = { ownerUrl: string; isRunning: boolean; close(): Promise<void> }

/** The database of the installation: through the running product when there is one, else opened just for this task. */
export async function openInstallation(
  settings: Settings,
  task: { holder: Holder; vi: string; en: string },
): Promise<Installation> {
  if (settings.databaseUrl) {
    const outside = await openPostgres(settings)
    return { ownerUrl: outside.ownerUrl, isRunning: false, close: () => outside.stop() }
  }
  const { dataFolder } = settings
  if (!existsSync(dataFolder) || !existsSync(choosePlace(dataFolder).cluster))
    throw new StartRefusal(
      `Ở ${dataFolder} chưa có dữ liệu để ${task.vi}. Nếu dữ liệu nằm nơi khác, hãy đặt BANLANG_DATA.`,
      `There is no data in ${dataFolder} to ${task.en}. If it lies elsewhere, set BANLANG_DATA.`,
    )
  try {
    const lock = await lockData(dataFolder, task.holder)
    const postgres = await openPostgres(settings)
    return {
      ownerUrl: postgres.ownerUrl,
      isRunning: false,
      close: async () => {
        await postgres.stop()
        await lock.release()
      },
    }
  } catch (error) {
    if (!(error instanceof DataHeld) || error.holder !== 'server') throw error
    return { ownerUrl: await reachRunning(dataFolder), isRunning: true, close: async () => {} }
  }
}

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parts } from '../src/app.ts'
import { systemActor } from '../src/platform/access/index.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { Refusal } from '../src/platform/http/refusal.ts'
import { migrate } from '../src/platform/install/migrate.ts'
import { isFirstStart } from '../src/platform/session/index.ts'
import { readSettings } from '../src/platform/settings.ts'
import { StartRefusal } from '../src/platform/start-refusal.ts'
import { importCountry, readLists } from '../src/platform/units/import/index.ts'
import { openInstallation } from './installation.ts'
import { progress, runTask } from './task.ts'
import { readOrder, reportLines } from './units-import.words.ts'

const notStarted = () =>
  new StartRefusal(
    'Chưa có dữ liệu để nhập vào. Hãy chạy "npm start" một lần trước (BANLANG_DEMO=no nếu không muốn dữ liệu trình diễn), rồi chạy lại lệnh này. Nếu dữ liệu nằm nơi khác, hãy đặt BANLANG_DATA.',
    'There is no installation yet. Run "npm start" once first (BANLANG_DEMO=no without the demonstration), then this again. If the data lie elsewhere, set BANLANG_DATA.',
  )

/** The bytes of a file named relative to where the operator typed it. */
function bytesOf(name: string): Buffer {
  try {
    return readFileSync(path.resolve(process.env.INIT_CWD ?? process.cwd(), name))
  } catch {
    throw new StartRefusal(`Không đọc được tệp ${name}.`, `Cannot read the file ${name}.`)
  }
}

await runTask(async (args) => {
  const began = Date.now()
  const order = readOrder(args)
  progress(`Đọc ${order.files.length} tệp… / reading…`)
  const lists = readLists(order.files.map((name) => ({ name: path.basename(name), bytes: bytesOf(name) })))
  const installation = await openInstallation(readSettings(process.env), {
    holder: 'import',
    vi: 'nhập danh mục vào. Hãy chạy "npm start" một lần trước',
    en: 'import lists into. Run "npm start" once first',
  })
  try {
    const { ownerUrl, isRunning } = installation
    if (!isRunning) await migrate(ownerUrl, parts, { progress })
    const database = openDatabase(ownerUrl)
    try {
      const actor = await systemActor(database)
      progress('Đối chiếu và ghi… / matching and writing…')
      const report = await database.write(actor, async (tx) => {
        if (await isFirstStart(tx)) throw notStarted()
        return importCountry(tx, actor, {
          ...order,
          lists,
          fileNames: order.files.map((name) => path.basename(name)),
        })
      })
      for (const line of reportLines(report, order)) progress(line)
      progress(`Xong sau ${((Date.now() - began) / 1000).toFixed(1)} giây. / done.`)
    } catch (error) {
      if (error instanceof Refusal) throw new StartRefusal(error.words.vi, error.words.en)
      throw error
    } finally {
      await database.close()
    }
  } finally {
    await installation.close()
  }
})

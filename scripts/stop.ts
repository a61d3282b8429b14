import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive, lifeOf, waitUntil } from '../src/platform/postgres/process.ts'
import { readSettings } from '../src/platform/settings.ts'

/** Asks the server that runs on the data folder to stop, and waits for it. */
async function stopRunningServer(): Promise<void> {
  const { dataFolder } = readSettings(process.env)
  let note: { pid: number; life: string } | undefined
  try {
    note = JSON.parse(readFileSync(path.join(dataFolder, 'server.lock'), 'utf8'))
  } catch {
    note = undefined
  }
  if (!note || lifeOf(note.pid) !== note.life) {
    process.stdout.write(`Không có bản nào đang chạy trên ${dataFolder}.\n  Nothing runs on ${dataFolder}.\n`)
    return
  }
  const { pid } = note
  process.kill(pid, 'SIGTERM')
  if (!(await waitUntil(() => !isAlive(pid), 90_000))) {
    process.stderr.write(
      `Tiến trình ${pid} chưa dừng sau 90 giây.\n  Process ${pid} has not stopped after 90 s.\n`,
    )
    process.exitCode = 1
    return
  }
  process.stdout.write('Đã dừng.\n  Stopped.\n')
}

await stopRunningServer()

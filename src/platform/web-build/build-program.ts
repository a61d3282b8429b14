import { spawn } from 'node:child_process'
import path from 'node:path'
import { projectFolder } from '../settings.ts'
import { isMadeFrom, programFolder, sourceStamp } from './source-stamp.ts'

/**
 * Joins the server's twelve hundred files into a few in dist/program when their sources changed: the next start reads those in half
 * the time, and keeps less of them. A process of its own does it, beside the server and after it in turn. A start without it
 * runs the sources, so a failure is only told.
 */
export async function buildProgramIfStale(
  progress: (line: string) => void,
  stamp = sourceStamp(),
): Promise<void> {
  if (isMadeFrom(programFolder, stamp)) return
  const builder = spawn(process.execPath, [path.join(import.meta.dirname, 'join-program.ts'), stamp], {
    cwd: projectFolder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  builder.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const end = () => void builder.kill()
  process.once('exit', end)
  const code = await new Promise<number | null>((resolve) => {
    builder.once('error', () => resolve(null))
    builder.once('exit', resolve)
  })
  process.removeListener('exit', end)
  if (code !== 0)
    progress(
      `Chưa ghép được chương trình (lần sau khởi động chậm hơn). / The program could not be joined; it starts slower.\n${said.trim()}`,
    )
}

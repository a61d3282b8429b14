import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectFolder } from '../settings.ts'
import { StartRefusal } from '../start-refusal.ts'
import { isMadeFrom, sourceStamp, stampFile } from './source-stamp.ts'

const webFolder = path.join(projectFolder, 'dist', 'web')

/**
 * Builds the pages into dist/web when their sources changed since the last build; a process of its own does it, so that the start goes
 * on meanwhile. The folder is changed in one step: a reader never sees half of it.
 */
export async function buildWebIfStale(
  progress: (line: string) => void,
  stamp = sourceStamp(),
): Promise<void> {
  if (isMadeFrom(webFolder, stamp)) return
  mkdirOrRefuse(webFolder)
  progress('Dựng các trang… / building the pages…')
  const began = performance.now()
  const { promise, resolve } = Promise.withResolvers<number | null>()
  const builder = spawn(process.execPath, [fileURLToPath(import.meta.url), stamp], {
    cwd: projectFolder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  builder.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  builder.once('exit', resolve)
  if ((await promise) !== 0)
    throw new StartRefusal(`Không dựng được các trang:\n${said.trim()}`, 'The pages could not be built.')
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  progress(`Đã dựng xong các trang sau ${seconds.replace('.', ',')} s. / pages built in ${seconds} s.`)
}

function mkdirOrRefuse(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch {
    throw new StartRefusal(
      `Không ghi được vào ${path.dirname(folder)} để dựng các trang. Hãy cấp quyền ghi cho người dùng đang chạy.`,
      `Cannot write to ${path.dirname(folder)} to build the pages.`,
    )
  }
}

async function build(stamp: string): Promise<void> {
  const { build: buildPages } = await import('vite')
  const next = `${webFolder}.${process.pid}`
  const former = `${next}.former`
  try {
    await buildPages({
      root: projectFolder,
      configFile: path.join(projectFolder, 'vite.config.ts'),
      // The usual loader writes into node_modules, which may belong to another user.
      configLoader: 'native',
      logLevel: 'warn',
      build: { outDir: next, emptyOutDir: true },
    })
    writeFileSync(stampFile(next), stamp)
    if (existsSync(webFolder)) renameSync(webFolder, former)
    renameSync(next, webFolder)
  } finally {
    rmSync(former, { recursive: true, force: true })
    rmSync(next, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build(process.argv[2] ?? sourceStamp())

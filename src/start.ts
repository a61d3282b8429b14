import { Socket } from 'node:net'
import { buildApp, type RunningApp } from './app.ts'
import { refuseUnfinishedRestore } from './platform/backup/unfinished.ts'
import { type DataLock, lockData } from './platform/postgres/lock.ts'
import { type OpenPostgres, openPostgres } from './platform/postgres/open-postgres.ts'
import { claimPort, readSettings, type Settings } from './platform/settings.ts'
import { StartRefusal } from './platform/start-refusal.ts'
import { buildProgramIfStale } from './platform/web-build/build-program.ts'
import { buildWebIfStale } from './platform/web-build/build-web.ts'
import { stampAtStart } from './platform/web-build/source-stamp.ts'

const secondSignalCountsAfterMs = 2_000
const closeWithinMs = 15_000

type Opened = { lock?: DataLock; postgres?: OpenPostgres; app?: RunningApp }

const began = performance.now()
const opened: Opened = {}
let stoppingSince: number | undefined

function progress(line: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1).replace('.', ',').padStart(6)
  process.stdout.write(`[${seconds} s] ${line}\n`)
}

async function start(settings: Settings): Promise<void> {
  // Several server processes may share an outside database; the embedded one has a single keeper.
  if (!settings.databaseUrl) opened.lock = await lockData(settings.dataFolder, 'server')
  const port = await claimPort(settings.port, settings.host)
  const web = buildWebIfStale(progress, stampAtStart())
  // Awaited below; a failure meanwhile must not end the process before the database is stopped.
  web.catch(() => {})
  progress('Mở cơ sở dữ liệu… / opening the database…')
  opened.postgres = await openPostgres({
    ...settings,
    onWritesHeld: (isHeld) =>
      progress(
        isHeld
          ? 'Đĩa gần đầy: chỉ đọc được, chưa ghi được. / disk nearly full: reading only.'
          : 'Đĩa đã có chỗ: ghi lại được. / there is room again: writing goes on.',
      ),
    onRestart: () => progress('Cơ sở dữ liệu bị tắt đột ngột, đã khởi động lại. / database restarted.'),
  })
  progress(`${opened.postgres.describe.vi}\n             ${opened.postgres.describe.en}`)
  await refuseUnfinishedRestore(opened.postgres.ownerUrl)
  opened.app = await buildApp({
    ownerUrl: opened.postgres.ownerUrl,
    readUrl: settings.databaseReadUrl,
    dataFolder: settings.dataFolder,
    port,
    host: settings.host,
    demo: settings.demo,
    progress,
  })
  await web
  opened.lock?.announce(opened.app.address)
  greet(opened.app)
  void buildProgramIfStale(progress, stampAtStart())
}

function greet(app: RunningApp): void {
  const lines = ['', `Bản Làng Số đang chạy tại ${app.address}`, `Bản Làng Số is running at ${app.address}`]
  if (app.accounts.length > 0) {
    lines.push('', 'Tài khoản / accounts:')
    const width = Math.max(...app.accounts.map((account) => account.name.length))
    for (const { name, password, role } of app.accounts)
      lines.push(`  ${name.padEnd(width)}  ${password}  ${role}`)
  }
  lines.push('', 'Dừng bằng Ctrl-C / stop with Ctrl-C', '')
  process.stdout.write(`${lines.join('\n')}\n`)
}

async function closeAll(): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, closeWithinMs).unref())
  await Promise.race([opened.app?.close(), late]).catch(() => {})
  await opened.postgres?.stop()
  await opened.lock?.release()
}

/** Stops everything once. While a start is still under way the database is stopped under it, which ends it. */
async function stop(exitCode: number): Promise<void> {
  if (stoppingSince !== undefined) {
    // Ctrl-C arrives twice (from the terminal and from npm); only a later one means "now".
    if (performance.now() - stoppingSince > secondSignalCountsAfterMs) process.exit(130)
    return
  }
  stoppingSince = performance.now()
  try {
    await closeAll()
    progress('Đã dừng. / stopped.')
  } catch (error) {
    report(error)
    process.exit(1)
  }
  process.exit(exitCode)
}

function report(error: unknown): void {
  if (error instanceof StartRefusal) process.stderr.write(`\n${error.vi}\n  ${error.en}\n`)
  else process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
}

function fail(error: unknown): void {
  if (stoppingSince !== undefined) return
  report(error)
  void stop(1)
}

/** The launcher holds the other end of descriptor 3: it closes when the launcher, or npm above it, is killed. */
function stopWithLauncher(): void {
  if (process.env.BANLANG_LAUNCHED !== 'yes') return
  delete process.env.BANLANG_LAUNCHED
  const line = new Socket({ fd: 3, readable: true, writable: false })
  line.on('error', () => {})
  line.on('close', () => void stop(0))
  line.resume()
  line.unref()
}

// A launcher that was killed may have taken the terminal with it.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
stopWithLauncher()

try {
  await start(readSettings(process.env))
} catch (error) {
  fail(error)
}

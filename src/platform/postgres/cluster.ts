import { execFile, spawn } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { StartRefusal } from '../start-refusal.ts'
import { logLimitMb } from './disk-space.ts'
import type { Place } from './place.ts'
import { isAlive, processesIn, waitUntil, worksIn } from './process.ts'
import type { Program } from './program.ts'

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants
const run = promisify(execFile)
const owner = 'banlang'
const logLimitBytes = 10 * 1024 * 1024

/** A server small enough for tests, or one for daily work. */
export type ServerSize = 'daily' | 'test'

/** The connection of the role that owns everything, to one database of the place. */
export function ownerUrl(place: Place, database: string): string {
  // The host in the query wins; the one in front makes it a URL that `new URL` can read and change.
  return `postgresql://${owner}@localhost/${database}?host=${encodeURIComponent(place.socket)}`
}

function databaseEnvironment(): Record<string, string> {
  return { LC_ALL: 'C.UTF-8', PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/', TZ: 'UTC' }
}

/** Makes the database files when there are none yet; a kill half-way leaves nothing that looks finished. */
export async function createCluster(place: Place, program: Program): Promise<boolean> {
  if (existsSync(path.join(place.cluster, 'PG_VERSION'))) {
    refuseOtherVersion(place, program)
    return false
  }
  const unfinished = path.join(place.home, 'cluster.new')
  rmSync(unfinished, { recursive: true, force: true })
  const choices = ['-E', 'UTF8', '--locale=C.UTF-8', '-A', 'trust', '-U', owner, '--no-instructions']
  try {
    await run(path.join(program.bin, 'initdb'), ['-D', unfinished, ...choices], {
      ...place.runAs,
      cwd: place.home,
      env: databaseEnvironment(),
    })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    throw new StartRefusal(
      `Không tạo được cơ sở dữ liệu ở ${place.home}: ${said}`,
      `Could not create the database in ${place.home}: ${said}`,
    )
  }
  renameSync(unfinished, place.cluster)
  return true
}

function refuseOtherVersion(place: Place, program: Program): void {
  const made = readFileSync(path.join(place.cluster, 'PG_VERSION'), 'utf8').trim()
  const have = program.version.split('.')[0]
  if (made !== have)
    throw new StartRefusal(
      `Dữ liệu ở ${place.cluster} do PostgreSQL ${made} tạo, còn bản kèm theo là ${have}. Hãy sao lưu bằng bản phần mềm cũ ("npm run backup"), rồi phục hồi vào một thư mục dữ liệu mới.`,
      `The data in ${place.cluster} was made by PostgreSQL ${made}; this program brings ${have}. Back up with the old program and restore into a new data folder.`,
    )
}

type Postmaster = { pid: number; socket: string; ready: boolean }

/** What `postmaster.pid` says, if the server it names still lives and works on this very folder. */
export function livingPostmaster(place: Place): Postmaster | undefined {
  try {
    const lines = readFileSync(path.join(place.cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
    if (!worksIn(pid, realpathSync(place.cluster))) return undefined
    return { pid, socket: lines[4]?.trim() ?? '', ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

/**
 * Makes sure a server runs on the place and answers. Takes over a server that an earlier, killed start left behind; otherwise clears what a
 * dead one left and starts a new one, which survives this process. Returns its process id.
 */
export async function startServer(
  place: Place,
  program: Program,
  size: ServerSize,
): Promise<{ pid: number; tookOver: boolean }> {
  const living = livingPostmaster(place)
  if (living) {
    if (living.socket === place.socket && (await answers(place, program.version, 60_000)))
      return { pid: living.pid, tookOver: true }
    await stopServer(place, living.pid)
  }
  await clearRemains(place)
  const pid = await spawnServer(place, program, size)
  return { pid, tookOver: false }
}

async function clearRemains(place: Place): Promise<void> {
  const folder = realpathSync(place.cluster)
  // Parts of a killed server leave by themselves within moments, unless a long statement keeps them; what they were
  // doing is lost either way. Two servers on one folder would destroy it.
  if (!(await waitUntil(() => processesIn(folder).length === 0, 1_500)))
    for (const pid of processesIn(folder)) process.kill(pid, 'SIGKILL')
  if (!(await waitUntil(() => processesIn(folder).length === 0, 5_000)))
    throw new StartRefusal(
      `Còn tiến trình dùng ${folder} không dừng được (${processesIn(folder).join(', ')}). Hãy dừng chúng rồi chạy lại.`,
      `Processes that cannot be stopped still use ${folder} (${processesIn(folder).join(', ')}). Stop them, then try again.`,
    )
  // Left as they are they would stop the new server where the old one's number is in use again, or stays behind as a zombie.
  rmSync(path.join(folder, 'postmaster.pid'), { force: true })
  for (const file of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock'])
    rmSync(path.join(place.socket, file), { force: true })
}

function serverSettings(place: Place, size: ServerSize): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: place.socket,
    unix_socket_permissions: '0700',
    shared_buffers: size === 'daily' ? '256MB' : '64MB',
    max_connections: '100',
    max_wal_size: `${size === 'daily' ? logLimitMb(place) : 256}MB`,
    fsync: 'on',
    jit: 'off',
    log_min_messages: 'warning',
    lc_messages: 'C.UTF-8',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function spawnServer(place: Place, program: Program, size: ServerSize): Promise<number> {
  const log = openSync(place.log, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600)
  if (fstatSync(log).size > logLimitBytes) ftruncateSync(log)
  // Detached: Ctrl-C in the terminal reaches the product, which then stops the database last.
  const server = spawn(
    path.join(program.bin, 'postgres'),
    ['-D', place.cluster, ...serverSettings(place, size)],
    {
      ...place.runAs,
      cwd: place.home,
      env: databaseEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
    },
  )
  closeSync(log)
  server.unref()
  let ended = false
  server.once('error', () => {
    ended = true
  })
  server.once('exit', () => {
    ended = true
  })
  const pid = server.pid
  // Recovery after a crash may take a while: the wait ends early only when the server does.
  const ready =
    pid !== undefined && (await waitUntil(() => ended || (livingPostmaster(place)?.ready ?? false), 300_000))
  if (!ready || ended || !(await answers(place, program.version, 20_000)))
    throw new StartRefusal(
      `Cơ sở dữ liệu không khởi động được. Nhật ký ${place.log} viết:\n${logTail(place)}`,
      `The database did not start; see ${place.log}.`,
    )
  return pid
}

function logTail(place: Place): string {
  try {
    return readFileSync(place.log, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
  } catch {
    return ''
  }
}

async function answers(place: Place, version: string, withinMs: number): Promise<boolean> {
  return waitUntil(async () => {
    const client = new pg.Client({
      connectionString: ownerUrl(place, 'postgres'),
      connectionTimeoutMillis: 5_000,
    })
    client.on('error', () => {})
    try {
      await client.connect()
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      return rows[0]?.server_version.split(' ')[0] === version
    } catch {
      return false
    } finally {
      await client.end().catch(() => {})
    }
  }, withinMs)
}

/** Makes a database of the place if it is not there yet. */
export async function ensureDatabase(place: Place, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl(place, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/** Stops a server: sessions are cut, everything acknowledged is on disk. Waits until it is gone. */
export async function stopServer(place: Place, pid: number): Promise<void> {
  for (const [signal, withinMs] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 15_000],
  ] as const) {
    if (!isAlive(pid) || !worksIn(pid, realpathSync(place.cluster))) return
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return
      throw new StartRefusal(
        `Không được phép dừng cơ sở dữ liệu (tiến trình ${pid}) do người dùng khác chạy.`,
        `Not allowed to stop the database (process ${pid}) that another user runs.`,
      )
    }
    if (await waitUntil(() => !isAlive(pid), withinMs)) return
  }
}

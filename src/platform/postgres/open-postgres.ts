import pg from 'pg'
import type { Settings } from '../settings.ts'
import { StartRefusal } from '../start-refusal.ts'
import type { ServerSize } from './cluster.ts'
import {
  createCluster,
  ensureDatabase,
  livingPostmaster,
  ownerUrl,
  startServer,
  stopServer,
} from './cluster.ts'
import { guardDisk, prepareSwitch } from './disk-guard.ts'
import type { Place } from './place.ts'
import { choosePlace, rememberPlace } from './place.ts'
import { isAlive, waitUntil } from './process.ts'
import type { Program } from './program.ts'
import { findProgram } from './program.ts'

/** A database that answers. `describe` is a line for the operator in each language: where program and data are. */
export type OpenPostgres = {
  ownerUrl: string
  describe: { vi: string; en: string }
  /** Stops an embedded server and waits for its end; leaves an outside one alone. */
  stop(): Promise<void>
}

type Options = Pick<Settings, 'dataFolder' | 'databaseUrl'> & {
  size?: ServerSize
  database?: string
  /** Told when a dead server was started anew. */
  onRestart?: () => void
  /** Told when a disk of the embedded database is nearly full and writes are held, and when they go on. */
  onWritesHeld?: (isHeld: boolean) => void
}

/**
 * Opens the database of an installation: the one DATABASE_URL names, or the embedded one below the data folder, which is created, started or taken
 * over as needed and kept running until `stop`. Refuses in words (StartRefusal).
 */
export async function openPostgres(options: Options): Promise<OpenPostgres> {
  if (options.databaseUrl) return openOutside(options.databaseUrl)
  const place = choosePlace(options.dataFolder)
  const program = findProgram(place.runAs, place.home)
  await createCluster(place, program)
  rememberPlace(options.dataFolder, place)
  const size = options.size ?? 'daily'
  prepareSwitch(place)
  const server = await startServer(place, program, size)
  const database = options.database ?? 'banlang'
  await ensureDatabase(place, database)
  const stopGuard = guardDisk(place, options.onWritesHeld)
  const stopServerToo = keepRunning(place, program, size, server.pid, options.onRestart)
  return {
    ownerUrl: ownerUrl(place, database),
    describe: describe(place, program, server.tookOver),
    stop: () => {
      stopGuard()
      return stopServerToo()
    },
  }
}

/** The owner's connection to the embedded database that a running product keeps for this data folder; starts and stops nothing. */
export async function reachRunning(dataFolder: string, database = 'banlang'): Promise<string> {
  const place = choosePlace(dataFolder)
  // The product may still be starting.
  if (!(await waitUntil(() => livingPostmaster(place)?.ready ?? false, 60_000)))
    throw new StartRefusal(
      `Cơ sở dữ liệu ở ${place.cluster} chưa trả lời. Hãy thử lại sau ít phút.`,
      `The database in ${place.cluster} does not answer yet. Try again in some minutes.`,
    )
  return ownerUrl(place, database)
}

function describe(place: Place, program: Program, tookOver: boolean): { vi: string; en: string } {
  const vi = [`PostgreSQL ${program.version} kèm theo, dữ liệu ở ${place.cluster}`]
  const en = [`embedded PostgreSQL ${program.version}, data in ${place.cluster}`]
  if (place.moved) {
    vi.push('(thư mục dữ liệu chỉ chủ của nó vào được, nên cơ sở dữ liệu nằm ở đó)')
    en.push('(the data folder is closed to the user that runs the database, so the database lives there)')
  }
  if (program.copied) {
    vi.push(`; chương trình chép ra ${program.bin}`)
    en.push(`; its program was copied to ${program.bin}`)
  }
  if (tookOver) {
    vi.push('; tiếp quản máy chủ của lần chạy trước')
    en.push('; took over the server an earlier run left')
  }
  return { vi: vi.join(' ').replaceAll(' ;', ';'), en: en.join(' ').replaceAll(' ;', ';') }
}

/** Starts a server anew that died under a living product, at most once in two seconds; returns the function that ends both. */
function keepRunning(
  place: Place,
  program: Program,
  size: ServerSize,
  firstPid: number,
  onRestart?: () => void,
) {
  let pid = firstPid
  let restarting: Promise<void> | undefined
  const timer = setInterval(() => {
    if (restarting || isAlive(pid)) return
    restarting = startServer(place, program, size)
      .then((server) => {
        pid = server.pid
        onRestart?.()
      })
      .catch(() => new Promise<void>((wait) => setTimeout(wait, 2_000).unref()))
      .finally(() => {
        restarting = undefined
      })
  }, 100)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await restarting
    await stopServer(place, pid)
  }
}

async function openOutside(url: string): Promise<OpenPostgres> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    const said = error instanceof Error ? error.message || String(error) : String(error)
    throw new StartRefusal(
      `Không kết nối được PostgreSQL theo DATABASE_URL: ${said}. Hãy xem lại máy chủ, tên, mật khẩu và tên cơ sở dữ liệu.`,
      `Cannot connect to the PostgreSQL of DATABASE_URL: ${said}.`,
    )
  }
  try {
    const { rows } = await client.query<{ version: string; number: number; encoding: string; name: string }>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
              current_setting('server_encoding') as encoding, current_database() as name`,
    )
    const found = rows[0]
    if (!found || found.number < 150_000)
      throw new StartRefusal(
        `PostgreSQL theo DATABASE_URL là bản ${found?.version ?? '?'}; cần bản 15 trở lên.`,
        `The PostgreSQL of DATABASE_URL is version ${found?.version ?? '?'}; 15 or newer is needed.`,
      )
    if (found.encoding !== 'UTF8')
      throw new StartRefusal(
        `Cơ sở dữ liệu "${found.name}" dùng bảng mã ${found.encoding}; cần UTF8 để ghi đúng tiếng Việt. Hãy tạo cơ sở dữ liệu khác với ENCODING 'UTF8'.`,
        `Database "${found.name}" is encoded as ${found.encoding}; UTF8 is needed. Create one with ENCODING 'UTF8'.`,
      )
    const host = new URL(url).host || 'socket'
    return {
      ownerUrl: url,
      describe: {
        vi: `PostgreSQL ${found.version} theo DATABASE_URL (${host}, cơ sở dữ liệu ${found.name})`,
        en: `PostgreSQL ${found.version} of DATABASE_URL (${host}, database ${found.name})`,
      },
      stop: async () => {},
    }
  } finally {
    await client.end().catch(() => {})
  }
}

import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { StartRefusal } from '../start-refusal.ts'

/** The user the database runs as; undefined means the one who started the product. */
export type RunAs = { uid: number; gid: number } | undefined

/** Where the embedded database lives. `home` holds cluster, socket and log and is private to `runAs`. */
export type Place = {
  home: string
  cluster: string
  socket: string
  log: string
  runAs: RunAs
  moved: boolean
}

/** Where program and data go that an ordinary user must reach although the project's own folder is closed to it. */
export const sharedFolder = '/var/lib/ban-lang-so'

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

type Account = { name: string; uid: number; gid: number }

function accounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 7)
    .map((fields) => ({ name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) }))
}

/** Whether the user can make files in the folder, tried as that user: modes alone do not tell. */
function canWriteIn(folder: string, runAs: RunAs): boolean {
  try {
    const script = 'cd "$1" && : > .try && rm .try'
    execFileSync('/bin/sh', ['-c', script, 'sh', folder], { ...runAs, cwd: '/', stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function makeHome(home: string, runAs: RunAs): void {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  if (runAs) chownSync(home, runAs.uid, runAs.gid)
  chmodSync(home, 0o700)
}

/** PostgreSQL refuses to run as root, so root hands it to the owner of existing data, else to `postgres`, else to `nobody`. */
function chooseUser(existingCluster: string | undefined): RunAs {
  const uid = process.getuid?.() ?? 0
  if (uid !== 0) {
    if (!accounts().some((account) => account.uid === uid))
      throw new StartRefusal(
        `Người dùng số ${uid} không có tên trong /etc/passwd nên cơ sở dữ liệu kèm theo không chạy được. Hãy thêm một dòng cho người dùng này, chạy bằng người dùng khác, hoặc đặt DATABASE_URL tới một PostgreSQL có sẵn.`,
        `User id ${uid} has no entry in /etc/passwd, so the embedded database cannot run. Add one, run as another user, or set DATABASE_URL.`,
      )
    return undefined
  }
  if (existingCluster) {
    const owner = statSync(existingCluster)
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  }
  const user = ['postgres', 'nobody']
    .map((name) => accounts().find((account) => account.name === name))
    .find((account) => account !== undefined && account.uid !== 0)
  if (!user)
    throw new StartRefusal(
      'Đang chạy bằng root nhưng máy không có người dùng "postgres" hay "nobody" để chạy cơ sở dữ liệu. Hãy chạy bằng một người dùng thường hoặc đặt DATABASE_URL.',
      'Running as root, and there is no user "postgres" or "nobody" to run the database. Run as an ordinary user or set DATABASE_URL.',
    )
  return { uid: user.uid, gid: user.gid }
}

/** Unix socket paths end at 107 bytes; a socket that would not fit goes to a private folder of its own. */
function chooseSocket(home: string, runAs: RunAs): string {
  const beside = path.join(home, 'socket')
  if (Buffer.byteLength(beside) < 80) {
    makeHome(beside, runAs)
    return beside
  }
  const owner = runAs?.uid ?? process.getuid?.() ?? 0
  const short = `/tmp/ban-lang-so-${owner}-${shortHash(home)}`
  if (!existsSync(short)) makeHome(short, runAs)
  const found = lstatSync(short)
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0)
    throw new StartRefusal(
      `Thư mục ${short} thuộc về người dùng khác, không dùng được. Hãy xoá thư mục đó hoặc đặt BANLANG_DATA tới một đường dẫn ngắn hơn.`,
      `Folder ${short} belongs to someone else. Remove it or set BANLANG_DATA to a shorter path.`,
    )
  return short
}

function closedFolder(folder: string): StartRefusal {
  return new StartRefusal(
    `Không ghi được vào thư mục dữ liệu ${folder}. Hãy cấp quyền cho người dùng đang chạy, hoặc đặt BANLANG_DATA tới thư mục khác.`,
    `Cannot write to the data folder ${folder}. Give the running user access, or set BANLANG_DATA to another folder.`,
  )
}

/** Makes the data folder if it is missing and returns its real path; root leaves a way through it for the database's user. */
export function makeDataFolder(dataFolder: string): string {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    return realpathSync(dataFolder)
  } catch {
    throw closedFolder(dataFolder)
  }
}

/**
 * Decides where the database of a data folder lives and as whom it runs, and makes those folders.
 * Normally `<data>/postgres`. When root starts the product below a folder the database's user may not enter, a new database goes
 * to a folder of its own in `/var/lib/ban-lang-so`, and `<data>/postgres.location` remembers it. An existing database is never left for a new one.
 */
export function choosePlace(dataFolder: string): Place {
  const data = makeDataFolder(dataFolder)
  const pointer = path.join(data, 'postgres.location')
  const inside = path.join(data, 'postgres')
  const remembered = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : undefined
  if (remembered && !existsSync(path.join(remembered, 'cluster', 'PG_VERSION')))
    throw new StartRefusal(
      `Cơ sở dữ liệu của thư mục này nằm ở ${remembered} (ghi trong ${pointer}) nhưng không còn ở đó. Hãy đưa nó trở lại, hoặc xoá tệp ${pointer} để bắt đầu với kho trống.`,
      `The database of this folder was at ${remembered} (see ${pointer}) and is not there any more. Bring it back, or delete ${pointer} to begin with an empty one.`,
    )
  const existing = [remembered, inside].find((home) => home && hasCluster(home))
  const runAs = chooseUser(existing ? path.join(existing, 'cluster') : undefined)
  const wished = existing ?? inside
  const home = settleHome(wished, runAs, !existing && runAs !== undefined)
  return {
    home,
    cluster: path.join(home, 'cluster'),
    socket: chooseSocket(home, runAs),
    log: path.join(home, 'postgres.log'),
    runAs,
    moved: home !== inside,
  }
}

function hasCluster(home: string): boolean {
  try {
    return existsSync(path.join(home, 'cluster')) && statSync(path.join(home, 'cluster')).isDirectory()
  } catch {
    return false
  }
}

function settleHome(wished: string, runAs: RunAs, mayMove: boolean): string {
  try {
    makeHome(wished, runAs)
    if (canWriteIn(wished, runAs)) return wished
  } catch {
    throw closedFolder(wished)
  }
  if (!mayMove) throw closedFolder(wished)
  const elsewhere = path.join(sharedFolder, `${shortHash(wished)}-${randomBytes(4).toString('hex')}`)
  try {
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 })
    makeHome(elsewhere, runAs)
  } catch {
    throw closedFolder(sharedFolder)
  }
  if (!canWriteIn(elsewhere, runAs)) throw closedFolder(elsewhere)
  return elsewhere
}

/** Remembers that the database lives outside its data folder; called once its files are there. */
export function rememberPlace(dataFolder: string, place: Place): void {
  if (place.moved) writeFileSync(path.join(realpathSync(dataFolder), 'postgres.location'), `${place.home}\n`)
}

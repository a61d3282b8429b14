import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { StartRefusal } from '../start-refusal.ts'
import { makeDataFolder } from './place.ts'
import { lifeOf } from './process.ts'

/** What holds a data folder. */
export type Holder = 'server' | 'backup' | 'restore' | 'import' | 'recount'

/** Another process has the data folder. */
export class DataHeld extends StartRefusal {
  readonly holder: Holder

  constructor(holder: Holder, vi: string, en: string) {
    super(vi, en)
    this.holder = holder
  }
}

/** Held as long as this process lives; the operating system lets go of it even after kill -9. */
export type DataLock = { announce(address: string): void; release(): Promise<void> }

const Note = z.object({
  pid: z.number(),
  life: z.string(),
  holder: z.enum(['server', 'backup', 'restore', 'import', 'recount']),
  address: z.string().optional(),
})
type Note = z.infer<typeof Note>

/**
 * Takes a data folder for this process. Refuses in words, with the address of the one that runs, when another process has it.
 * The lock is a socket name known to the kernel only, so it can be neither stale nor taken twice; the file `server.lock` beside the data
 * merely tells who holds it.
 */
export async function lockData(dataFolder: string, holder: Holder): Promise<DataLock> {
  const data = makeDataFolder(dataFolder)
  const file = path.join(data, 'server.lock')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const server = createServer((socket) => socket.destroy())
  server.once('error', (error: NodeJS.ErrnoException) =>
    reject(error.code === 'EADDRINUSE' ? heldRefusal(data, readNote(file)) : error),
  )
  server.listen(
    { path: `\0ban-lang-so:${createHash('sha256').update(data).digest('hex').slice(0, 32)}` },
    resolve,
  )
  await promise
  server.unref()

  const write = (address?: string) => {
    const note: Note = {
      pid: process.pid,
      life: lifeOf(process.pid) ?? '',
      holder,
      ...(address && { address }),
    }
    writeFileSync(file, `${JSON.stringify(note)}\n`)
  }
  write()
  return {
    announce: write,
    async release() {
      rmSync(file, { force: true })
      await new Promise((done) => server.close(done))
    },
  }
}

function readNote(file: string): Note | undefined {
  try {
    const note = Note.parse(JSON.parse(readFileSync(file, 'utf8')))
    return lifeOf(note.pid) === note.life ? note : undefined
  } catch {
    return undefined
  }
}

function heldRefusal(data: string, note: Note | undefined): DataHeld {
  const process = note ? ` (tiến trình ${note.pid})` : ''
  const processEn = note ? ` (process ${note.pid})` : ''
  if (note && note.holder !== 'server') {
    const vi = { backup: 'sao lưu', restore: 'phục hồi', import: 'nhập danh mục', recount: 'đếm lại' }[
      note.holder
    ]
    return new DataHeld(
      note.holder,
      `Dữ liệu ở ${data} đang được ${vi}${process}. Hãy đợi việc đó xong rồi chạy lại.`,
      `The data in ${data} is held by a running ${note.holder}${processEn}. Wait for it to end, then try again.`,
    )
  }
  const where = note?.address
  return new DataHeld(
    'server',
    `Bản Làng Số đã chạy trên dữ liệu ${data}${process}${where ? ` tại ${where}` : ', đang khởi động'}. Hãy mở địa chỉ đó, hoặc dừng bản đang chạy trước.`,
    `Bản Làng Số already runs on ${data}${processEn}${where ? ` at ${where}` : ', still starting'}. Open that address, or stop it first.`,
  )
}

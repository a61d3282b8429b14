import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { StartRefusal } from './start-refusal.ts'

/** The folder the product was unpacked or cloned into; always absolute, without a slash at its end. */
export const projectFolder = path.resolve(fileURLToPath(new URL('../../', import.meta.url)))

/** What the operator may decide from outside, read once at start. Paths are absolute. */
export type Settings = {
  /** 0 asks the machine for any free port. */
  port: number
  host: string
  /** Holds the embedded database and the uploaded files. */
  dataFolder: string
  /** An outside PostgreSQL; undefined means the embedded one. */
  databaseUrl: string | undefined
  /** A streaming replica of DATABASE_URL to read from; undefined reads where it writes. */
  databaseReadUrl: string | undefined
  /** Whether an empty database is filled with the demo. */
  demo: boolean
}

const portText = 'PORT phải là một số nguyên từ 0 đến 65535 (0: tự chọn cổng còn trống)'
const demoText = 'BANLANG_DEMO chỉ nhận "yes" (nạp dữ liệu mẫu vào kho trống) hoặc "no"'

const Environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, portText)
    .transform(Number)
    .refine((port) => port <= 65_535, portText)
    .default(8080),
  BANLANG_HOST: z
    .string()
    .regex(
      /^[A-Za-z0-9.:_-]+$/,
      'BANLANG_HOST phải là một tên máy hoặc địa chỉ IP, ví dụ 127.0.0.1 hoặc 0.0.0.0',
    )
    .default('127.0.0.1'),
  BANLANG_DATA: z
    .string()
    .refine((folder) => !folder.includes('\0'), 'BANLANG_DATA phải là đường dẫn một thư mục')
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres|postgresql):\/\//, 'DATABASE_URL phải bắt đầu bằng postgres:// hoặc postgresql://')
    .optional(),
  DATABASE_READ_URL: z
    .string()
    .regex(
      /^(postgres|postgresql):\/\//,
      'DATABASE_READ_URL phải bắt đầu bằng postgres:// hoặc postgresql://',
    )
    .optional(),
  BANLANG_DEMO: z.enum(['yes', 'no'], demoText).default('yes'),
})

/**
 * Reads PORT, BANLANG_HOST, BANLANG_DATA, DATABASE_URL and BANLANG_DEMO; a variable that is empty counts as not set.
 * Refuses with StartRefusal naming the variable.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.keys(Environment.shape).flatMap((name) => {
      const value = environment[name]?.normalize('NFC').trim()
      return value ? [[name, value]] : []
    }),
  )
  const read = Environment.safeParse(given)
  if (!read.success) {
    const names = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))]
    throw new StartRefusal(
      `Không khởi động được: ${read.error.issues.map((issue) => issue.message).join('; ')}.`,
      `Cannot start: the value of ${names.join(', ')} is not usable.`,
    )
  }
  return {
    port: read.data.PORT,
    host: read.data.BANLANG_HOST,
    dataFolder: path.resolve(projectFolder, read.data.BANLANG_DATA ?? '.data'),
    databaseUrl: read.data.DATABASE_URL,
    databaseReadUrl: read.data.DATABASE_READ_URL,
    demo: read.data.BANLANG_DEMO === 'yes',
  }
}

/** The port to listen on: the wished one if it is free, any free one for 0. Refuses in words when it is taken or not allowed. */
export async function claimPort(port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer()
  probe.once('error', (error: NodeJS.ErrnoException) => reject(portRefusal(port, host, error)))
  probe.listen({ port, host, exclusive: true }, () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : port))
  })
  return promise
}

function portRefusal(port: number, host: string, error: NodeJS.ErrnoException): StartRefusal {
  if (error.code === 'EADDRINUSE')
    return new StartRefusal(
      `Cổng ${port} đang có chương trình khác dùng. Hãy chọn cổng khác, ví dụ: PORT=${port === 8090 ? 8091 : 8090} npm start`,
      `Port ${port} is taken by another program. Choose another one with PORT.`,
    )
  if (error.code === 'EACCES')
    return new StartRefusal(
      `Máy không cho mở cổng ${port} (cổng dưới 1024 thường cần quyền quản trị). Hãy chọn cổng khác bằng PORT.`,
      `Not allowed to open port ${port} (ports below 1024 usually need an administrator). Choose another one with PORT.`,
    )
  return new StartRefusal(
    `Không mở được địa chỉ ${host}:${port} (${error.code ?? error.message}). Hãy xem lại BANLANG_HOST và PORT.`,
    `Cannot listen on ${host}:${port} (${error.code ?? error.message}). Check BANLANG_HOST and PORT.`,
  )
}

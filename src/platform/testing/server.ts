import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Database, openDatabase } from '../db/database.ts'
import { configureFiles } from '../files/index.ts'
import { buildServer } from '../http/server.ts'
import { migrate } from '../install/migrate.ts'
import { registerMeasures } from '../measures/index.ts'
import type { Part } from '../part.ts'
import { authenticate, cookieName } from '../session/index.ts'
import { registerRecords } from '../units/index.ts'
import { freshDatabase } from './database.ts'
import { type AccountKey, plantWorld, type World } from './world.ts'

export { type AccountKey, type UnitKey, worldPassword } from './world.ts'

/** An answer as it came over the wire. `body` is the parsed JSON, or null where there was none. */
export type Answer = {
  status: number
  headers: IncomingHttpHeaders
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  body: any
}

export type RequestOptions = { headers?: Record<string, string>; body?: string | Uint8Array }

/** A person at a browser: every request carries their cookie. `body` travels as JSON. */
export type Client = {
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  put(path: string, body?: unknown): Promise<Answer>
  patch(path: string, body?: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
  /** One file as multipart field `file`; `fields` travel before it. */
  upload(
    path: string,
    file: { name: string; bytes: Uint8Array },
    fields?: Record<string, string>,
  ): Promise<Answer>
  raw(method: string, path: string, options?: RequestOptions): Promise<Answer>
}

export type TestServer = {
  /** http://127.0.0.1:port */
  address: string
  database: Database
  parts: readonly Part[]
  http: FastifyInstance
  world: World
  /** One of the planted people, or whoever holds a token. */
  as(who: AccountKey | { token: string }): Client
  anonymous: Client
  /** Exactly these headers and bytes, nothing added. */
  rawRequest(method: string, path: string, options?: RequestOptions): Promise<Answer>
  /** Another server process on the same database, as far as it can be told apart from outside. */
  second(): Promise<{ address: string; database: Database; close(): Promise<void> }>
  close(): Promise<void>
}

/**
 * The real HTTP server on a socket over a database of its own with a small world planted. `parts`: another list than
 * the product's; they are migrated first.
 */
export async function startTestServer(options: { parts?: readonly Part[] } = {}): Promise<TestServer> {
  const parts = options.parts ?? (await productParts())
  const fresh = await freshDatabase()
  if (options.parts) await migrate(fresh.ownerUrl, options.parts)
  const folder = mkdtempSync(join(tmpdir(), 'blso-files-'))
  configureFiles({ folder })
  registerMeasures(parts)
  registerRecords(parts)
  const database = openDatabase(fresh.ownerUrl, 8)
  const world = await plantWorld(database)
  const serve = async (on: Database) => {
    const http = await buildServer({
      parts,
      database: on,
      authenticate: authenticate(on),
      version: '0.0.0',
      sessionCookie: cookieName,
    })
    return { http, address: await http.listen({ port: 0, host: '127.0.0.1' }) }
  }
  const { http, address } = await serve(database)
  const rawRequest = (method: string, path: string, request: RequestOptions = {}) =>
    send(`${address}${path}`, method, request)
  return {
    address,
    database,
    parts,
    http,
    world,
    as: (who) => client(address, typeof who === 'string' ? world.accounts[who].token : who.token),
    anonymous: client(address, null),
    rawRequest,
    second: async () => {
      const other = openDatabase(fresh.ownerUrl, 4)
      const served = await serve(other)
      return {
        address: served.address,
        database: other,
        close: async () => {
          await served.http.close()
          await other.close()
        },
      }
    },
    close: async () => {
      await http.close()
      await database.close()
      await fresh.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** All parts of the product. Through Vite's glob: tests look at the whole, while the platform itself names no module. */
export async function productParts(): Promise<readonly Part[]> {
  const [load] = Object.values(import.meta.glob<{ parts: readonly Part[] }>('../../app.ts'))
  return (await load?.())?.parts ?? []
}

/** A client at an address, with the token of a session or without. */
export function client(address: string, token: string | null): Client {
  const cookie: Record<string, string> = token ? { cookie: `banlang_session=${token}` } : {}
  const raw: Client['raw'] = (method, path, options = {}) =>
    send(`${address}${path}`, method, { ...options, headers: { ...cookie, ...options.headers } })
  const json = (method: string) => (path: string, body?: unknown) =>
    raw(
      method,
      path,
      body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    )
  return {
    raw,
    get: (path) => raw('GET', path),
    delete: (path) => raw('DELETE', path),
    post: json('POST'),
    put: json('PUT'),
    patch: json('PATCH'),
    upload: async (path, file, fields = {}) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      form.append('file', new Blob([new Uint8Array(file.bytes)]), file.name)
      const encoded = new Response(form)
      return raw('POST', path, {
        headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
        body: new Uint8Array(await encoded.arrayBuffer()),
      })
    },
  }
}

// Not fetch: it adds headers of its own, and refuses to send some that an attacker may.
function send(url: string, method: string, options: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length =
      options.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(options.body)) }
    const outgoing = request(url, { method, headers: { ...length, ...options.headers } }, (incoming) => {
      // A stream of events never ends by itself; its head says whether it was opened.
      if (incoming.headers['content-type']?.startsWith('text/event-stream')) {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: '', body: null })
        incoming.destroy()
        return
      }
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const isJson = incoming.headers['content-type']?.includes('json') && text !== ''
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text,
          body: isJson ? JSON.parse(text) : null,
        })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(options.body)
  })
}

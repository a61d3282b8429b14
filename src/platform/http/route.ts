import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../actor/actor.ts'
import type { Audience } from '../actor/capability.ts'
import type { Database, Tx } from '../db/database.ts'

/** A file sent as the answer of a route. */
export type FileReply = { bytes: Uint8Array; mediaType: string; fileName: string; inline?: boolean }

/** Asks as the actor, whose account is $1; `values` are those from $2 on. */
export type AskOnce = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>

/** What a route's handler is given: checked input, the actor, and the two kinds of transaction as that actor. */
export type RequestContext<Params, Query, Body> = {
  actor: Actor
  params: Params
  query: Query
  body: Body
  write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  /** One statement that is a transaction by itself and names the actor by $1; see `Database.askOnce`. */
  askOnce: AskOnce
  /** For parts of the platform only. */
  database: Database
  request: FastifyRequest
  reply: FastifyReply
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One route, declared whole: whom it serves, what goes in, what comes out. */
export type RouteDeclaration = {
  method: Method
  /** Fastify path, e.g. `/api/teams/:teamId`. */
  path: string
  /** A sentence for the API's reader. */
  summary: string
  audience: Audience
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** `file`: bytes; `upload`-routes read one multipart file through `readUpload`. */
  reply: z.ZodType | 'file'
  /** Of a `file`, where the ending of the path does not say it. */
  mediaTypes?: readonly string[]
  status?: number
  upload?: boolean
  /** Text fields beside the uploaded file. */
  uploadFields?: z.ZodObject
  // biome-ignore lint/suspicious/noExplicitAny: the builder below gives each handler its own types.
  handle: (context: RequestContext<any, any, any>) => Promise<unknown>
}

const nothing = z.strictObject({})
type Nothing = typeof nothing

/** Declares a route; the handler's types follow from the schemas. */
export function route<
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = Nothing,
  R extends z.ZodType | 'file' = z.ZodType,
>(declaration: {
  method: Method
  path: string
  summary: string
  audience: Audience
  params?: P
  query?: Q
  body?: B
  reply: R
  mediaTypes?: readonly string[]
  status?: number
  upload?: boolean
  uploadFields?: z.ZodObject
  handle: (
    context: RequestContext<z.output<P>, z.output<Q>, z.output<B>>,
  ) => Promise<R extends z.ZodType ? z.input<R> : FileReply>
}): RouteDeclaration {
  return declaration
}

/** The key by which the matrix of rights names a route. */
export function routeKey(declaration: { method: string; path: string }): string {
  return `${declaration.method} ${declaration.path}`
}

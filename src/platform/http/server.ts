import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Actor, holdsAnywhere, nobody } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'
import type { Part } from '../part.ts'
import { answerError, answerUnknown, RefusalBody } from './answer-error.ts'
import { checkRoutes } from './check.ts'
import { describeApi, readerOfApi } from './openapi.ts'
import { refuse } from './refusal.ts'
import type { FileReply, RouteDeclaration } from './route.ts'
import { refuseForeignOrigin } from './same-origin.ts'
import { serveWeb } from './web-files.ts'

/** Finds out who sends a request. Given by the session part; the HTTP part does not know how people sign in. */
export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<Actor | null>

export type ServerOptions = {
  parts: readonly Part[]
  database: Database
  authenticate: Authenticate
  version: string
  /** Name of the cookie that carries the session, for the description of the API. */
  sessionCookie: string
  /** Where the built web lies; without it only the API is served. */
  webFolder?: string
  /** Largest upload in bytes. */
  uploadLimit?: number
}

/** Builds the HTTP server with every route that the parts declare; throws where a declaration is not whole. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  checkRoutes(options.parts)
  const limits = { body: 1_000_000, upload: options.uploadLimit ?? 20_000_000 }
  const server = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: limits.body,
    trustProxy: 'loopback',
    routerOptions: { caseSensitive: true },
    forceCloseConnections: true,
  })
  // Not the provider's own: it turns paths into text and drops what was sent, and refusals name both.
  server.setValidatorCompiler<z.ZodType>(({ schema }) => (sent: unknown) => {
    const read = schema.safeParse(sent, { reportInput: true })
    return read.success ? { value: read.data } : { error: read.error }
  })
  server.setSerializerCompiler(serializerCompiler)
  const headers = await protectingHeaders()
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
  await server.register(cookie)
  await server.register(compress, { threshold: 2048, encodings: ['br', 'gzip'] })
  await server.register(multipart, {
    limits: { files: 1, fields: 20, fileSize: limits.upload },
  })
  await server.register(swagger, describeApi(options.parts, options))
  await server.register(swaggerUi, { routePrefix: '/api/docs', ...readerOfApi })
  server.get('/api/openapi.json', { schema: { hide: true } }, async () => server.swagger())

  server.decorateRequest('actor', null as unknown as Actor)
  server.addHook('onRequest', async (request) => refuseForeignOrigin(request))
  for (const part of options.parts) {
    for (const declared of part.routes ?? []) addRoute(server, part, declared, options)
  }
  server.setErrorHandler((error, request, reply) =>
    answerError(error as FastifyError, request, reply, limits),
  )
  if (options.webFolder) await serveWeb(server, options.webFolder, answerUnknown)
  else server.setNotFoundHandler(answerUnknown)
  return server
}

/** The headers that helmet sets, asked of it once: they are the same for every answer, and working them out costs. */
async function protectingHeaders(): Promise<Record<string, string>> {
  const asked = fastify()
  await asked.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        frameAncestors: ["'none'"],
        // Served over plain HTTP inside an office network as well; a reverse proxy adds HTTPS.
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  })
  asked.get('/', async () => '')
  const { headers } = await asked.inject('/')
  await asked.close()
  const own = new Set(['content-type', 'content-length', 'date', 'connection'])
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !own.has(name) ? [[name, value]] : [],
    ),
  )
}

function addRoute(
  server: FastifyInstance,
  part: Part,
  declared: RouteDeclaration,
  options: ServerOptions,
): void {
  const { database } = options
  const empty = z.strictObject({})
  const status = declared.status ?? 200
  server.route({
    method: declared.method,
    url: declared.path,
    schema: {
      tags: [part.title.vi],
      summary: declared.summary,
      description: `Dành cho: ${declared.audience}`,
      params: declared.params ?? (declared.path.includes(':') ? undefined : empty),
      querystring: declared.query ?? empty,
      ...(declared.method === 'GET' || declared.upload
        ? {}
        : { body: declared.body ?? z.union([empty, z.null(), z.undefined()]) }),
      response: { ...(declared.reply === 'file' ? {} : { [status]: declared.reply }), '4xx': RefusalBody },
    },
    // Before the body is read: who may not come in does not get to send megabytes.
    onRequest: async (request, reply) => {
      const actor = await options.authenticate(request, reply)
      request.actor = actor ?? { ...nobody, requestId: request.id, address: request.ip }
      if (declared.audience === 'anyone') return
      if (!actor) {
        refuse(
          'session.required',
          {
            vi: 'Anh/chị chưa đăng nhập hoặc phiên đã hết hạn. Hãy đăng nhập rồi làm lại; nội dung đang nhập vẫn còn.',
            en: 'You are not signed in, or the session has ended. Sign in and try again; what you typed is still there.',
          },
          { status: 401 },
        )
      }
      if (declared.audience !== 'signed_in' && !holdsAnywhere(actor, declared.audience))
        refuseRight(options, declared)
    },
    handler: async (request, reply) => {
      const answer = await declared.handle({
        actor: request.actor,
        params: request.params,
        query: request.query,
        body: request.body,
        write: (work) => database.write(request.actor, work),
        read: (work) => database.read(request.actor, work),
        askOnce: (text, values) => database.askOnce(request.actor, text, values),
        database,
        request,
        reply,
      })
      if (reply.sent) return reply
      if (declared.reply === 'file') {
        const file = answer as FileReply
        return reply
          .header('content-type', file.mediaType)
          .header(
            'content-disposition',
            `${file.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
          )
          .header('cache-control', 'private, no-store')
          .send(Buffer.from(file.bytes))
      }
      return reply.code(status).header('cache-control', 'private, no-store').send(answer)
    },
  })
}

function refuseRight(options: ServerOptions, declared: RouteDeclaration): never {
  const title = options.parts
    .flatMap((part) => part.capabilities ?? [])
    .find((one) => one.name === declared.audience)?.title
  refuse(
    'access.not_granted',
    {
      vi: `Anh/chị chưa được giao quyền «${title?.vi}». Hãy đề nghị người quản trị của đơn vị giao quyền.`,
      en: `You have not been given the right “${title?.en}”. Ask the administrator of your unit to give it to you.`,
    },
    { status: 403 },
  )
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
  }
}

import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Serves the built web. Whatever is neither a file of it nor an address of the API is one of its pages; the web finds
 * its way itself. Without a built web the answer says how to build it.
 */
export async function serveWeb(
  server: FastifyInstance,
  folder: string,
  answerUnknown: (request: FastifyRequest, reply: FastifyReply) => unknown,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await server.register(fastifyStatic, {
    root: folder,
    index: false,
    setHeaders: (reply, path) => {
      // Names below assets/ carry a hash of what they hold, so they never change.
      const forever = path.includes('/assets/')
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const sendPage = async (reply: FastifyReply) => {
    const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null)
    if (page === null) {
      return reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send(
          'Trang web đang được dựng. Hãy tải lại sau một phút.\nThe web is being built; reload in a minute.\n',
        )
    }
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
  }
  server.get('/', { schema: { hide: true } }, (_request, reply) => sendPage(reply))
  server.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !/^\/(api|assets)\//.test(request.url)
    return isPage ? sendPage(reply) : answerUnknown(request, reply)
  })
}

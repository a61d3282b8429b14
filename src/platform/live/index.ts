/**
 * Tells open pages what has changed, whichever server process wrote it: which parts were written to, and the figures
 * that the page shows.
 * Tables: none; reads audit.entry through the owner's door.
 * Calls: session, access, measures.
 */
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { type RequestContext, route } from '../http/route.ts'
import type { Part } from '../part.ts'
import { tokenHashOf } from '../session/index.ts'
import { Watch } from './contract.ts'
import { currentSnapshot } from './live.views.ts'
import { watch } from './watch.ts'
import { requireWatchable, type WatchedAsk } from './watchable.ts'

/** Opens the line of a page and keeps it told. */
async function openLine(
  { request, reply, database, actor }: RequestContext<object, object, unknown>,
  check: () => Promise<readonly WatchedAsk[]>,
): Promise<string> {
  // Before the page hears that the line is open: what commits from then on is told.
  const since = await currentSnapshot(database)
  const asks = await check()
  const stream = beginStream(reply)
  const tokenHash = tokenHashOf(request)?.toString('hex') ?? ''
  watch(database, { stream, tokenHash, actor, asks, since })
  return ''
}

function beginStream(reply: FastifyReply) {
  reply.hijack()
  const stream = reply.raw
  stream.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  stream.write('retry: 2000\n\n')
  return stream
}

export const live: Part = {
  name: 'live',
  title: { vi: 'Cập nhật tức thì', en: 'Live changes' },
  folder: import.meta.dirname,
  routes: [
    route({
      method: 'GET',
      path: '/api/changes',
      summary: 'Luồng sự kiện (text/event-stream): mỗi tin {topics} nêu phần nào vừa có thay đổi.',
      audience: 'signed_in',
      reply: z.string(),
      handle: (context) => openLine(context, async () => []),
    }),
    // A write only by its method: a page may show more figures than an address can name.
    route({
      method: 'POST',
      path: '/api/changes',
      summary:
        'Luồng sự kiện như trên, kèm các con số trang đang hiện: tin «figures» mang những con số vừa thay đổi, cùng đúng vào một lúc.',
      audience: 'signed_in',
      body: Watch,
      reply: z.string(),
      handle: (context) =>
        openLine(context, () => requireWatchable(context.database, context.actor, context.body.figures)),
    }),
  ],
}

/**
 * Tells open pages what has changed, whichever server process wrote it.
 * Tables: none; reads audit.entry through the owner's door.
 * Calls: session.
 */
import { z } from 'zod'
import { route } from '../http/route.ts'
import type { Part } from '../part.ts'
import { tokenHashOf } from '../session/index.ts'
import { currentSnapshot } from './live.views.ts'
import { watch } from './watch.ts'

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
      handle: async ({ request, reply, database }) => {
        // Before the page hears that the line is open: what commits from then on is told.
        const since = await currentSnapshot(database)
        reply.hijack()
        const stream = reply.raw
        stream.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
          'x-content-type-options': 'nosniff',
        })
        stream.write('retry: 2000\n\n')
        watch(database, stream, tokenHashOf(request)?.toString('hex') ?? '', since)
        return ''
      },
    }),
  ],
}

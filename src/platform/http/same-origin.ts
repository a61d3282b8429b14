import type { FastifyRequest } from 'fastify'
import { refuse } from './refusal.ts'

/**
 * Refuses writes that another site makes a browser send: browsers say where a request comes from
 * (Sec-Fetch-Site, or Origin in older ones). Programs that are no browser send neither and carry no one's cookie.
 */
export function refuseForeignOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  if (site === undefined) {
    const origin = request.headers.origin
    if (origin === undefined || hostOf(origin) === request.headers.host) return
  }
  refuse(
    'http.foreign_origin',
    {
      vi: 'Yêu cầu này đến từ một trang khác nên không được nhận. Hãy mở Bản Làng Số rồi làm lại.',
      en: 'This request comes from another site and was refused. Open Bản Làng Số and try again.',
    },
    { status: 403 },
  )
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

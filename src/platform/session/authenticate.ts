import type { FastifyRequest } from 'fastify'
import type { Actor } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'
import { refuse } from '../http/refusal.ts'
import type { Authenticate } from '../http/server.ts'
import * as store from './session.store.ts'
import { tokenHashOf } from './token.ts'

/**
 * Tells the HTTP server who sends a request, afresh each time: what was suspended, revoked or signed out a moment ago is
 * refused now. A one-time password opens the own account only, until it is replaced.
 */
export function authenticate(database: Database): Authenticate {
  return async (request: FastifyRequest): Promise<Actor | null> => {
    const tokenHash = tokenHashOf(request)
    if (!tokenHash) return null
    const session = await store.findLiveSession(database.owner, tokenHash)
    if (!session) return null
    if (session.stale) await store.touchSession(database.owner, tokenHash)
    if (session.mustChange && !request.routeOptions.url?.startsWith('/api/session')) refuseUntilChanged()
    return {
      accountId: session.accountId,
      displayName: session.displayName,
      held: session.held,
      requestId: request.id,
      address: request.ip,
    }
  }
}

function refuseUntilChanged(): never {
  refuse(
    'session.change_password',
    {
      vi: 'Mật khẩu này chỉ dùng một lần. Hãy đặt mật khẩu của riêng mình ở trang Tài khoản rồi làm tiếp.',
      en: 'This password works once. Set your own on the Account page and go on.',
    },
    { status: 403 },
  )
}

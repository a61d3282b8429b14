import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'
import { refuse } from '../http/refusal.ts'
import type { Authenticate } from '../http/server.ts'
import * as store from './session.store.ts'
import { tokenHashOf } from './token.ts'

/** How long a session that was looked up is taken to hold: what another process revokes is refused that much later. */
const knownForMs = 500
const knownAtMost = 2_000

/** Requests that may change who is let in, or in which units: rights go along with a change of units. */
const changesWhoMay = (request: FastifyRequest) =>
  request.method !== 'GET' && /^\/api\/(session|access|units)\b/.test(request.routeOptions.url ?? '')

/**
 * Tells the HTTP server who sends a request. What is suspended, revoked or signed out through this process is refused
 * from its answer on, through another one half a second later at most; the rights to rows are the database's, which looks
 * them up in every transaction. A one-time password opens the own account only, until it is replaced.
 */
export function authenticate(database: Database): Authenticate {
  const sessionOf = keepingSessions(database)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<Actor | null> => {
    const tokenHash = tokenHashOf(request)
    if (!tokenHash) return null
    const session = await sessionOf(tokenHash, request, reply)
    if (!session) return null
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

/** Looks sessions up, one a time per token, and keeps them for a moment: a page asks for ten things at once. */
function keepingSessions(database: Database) {
  const known = new Map<string, { session: Promise<store.LiveSession | null>; until: number }>()
  let changing = 0

  const lookUp = async (tokenHash: Buffer) => {
    const session = await store.findLiveSession(database.owner, tokenHash)
    // A note, not a condition: reading goes on where nothing can be written.
    if (session?.stale) await store.touchSession(database.owner, tokenHash).catch(() => {})
    return session
  }
  const forgetWhenAnswered = (reply: FastifyReply) => {
    changing += 1
    known.clear()
    reply.raw.once('close', () => {
      changing -= 1
      known.clear()
    })
  }
  return async (tokenHash: Buffer, request: FastifyRequest, reply: FastifyReply) => {
    if (changesWhoMay(request)) forgetWhenAnswered(reply)
    if (changing > 0) return lookUp(tokenHash)
    const key = tokenHash.toString('base64')
    const found = known.get(key)
    if (found && found.until > performance.now()) return found.session
    if (known.size >= knownAtMost) known.clear()
    // Counted from before the look, which may see what is changed a moment later.
    const looked = { session: lookUp(tokenHash), until: performance.now() + knownForMs }
    known.set(key, looked)
    looked.session.catch(() => known.delete(key))
    return looked.session
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

import { hash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

export const cookieName = 'banlang_session'
const absoluteDays = 7

/** A new token of 256 random bits, and the hash that is all the database keeps. */
export function makeToken(): { token: string; tokenHash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: hashOf(token) }
}

function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** Hash of the token that a request carries, or null. */
export function tokenHashOf(request: FastifyRequest): Buffer | null {
  const token = request.cookies[cookieName]
  return token ? hashOf(token) : null
}

/** Hands the token to the browser; over HTTPS the cookie never travels without it. */
export function giveCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(cookieName, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: absoluteDays * 24 * 3600,
  })
}

export function takeCookieBack(reply: FastifyReply): void {
  reply.clearCookie(cookieName, { path: '/' })
}

import type { FastifyRequest } from 'fastify'
import { route } from '../http/route.ts'
import * as contract from './contract.ts'
import * as actions from './session.actions.ts'
import * as views from './session.views.ts'
import { giveCookie, takeCookieBack, tokenHashOf } from './token.ts'

function visitorOf(request: FastifyRequest): actions.Visitor {
  const device = request.headers['user-agent']?.normalize('NFC').slice(0, 300) ?? null
  return { address: request.ip, device, requestId: request.id }
}

// Behind `signed_in` there is always a token; the empty one belongs to nobody.
const ownToken = (request: FastifyRequest) => tokenHashOf(request) ?? Buffer.alloc(0)

/** The HTTP shape of signing in and of the own account. */
export const sessionRoutes = [
  route({
    method: 'POST',
    path: '/api/session',
    summary: 'Đăng nhập.',
    audience: 'anyone',
    body: contract.SignIn,
    reply: contract.SignedIn,
    handle: async ({ database, body, request, reply, actor }) => {
      const { token, ...answer } = await actions.signIn(database, visitorOf(request), body)
      const before = tokenHashOf(request)
      if (before && actor.accountId) await actions.signOut(database, actor, before)
      giveCookie(request, reply, token)
      return answer
    },
  }),
  route({
    method: 'GET',
    path: '/api/session/me',
    summary: 'Người đang đăng nhập và những quyền đang giữ.',
    audience: 'signed_in',
    reply: contract.Me,
    handle: ({ database, actor }) => views.viewMe(database, actor),
  }),
  route({
    method: 'GET',
    path: '/api/session/demo',
    summary: 'Đây có phải bản trình diễn không, và các tài khoản để dùng thử.',
    audience: 'anyone',
    reply: contract.DemoHint,
    handle: ({ database }) => views.viewDemoHint(database),
  }),
  route({
    method: 'POST',
    path: '/api/session/sign-out',
    summary: 'Đăng xuất khỏi máy này.',
    audience: 'signed_in',
    reply: contract.Ended,
    handle: async ({ database, actor, request, reply }) => {
      await actions.signOut(database, actor, ownToken(request))
      takeCookieBack(reply)
      return { sessionsEnded: 1 }
    },
  }),
  route({
    method: 'POST',
    path: '/api/session/sign-out-everywhere',
    summary: 'Đăng xuất khỏi mọi máy.',
    audience: 'signed_in',
    reply: contract.Ended,
    handle: async ({ database, actor, reply }) => {
      const sessionsEnded = await actions.signOutEverywhere(database, actor)
      takeCookieBack(reply)
      return { sessionsEnded }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/session/password',
    summary: 'Đổi mật khẩu của mình; các máy khác bị đăng xuất.',
    audience: 'signed_in',
    body: contract.ChangePassword,
    reply: contract.Ended,
    handle: async ({ database, actor, body, request }) => ({
      sessionsEnded: await actions.changeOwnPassword(
        database,
        actor,
        ownToken(request),
        body,
        visitorOf(request),
      ),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/session/devices',
    summary: 'Các máy đang đăng nhập bằng tài khoản của mình.',
    audience: 'signed_in',
    reply: contract.Devices,
    handle: ({ database, actor, request }) => views.listDevices(database, actor, ownToken(request)),
  }),
  route({
    method: 'DELETE',
    path: '/api/session/devices/:sessionId',
    summary: 'Đăng xuất một máy khác của mình.',
    audience: 'signed_in',
    params: contract.DeviceParams,
    reply: contract.Ended,
    handle: async ({ database, actor, params }) => ({
      sessionsEnded: await actions.endDevice(database, actor, params.sessionId),
    }),
  }),
]

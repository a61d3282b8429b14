import { route } from '../http/route.ts'
import * as actions from './access.actions.ts'
import * as views from './access.views.ts'
import * as contract from './contract.ts'

const done = { done: true } as const

/** The HTTP shape of people and rights. */
export const accessRoutes = [
  route({
    method: 'GET',
    path: '/api/access/people',
    summary: 'Người dùng của các đơn vị được xem, xếp theo tên, 50 người một trang.',
    audience: 'access.view',
    query: contract.PeopleQuery,
    reply: contract.PeopleAnswer,
    handle: ({ read, query }) => read((tx) => views.listPeople(tx, query)),
  }),
  route({
    method: 'GET',
    path: '/api/access/people/:accountId',
    summary: 'Một người và các quyền đã giao.',
    audience: 'access.view',
    params: contract.AccountParams,
    reply: contract.PersonPage,
    handle: ({ read, actor, params }) => read((tx) => views.viewPerson(tx, actor, params.accountId)),
  }),
  route({
    method: 'GET',
    path: '/api/access/holders',
    summary: 'Ai đang giữ quyền gì, ở đơn vị nào.',
    audience: 'access.view',
    query: contract.HoldersQuery,
    reply: contract.HoldersAnswer,
    handle: ({ read, actor, query }) => read((tx) => views.listHolders(tx, actor, query)),
  }),
  route({
    method: 'POST',
    path: '/api/access/people',
    summary: 'Thêm một người; trả lời mật khẩu dùng một lần, chỉ hiện một lần.',
    audience: 'access.manage',
    body: contract.NewAccount,
    reply: contract.NewAccountAnswer,
    status: 201,
    handle: ({ write, actor, body }) =>
      write(async (tx) => {
        const made = await actions.createAccount(tx, actor, body)
        return { ...made, oneTimePassword: made.oneTimePassword ?? '' }
      }),
  }),
  route({
    method: 'POST',
    path: '/api/access/people/:accountId/suspend',
    summary: 'Khóa tài khoản: mọi phiên kết thúc ngay.',
    audience: 'access.manage',
    params: contract.AccountParams,
    body: contract.WithReason,
    reply: contract.Done,
    handle: async ({ write, actor, params, body }) => {
      await write((tx) => actions.suspendAccount(tx, actor, { ...params, ...body }))
      return done
    },
  }),
  route({
    method: 'POST',
    path: '/api/access/people/:accountId/restore',
    summary: 'Mở lại tài khoản đã khóa.',
    audience: 'access.manage',
    params: contract.AccountParams,
    reply: contract.Done,
    handle: async ({ write, actor, params }) => {
      await write((tx) => actions.restoreAccount(tx, actor, params))
      return done
    },
  }),
  route({
    method: 'POST',
    path: '/api/access/people/:accountId/reset-password',
    summary: 'Cấp mật khẩu dùng một lần thay cho mật khẩu đã quên.',
    audience: 'access.manage',
    params: contract.AccountParams,
    reply: contract.OneTimePassword,
    handle: ({ write, actor, params }) => write((tx) => actions.resetPassword(tx, actor, params)),
  }),
  route({
    method: 'POST',
    path: '/api/access/people/:accountId/grants',
    summary: 'Giao một vai trò ở một đơn vị, từ ngày đến ngày.',
    audience: 'access.manage',
    params: contract.AccountParams,
    body: contract.NewGrant,
    reply: contract.GrantMade,
    status: 201,
    handle: ({ write, actor, params, body }) =>
      write((tx) => actions.giveGrant(tx, actor, { ...params, ...body })),
  }),
  route({
    method: 'POST',
    path: '/api/access/grants/:grantId/revoke',
    summary: 'Thu hồi một quyền đã giao; hết hiệu lực ngay ở yêu cầu kế tiếp.',
    audience: 'access.manage',
    params: contract.GrantParams,
    body: contract.WithReason,
    reply: contract.Done,
    handle: async ({ write, actor, params, body }) => {
      await write((tx) => actions.revokeGrant(tx, actor, { ...params, ...body }))
      return done
    },
  }),
]

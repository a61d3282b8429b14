import { z } from 'zod'
import { readUpload } from '../../platform/files/index.ts'
import { route } from '../../platform/http/route.ts'
import * as activity from './activity.actions.ts'
import * as channel from './channel.actions.ts'
import * as contract from './contract.ts'
import * as member from './member.actions.ts'

const audience = 'teams.change'
const reply = contract.Done

/** Members of a team: added, corrected, ended, taken back, given another role, removed. */
export const memberRoutes = [
  route({
    method: 'POST',
    path: '/api/teams/:teamId/members',
    summary: 'Thêm một thành viên',
    audience,
    params: contract.TeamParams,
    body: contract.AddMember,
    reply: contract.MemberAdded,
    status: 201,
    handle: async ({ askOnce, write, actor, params, body }) =>
      (await member.addMemberAtOnce(askOnce, actor, params.teamId, body)) ??
      (await write((tx) => member.addMember(tx, actor, params.teamId, body))),
  }),
  route({
    method: 'PATCH',
    path: '/api/teams/members/:memberId',
    summary: 'Sửa thông tin ghi sai của một thành viên',
    audience,
    params: contract.MemberParams,
    body: contract.ChangeMember,
    reply,
    handle: ({ write, actor, params, body }) =>
      write((tx) => member.changeMember(tx, actor, params.memberId, body)),
  }),
  route({
    method: 'POST',
    path: '/api/teams/members/:memberId/end',
    summary: 'Cho một thành viên thôi tham gia từ một ngày',
    audience,
    params: contract.MemberParams,
    body: contract.EndMember,
    reply,
    handle: ({ write, actor, params, body }) =>
      write((tx) => member.endMember(tx, actor, params.memberId, body)),
  }),
  route({
    method: 'POST',
    path: '/api/teams/members/:memberId/reopen',
    summary: 'Hoàn tác việc thôi tham gia ghi trong hôm nay',
    audience,
    params: contract.MemberParams,
    reply,
    handle: ({ write, actor, params }) => write((tx) => member.reopenMember(tx, actor, params.memberId)),
  }),
  route({
    method: 'POST',
    path: '/api/teams/members/:memberId/role',
    summary: 'Đổi vai trò của một thành viên từ một ngày',
    audience,
    params: contract.MemberParams,
    body: contract.ChangeRole,
    reply,
    handle: ({ write, actor, params, body }) =>
      write((tx) => member.changeRole(tx, actor, params.memberId, body)),
  }),
  route({
    method: 'DELETE',
    path: '/api/teams/members/:memberId',
    summary: 'Xóa thành viên nhập nhầm',
    audience,
    params: contract.MemberParams,
    reply,
    handle: ({ write, actor, params }) => write((tx) => member.removeMember(tx, actor, params.memberId)),
  }),
]

/** Zalo groups of a team. */
export const channelRoutes = [
  route({
    method: 'POST',
    path: '/api/teams/:teamId/channels',
    summary: 'Ghi nhóm Zalo của tổ',
    audience,
    params: contract.TeamParams,
    body: contract.OpenChannel,
    reply,
    status: 201,
    handle: ({ write, actor, params, body }) =>
      write((tx) => channel.openChannel(tx, actor, params.teamId, body)),
  }),
  route({
    method: 'POST',
    path: '/api/teams/channels/:channelId/close',
    summary: 'Ghi nhóm Zalo đã đóng từ một ngày',
    audience,
    params: contract.ChannelParams,
    body: contract.CloseChannel,
    reply,
    handle: ({ write, actor, params, body }) =>
      write((tx) => channel.closeChannel(tx, actor, params.channelId, body)),
  }),
  route({
    method: 'DELETE',
    path: '/api/teams/channels/:channelId',
    summary: 'Xóa nhóm Zalo nhập nhầm',
    audience,
    params: contract.ChannelParams,
    reply,
    handle: ({ write, actor, params }) => write((tx) => channel.removeChannel(tx, actor, params.channelId)),
  }),
]

/** What a team did, with photos. */
export const activityRoutes = [
  route({
    method: 'POST',
    path: '/api/teams/:teamId/activities',
    summary: 'Ghi một hoạt động của tổ',
    audience,
    params: contract.TeamParams,
    body: contract.RecordActivity,
    reply,
    status: 201,
    handle: ({ write, actor, params, body }) =>
      write((tx) => activity.recordActivity(tx, actor, params.teamId, body)),
  }),
  route({
    method: 'PATCH',
    path: '/api/teams/activities/:activityId',
    summary: 'Sửa một hoạt động',
    audience,
    params: contract.ActivityParams,
    body: contract.ChangeActivity,
    reply,
    handle: ({ write, actor, params, body }) =>
      write((tx) => activity.changeActivity(tx, actor, params.activityId, body)),
  }),
  route({
    method: 'DELETE',
    path: '/api/teams/activities/:activityId',
    summary: 'Xóa hoạt động nhập nhầm, cùng ảnh',
    audience,
    params: contract.ActivityParams,
    reply,
    handle: ({ write, actor, params }) =>
      write((tx) => activity.removeActivity(tx, actor, params.activityId)),
  }),
  route({
    method: 'POST',
    path: '/api/teams/activities/:activityId/photos',
    summary: 'Thêm ảnh vào một hoạt động',
    audience,
    params: contract.ActivityParams,
    upload: true,
    reply: z.object({ fileId: z.uuid() }),
    status: 201,
    handle: async ({ write, actor, params, request }) => {
      const { bytes, name } = await readUpload(request)
      return write((tx) => activity.addActivityPhoto(tx, actor, params.activityId, { bytes, name }))
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/teams/activities/:activityId/photos/:fileId',
    summary: 'Bỏ một ảnh khỏi hoạt động',
    audience,
    params: contract.PhotoParams,
    reply,
    handle: ({ write, actor, params }) =>
      write((tx) => activity.removeActivityPhoto(tx, actor, params.activityId, params.fileId)),
  }),
]

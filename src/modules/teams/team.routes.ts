import { z } from 'zod'
import { readUpload } from '../../platform/files/index.ts'
import { route } from '../../platform/http/route.ts'
import * as contract from './contract.ts'
import { listTeams } from './list.views.ts'
import * as actions from './team.actions.ts'
import { activitiesOf, teamPage } from './team.views.ts'
import { exportTeams } from './teams.export.ts'

const list = route({
  method: 'GET',
  path: '/api/teams',
  summary: 'Các tổ trong phạm vi được xem, có lọc, tìm và phân trang',
  audience: 'teams.view',
  query: contract.TeamsQuery,
  reply: contract.TeamsAnswer,
  handle: ({ read, query }) => read((tx) => listTeams(tx, query)),
})

const exported = (['xlsx', 'csv'] as const).map((format) =>
  route({
    method: 'GET',
    path: `/api/teams/export.${format}`,
    summary: `Danh sách tổ hoặc thành viên, dạng ${format}; việc tải về được ghi nhật ký`,
    audience: 'teams.view',
    query: contract.TeamsExportQuery,
    reply: 'file',
    handle: ({ write, actor, query }) => write((tx) => exportTeams(tx, actor, query, format)),
  }),
)

const form = route({
  method: 'POST',
  path: '/api/teams',
  summary: 'Thành lập tổ ở một đơn vị',
  audience: 'teams.change',
  body: contract.FormTeam,
  reply: contract.Done,
  status: 201,
  handle: ({ write, actor, body }) => write((tx) => actions.formTeam(tx, actor, body)),
})

const page = route({
  method: 'GET',
  path: '/api/teams/:teamId',
  summary: 'Một tổ với thành viên, nhóm Zalo và hoạt động',
  audience: 'teams.view',
  params: contract.TeamParams,
  reply: contract.TeamPage,
  handle: ({ read, actor, params }) => read((tx) => teamPage(tx, actor, params.teamId)),
})

const change = route({
  method: 'PATCH',
  path: '/api/teams/:teamId',
  summary: 'Sửa thông tin của tổ',
  audience: 'teams.change',
  params: contract.TeamParams,
  body: contract.ChangeTeam,
  reply: contract.Done,
  handle: ({ write, actor, params, body }) =>
    write((tx) => actions.changeTeam(tx, actor, params.teamId, body)),
})

const dissolve = route({
  method: 'POST',
  path: '/api/teams/:teamId/dissolve',
  summary: 'Giải thể tổ từ một ngày; thành viên và nhóm Zalo của tổ kết thúc cùng ngày',
  audience: 'teams.change',
  params: contract.TeamParams,
  body: contract.DissolveTeam,
  reply: contract.Done,
  handle: ({ write, actor, params, body }) =>
    write((tx) => actions.dissolveTeam(tx, actor, params.teamId, body)),
})

const restore = route({
  method: 'POST',
  path: '/api/teams/:teamId/restore',
  summary: 'Hoàn tác việc giải thể ghi trong hôm nay',
  audience: 'teams.change',
  params: contract.TeamParams,
  reply: contract.Done,
  handle: ({ write, actor, params }) => write((tx) => actions.restoreTeam(tx, actor, params.teamId)),
})

const remove = route({
  method: 'DELETE',
  path: '/api/teams/:teamId',
  summary: 'Xóa tổ nhập nhầm, khi chưa có gì thuộc về tổ',
  audience: 'teams.change',
  params: contract.TeamParams,
  reply: contract.Done,
  handle: ({ write, actor, params }) => write((tx) => actions.removeTeam(tx, actor, params.teamId)),
})

const decision = route({
  method: 'POST',
  path: '/api/teams/:teamId/decision',
  summary: 'Đính kèm quyết định thành lập (PDF, Word hoặc ảnh chụp)',
  audience: 'teams.change',
  params: contract.TeamParams,
  upload: true,
  reply: z.object({ fileId: z.uuid() }),
  status: 201,
  handle: async ({ write, actor, params, request }) => {
    const { bytes, name } = await readUpload(request)
    return write((tx) => actions.attachDecision(tx, actor, params.teamId, { bytes, name }))
  },
})

const activities = route({
  method: 'GET',
  path: '/api/teams/:teamId/activities',
  summary: 'Hoạt động của một tổ, mới nhất trước, từng trang',
  audience: 'teams.view',
  params: contract.TeamParams,
  query: contract.ActivitiesQuery,
  reply: contract.ActivitiesAnswer,
  handle: ({ read, actor, params, query }) => read((tx) => activitiesOf(tx, actor, params.teamId, query)),
})

export const teamRoutes = [
  list,
  ...exported,
  form,
  page,
  change,
  dissolve,
  restore,
  remove,
  decision,
  activities,
]

import { today } from '../../platform/calendar/index.ts'
import { route } from '../../platform/http/route.ts'
import {
  ChangeTarget,
  Made,
  NewField,
  NewPlan,
  NewProgramme,
  NewTarget,
  Overview,
  OverviewQuery,
  People,
  PeopleQuery,
  Preview,
  PreviewTarget,
  RemoveTarget,
  TargetPage,
  TargetPageQuery,
  TargetParams,
} from './contract.ts'
import { searchPeople } from './people.views.ts'
import { planPage } from './plan.page.ts'
import { PlanList, PlanParams, PlansQuery, PlanTargets, PlanTargetsQuery } from './plans.contract.ts'
import { createField, createPlan, createProgramme, requireChange } from './programme.actions.ts'
import { overviewSheet } from './programme.export.ts'
import { overview } from './programme.overview.ts'
import { previewTarget } from './programme.preview.ts'
import { listProgrammes } from './programme.views.ts'
import { changeTarget, removeTarget, setTarget } from './target.actions.ts'
import { targetPage } from './target.page.ts'

export const programmeRoutes = [
  route({
    method: 'GET',
    path: '/api/programme/overview',
    summary: 'Một đơn vị đang ở đâu so với chỉ tiêu của năm, và các đơn vị trực thuộc',
    audience: 'programme.view',
    query: OverviewQuery,
    reply: Overview,
    handle: ({ read, actor, query }) => read((tx) => overview(tx, actor, query)),
  }),
  route({
    method: 'GET',
    path: '/api/programme/overview.xlsx',
    summary: 'Bảng chỉ tiêu của một đơn vị, dạng Excel',
    audience: 'programme.view',
    query: OverviewQuery,
    reply: 'file',
    handle: async ({ read, actor, query }) => overviewSheet(await read((tx) => overview(tx, actor, query))),
  }),
  route({
    method: 'GET',
    path: '/api/programme/plans',
    summary: 'Các chương trình, lĩnh vực và kế hoạch năm',
    audience: 'programme.view',
    query: PlansQuery,
    reply: PlanList,
    handle: ({ read, query }) =>
      read(async (tx) => ({
        today: await today(tx),
        programmes: await listProgrammes(tx, query.year ?? null),
      })),
  }),
  route({
    method: 'GET',
    path: '/api/programme/plans/:planId/targets',
    summary: 'Các chỉ tiêu của một kế hoạch, của mọi đơn vị được xem, từng trang',
    audience: 'programme.view',
    params: PlanParams,
    query: PlanTargetsQuery,
    reply: PlanTargets,
    handle: ({ read, params, query }) => read((tx) => planPage(tx, { ...params, ...query })),
  }),
  route({
    method: 'GET',
    path: '/api/programme/people',
    summary: 'Người của một đơn vị có thể được giao chịu trách nhiệm một chỉ tiêu',
    audience: 'programme.change',
    query: PeopleQuery,
    reply: People,
    handle: ({ read, actor, query }) =>
      read(async (tx) => {
        await requireChange(tx, actor, query.unitId)
        return { people: await searchPeople(tx, query) }
      }),
  }),
  route({
    method: 'POST',
    path: '/api/programme/programmes',
    summary: 'Lập một chương trình nhiều năm',
    audience: 'programme.change',
    body: NewProgramme,
    reply: Made,
    status: 201,
    handle: ({ write, actor, body }) => write((tx) => createProgramme(tx, actor, body)),
  }),
  route({
    method: 'POST',
    path: '/api/programme/plans',
    summary: 'Lập kế hoạch của một năm',
    audience: 'programme.change',
    body: NewPlan,
    reply: Made,
    status: 201,
    handle: ({ write, actor, body }) => write((tx) => createPlan(tx, actor, body)),
  }),
  route({
    method: 'POST',
    path: '/api/programme/fields',
    summary: 'Thêm một lĩnh vực vào chương trình',
    audience: 'programme.change',
    body: NewField,
    reply: Made,
    status: 201,
    handle: ({ write, actor, body }) => write((tx) => createField(tx, actor, body)),
  }),
  route({
    method: 'GET',
    path: '/api/programme/targets/:targetId',
    summary: 'Một chỉ tiêu: kết quả, tiến độ so với kế hoạch, đơn vị trực thuộc, lịch sử',
    audience: 'programme.view',
    params: TargetParams,
    query: TargetPageQuery,
    reply: TargetPage,
    handle: ({ read, actor, params, query }) =>
      read((tx) => targetPage(tx, actor, { targetId: params.targetId, ...query })),
  }),
  route({
    method: 'POST',
    path: '/api/programme/targets',
    summary: 'Giao một chỉ tiêu cho đơn vị và người chịu trách nhiệm',
    audience: 'programme.change',
    body: NewTarget,
    reply: Made,
    status: 201,
    handle: ({ write, actor, body }) => write((tx) => setTarget(tx, actor, body)),
  }),
  route({
    method: 'PUT',
    path: '/api/programme/targets/:targetId',
    summary: 'Sửa một chỉ tiêu, kèm lý do',
    audience: 'programme.change',
    params: TargetParams,
    body: ChangeTarget,
    reply: Made,
    handle: ({ write, actor, params, body }) => write((tx) => changeTarget(tx, actor, params.targetId, body)),
  }),
  route({
    method: 'POST',
    path: '/api/programme/targets/:targetId/remove',
    summary: 'Đưa một chỉ tiêu ra khỏi kế hoạch, kèm lý do',
    audience: 'programme.change',
    params: TargetParams,
    body: RemoveTarget,
    reply: Made,
    handle: ({ write, actor, params, body }) =>
      write((tx) => removeTarget(tx, actor, params.targetId, body.reason)),
  }),
  route({
    method: 'POST',
    path: '/api/programme/preview',
    summary: 'Chỉ tiêu sẽ đạt đến đâu nếu giao như vậy; không ghi gì',
    audience: 'programme.change',
    body: PreviewTarget,
    reply: Preview,
    handle: ({ read, actor, body }) => read((tx) => previewTarget(tx, actor, body)),
  }),
]

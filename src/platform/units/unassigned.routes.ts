import { route } from '../http/route.ts'
import { returnRecords, settleRecords } from './unassigned.actions.ts'
import { Settle, Settled, SplitParams, UnassignedList, UnassignedPage } from './unassigned.contract.ts'
import { unassignedList, unassignedPage } from './unassigned.views.ts'

const list = route({
  method: 'GET',
  path: '/api/units/unassigned',
  summary: 'Các đơn vị đã tách hoặc đã kết thúc mà còn bản ghi chưa rõ thuộc đơn vị nào',
  audience: 'units.see_unassigned',
  reply: UnassignedList,
  handle: ({ read }) => read(unassignedList),
})

const page = route({
  method: 'GET',
  path: '/api/units/unassigned/:unitId',
  summary: 'Bản ghi chưa phân bổ của một đơn vị đã tách hoặc đã kết thúc',
  audience: 'units.see_unassigned',
  params: SplitParams,
  reply: UnassignedPage,
  handle: ({ read, params }) => read((tx) => unassignedPage(tx, params.unitId)),
})

const settle = route({
  method: 'POST',
  path: '/api/units/unassigned/:unitId/settle',
  summary: 'Phân bổ bản ghi của một đơn vị đã tách hoặc đã kết thúc cho một đơn vị nhận',
  audience: 'units.change',
  params: SplitParams,
  body: Settle,
  reply: Settled,
  handle: ({ write, actor, params, body }) => write((tx) => settleRecords(tx, actor, params.unitId, body)),
})

const giveBack = route({
  method: 'POST',
  path: '/api/units/unassigned/:unitId/return',
  summary: 'Hoàn tác việc phân bổ bản ghi cho một đơn vị nhận',
  audience: 'units.change',
  params: SplitParams,
  body: Settle,
  reply: Settled,
  handle: ({ write, actor, params, body }) => write((tx) => returnRecords(tx, actor, params.unitId, body)),
})

export const unassignedRoutes = [list, page, settle, giveBack]

import { refuseNotFound } from '../http/refusal.ts'
import { route } from '../http/route.ts'
import { applyChange, previewChange } from './change.actions.ts'
import {
  Change,
  ChangeApplied,
  ChangePreview,
  EventParams,
  EventUndone,
  UndoPreview,
  UnitEvent,
  UnitEvents,
  UnitEventsQuery,
} from './change.contract.ts'
import { eventsOf } from './change.views.ts'
import { undoChange } from './undo.actions.ts'
import { undoPreview } from './undo.views.ts'

const list = route({
  method: 'GET',
  path: '/api/units/changes',
  summary: 'Các thay đổi đơn vị hành chính: của một đơn vị hoặc của mọi nơi, ngày mới nhất trước',
  audience: 'signed_in',
  query: UnitEventsQuery,
  reply: UnitEvents,
  handle: ({ read, query }) =>
    read(async (tx) => {
      const events = await eventsOf(tx, { ...query, limit: query.limit + 1 })
      return { events: events.slice(0, query.limit), more: events.length > query.limit }
    }),
})

const one = route({
  method: 'GET',
  path: '/api/units/changes/:eventId',
  summary: 'Một thay đổi đơn vị hành chính',
  audience: 'signed_in',
  params: EventParams,
  reply: UnitEvent,
  handle: ({ read, params }) =>
    read(async (tx) => (await eventsOf(tx, { eventId: params.eventId, limit: 1 }))[0] ?? refuseNotFound()),
})

const preview = route({
  method: 'POST',
  path: '/api/units/changes/preview',
  summary:
    'Xem trước một thay đổi: đơn vị nào lập, kết thúc, chuyển; bao nhiêu bản ghi đi theo. Không ghi gì',
  audience: 'units.change',
  body: Change,
  reply: ChangePreview,
  handle: ({ write, actor, body }) => write((tx) => previewChange(tx, actor, body)),
})

const apply = route({
  method: 'POST',
  path: '/api/units/changes',
  summary: 'Ghi một thay đổi: lập, nhập, tách, đổi tên, chuyển, đổi loại, kết thúc, từ một ngày',
  audience: 'units.change',
  body: Change,
  reply: ChangeApplied,
  status: 201,
  handle: ({ write, actor, body }) => write((tx) => applyChange(tx, actor, body)),
})

const undoSaid = route({
  method: 'GET',
  path: '/api/units/changes/:eventId/undo',
  summary: 'Điều sẽ trở lại nếu hủy một thay đổi, như chỉ tiêu mà đơn vị kế tiếp đã đưa ra khỏi kế hoạch',
  audience: 'units.change',
  params: EventParams,
  reply: UndoPreview,
  handle: ({ read, actor, params }) => read((tx) => undoPreview(tx, actor, params.eventId)),
})

const undo = route({
  method: 'POST',
  path: '/api/units/changes/:eventId/undo',
  summary: 'Hủy một thay đổi, khi chưa có gì dựa vào nó',
  audience: 'units.change',
  params: EventParams,
  reply: EventUndone,
  handle: ({ write, actor, params }) =>
    write(async (tx) => {
      await undoChange(tx, actor, params.eventId)
      return { id: params.eventId }
    }),
})

export const changeRoutes = [list, one, preview, apply, undoSaid, undo]

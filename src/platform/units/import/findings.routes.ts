import { z } from 'zod'
import { route } from '../../http/route.ts'
import { Id } from '../../http/schemas.ts'
import { settleFinding, takeBackFinding } from './findings.actions.ts'
import { FindingSettled, ListFindingsAnswer, SettleFinding, TakeBackFinding } from './findings.contract.ts'
import { findingCounts, findingsShown } from './findings.views.ts'

const UnitParams = z.strictObject({ unitId: Id })

const list = route({
  method: 'GET',
  path: '/api/units/list-findings',
  summary: 'Đơn vị mới có câu chữ không khớp đơn vị cũ nào, hoặc chưa rõ hình thành từ đơn vị cũ nào',
  audience: 'units.change',
  reply: ListFindingsAnswer,
  handle: ({ read }) =>
    read(async (tx) => ({ findings: await findingsShown(tx), ...(await findingCounts(tx)) })),
})

const settle = route({
  method: 'POST',
  path: '/api/units/:unitId/list-finding',
  summary: 'Xác nhận câu chữ của danh mục: không có đơn vị cũ nào, hoặc đã chỉ ra đơn vị cũ',
  audience: 'units.change',
  params: UnitParams,
  body: SettleFinding,
  reply: FindingSettled,
  handle: ({ write, actor, params, body }) => write((tx) => settleFinding(tx, actor, params.unitId, body)),
})

const takeBack = route({
  method: 'POST',
  path: '/api/units/:unitId/list-finding/take-back',
  summary: 'Hoàn tác xác nhận câu chữ của danh mục',
  audience: 'units.change',
  params: UnitParams,
  body: TakeBackFinding,
  reply: FindingSettled,
  handle: ({ write, actor, params, body }) =>
    write((tx) => takeBackFinding(tx, actor, params.unitId, body.revision)),
})

export const findingsRoutes = [list, settle, takeBack]

import { z } from 'zod'
import { route } from '../../http/route.ts'
import { Id } from '../../http/schemas.ts'
import { settleLink, takeBackLink } from './links.actions.ts'
import { LinkSettled, SettleLink, TakeBackLink, UnitLinksAnswer, UnitLinksQuery } from './links.contract.ts'
import { linkTotals } from './links.totals.ts'
import * as views from './links.views.ts'

const UnitParams = z.strictObject({ unitId: Id })

const list = route({
  method: 'GET',
  path: '/api/units/links',
  summary: 'Đơn vị cũ đã về đơn vị mới nào theo danh mục, kèm câu chữ, và những liên kết cần người xác nhận',
  audience: 'units.change',
  query: UnitLinksQuery,
  reply: UnitLinksAnswer,
  handle: ({ read, query }) =>
    read(async (tx) => {
      const totals = await linkTotals(tx)
      const { said, assumed, open, settled } = totals
      return {
        ...(await views.linksShown(tx, query)),
        counts: { waiting: assumed + open, settled, certain: said },
        totals,
        provinces: await views.linkProvinces(tx),
      }
    }),
})

const settle = route({
  method: 'POST',
  path: '/api/units/:unitId/link',
  summary: 'Xác nhận một đơn vị cũ về đơn vị mới nào: toàn bộ, từng phần, hoặc không về đơn vị nào',
  audience: 'units.change',
  params: UnitParams,
  body: SettleLink,
  reply: LinkSettled,
  handle: ({ write, actor, params, body }) => write((tx) => settleLink(tx, actor, params.unitId, body)),
})

const takeBack = route({
  method: 'POST',
  path: '/api/units/:unitId/link/take-back',
  summary: 'Hoàn tác xác nhận: liên kết lại như danh mục đã nêu',
  audience: 'units.change',
  params: UnitParams,
  body: TakeBackLink,
  reply: LinkSettled,
  handle: ({ write, actor, params, body }) =>
    write((tx) => takeBackLink(tx, actor, params.unitId, body.revision)),
})

export const linksRoutes = [list, settle, takeBack]

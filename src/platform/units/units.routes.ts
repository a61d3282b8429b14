import { z } from 'zod'
import { today } from '../calendar/index.ts'
import { refuseNotFound } from '../http/refusal.ts'
import { route } from '../http/route.ts'
import { Id } from '../http/schemas.ts'
import { changeRoutes } from './change.routes.ts'
import {
  ElsewhereQuery,
  FormerAreaFound,
  FormerAreaQuery,
  UnitElsewhereFound,
  UnitKinds,
  UnitPage,
  UnitSearchAnswer,
  UnitSearchQuery,
  UnitTreeAnswer,
  UnitTreeQuery,
} from './contract.ts'
import { formerArea } from './former-area.ts'
import { unassignedRoutes } from './unassigned.routes.ts'
import { mayChangeUnits } from './units.policy.ts'
import { dayToShow } from './units.rules.ts'
import * as views from './units.views.ts'
import { whereabouts } from './whereabouts.ts'

const UnitParams = z.strictObject({ unitId: Id })

const search = route({
  method: 'GET',
  path: '/api/units/search',
  summary: 'Tìm đơn vị theo tên, tên viết tắt hoặc mã; gõ không dấu cũng được',
  audience: 'signed_in',
  query: UnitSearchQuery,
  reply: UnitSearchAnswer,
  handle: ({ read, query }) =>
    read(async (tx) => ({
      units: await views.searchUnits(tx, { ...query, asOf: query.asOf ?? (await today(tx)) }),
    })),
})

const kinds = route({
  method: 'GET',
  path: '/api/units/kinds',
  summary: 'Các loại đơn vị',
  audience: 'signed_in',
  reply: UnitKinds,
  handle: ({ read }) => read(async (tx) => ({ kinds: await views.unitKinds(tx) })),
})

const tree = route({
  method: 'GET',
  path: '/api/units',
  summary: 'Các đơn vị trực thuộc một đơn vị vào một ngày',
  audience: 'signed_in',
  query: UnitTreeQuery,
  reply: UnitTreeAnswer,
  handle: ({ read, query }) =>
    read(async (tx) => {
      const asOf = query.asOf ?? (await today(tx))
      if (query.parentId === undefined) {
        return { asOf, parent: null, units: await views.childrenOf(tx, await views.rootId(tx), asOf) }
      }
      const parent = (await views.findUnit(tx, query.parentId, asOf)) ?? refuseNotFound()
      return { asOf, parent, units: await views.childrenOf(tx, query.parentId, asOf) }
    }),
})

const page = route({
  method: 'GET',
  path: '/api/units/:unitId',
  summary: 'Một đơn vị: nằm ở đâu, các tên và mã qua thời gian, đơn vị trực thuộc',
  audience: 'signed_in',
  params: UnitParams,
  query: UnitTreeQuery.pick({ asOf: true }),
  reply: UnitPage,
  handle: ({ read, params, query, actor }) =>
    read(async (tx) => {
      const { unitId } = params
      const versions = await views.versionsOf(tx, unitId)
      const wanted = query.asOf ?? (await today(tx))
      if (versions.length === 0) refuseNotFound()
      // A unit that is no more, or not yet, is shown as it last stood.
      const there = versions.some(
        (version) =>
          version.validFrom <= wanted && (version.validUntil === null || version.validUntil > wanted),
      )
      const asOf = there ? wanted : dayToShow(versions, wanted)
      const unit = (await views.findUnit(tx, unitId, asOf)) ?? refuseNotFound()
      const below = await views.childrenOf(tx, unitId, asOf)
      const parentId = await views.parentOn(tx, unitId, asOf)
      return {
        unit,
        asOf,
        ancestors: await views.ancestorsOf(tx, unitId, asOf),
        versions,
        ended: await views.endOf(tx, unitId, wanted),
        areasBelow: below.filter((one) => one.isArea),
        bodies: below.filter((one) => !one.isArea),
        mayChange: mayChangeUnits(actor, await views.unitPath(tx, unitId)),
        mayChangeAbove: parentId !== null && mayChangeUnits(actor, await views.unitPath(tx, parentId)),
      }
    }),
})

const elsewhere = route({
  method: 'GET',
  path: '/api/units/:unitId/elsewhere',
  summary:
    'Đơn vị không có vào một ngày: có từ bao giờ đến bao giờ, và những đơn vị nào ở chỗ của nó ngày đó',
  audience: 'signed_in',
  params: UnitParams,
  query: ElsewhereQuery,
  reply: UnitElsewhereFound,
  handle: ({ read, params, query }) =>
    read(async (tx) => {
      const asOf = query.asOf ?? (await today(tx))
      const found = await whereabouts(tx, params.unitId, asOf)
      if (!found || query.may === undefined) return { asOf, elsewhere: found }
      const may = await views.permittedOf(
        tx,
        found.instead.map((one) => one.id),
        query.may,
      )
      return { asOf, elsewhere: { ...found, instead: found.instead.filter((one) => may.has(one.id)) } }
    }),
})

const former = route({
  method: 'GET',
  path: '/api/units/:unitId/former-area',
  summary: 'Địa bàn cũ của một đơn vị đã kết thúc: các đơn vị trực thuộc ngày cuối cùng nay về đâu',
  audience: 'signed_in',
  params: UnitParams,
  query: FormerAreaQuery,
  reply: FormerAreaFound,
  handle: ({ read, params, query }) =>
    read(async (tx) => {
      const asOf = query.asOf ?? (await today(tx))
      return { asOf, area: await formerArea(tx, params.unitId, asOf) }
    }),
})

export const unitsRoutes = [
  search,
  kinds,
  tree,
  page,
  elsewhere,
  former,
  ...changeRoutes,
  ...unassignedRoutes,
]

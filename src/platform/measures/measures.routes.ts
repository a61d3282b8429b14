import { z } from 'zod'
import { route } from '../http/route.ts'
import { requireMeasure } from './asked.ts'
import { BelowAnswer, BelowQuery } from './below.contract.ts'
import { figuresBelow } from './below.views.ts'
import { ChangesAnswer, ChangesQuery, HistoryAnswer, HistoryQuery } from './change.contract.ts'
import { changesSince, history } from './change.views.ts'
import {
  EvidenceAnswer,
  EvidenceQuery,
  FigurePage,
  FigureQuery,
  MeasureList,
  OneFigure,
  RecountAsked,
  UnitFigures,
} from './contract.ts'
import { evidencePage } from './evidence.views.ts'
import { exportRoutes } from './export.routes.ts'
import { figurePage, figuresOfUnit, oneFigure } from './measures.views.ts'
import { figureAtOnce } from './one-figure.ts'
import { askRecount } from './recount.job.ts'
import { declaredMeasures, measureAnswer } from './registry.ts'

const MeasureParams = z.strictObject({ name: z.string().min(1).max(120) })

const list = route({
  method: 'GET',
  path: '/api/measures',
  summary: 'Mọi chỉ số mà phần mềm đếm được',
  audience: 'signed_in',
  reply: MeasureList,
  handle: async () => ({ measures: declaredMeasures().map(measureAnswer) }),
})

const ofUnit = route({
  method: 'GET',
  path: '/api/measures/figures',
  summary: 'Mọi chỉ số của một đơn vị vào một ngày',
  audience: 'measures.view',
  query: FigureQuery.omit({ from: true }),
  reply: UnitFigures,
  handle: ({ read, actor, query }) => read((tx) => figuresOfUnit(tx, actor, query)),
})

const one = route({
  method: 'GET',
  path: '/api/measures/:name',
  summary: 'Một chỉ số của một đơn vị: con số, mười hai tháng, các đơn vị trực thuộc',
  audience: 'measures.view',
  params: MeasureParams,
  query: FigureQuery,
  reply: FigurePage,
  handle: ({ read, actor, params, query }) => read((tx) => figurePage(tx, actor, params.name, query)),
})

const figureAlone = route({
  method: 'GET',
  path: '/api/measures/:name/figure',
  summary: 'Riêng con số của một chỉ số, một đơn vị',
  audience: 'measures.view',
  params: MeasureParams,
  query: FigureQuery,
  reply: OneFigure,
  handle: async ({ read, database, actor, params, query }) => {
    const measure = requireMeasure(params.name)
    return (
      (await figureAtOnce(database, actor, measure, query)) ??
      (await read((tx) => oneFigure(tx, actor, params.name, query)))
    )
  },
})

const changes = route({
  method: 'GET',
  path: '/api/measures/:name/changes',
  summary: 'Con số đã đổi thế nào từ lần xem trước, và do những dòng nào',
  audience: 'measures.view',
  params: MeasureParams,
  query: ChangesQuery,
  reply: ChangesAnswer,
  handle: ({ read, actor, params, query }) => read((tx) => changesSince(tx, actor, params.name, query)),
})

const ofThen = route({
  method: 'GET',
  path: '/api/measures/:name/history',
  summary: 'Con số theo hồ sơ hiện nay, bên cạnh con số theo những gì đã ghi nhận đến một thời điểm',
  audience: 'measures.view',
  params: MeasureParams,
  query: HistoryQuery,
  reply: HistoryAnswer,
  handle: ({ read, actor, params, query }) => read((tx) => history(tx, actor, params.name, query)),
})

const below = route({
  method: 'GET',
  path: '/api/measures/below',
  summary: 'Nhiều chỉ số của các đơn vị trực thuộc một đơn vị, đọc cùng một lúc',
  audience: 'measures.view',
  query: BelowQuery,
  reply: BelowAnswer,
  handle: ({ read, actor, query }) => read((tx) => figuresBelow(tx, actor, query)),
})

const evidence = route({
  method: 'GET',
  path: '/api/measures/:name/evidence',
  summary: 'Danh sách đứng sau con số, đọc cùng lúc với con số',
  audience: 'measures.view',
  params: MeasureParams,
  query: EvidenceQuery,
  reply: EvidenceAnswer,
  handle: ({ read, actor, params, query }) => read((tx) => evidencePage(tx, actor, params.name, query)),
})

const recountNow = route({
  method: 'POST',
  path: '/api/measures/recount',
  summary: 'Đếm lại ngay mọi chỉ số từ hồ sơ; kết quả ở trang Việc nền',
  audience: 'jobs.manage',
  reply: RecountAsked,
  status: 202,
  handle: ({ write, actor }) => write((tx) => askRecount(tx, actor)),
})

export const measuresRoutes = [
  list,
  ofUnit,
  below,
  one,
  figureAlone,
  changes,
  ofThen,
  evidence,
  ...exportRoutes,
  recountNow,
]

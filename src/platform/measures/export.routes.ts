import { z } from 'zod'
import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { refuse } from '../http/refusal.ts'
import { route } from '../http/route.ts'
import { requireMeasure } from './asked.ts'
import { BelowQuery } from './below.contract.ts'
import { figuresBelow } from './below.views.ts'
import { EvidenceQuery, FigureQuery } from './contract.ts'
import { evidencePage } from './evidence.views.ts'
import { belowSheet, listSheet, monthsSheet } from './figure.sheets.ts'
import { figurePage } from './measures.views.ts'

const MeasureParams = z.strictObject({ name: z.string().min(1).max(120) })
const mostRowsExported = 50_000

/** Notes that figures or a list were taken away as a file. */
function noteExport(
  tx: Tx,
  actor: Actor,
  taken: { what: 'list' | 'months' | 'units'; measure: string; unitId: string; after: object },
) {
  return audit(tx, actor, {
    action: `measures.${taken.what}_exported`,
    subject: 'measures.measure',
    subjectId: taken.measure,
    unitId: taken.unitId,
    after: taken.after,
  })
}

const list = route({
  method: 'GET',
  path: '/api/measures/:name/evidence.xlsx',
  summary: 'Cả danh sách đứng sau con số, dạng Excel; việc tải về được ghi nhật ký',
  audience: 'measures.view',
  params: MeasureParams,
  query: EvidenceQuery.omit({ offset: true, limit: true }),
  reply: 'file',
  handle: async ({ read, write, actor, params, query }) => {
    const page = await read((tx) =>
      evidencePage(tx, actor, params.name, { ...query, offset: 0, limit: mostRowsExported }),
    )
    if (page.matching > mostRowsExported) {
      refuse('measures.list_too_long', {
        vi: `Danh sách có ${page.matching} dòng, quá dài cho một tệp Excel. Hãy chọn đơn vị hoặc kỳ hẹp hơn.`,
        en: `The list has ${page.matching} rows, too many for one file. Choose a smaller unit or period.`,
      })
    }
    const { section, figure, rows } = page
    await write((tx) =>
      noteExport(tx, actor, {
        what: 'list',
        measure: page.measure.name,
        unitId: query.unitId,
        after: {
          section,
          asOf: figure.asOf,
          from: figure.from,
          map: figure.map ?? 'then',
          rows: rows.length,
        },
      }),
    )
    return listSheet(page, requireMeasure(params.name))
  },
})

const months = route({
  method: 'GET',
  path: '/api/measures/:name/months.xlsx',
  summary: 'Mười hai tháng của một chỉ số, dạng Excel; việc tải về được ghi nhật ký',
  audience: 'measures.view',
  params: MeasureParams,
  query: FigureQuery,
  reply: 'file',
  handle: async ({ read, write, actor, params, query }) => {
    const page = await read((tx) => figurePage(tx, actor, params.name, query))
    const { asOf, map } = page.figure
    await write((tx) =>
      noteExport(tx, actor, {
        what: 'months',
        measure: page.measure.name,
        unitId: query.unitId,
        after: { asOf, map: map ?? 'then' },
      }),
    )
    return monthsSheet(page, requireMeasure(params.name))
  },
})

const units = route({
  method: 'GET',
  path: '/api/measures/below.xlsx',
  summary: 'Các đơn vị trực thuộc theo nhiều chỉ số, dạng Excel; việc tải về được ghi nhật ký',
  audience: 'measures.view',
  query: BelowQuery,
  reply: 'file',
  handle: async ({ read, write, actor, query }) => {
    const below = await read((tx) => figuresBelow(tx, actor, query))
    await write((tx) =>
      noteExport(tx, actor, {
        what: 'units',
        measure: query.measures[0] ?? '',
        unitId: query.unitId,
        after: { measures: query.measures, asOf: below.asOf, map: below.map, units: below.units.ids.length },
      }),
    )
    return belowSheet(below, query.measures.map(requireMeasure))
  },
})

export const exportRoutes = [list, months, units]

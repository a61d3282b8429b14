import { z } from 'zod'
import { audit } from '../audit/index.ts'
import { refuse } from '../http/refusal.ts'
import { route } from '../http/route.ts'
import { type SheetColumn, writeTable } from '../sheets/index.ts'
import {
  EvidenceAnswer,
  type EvidencePage,
  EvidenceQuery,
  FigurePage,
  FigureQuery,
  MeasureList,
  RecountAsked,
  UnitFigures,
} from './contract.ts'
import { evidencePage, figurePage, figuresOfUnit, requireMeasure } from './measures.views.ts'
import { askRecount } from './recount.job.ts'
import { declaredMeasures, measureAnswer } from './registry.ts'

const MeasureParams = z.strictObject({ name: z.string().min(1).max(120) })
const mostRowsExported = 50_000

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

const exported = route({
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
    await write((tx) =>
      audit(tx, actor, {
        action: 'measures.list_exported',
        subject: 'measures.measure',
        subjectId: page.measure.name,
        unitId: query.unitId,
        after: {
          section: page.section,
          asOf: page.figure.asOf,
          from: page.figure.from,
          rows: page.rows.length,
        },
      }),
    )
    return {
      bytes: await sheetOf(page),
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      fileName: `${requireMeasure(params.name).title.vi} ${page.figure.asOf}.xlsx`,
    }
  },
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

function sheetOf(page: EvidencePage): Promise<Uint8Array> {
  const kinds = {
    text: 'text',
    unit: 'text',
    day: 'day',
    instant: 'text',
    number: 'number',
    phone: 'phone',
  } as const
  const columns: SheetColumn[] = page.columns.map(({ key, title, kind }) => ({
    key,
    header: title.vi,
    kind: kinds[kind],
  }))
  const hidden = page.hidden > 0 ? `; ${page.hidden} dòng không được mở` : ''
  return writeTable({
    columns,
    sheetName: 'Danh sách',
    title: [
      page.measure.title.vi,
      `Tính đến ${page.figure.asOf.split('-').reverse().join('/')}: ${page.number === null ? 'chưa có số liệu' : `${page.number} ${page.measure.noun.vi}`}${hidden}`,
    ],
    rows: page.rows.map((row) =>
      Object.fromEntries(
        page.columns.map(({ key, kind }) => {
          const cell = row.cells[key] ?? null
          if (cell !== null && typeof cell === 'object') return [key, cell.vi]
          return [key, kind === 'number' && cell !== null ? Number(cell) : cell]
        }),
      ),
    ),
  })
}

export const measuresRoutes = [list, ofUnit, one, evidence, exported, recountNow]

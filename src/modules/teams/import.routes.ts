import { readUpload } from '../../platform/files/index.ts'
import { route } from '../../platform/http/route.ts'
import * as contract from './contract.ts'
import { applyImport, checkImport, markedCopy } from './import.actions.ts'
import { importTemplate } from './import.template.ts'

const audience = 'teams.import'
const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const importRoutes = [
  route({
    method: 'GET',
    path: '/api/teams/import/template.xlsx',
    summary: 'Tệp mẫu để ghi danh sách thành viên, có sẵn danh mục tên của đơn vị',
    audience,
    query: contract.ImportUnitQuery,
    reply: 'file',
    handle: async ({ read, actor, query }) => ({
      bytes: await read((tx) => importTemplate(tx, actor, query.unitId)),
      mediaType: excel,
      fileName: 'mau-thanh-vien-to-cong-nghe-so.xlsx',
    }),
  }),
  route({
    method: 'POST',
    path: '/api/teams/import/check',
    summary: 'Xem trước việc nhập một tệp: từng dòng sẽ làm gì, ô nào cần sửa; chưa ghi thành viên nào',
    audience,
    upload: true,
    uploadFields: contract.ImportFields,
    reply: contract.ImportCheck,
    handle: async ({ write, actor, request }) => {
      const { bytes, name, fields } = await readUpload(request)
      const { unitId, joinedOn } = contract.ImportFields.parse(fields)
      return write((tx) => checkImport(tx, actor, { bytes, name }, { unitId, joinedOn: joinedOn ?? null }))
    },
  }),
  route({
    method: 'GET',
    path: '/api/teams/import/marked.xlsx',
    summary: 'Bản sao của tệp đã xem trước, đánh dấu các ô cần sửa',
    audience,
    query: contract.MarkedCopyQuery,
    reply: 'file',
    handle: async ({ read, actor, query }) => {
      const { bytes, name } = await read((tx) =>
        markedCopy(tx, actor, { ...query, joinedOn: query.joinedOn ?? null }),
      )
      return { bytes, mediaType: excel, fileName: name }
    },
  }),
  route({
    method: 'POST',
    path: '/api/teams/import/apply',
    summary: 'Nhập đúng những gì đã xem trước; tất cả hoặc không gì cả',
    audience,
    body: contract.ApplyImport,
    reply: contract.ImportResult,
    handle: ({ write, actor, body }) => write((tx) => applyImport(tx, actor, body)),
  }),
]

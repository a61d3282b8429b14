import * as XLSX from '@e965/xlsx'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSheet } from '../../platform/sheets/index.ts'
import type { Answer, TestServer } from '../../platform/testing/server.ts'
import type { ImportCheckAnswer } from './contract.ts'
import { memberColumns } from './import.columns.ts'
import { serverAtYearEnd } from './teams.testing.ts'

let server: TestServer
let unitId = ''

beforeAll(async () => {
  server = await serverAtYearEnd()
  unitId = server.world.units.a1
})
afterAll(() => server?.close())

const officer = () => server.as('commune_officer')
const check = (bytes: Uint8Array, name: string, fields: Record<string, string> = { unitId }) =>
  officer().upload('/api/teams/import/check', { name, bytes }, fields)
const apply = (seen: ImportCheckAnswer, more: object = {}) =>
  officer().post('/api/teams/import/apply', {
    fileId: seen.fileId,
    unitId: seen.unit.id,
    joinedOn: seen.joinedOn,
    digest: seen.digest,
    ...more,
  })
const members = async () => {
  const { body } = await officer().get(`/api/measures/teams.village_team_members?unitId=${unitId}`)
  return body.figure.numerator
}
const outcomes = ({ body }: Answer) =>
  (body as ImportCheckAnswer).rows.map((row) => `${row.fullName}: ${row.outcome}`)

/** Titles above, capitals, a merged village, three ways of writing a day, phones as numbers, decomposed names, a total. */
async function officeFile(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Thành viên mới')
  sheet.addRow(['ỦY BAN NHÂN DÂN XÃ AN MỘT'])
  sheet.mergeCells('A1:G1')
  sheet.addRow(['DANH SÁCH THÀNH VIÊN TỔ CÔNG NGHỆ SỐ'])
  sheet.addRow(['STT', 'HỌ VÀ TÊN', 'Số ĐT', 'Thôn, bản', 'Chức vụ trong tổ', 'NGÀY THAM GIA', 'Ghi chú'])
  sheet.addRow([1, 'BÀN TÀI SÍNH', 900009001, 'bản Một Một', 'tổ trưởng', '05/12/2022', null])
  sheet.addRow([
    2,
    'Lò Thị Hiên',
    '+84 900 009 002',
    null,
    'Thành viên',
    new Date(Date.UTC(2022, 11, 6)),
    'Đoàn TN',
  ])
  sheet.mergeCells('D4:D5')
  sheet.addRow([3, 'Hoàng Thị Mến'.normalize('NFD'), '0900.009.003', 'BAN MOT HAI', '', '2022-12-07', null])
  sheet.addRow([null, 'Tổng cộng: 3 người'])
  return new Uint8Array(await book.xlsx.writeBuffer())
}

describe('a file as an office keeps it', () => {
  let seen: ImportCheckAnswer
  it('says row by row what it would do and writes nothing', async () => {
    const answer = await check(await officeFile(), 'thanh-vien.xlsx')
    expect(answer.status, answer.text).toBe(200)
    seen = answer.body
    expect(seen.counts).toEqual({ create: 3, change: 0, end: 0, unchanged: 0, error: 0, teams: 2 })
    expect(outcomes(answer)).toEqual(['Bàn Tài Sính: create', 'Lò Thị Hiên: create', 'Hoàng Thị Mến: create'])
    expect(seen.teamsToForm.map((team) => `${team.unitName} ${team.formedOn}`)).toEqual([
      'Bản Một Một 2022-12-05',
      'Bản Một Hai 2022-12-07',
    ])
    expect(seen.skipped[0]?.row).toBe(7)
    expect(await members()).toBeNull()
  })

  it('does just that, and says which figures moved', async () => {
    const done = await apply(seen)
    expect(done.status, done.text).toBe(200)
    const moved = done.body.moved.map((one: { after: { measure: string; numerator: string } }) => [
      one.after.measure,
      one.after.numerator,
    ])
    expect(moved).toContainEqual(['teams.village_team_members', '3'])
    expect(await members()).toBe('3')
    const { body } = await officer().get('/api/teams?search=ban%20tai%20sinh')
    expect(body.teams[0]).toMatchObject({ headName: 'Bàn Tài Sính', headPhone: '0900009001', members: 2 })
  })

  it('changes nothing when it is imported again', async () => {
    const again = await check(await officeFile(), 'thanh-vien.xlsx')
    expect(again.body.counts).toEqual({ create: 0, change: 0, end: 0, unchanged: 3, error: 0, teams: 0 })
    expect((await apply(again.body)).body.moved).toEqual([])
    expect(await members()).toBe('3')
  })

  it('is refused when the records have changed since it was looked at', async () => {
    const line = 'Thôn, bản;Họ và tên;Ngày tham gia\r\nBản Một Hai;Vàng A Tủa;8.12.2022'
    const first = await check(new TextEncoder().encode(line), 'mot.csv')
    const second = await check(new TextEncoder().encode(line), 'hai.csv')
    expect((await apply(first.body)).status).toBe(200)
    const late = await apply(second.body)
    expect(late.status).toBe(409)
    expect(late.body.error.code).toBe('teams.import_moved')
    expect(await members()).toBe('4')
  })
})

describe('old and foreign formats', () => {
  it('reads .xls, whose days are serial numbers and whose phones lost their zero', async () => {
    const sheet = XLSX.utils.aoa_to_sheet([
      ['Họ tên', 'SĐT', 'Thôn', 'Ngày vào tổ', 'Ngày thôi'],
      ['Vàng A Tủa', 900009008, 'Bản Một Hai', '8/12/2022', { t: 'n', v: 44911, z: 'dd/mm/yyyy' }],
    ])
    const book = XLSX.utils.book_new()
    XLSX.utils.book_append_sheet(book, sheet, 'DS')
    const bytes = new Uint8Array(XLSX.write(book, { type: 'array', bookType: 'biff8' }) as ArrayBuffer)
    const answer = await check(bytes, 'danh-sach.xls')
    expect(answer.status, answer.text).toBe(200)
    expect(outcomes(answer)).toEqual(['Vàng A Tủa: end'])
    expect((await apply(answer.body)).status).toBe(200)
    expect(await members()).toBe('3')
    const { rows } = await sql<{ left_on: string; phone: string }>`
      select left_on, phone from teams.member where full_name = 'Vàng A Tủa'`.execute(server.database.owner)
    expect(rows).toEqual([{ left_on: '2022-12-16', phone: '0900009008' }])
  })

  it('refuses what is no spreadsheet, in words, at the file', async () => {
    const answer = await check(new TextEncoder().encode('%PDF-1.7 not a sheet'), 'danh-sach.xlsx')
    expect(answer.status).toBe(422)
    expect(answer.body.error.fields[0].path).toBe('file')
  })
})

describe('rows that are wrong', () => {
  const file = () =>
    new TextEncoder().encode(
      [
        '"Thôn, bản",Họ và tên,Số điện thoại,Ngày tham gia,Vai trò',
        'Bản Một Ba,Lý Thị Xiêm,0900009010,09/12/2022,',
        'Bản Một Một,Sùng A Lềnh,09000O9012,12/12/2022,',
        'Bản Một Một,Hà Văn Biên,0900009013,31/11/2022,',
        'Bản Một Một,Bàn Thị Líu,0900009014,14/12/2022,Tổ trưởng',
        'Bản Một Hai,Đặng Quý Thọ,0900009015,15/12/2022,Tổ phó',
      ].join('\r\n'),
    )
  let seen: ImportCheckAnswer

  it('are named with row, column, what is typed and how to mend it', async () => {
    const answer = await check(file(), 'sai.csv')
    seen = answer.body
    const said = seen.rows.flatMap((row) => row.errors.map((error) => [row.row, error.header, error.typed]))
    expect(said).toEqual([
      [2, 'Thôn, bản', 'Bản Một Ba'],
      [3, 'Số điện thoại', '09000O9012'],
      [4, 'Ngày tham gia', '31/11/2022'],
      [5, 'Vai trò', 'Tổ trưởng'],
    ])
    expect(seen.rows[0]?.errors[0]?.message.vi).toContain('Bản Một')
    expect(seen.rows[3]?.errors[0]?.message.vi).toContain('Bàn Tài Sính')
  })

  it('come back marked in a copy that can be mended and read again', async () => {
    const query = `fileId=${seen.fileId}&unitId=${unitId}`
    const address = `${server.address}/api/teams/import/marked.xlsx?${query}`
    const cookie = `banlang_session=${server.world.accounts.commune_officer.token}`
    const copy = await fetch(address, { headers: { cookie } })
    expect(copy.status).toBe(200)
    const table = await readSheet(new Uint8Array(await copy.arrayBuffer()), 'copy.xlsx', memberColumns)
    expect(table.rows).toHaveLength(5)
  })

  it('stop the whole file unless leaving them out is asked for', async () => {
    const refused = await apply(seen)
    expect(refused.body.error.code).toBe('teams.import_has_errors')
    expect(await members()).toBe('3')
    const done = await apply(seen, { skipErrors: true })
    expect(done.body.counts).toMatchObject({ create: 1, error: 4 })
    expect(await members()).toBe('4')
  })

  it('without a day of joining take the day given for all of them', async () => {
    const bytes = new TextEncoder().encode('Thôn;Họ tên\r\nBản Một Hai;Giàng A Phông')
    expect(outcomes(await check(bytes, 'khong-ngay.csv'))).toEqual(['Giàng A Phông: error'])
    const given = await check(bytes, 'khong-ngay.csv', { unitId, joinedOn: '2022-12-20' })
    expect(outcomes(given)).toEqual(['Giàng A Phông: create'])
  })
})

describe('a file that is wrong as a whole', () => {
  const sheet = (lines: readonly string[]) => new TextEncoder().encode(lines.join('\r\n'))
  it('is told once that no column says the village, and which columns were not recognised', async () => {
    const lines = ['Họ tên;Quê quán;Ngày tham gia', 'Lý A Sa;Bản Một Một;1/12/2022', 'Lý A Su;;1/12/2022']
    const { status, body } = await check(sheet(lines), 'khong-thon.csv')
    expect([status, body.error.code, body.error.fields[0].path]).toEqual([
      422,
      'teams.sheet_columns_missing',
      'file',
    ])
    expect(body.error.message).toContain('«Quê quán»')
  })
  it('takes an address for the village', async () => {
    const lines = ['Họ tên;Địa chỉ (thôn, bản);Ngày tham gia', 'Lý A Sa;Bản Một Một;20/12/2022']
    expect(outcomes(await check(sheet(lines), 'dia-chi.csv'))).toEqual(['Lý A Sa: create'])
  })
  it.each([5_001, 20_500])('with %i rows is told the limit that holds here', async (count) => {
    const rows = Array.from({ length: count }, (_, at) => `Lý A Sa;Bản ${at}`)
    const { body } = await check(sheet(['Họ tên;Thôn', ...rows]), 'dai.csv')
    expect(body.error.message).toContain('không quá 5.000 dòng')
  })
  it('says everything that is wrong with a row at once', async () => {
    const line = 'Bản Một Ba;Lý A Sa;09000O9012;1/2/2023'
    const { body } = await check(sheet(['Thôn;Họ tên;SĐT;Ngày tham gia', line]), 'mot-dong.csv')
    const headers = (body as ImportCheckAnswer).rows[0]?.errors.map((error) => error.header)
    expect(headers?.toSorted()).toEqual(['Ngày tham gia', 'SĐT', 'Thôn'])
  })
  it('keeps the role that was held before, when the file gives another', async () => {
    const lines = ['Thôn;Họ tên;Vai trò;Ngày tham gia', 'Bản Một Hai;Lý A Tính;;20/12/2022']
    await apply((await check(sheet(lines), 'vai-tro.csv')).body)
    const again = [lines[0] ?? '', 'Bản Một Hai;Lý A Tính;Tổ phó;20/12/2022']
    const seen = (await check(sheet(again), 'vai-tro.csv')).body as ImportCheckAnswer
    expect(seen.rows[0]?.notes[0]?.vi).toContain('từ 31/12/2022')
    expect((await apply(seen)).status).toBe(200)
    const { rows } = await sql`
      select role, joined_on, left_on from teams.member where full_name = 'Lý A Tính' order by id`.execute(
      server.database.owner,
    )
    expect(rows).toEqual([
      { role: 'member', joined_on: '2022-12-20', left_on: '2022-12-31' },
      { role: 'deputy', joined_on: '2022-12-31', left_on: null },
    ])
    expect(outcomes(await check(sheet(again), 'vai-tro.csv'))).toEqual(['Lý A Tính: unchanged'])
  })
})

describe('whose unit it is', () => {
  const bytes = new TextEncoder().encode('Thôn;Họ tên;Ngày tham gia\r\nBản Hai Một;Lạ A Người;1/12/2022')
  it('an officer cannot import into a sibling commune, nor reach its villages from her own', async () => {
    expect((await check(bytes, 'a.csv', { unitId: server.world.units.a2 })).status).toBe(403)
    expect(outcomes(await check(bytes, 'a.csv'))).toEqual(['Lạ A Người: error'])
  })
  it('who may only look, and a village head, cannot import', async () => {
    for (const who of ['leader', 'auditor', 'village_head'] as const) {
      const answer = await server
        .as(who)
        .upload('/api/teams/import/check', { name: 'a.csv', bytes }, { unitId })
      expect(answer.status, who).toBe(403)
    }
  })
  it('a file kept for one unit is not imported into another', async () => {
    const seen = (await check(bytes, 'a.csv')).body as ImportCheckAnswer
    const body = { fileId: seen.fileId, unitId: server.world.units.a11, digest: seen.digest }
    expect((await officer().post('/api/teams/import/apply', body)).status).toBe(404)
  })
  it('the template names the villages of the unit, and reads as an empty list', async () => {
    const cookie = `banlang_session=${server.world.accounts.commune_officer.token}`
    const answer = await fetch(`${server.address}/api/teams/import/template.xlsx?unitId=${unitId}`, {
      headers: { cookie },
    })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((await answer.arrayBuffer()) as never)
    const lists = book.getWorksheet('Danh mục')?.getSheetValues().flat().map(String)
    expect(lists).toEqual(expect.arrayContaining(['Xã An Một', 'Bản Một Một', 'Bản Một Hai']))
    expect(lists).not.toContain('Bản Hai Một')
  })
})

import * as XLSX from '@e965/xlsx'
import ExcelJS from 'exceljs'
import { defineColumns } from './index.ts'

/** The columns that the tests of this folder read: a list of members, as communes keep it. */
export const memberColumns = defineColumns([
  {
    key: 'fullName',
    header: 'Họ và tên',
    aliases: ['Họ tên', 'Tên thành viên'],
    kind: 'name',
    required: true,
  },
  { key: 'village', header: 'Thôn, bản', aliases: ['Thôn', 'Địa bàn'], kind: 'unit', required: true },
  {
    key: 'role',
    header: 'Chức vụ trong tổ',
    aliases: ['Chức vụ'],
    kind: 'choice',
    choices: [
      { value: 'head', label: 'Tổ trưởng' },
      { value: 'deputy', label: 'Tổ phó' },
      { value: 'member', label: 'Thành viên', aliases: ['TV', 'Tổ viên'] },
    ],
    example: 'Tổ trưởng',
  },
  { key: 'phone', header: 'Số điện thoại', kind: 'phone', example: '0912345678' },
  { key: 'joinedOn', header: 'Ngày tham gia', aliases: ['Từ ngày'], kind: 'day', example: '30/8/2022' },
  { key: 'note', header: 'Ghi chú', kind: 'text' },
])

type CellValue =
  | string
  | number
  | Date
  | null
  | ExcelJS.CellFormulaValue
  | ExcelJS.CellErrorValue
  | ExcelJS.CellRichTextValue

/** A workbook made by another program than the one that reads: the given rows, then whatever `dress` adds. */
export async function xlsx(
  rows: readonly (readonly CellValue[])[],
  dress: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void = () => undefined,
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Sheet1')
  rows.forEach((row, at) => {
    row.forEach((value, column) => {
      const cell = sheet.getCell(at + 1, column + 1)
      cell.value = value
      if (value instanceof Date) cell.numFmt = 'dd/mm/yyyy'
    })
  })
  dress(sheet, book)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** The same table as an Excel 97 file. */
export function xls(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows.map((row) => [...row])), 'Danh sách')
  return new Uint8Array(XLSX.write(book, { bookType: 'biff8', type: 'buffer' }))
}

/** Midnight UTC of a day: how the writing library takes days. */
export function day(text: string): Date {
  return new Date(`${text}T00:00:00Z`)
}

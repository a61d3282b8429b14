import type { Worksheet } from 'exceljs'
import { cellText, styleHeader, worksheetName } from './sheet.style.ts'
import type { ColumnKind, SheetColumn } from './sheet.types.ts'
import { NUMBER_FORMATS } from './table.writer.ts'

export type TemplateWords = {
  title: string
  /** Sentences for the worksheet «Hướng dẫn», one step each. */
  instructions?: readonly string[]
  sheetName?: string
  /** Lists to choose from that are not choices of the column, such as the villages of a commune, by column key. */
  lists?: Readonly<Record<string, readonly string[]>>
}

const GUIDE = 'Hướng dẫn'
const LISTS = 'Danh mục'
const HEADER_ROW = 3
const ROWS_PREPARED = 2_000

const HOW_TO_WRITE: Record<ColumnKind, string> = {
  text: 'Ghi chữ',
  name: 'Ghi đầy đủ họ, đệm, tên có dấu',
  phone: 'Một số điện thoại, như 0912345678',
  day: 'Ngày/tháng/năm, như 30/8/2022',
  number: 'Ghi bằng chữ số',
  choice: 'Chọn trong danh sách',
  unit: 'Ghi đúng tên đơn vị',
}

/**
 * An empty table to fill in, as .xlsx: a header with required columns marked by an asterisk, lists to choose from, text
 * format for phones and date format for days; a worksheet «Hướng dẫn» that explains each column with an example, and
 * «Danh mục» with the lists. Examples stand in the guide only, so nobody imports them by mistake.
 */
export async function writeTemplate(
  columns: readonly SheetColumn[],
  words: TemplateWords,
): Promise<Uint8Array> {
  // Not at the start of the program: loading it takes longer than anything else there.
  const { default: ExcelJS } = await import('exceljs')
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(worksheetName(words.sheetName ?? 'Danh sách'))
  const guide = book.addWorksheet(GUIDE)
  sheet.getCell(1, 1).value = cellText(words.title)
  sheet.getCell(1, 1).font = { bold: true, size: 14 }
  sheet.getCell(2, 1).value = `Cột có dấu * phải ghi. Cách ghi từng cột: xem trang tính «${GUIDE}».`
  sheet.getCell(2, 1).font = { italic: true }
  sheet.views = [{ state: 'frozen', ySplit: HEADER_ROW }]
  const lists = columns.flatMap((column) => {
    const values = words.lists?.[column.key] ?? column.choices?.map((choice) => choice.label) ?? []
    return values.length > 0 ? [{ column, values }] : []
  })
  columns.forEach((column, at) => {
    sheet.getColumn(at + 1).width = column.width ?? 24
    const format = NUMBER_FORMATS[column.kind]
    if (format) sheet.getColumn(at + 1).numFmt = format
    const header = sheet.getCell(HEADER_ROW, at + 1)
    header.value = cellText(column.required ? `${column.header} *` : column.header)
    styleHeader(header)
  })
  if (lists.length > 0) writeLists(book.addWorksheet(LISTS), lists)
  lists.forEach(({ column, values }, list) => {
    offerList(sheet, columns.indexOf(column) + 1, list + 1, values.length, column)
  })
  writeGuide(guide, columns, words)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

function writeLists(
  sheet: Worksheet,
  lists: readonly { column: SheetColumn; values: readonly string[] }[],
): void {
  lists.forEach(({ column, values }, at) => {
    sheet.getColumn(at + 1).width = 30
    // Not the bare header: a worksheet of lists must not look like the table itself.
    sheet.getCell(1, at + 1).value = cellText(`Danh mục: ${column.header}`)
    styleHeader(sheet.getCell(1, at + 1))
    values.forEach((value, index) => {
      sheet.getCell(index + 2, at + 1).value = cellText(value)
    })
  })
}

/** A drop-down over the rows prepared. A choice must be in the list; a unit may be written otherwise. */
function offerList(
  sheet: Worksheet,
  column: number,
  list: number,
  length: number,
  declared: SheetColumn,
): void {
  const letter = sheet.getColumn(list).letter
  const formulae = [`'${LISTS}'!$${letter}$2:$${letter}$${length + 1}`]
  for (let row = HEADER_ROW + 1; row <= HEADER_ROW + ROWS_PREPARED; row += 1) {
    sheet.getCell(row, column).dataValidation = {
      type: 'list',
      allowBlank: true,
      formulae,
      showErrorMessage: declared.kind === 'choice',
      errorTitle: cellText(declared.header).slice(0, 32),
      error: 'Hãy chọn một giá trị trong danh sách.',
    }
  }
}

function writeGuide(guide: Worksheet, columns: readonly SheetColumn[], words: TemplateWords): void {
  guide.getCell(1, 1).value = cellText(words.title)
  guide.getCell(1, 1).font = { bold: true, size: 14 }
  const instructions = words.instructions ?? []
  instructions.forEach((line, at) => {
    guide.getCell(at + 2, 1).value = cellText(`${at + 1}. ${line}`)
  })
  const first = instructions.length + 3
  const head = ['Tên cột', 'Bắt buộc', 'Cách ghi', 'Ví dụ', 'Giải thích']
  head.forEach((label, at) => {
    guide.getColumn(at + 1).width = [28, 12, 36, 26, 60][at] ?? 20
    guide.getCell(first, at + 1).value = label
    styleHeader(guide.getCell(first, at + 1))
  })
  columns.forEach((column, at) => {
    const line = [
      column.header,
      column.required ? 'Có' : 'Không',
      HOW_TO_WRITE[column.kind],
      column.example,
      column.note,
    ]
    line.forEach((text, place) => {
      const cell = guide.getCell(first + 1 + at, place + 1)
      cell.value = cellText(text ?? '')
      cell.numFmt = '@'
      cell.alignment = { wrapText: true, vertical: 'top' }
    })
  })
}

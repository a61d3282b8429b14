import { dayInWords, serialOfDay } from './excel-day.ts'
import { plainNumber } from './plain-number.ts'
import { cellText, styleHeader, worksheetName } from './sheet.style.ts'
import type { ColumnKind, SheetColumn } from './sheet.types.ts'

type Value = string | number | null | undefined
export type WrittenTable = {
  columns: readonly SheetColumn[]
  /** Values by the keys of the columns, as reading gives them: days 'YYYY-MM-DD', choices by value. */
  rows: readonly Readonly<Record<string, Value>>[]
  sheetName?: string
  /** Lines above the header, such as the name of the list, the unit, the day it was taken. */
  title?: readonly string[]
}

/** Text format for phones, so that the leading zero stays; real dates for days. */
export const NUMBER_FORMATS: Partial<Record<ColumnKind, string>> = { phone: '@', day: 'dd/mm/yyyy' }
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Writes a table as .xlsx: days as dates, numbers as numbers, everything else as text that is never a formula. */
export async function writeTable(table: WrittenTable): Promise<Uint8Array> {
  // Not at the start of the program: loading it takes longer than anything else there.
  const { default: ExcelJS } = await import('exceljs')
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(worksheetName(table.sheetName ?? 'Danh sách'))
  const title = table.title ?? []
  title.forEach((line, at) => {
    sheet.getCell(at + 1, 1).value = cellText(line)
  })
  const headerRow = title.length + 1
  sheet.views = [{ state: 'frozen', ySplit: headerRow }]
  table.columns.forEach((column, at) => {
    const format = NUMBER_FORMATS[column.kind]
    sheet.getColumn(at + 1).width = column.width ?? 22
    styleHeader(sheet.getCell(headerRow, at + 1))
    sheet.getCell(headerRow, at + 1).value = cellText(column.header)
    table.rows.forEach((row, index) => {
      const cell = sheet.getCell(headerRow + 1 + index, at + 1)
      const value = row[column.key]
      if (value === null || value === undefined || value === '') return
      if (column.kind === 'day' && typeof value === 'string' && DAY.test(value))
        cell.value = serialOfDay(value)
      else cell.value = typeof value === 'number' ? value : cellText(wording(column, value))
      if (format) cell.numFmt = format
    })
  })
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/**
 * Writes a table as .csv with a byte-order mark, so that Excel reads the accents. The separator is `;`, which Excel with
 * Vietnamese settings expects. A text that a spreadsheet would run as a formula (= + - @) gets an apostrophe in front.
 */
export function toCsv(table: WrittenTable, separator: ';' | ',' | '\t' = ';'): string {
  const lines = [
    table.columns.map((column) => guarded(column.header)),
    ...table.rows.map((row) => table.columns.map((column) => csvValue(column, row[column.key]))),
  ]
  const quote = (text: string) =>
    /["\r\n;,\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  return `\ufeff${lines.map((cells) => cells.map(quote).join(separator)).join('\r\n')}\r\n`
}

function csvValue(column: SheetColumn, value: Value): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return plainNumber(value)
  if (column.kind === 'day' && DAY.test(value)) return dayInWords(value)
  return guarded(wording(column, value))
}

function wording(column: SheetColumn, value: string): string {
  return column.choices?.find((choice) => choice.value === value)?.label ?? value
}

/** Source of the rule: OWASP, CSV Injection. Reading takes exactly one apostrophe off again. */
function guarded(text: string): string {
  const clean = text.normalize('NFC').replace(/\r\n?/g, '\n')
  return /^'*[=+\-@\t]/.test(clean) ? `'${clean}` : clean
}

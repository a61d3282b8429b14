import type { Worksheet } from 'exceljs'
import { headerKey, MARK_HEADER } from './columns.ts'
import { cellText, ERROR_FILL, styleHeader, worksheetName } from './sheet.style.ts'
import type { CellError, SheetCell, SheetColumn, SheetTable } from './sheet.types.ts'

/**
 * The person's own table as .xlsx, every row where it was and every column kept, with refused cells tinted, a note in
 * each that says how to mend it, and a last column «Cần sửa». Mended and saved, it can be imported as it is. Formulas
 * appear as their values; the other worksheets of the file are not in it.
 */
export async function writeMarkedCopy<C extends readonly SheetColumn[]>(
  table: SheetTable<C>,
  errors: readonly CellError[] = table.errors,
): Promise<Uint8Array> {
  // Not at the start of the program: loading it takes longer than anything else there.
  const { default: ExcelJS } = await import('exceljs')
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(worksheetName(table.worksheet))
  const header = table.sheet.rows[table.headerRow - 1] ?? []
  const oldMark = header.findIndex(
    (cell) => cell?.kind === 'text' && headerKey(cell.text) === headerKey(MARK_HEADER),
  )
  const width = table.sheet.rows.reduce((most, cells) => Math.max(most, cells?.length ?? 0), 0)
  const markColumn = (oldMark >= 0 ? oldMark : width) + 1
  copyCells(sheet, table, oldMark)
  for (const { fromRow, toRow, fromColumn, toColumn } of table.sheet.merges) {
    if (fromRow < table.sheet.rows.length)
      sheet.mergeCells(fromRow + 1, fromColumn + 1, toRow + 1, toColumn + 1)
  }
  for (const column of table.found) styleHeader(sheet.getCell(table.headerRow, column.column + 1))
  sheet.getCell(table.headerRow, markColumn).value = MARK_HEADER
  styleHeader(sheet.getCell(table.headerRow, markColumn))
  sheet.getColumn(markColumn).width = 70
  sheet.views = [{ state: 'frozen', ySplit: table.headerRow }]
  mark(sheet, table, errors, markColumn)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

function copyCells(sheet: Worksheet, table: SheetTable, oldMark: number): void {
  const widths: number[] = []
  table.sheet.rows.forEach((cells, row) => {
    cells?.forEach((cell, column) => {
      if (!cell || column === oldMark) return
      copyCell(sheet, row + 1, column + 1, cell)
      if (row + 1 >= table.headerRow) widths[column] = Math.max(widths[column] ?? 10, cell.text.length + 2)
    })
  })
  widths.forEach((width, column) => {
    sheet.getColumn(column + 1).width = Math.min(width, 50)
  })
}

function copyCell(sheet: Worksheet, row: number, column: number, cell: SheetCell): void {
  const target = sheet.getCell(row, column)
  if (cell.kind === 'number') target.value = cell.number
  else if (cell.kind === 'day') target.value = cell.serial
  else target.value = cellText(cell.text)
  // Text stays text when the person types into the cell again: a phone keeps its zero.
  target.numFmt = cell.kind === 'number' || cell.kind === 'day' ? cell.format : '@'
}

function mark(sheet: Worksheet, table: SheetTable, errors: readonly CellError[], markColumn: number): void {
  const byRow = Map.groupBy(errors, (error) => error.row)
  for (const [row, ofRow] of byRow) {
    const byColumn = Map.groupBy(ofRow, (error) => table.found.find(({ key }) => key === error.key)?.column)
    for (const [column, ofCell] of byColumn) {
      if (column === undefined) continue
      const cell = sheet.getCell(row, column + 1)
      cell.fill = ERROR_FILL
      cell.note = cellText(ofCell.map((error) => error.message).join('\n'))
    }
    const summary = sheet.getCell(row, markColumn)
    summary.value = cellText(
      ofRow.map((error) => (error.header ? `${error.header}: ${error.message}` : error.message)).join('\n'),
    )
    summary.alignment = { wrapText: true, vertical: 'top' }
    summary.fill = ERROR_FILL
  }
}

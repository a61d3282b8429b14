import ExcelJS from 'exceljs'
import { sampleImport } from './sample-import.ts'

/** The sample list as an Excel file: title rows over all columns, merged village cells, true dates beside typed ones. */
export async function sampleFile(): Promise<Uint8Array> {
  const sample = sampleImport()
  const book = new ExcelJS.Workbook()
  // A fixed day, so that the same sample is the same file.
  book.created = book.modified = new Date('2022-12-31T00:00:00Z')
  const sheet = book.addWorksheet(sample.sheetName)
  sample.titleRows.forEach((title, index) => {
    sheet.getRow(index + 1).getCell(1).value = title
    sheet.mergeCells(index + 1, 1, index + 1, sample.header.length)
  })
  const headerRow = sample.titleRows.length + 2
  sheet.getRow(headerRow).values = [...sample.header]
  sheet.getRow(headerRow).font = { bold: true }
  sample.rows.forEach((row, index) => {
    row.forEach((cell, column) => {
      if (cell === null) return
      const target = sheet.getRow(headerRow + 1 + index).getCell(column + 1)
      if (typeof cell === 'object') {
        target.value = new Date(`${cell.dayOn}T00:00:00Z`)
        target.numFmt = 'dd/mm/yyyy'
      } else {
        target.value = cell
      }
    })
  })
  for (const { column, firstRow, lastRow } of sample.merges) {
    sheet.mergeCells(headerRow + 1 + firstRow, column + 1, headerRow + 1 + lastRow, column + 1)
  }
  sheet.columns.forEach((column, index) => {
    column.width = [6, 26, 16, 22, 18, 16, 22][index] ?? 14
  })
  return new Uint8Array(await book.xlsx.writeBuffer())
}

import { tidy } from '../text/index.ts'
import { readCsv } from './csv.reader.ts'
import { type FoundHeader, findHeader, textAt } from './header.finder.ts'
import { readRows } from './row.reader.ts'
import { SheetRefusal } from './sheet.refusal.ts'
import type { CellError, SheetColumn, SheetFile, SheetTable, Worksheet } from './sheet.types.ts'
import { detectFormat } from './sheet-content.ts'
import { SHEET_LIMITS } from './sheet-limits.ts'
import { readWorkbook } from './workbook.reader.ts'

/** Opens .xlsx, .xls or .csv by content, not by name. Refuses (SheetRefusal) what it cannot or should not read. */
export function openSheetFile(bytes: Uint8Array, fileName: string): SheetFile {
  const format = detectFormat(bytes)
  const { worksheets, encoding } = format === 'csv' ? readCsv(bytes) : readWorkbook(bytes)
  return { fileName: tidy(fileName), format, encoding, worksheets }
}

/**
 * Reads a table as people keep it against declared columns: finds the worksheet and the header row that match best,
 * reads every row, and says of each cell that cannot be taken how to mend it. Refuses (SheetRefusal) a file as a whole
 * when it is no spreadsheet, too large, locked, has no header or lacks a required column. `worksheet` names the one to read.
 */
export async function readSheet<const C extends readonly SheetColumn[]>(
  bytes: Uint8Array,
  fileName: string,
  columns: C,
  options: { worksheet?: string } = {},
): Promise<SheetTable<C>> {
  const file = openSheetFile(bytes, fileName)
  const headers = file.worksheets.map((sheet) => ({ sheet, header: findHeader(sheet, columns) }))
  const { sheet, header } = chooseWorksheet(headers, columns, options.worksheet)
  const missing = columns.filter((column) => !header.found.some(({ key }) => key === column.key))
  const { rows, skipped } = readRows(sheet, header, columns)
  if (rows.length === 0) throw new SheetRefusal('no_rows')
  if (rows.length > SHEET_LIMITS.rows) throw new SheetRefusal('too_many_rows')
  return {
    fileName: file.fileName,
    format: file.format,
    encoding: file.encoding,
    columns,
    worksheet: sheet.name,
    otherWorksheets: headers
      .filter((other) => other.sheet !== sheet)
      .map((other) => ({ name: other.sheet.name, sameHeader: lacks(other.header, columns).length === 0 })),
    headerRow: header.lastRow + 1,
    found: header.found,
    missing: missing.map((column) => column.header),
    ignored: header.ignored,
    rows,
    skipped,
    errors: rows.flatMap((row) => (row.ok ? [] : row.errors)),
    sheet,
  }
}

function chooseWorksheet(
  headers: readonly { sheet: Worksheet; header: FoundHeader | undefined }[],
  columns: readonly SheetColumn[],
  wanted: string | undefined,
): { sheet: Worksheet; header: FoundHeader } {
  const allowed =
    wanted === undefined ? headers : headers.filter(({ sheet }) => sheet.name === wanted.normalize('NFC'))
  if (wanted !== undefined && allowed.length === 0) throw new SheetRefusal('worksheet_unknown', wanted)
  const named = allowed.flatMap(({ sheet, header }) => (header ? [{ sheet, header }] : []))
  const [first, ...rest] = named
  // One name alone is often a word of a title; a header names at least two columns where two are declared.
  const best = first && rest.reduce((a, b) => (b.header.found.length > a.header.found.length ? b : a), first)
  if (!best || best.header.found.length < Math.min(2, columns.length)) {
    throw new SheetRefusal('header_not_found', headersOf(columns.filter((column) => column.required)))
  }
  const absent = lacks(best.header, columns)
  if (absent.length > 0) throw new SheetRefusal('columns_missing', missingWords(absent, best.header.ignored))
  return best
}

function lacks(header: FoundHeader | undefined, columns: readonly SheetColumn[]): SheetColumn[] {
  return columns.filter((column) => column.required && !header?.found.some(({ key }) => key === column.key))
}

function missingWords(absent: readonly SheetColumn[], ignored: readonly string[]) {
  const unknown = ignored.map((name) => `«${name}»`).join(', ')
  return {
    vi: headersOf(absent) + (unknown === '' ? '' : `. Các cột không nhận ra: ${unknown}`),
    en: headersOf(absent) + (unknown === '' ? '' : `. Columns not recognised: ${unknown}`),
  }
}

function headersOf(columns: readonly SheetColumn[]): string {
  return columns.map((column) => `«${column.header}»`).join(', ')
}

/** What a module found wrong with a cell or a row that reads well (an unknown village, a double), placed in the file. */
export function errorAt<C extends readonly SheetColumn[]>(
  table: SheetTable<C>,
  row: number,
  key: C[number]['key'] | undefined,
  words: { code: string; message: string; messageEn: string },
): CellError {
  const place = table.found.find((found) => found.key === key)
  const typed = place ? textAt(table.sheet, row - 1, place.column) : ''
  const header = place?.header ?? table.columns.find((column) => column.key === key)?.header ?? ''
  return { row, ...(key === undefined ? {} : { key }), header, typed, ...words }
}

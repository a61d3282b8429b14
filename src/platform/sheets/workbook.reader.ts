import type * as XLSX from '@e965/xlsx'
import { dayInWords, dayOfSerial, serialIn1900 } from './excel-day.ts'
import { fromTcvn3, looksLikeTcvn3 } from './old-encoding.ts'
import { plainNumber } from './plain-number.ts'
import { SheetRefusal } from './sheet.refusal.ts'
import type { Merge, SheetCell, Worksheet } from './sheet.types.ts'
import { SHEET_LIMITS } from './sheet-limits.ts'
import { xlsx } from './xlsx.ts'

/** Titles above and a signature below the list come on top of its rows. */
const ROWS_READ = SHEET_LIMITS.rows + 100

/** Reads the visible worksheets of an .xlsx or .xls file: saved values, merges, number formats. Nothing is evaluated. */
export function readWorkbook(bytes: Uint8Array): { worksheets: Worksheet[]; encoding: string } {
  const book = openBook(bytes)
  if (book.SheetNames.length > SHEET_LIMITS.worksheets) throw new SheetRefusal('too_many_worksheets')
  const isDate1904 = book.Workbook?.WBProps?.date1904 === true
  const all = book.SheetNames.map((name, at) => ({
    name,
    hidden: (book.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0,
  }))
  const visible = all.filter((sheet) => !sheet.hidden)
  const worksheets = (visible.length > 0 ? visible : all).map(({ name }) =>
    readWorksheet(book.Sheets[name], name, isDate1904),
  )
  return { worksheets, encoding: modernise(worksheets) ? 'tcvn3' : 'unicode' }
}

function openBook(bytes: Uint8Array): XLSX.WorkBook {
  try {
    const options = {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellFormula: false,
      cellHTML: false,
      cellDates: false,
    } as const
    return xlsx().read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      ...options,
      sheetRows: ROWS_READ + 1,
    })
  } catch (problem) {
    const isProtected = problem instanceof Error && /password|encrypt/i.test(problem.message)
    throw new SheetRefusal(isProtected ? 'password' : 'damaged')
  }
}

function readWorksheet(sheet: XLSX.WorkSheet | undefined, name: string, isDate1904: boolean): Worksheet {
  const data: (XLSX.CellObject | undefined)[][] = sheet?.['!data'] ?? []
  const rows: (SheetCell | undefined)[][] = []
  data.forEach((cells, row) => {
    cells?.forEach((cell, column) => {
      const read = cell && readCell(cell, isDate1904)
      if (!read || (read.kind === 'text' && read.text.trim() === '')) return
      if (row >= ROWS_READ) throw new SheetRefusal('too_many_rows')
      if (column >= SHEET_LIMITS.columns) throw new SheetRefusal('too_many_columns')
      const line = rows[row] ?? []
      line[column] = read
      rows[row] = line
    })
  })
  const merges = soundMerges(sheet?.['!merges'] ?? [], rows)
  return { name: name.normalize('NFC'), rows, merges }
}

/**
 * The merges cut to the cells that hold something, without those that overlap another: Excel makes none, so they come
 * from a damaged or hostile file. The budget bounds the work whatever the file says.
 */
function soundMerges(merges: readonly XLSX.Range[], rows: readonly (SheetCell | undefined)[][]): Merge[] {
  const width = rows.reduce((most, cells) => Math.max(most, cells?.length ?? 0), 0)
  const taken = new Set<number>()
  let budget = SHEET_LIMITS.rows * SHEET_LIMITS.columns
  const sound: Merge[] = []
  for (const { s, e } of merges) {
    const merge = {
      fromRow: s.r,
      toRow: Math.min(e.r, rows.length - 1),
      fromColumn: s.c,
      toColumn: Math.min(e.c, width - 1),
    }
    const area = (merge.toRow - s.r + 1) * (merge.toColumn - s.c + 1)
    if (!(merge.toRow >= s.r && merge.toColumn >= s.c && area > 1 && area <= budget)) continue
    budget -= area
    const cells = Array.from({ length: area }, (_, at) => {
      const across = merge.toColumn - s.c + 1
      return (s.r + Math.floor(at / across)) * SHEET_LIMITS.columns + s.c + (at % across)
    })
    if (cells.some((cell) => taken.has(cell))) continue
    for (const cell of cells) taken.add(cell)
    sound.push(merge)
  }
  return sound
}

function readCell(cell: XLSX.CellObject, isDate1904: boolean): SheetCell | undefined {
  if (cell.t === 'e') return { kind: 'error', text: cell.w ?? '#VALUE!' }
  if (cell.t === 'b') return { kind: 'text', text: cell.v ? 'TRUE' : 'FALSE' }
  if (typeof cell.v === 'string') return { kind: 'text', text: cell.v.normalize('NFC') }
  if (typeof cell.v !== 'number') return undefined
  const format = typeof cell.z === 'string' ? cell.z : 'General'
  if (!xlsx().SSF.is_date(format) || !/[dmyDMY]/.test(format.replace(/\[[^\]]*\]|"[^"]*"/g, ''))) {
    return { kind: 'number', number: cell.v, format, text: numberInWords(cell.v, cell.w) }
  }
  const serial = serialIn1900(cell.v, isDate1904)
  const on = dayOfSerial(serial)
  const monthOnly = !/d/i.test(format.replace(/\[[^\]]*\]|"[^"]*"/g, ''))
  const text = on === undefined ? (cell.w ?? String(cell.v)) : dayInWords(on).slice(monthOnly ? 3 : 0)
  return { kind: 'day', on, monthOnly, serial, format, text }
}

/** A number as the cell says it; leading zeros when only the format shows them. */
function numberInWords(value: number, shown: string | undefined): string {
  return shown !== undefined && /^0\d+$/.test(shown) ? shown : plainNumber(value)
}

/** Turns sheets typed with TCVN3 fonts into Unicode, in place; says whether it did. */
function modernise(worksheets: readonly Worksheet[]): boolean {
  const cells = worksheets.flatMap((sheet) => sheet.rows.flat()).filter((cell) => cell?.kind === 'text')
  if (!looksLikeTcvn3(cells.slice(0, 5_000).map((cell) => cell.text))) return false
  for (const cell of cells) cell.text = fromTcvn3(cell.text)
  return true
}

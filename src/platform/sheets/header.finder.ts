import { tidy } from '../text/index.ts'
import { bareHeaderKey, columnKeys, headerKey, MARK_HEADER } from './columns.ts'
import type { SheetCell, SheetColumn, Worksheet } from './sheet.types.ts'
import { SHEET_LIMITS } from './sheet-limits.ts'

/** Where the header is: zero-based rows, which column of the file is which declared one, and what matched nothing. */
export type FoundHeader = {
  firstRow: number
  lastRow: number
  found: { key: string; header: string; column: number }[]
  ignored: string[]
}

/**
 * Finds the row that names most of the declared columns, in any order, among the first rows. A header of two rows
 * (a group above its parts) is tried as well, and taken only where it names more. Undefined when nothing is named.
 */
export function findHeader(sheet: Worksheet, columns: readonly SheetColumn[]): FoundHeader | undefined {
  let best: FoundHeader | undefined
  for (const depth of [1, 2]) {
    for (let row = 0; row < Math.min(sheet.rows.length, SHEET_LIMITS.headerRows); row += 1) {
      if (!sheet.rows[row]?.length) continue
      const candidate = matchHeader(sheet, columns, row, row + depth - 1)
      if (candidate.found.length > (best?.found.length ?? 0)) best = candidate
    }
  }
  return best
}

function matchHeader(
  sheet: Worksheet,
  columns: readonly SheetColumn[],
  firstRow: number,
  lastRow: number,
): FoundHeader {
  const width = Math.max(sheet.rows[firstRow]?.length ?? 0, sheet.rows[lastRow]?.length ?? 0)
  const names = Array.from({ length: width }, (_, column) => headerNames(sheet, firstRow, lastRow, column))
  const taken = new Map<number, string>()
  const keys = columns.map((column) => ({ key: column.key, names: new Set(columnKeys(column)) }))
  // Exact names first, so that «Ngày vào tổ» wins over «Ngày vào tổ (dự kiến)» wherever it stands.
  for (const keyOf of [headerKey, bareHeaderKey]) {
    for (const { key, names: wanted } of keys) {
      if ([...taken.values()].includes(key)) continue
      const at = names.findIndex(
        (these, column) => !taken.has(column) && these.some((name) => wanted.has(keyOf(name))),
      )
      if (at >= 0) taken.set(at, key)
    }
  }
  const found = [...taken].map(([column, key]) => ({ key, header: names[column]?.[0] ?? '', column }))
  const ignored = names.flatMap((these, column) => {
    const name = these[0]
    return name === undefined || taken.has(column) || headerKey(name) === headerKey(MARK_HEADER) ? [] : [name]
  })
  return { firstRow, lastRow, found: found.sort((a, b) => a.column - b.column), ignored }
}

/** What a column of the file may be called: its own name first, then the group's and its own together. */
function headerNames(sheet: Worksheet, firstRow: number, lastRow: number, column: number): string[] {
  const top = textAt(sheet, firstRow, column)
  if (firstRow === lastRow) return top === '' ? [] : [top]
  const own = textAt(sheet, lastRow, column)
  if (own === '' || own === top) return top === '' ? [] : [top]
  return top === '' ? [own] : [own, `${top} ${own}`]
}

/** The text of a cell (zero-based); inside a merge, of the merge. */
export function textAt(sheet: Worksheet, row: number, column: number): string {
  const own = sheet.rows[row]?.[column]
  if (own) return shown(own)
  const merge = sheet.merges.find(
    (area) =>
      row >= area.fromRow && row <= area.toRow && column >= area.fromColumn && column <= area.toColumn,
  )
  const corner = merge && sheet.rows[merge.fromRow]?.[merge.fromColumn]
  return corner ? shown(corner) : ''
}

function shown(cell: SheetCell): string {
  return tidy(cell.text)
}

import { tidy } from '../text/index.ts'
import { parseCell } from './cell.parse.ts'
import type { FoundHeader } from './header.finder.ts'
import { skipReason } from './row.skip.ts'
import type { CellError, ReadRow, RowValues, SheetColumn, SkippedRow, Worksheet } from './sheet.types.ts'

/** The worksheet with merges that span rows below the header filled down: what the reader sees beside each row. */
export function fillMergesDown(sheet: Worksheet, header: FoundHeader): Worksheet {
  const rows = sheet.rows.map((cells) => [...(cells ?? [])])
  for (const area of sheet.merges) {
    const corner = sheet.rows[area.fromRow]?.[area.fromColumn]
    if (!corner || area.fromRow <= header.lastRow || area.toRow === area.fromRow) continue
    for (let row = area.fromRow + 1; row <= area.toRow; row += 1) {
      const cells = rows[row]
      // A merge that runs on into empty rows does not make records of them.
      if (cells?.some((cell) => cell !== undefined)) cells[area.fromColumn] = corner
    }
  }
  return { ...sheet, rows }
}

/** Reads every row below the header: records, refused cells, and the rows passed over with the reason. */
export function readRows<C extends readonly SheetColumn[]>(
  raw: Worksheet,
  header: FoundHeader,
  columns: C,
): { rows: ReadRow<C>[]; skipped: SkippedRow[] } {
  const sheet = fillMergesDown(raw, header)
  const rows: ReadRow<C>[] = []
  const skipped: SkippedRow[] = []
  let isBelowFooter = false
  for (let at = header.lastRow + 1; at < sheet.rows.length; at += 1) {
    const reason = skipReason(sheet, at, header, columns, isBelowFooter)
    if (reason === undefined) {
      rows.push(readRow(sheet, at, header, columns))
      continue
    }
    // A list that is signed on each page goes on below its next header.
    isBelowFooter = reason === 'footer' || (isBelowFooter && reason !== 'repeated_header')
    skipped.push({ row: at + 1, reason, text: rowText(sheet, at) })
  }
  return { rows, skipped: withoutBlankEnd(skipped, sheet.rows.length) }
}

function readRow<C extends readonly SheetColumn[]>(
  sheet: Worksheet,
  at: number,
  header: FoundHeader,
  columns: C,
): ReadRow<C> {
  const values: Record<string, string | number | undefined> = {}
  const errors: CellError[] = []
  for (const column of columns) {
    const place = header.found.find(({ key }) => key === column.key)
    const cell = place && sheet.rows[at]?.[place.column]
    const reading = parseCell(column, cell)
    if (reading.ok) {
      if (reading.value !== undefined) values[column.key] = reading.value
      continue
    }
    const { code, message, messageEn } = reading
    const typed = cell ? cell.text.trim() : ''
    errors.push({
      row: at + 1,
      key: column.key,
      header: place?.header ?? column.header,
      typed,
      code,
      message,
      messageEn,
    })
  }
  if (errors.length > 0) return { row: at + 1, ok: false, values: values as Partial<RowValues<C>>, errors }
  return { row: at + 1, ok: true, values: values as RowValues<C> }
}

function rowText(sheet: Worksheet, at: number): string {
  const texts = (sheet.rows[at] ?? []).filter((cell) => cell !== undefined).map((cell) => tidy(cell.text))
  return texts.join(' · ').slice(0, 120)
}

/** Blank rows after the last row with anything in it are no news. */
function withoutBlankEnd(skipped: SkippedRow[], rowCount: number): SkippedRow[] {
  const kept = [...skipped]
  let end = rowCount
  while (kept.at(-1)?.row === end && kept.at(-1)?.reason === 'blank') {
    kept.pop()
    end -= 1
  }
  return kept
}

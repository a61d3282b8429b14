import { fold, tidy } from '../text/index.ts'
import type { FoundHeader } from './header.finder.ts'
import type { SheetCell, SheetColumn, SkipReason, Worksheet } from './sheet.types.ts'

// With accents or wholly without, because «Tống Công» is a person and «Công» may be a village.
const TOTALS = new Set([
  'tổng',
  'cộng',
  'tổng cộng',
  'cộng tổng',
  'tổng số',
  'tong cong',
  'tong so',
  'total',
  'sum',
])
const TOTAL_WORDS = /^(?:tổng cộng|tổng số|cộng(?=\s*[:(]|\s+\d))/iu
const FOOTER_WORDS =
  /^(?:nguoi lap|nguoi tong hop|noi nhan|ki ten|ki ghi ro|ki va ghi ro|da ki$|xac nhan cua|tm |t m |kt |ghi chu\b|danh sach (?:nai )?(?:co|gom) |(?:bang )?an dinh danh sach)/
// With accents: «Chu Tích», «An Đình» and «Thu Trường» are people.
const OFFICES = /^(?:(?:phó )?chủ tịch|thủ trưởng|ấn định|(?:trưởng|phó) (?:thôn|bản)$)/iu
const PLACE_AND_DAY = /ngày\s*[\d.…_]*\s*tháng\s*[\d.…_]*\s*năm/iu
const ROMAN = /^[IVX]{1,5}\.?$/

/**
 * Says why a row holds no record: totals, titles of sections, the row «(1) (2) (3)» below the header, a header repeated
 * on each printed page, the signature block. A row with a name and anything beside it is never passed over, except as a
 * total, a repeated header, or below a line of signatures.
 */
export function skipReason(
  sheet: Worksheet,
  row: number,
  header: FoundHeader,
  columns: readonly SheetColumn[],
  isBelowFooter: boolean,
): SkipReason | undefined {
  const cells = sheet.rows[row] ?? []
  const filled = cells.filter((cell) => cell !== undefined)
  const named = header.found.filter(({ column }) => cells[column] !== undefined)
  const texts = filled.map((cell) => tidy(cell.text))
  if (named.length === 0 && (filled.length === 0 || texts.every((text) => /^\d+$/.test(text)))) return 'blank'
  if (isTotal(texts)) return 'total'
  if (repeatsHeader(cells, header)) return 'repeated_header'
  if (row === header.lastRow + 1 && numbersColumns(texts)) return 'column_numbers'
  const required = new Set(columns.filter((column) => column.required).map((column) => column.key))
  const isComplete =
    required.size > 0 && named.filter(({ key }) => required.has(key)).length === required.size
  const isRecord =
    isComplete && !named.some(({ key, column }) => namesSomebody(columns, key) && isSignature(cells[column]))
  if (isBelowFooter && !(isRecord && named.length > 2)) return 'footer'
  if (isRecord && named.length > 1) return undefined
  if (filled.some(isSignature)) return 'footer'
  if (isComplete) return undefined
  if (isSectionTitle(sheet, row, cells)) return 'section_title'
  return named.length === 0 ? 'blank' : undefined
}

function namesSomebody(columns: readonly SheetColumn[], key: string): boolean {
  const kind = columns.find((column) => column.key === key)?.kind
  return kind === 'name' || kind === 'unit'
}

function isSignature(cell: SheetCell | undefined): boolean {
  if (cell === undefined) return false
  const text = tidy(cell.text)
  return FOOTER_WORDS.test(fold(text)) || OFFICES.test(text) || PLACE_AND_DAY.test(text)
}

function isTotal(texts: readonly string[]): boolean {
  const first = texts.find((text) => /\p{L}/u.test(text)) ?? ''
  return TOTALS.has(first.toLowerCase().replace(/[\s:.]+$/, '')) || TOTAL_WORDS.test(first)
}

function repeatsHeader(cells: readonly (SheetCell | undefined)[], header: FoundHeader): boolean {
  const same = header.found.filter(({ header: name, column }) => {
    const cell = cells[column]
    return cell !== undefined && tidy(cell.text).toLowerCase() === name.toLowerCase()
  })
  return same.length >= 2 || (same.length === 1 && header.found.length === 1)
}

function numbersColumns(texts: readonly string[]): boolean {
  if (texts.length < 2) return false
  const marks = texts.map((text) => /^\(?([A-Z]|\d{1,2})\)?$/.exec(text)?.[1])
  const numbers = marks.filter((mark) => mark !== undefined && /\d/.test(mark)).map(Number)
  return (
    marks.every((mark) => mark !== undefined) &&
    numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0))
  )
}

function isSectionTitle(sheet: Worksheet, row: number, cells: readonly (SheetCell | undefined)[]): boolean {
  const filled = cells.flatMap((cell, column) => (cell === undefined ? [] : [{ cell, column }]))
  const [first, second] = filled
  if (!first || filled.length > 2) return false
  if (filled.length === 2 && second) return ROMAN.test(tidy(first.cell.text)) && second.cell.kind === 'text'
  return sheet.merges.some(
    (area) =>
      area.fromRow === row && area.fromColumn === first.column && area.toColumn - area.fromColumn >= 2,
  )
}

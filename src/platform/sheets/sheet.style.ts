import type { Cell, Fill } from 'exceljs'

const solid = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } })

export const ERROR_FILL = solid('FFFBD9D3')
const HEADER_FILL = solid('FFDDEBE3')
const THIN = { style: 'thin', color: { argb: 'FF9AA8A0' } } as const

/** Text as a workbook may hold it: no control signs, at most 32,767 characters, «_x0041_» not taken for a code. */
export function cellText(text: string): string {
  return (
    text
      .normalize('NFC')
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold these signs
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
      .slice(0, 32_767)
  )
}

/** A name that Excel takes for a worksheet. */
export function worksheetName(name: string): string {
  return (
    cellText(name)
      .replace(/[\\/?*[\]:]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim()
      .slice(0, 31) || 'Bảng'
  )
}

/** Dresses a cell of the header. */
export function styleHeader(cell: Cell): void {
  cell.font = { bold: true }
  cell.fill = HEADER_FILL
  cell.alignment = { vertical: 'middle', wrapText: true }
  cell.border = { top: THIN, bottom: THIN, left: THIN, right: THIN }
}

import { parse } from 'csv-parse/sync'
import { decodeText, fromTcvn3, looksLikeTcvn3 } from './old-encoding.ts'
import { SheetRefusal } from './sheet.refusal.ts'
import type { SheetCell, Worksheet } from './sheet.types.ts'
import { SHEET_LIMITS } from './sheet-limits.ts'

const SEPARATORS = [';', ',', '\t', '|'] as const
type Separator = (typeof SEPARATORS)[number]

/**
 * Reads a .csv or .txt table: encoding and separator are found from the content. A leading «sep=;» line is obeyed and,
 * as in Excel, not counted among the rows.
 */
export function readCsv(bytes: Uint8Array): { worksheets: Worksheet[]; encoding: string } {
  const { text: decoded, encoding } = decodeText(bytes)
  const text = decoded.replace(/^\ufeff/, '')
  const stated = /^sep=([;,\t|])\r?\n/i.exec(text)
  const separator = (stated?.[1] as Separator | undefined) ?? likelySeparator(text)
  const records = split(stated ? text.slice(stated[0].length) : text, separator, SHEET_LIMITS.rows + 101)
  if (records.length > SHEET_LIMITS.rows + 100) throw new SheetRefusal('too_many_rows')
  const isTcvn3 = looksLikeTcvn3(records.slice(0, 500).flat())
  const rows = records.map((record) => {
    const cells: (SheetCell | undefined)[] = []
    record.forEach((value, column) => {
      if (value.trim() === '') return
      if (column >= SHEET_LIMITS.columns) throw new SheetRefusal('too_many_columns')
      cells[column] = { kind: 'text', text: unguarded(isTcvn3 ? fromTcvn3(value) : value.normalize('NFC')) }
    })
    return cells
  })
  return { worksheets: [{ name: 'CSV', rows, merges: [] }], encoding: isTcvn3 ? 'tcvn3' : encoding }
}

/** Takes off the apostrophe that toCsv puts before a text that a spreadsheet would run as a formula. */
function unguarded(value: string): string {
  return /^'+[=+\-@\t\r]/.test(value) ? value.slice(1) : value
}

/** The separator that cuts most lines of the beginning into the same, largest number of cells. */
function likelySeparator(text: string): Separator {
  const scores = SEPARATORS.map((separator) => {
    const widths = split(text.slice(0, 20_000), separator, 40).map((record) => record.length)
    const filled = widths.filter((width) => width > 1)
    return { separator, score: filled.length === 0 ? 0 : mostFrequent(filled) * filled.length }
  })
  return scores.reduce((a, b) => (b.score > a.score ? b : a)).separator
}

function mostFrequent(widths: readonly number[]): number {
  const times = new Map<number, number>()
  for (const width of widths) times.set(width, (times.get(width) ?? 0) + 1)
  return [...times].reduce((a, b) => (b[1] > a[1] ? b : a))[0]
}

function split(text: string, separator: Separator, upTo: number): string[][] {
  try {
    const options = {
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      to: upTo,
    } as const
    return parse(text, { ...options, delimiter: separator })
  } catch {
    // An opened quote that never closes: read quotes as ordinary signs rather than lose the file.
    return parse(text, {
      delimiter: separator,
      quote: null,
      relax_column_count: true,
      skip_empty_lines: false,
      to: upTo,
    })
  }
}

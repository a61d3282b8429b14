/** One cell as the file holds it. Formulas appear as the value that was saved with them; nothing is evaluated. */
export type SheetCell =
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: number; format: string; text: string }
  /** `on` is missing when the day does not exist (29/2/1900 of Excel); `monthOnly` when the cell shows no day. */
  | { kind: 'day'; on: string | undefined; monthOnly: boolean; serial: number; format: string; text: string }
  | { kind: 'error'; text: string }

/** Zero-based corners, both inclusive. */
export type Merge = { fromRow: number; toRow: number; fromColumn: number; toColumn: number }

/** Rows and cells are sparse and zero-based; what is written for people counts rows from 1 as Excel does. */
export type Worksheet = { name: string; rows: (SheetCell | undefined)[][]; merges: Merge[] }

export type SheetFormat = 'xlsx' | 'xls' | 'csv'
export type SheetFile = { fileName: string; format: SheetFormat; encoding: string; worksheets: Worksheet[] }

export type ColumnKind = 'text' | 'name' | 'phone' | 'day' | 'number' | 'choice' | 'unit'
export type Choice = { value: string; label: string; aliases?: readonly string[] }

/**
 * One column of an import or an export. Values read: a day is 'YYYY-MM-DD', a phone its national form, a choice its
 * `value`, a number a number, everything else text. `unit` is text that its module looks up.
 */
export type SheetColumn = {
  key: string
  header: string
  aliases?: readonly string[]
  kind: ColumnKind
  required?: boolean
  choices?: readonly Choice[]
  /** Longest text in characters. */
  maxLength?: number
  example?: string
  note?: string
  /** Width in characters in files that are written. */
  width?: number
}

type ValueOf<C extends SheetColumn> = C['kind'] extends 'number'
  ? number
  : C extends { kind: 'choice'; choices: readonly { value: infer V }[] }
    ? V
    : string

export type RowValues<C extends readonly SheetColumn[]> = {
  [K in C[number] as K['required'] extends true ? K['key'] : never]: ValueOf<K>
} & {
  [K in C[number] as K['required'] extends true ? never : K['key']]?: ValueOf<K> | undefined
}

/** What is wrong with one cell, or with the whole row when `key` is missing. `row` is the number that Excel shows. */
export type CellError = {
  row: number
  key?: string
  header: string
  typed: string
  code: string
  message: string
  messageEn: string
}

export type ReadRow<C extends readonly SheetColumn[]> =
  | { row: number; ok: true; values: RowValues<C> }
  | { row: number; ok: false; values: Partial<RowValues<C>>; errors: CellError[] }

export type SkipReason = 'blank' | 'total' | 'repeated_header' | 'column_numbers' | 'section_title' | 'footer'
export type SkippedRow = { row: number; reason: SkipReason; text: string }

/** A file that was read against declared columns. */
export type SheetTable<C extends readonly SheetColumn[] = readonly SheetColumn[]> = {
  fileName: string
  format: SheetFormat
  encoding: string
  columns: C
  worksheet: string
  /** The worksheets that were not read; `sameHeader` says that one looks like another part of the same list. */
  otherWorksheets: { name: string; sameHeader: boolean }[]
  /** The last row of the header, counted from 1. */
  headerRow: number
  /** `column` is zero-based. */
  found: { key: string; header: string; column: number }[]
  /** Headers of optional columns that the file does not have. */
  missing: string[]
  /** Headers in the file that match nothing. */
  ignored: string[]
  rows: ReadRow<C>[]
  skipped: SkippedRow[]
  errors: CellError[]
  sheet: Worksheet
}

import type { Words } from '../part.ts'
import type { CountedTable, EvidenceColumn, Measure } from './declare.ts'

/** A column of an evidence list: where its cell comes from, and how it is shown. */
export type ShownColumn = {
  key: string
  title: Words
  kind: EvidenceColumn['kind']
  /** Column of the counted table. */
  source: string
  /** SQL over the columns of the row, where it shows what is no column. */
  expression?: string
  /** For units: its own name, or that of the unit above it. */
  unit?: 'name' | 'parent'
  values?: Record<string, Words> | undefined
}

const unitTitle = { vi: 'Đơn vị', en: 'Unit' }
const parentTitle = { vi: 'Thuộc', en: 'In' }

function unitColumns(source: string, title: Words): ShownColumn[] {
  return [
    { key: source, title, kind: 'unit', source, unit: 'name' },
    { key: `${source}.parent`, title: parentTitle, kind: 'unit', source, unit: 'parent' },
  ]
}

/** The columns of the list behind a base measure: as declared, with the unit and the unit above it wherever it stands. */
export function shownColumns(of: CountedTable): ShownColumn[] {
  const shown = of.columns.flatMap((column): ShownColumn[] =>
    column.kind === 'unit' ? unitColumns(column.key, column.title) : [{ ...column, source: column.key }],
  )
  return shown.some((column) => column.source === of.unit)
    ? shown
    : [...shown, ...unitColumns(of.unit, unitTitle)]
}

const lengthTitles = {
  hours: { vi: 'Số giờ', en: 'Hours' },
  days: { vi: 'Số ngày', en: 'Days' },
}

/** What the list behind a duration shows besides: the day or instant that it is counted from, and how long it was. */
export function columnsOfLength(measure: Measure): ShownColumn[] {
  if (measure.kind !== 'duration') return []
  const { since, length, lengthUnit } = measure
  const kind = lengthUnit === 'days' ? 'day' : 'instant'
  return [
    { key: 'length.since', title: since.title, kind, source: '', expression: since.at },
    {
      key: 'length',
      title: lengthTitles[lengthUnit],
      kind: 'number',
      source: '',
      expression: `trunc((${length})::numeric)`,
    },
  ]
}

/** The columns that a row's address needs. */
export function hrefColumns(of: CountedTable): string[] {
  return [...(of.href ?? '').matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
}

/** The page of one row, or null where a place of the address is empty. */
export function hrefOf(of: CountedTable, values: Record<string, string | null>): string | null {
  if (!of.href || hrefColumns(of).some((column) => !values[column])) return null
  return of.href.replace(/\{(\w+)\}/g, (_place, column: string) => encodeURIComponent(values[column] ?? ''))
}

/** A cell as it travels: words where the value is coded. */
export function cellOf(column: ShownColumn, value: string | null): string | Words | null {
  if (value === null) return null
  return column.values?.[value] ?? value
}

/** Coded values of a column whose words contain a folded word, in either language. */
export function codesLike(column: ShownColumn, word: string, fold: (text: string) => string): string[] {
  return Object.entries(column.values ?? {})
    .filter(([, words]) => fold(words.vi).includes(word) || fold(words.en).includes(word))
    .map(([code]) => code)
}

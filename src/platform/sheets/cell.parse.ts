import {
  expandAbbreviations,
  fold,
  type NameProblem,
  nameProblem,
  parsePhone,
  properName,
  tidy,
} from '../text/index.ts'
import { en, vi } from './cell.texts.ts'
import { parseDay, type Reading, refused } from './day.parse.ts'
import type { SheetCell, SheetColumn } from './sheet.types.ts'

const DEFAULT_LENGTH = { text: 2_000, name: 100, unit: 200 } as const
const NAME_CODES: Record<NameProblem, string> = {
  signs: 'name_has_signs',
  digits: 'name_has_digits',
  no_letters: 'name_has_no_letters',
  one_letter: 'name_has_one_letter',
}
const DASH = /^[-–—_.…]+$/

/** The value of one cell for its column; undefined when the cell says nothing; a refusal that tells how to mend it. */
export function parseCell(
  column: SheetColumn,
  cell: SheetCell | undefined,
): Reading<string | number | undefined> {
  if (cell === undefined || isBlank(column, cell)) {
    if (!column.required) return { ok: true, value: undefined }
    return refused('required', vi.required(column.header), en.required(column.header))
  }
  if (cell.kind === 'error')
    return refused('formula_error', vi.formulaError(cell.text), en.formulaError(cell.text))
  if (column.kind === 'day') return parseDay(cell)
  if (column.kind === 'number') return parseNumber(cell)
  if (column.kind !== 'text' && cell.kind === 'day') {
    return refused('became_day', vi.becameDay(cell.text), en.becameDay(cell.text))
  }
  if (column.kind === 'phone') {
    const reading = parsePhone(cell.text)
    return reading.ok
      ? { ok: true, value: reading.phone.national }
      : { ...reading, code: `phone_${reading.code}` }
  }
  if (column.kind === 'choice') return parseChoice(column, cell)
  return parseText(column, column.kind, cell)
}

function isBlank(column: SheetColumn, cell: SheetCell): boolean {
  if (cell.kind !== 'text') return false
  const text = tidy(cell.text)
  return text === '' || (column.kind !== 'text' && DASH.test(text))
}

function parseText(column: SheetColumn, kind: 'text' | 'name' | 'unit', cell: SheetCell): Reading<string> {
  const most = column.maxLength ?? DEFAULT_LENGTH[kind]
  const text = kind === 'text' ? tidyLines(cell.text) : tidy(cell.text)
  if (text.length > most) return refused('too_long', vi.tooLong(most), en.tooLong(most))
  if (kind !== 'name') return { ok: true, value: text }
  const problem = nameProblem(cell.text)
  if (problem !== null) return refused(NAME_CODES[problem], vi.name[problem], en.name[problem])
  return { ok: true, value: properName(text) }
}

/** Keeps the line breaks of longer text, tidies each line. */
function tidyLines(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map(tidy)
    .join('\n')
    .trim()
}

/** Choices by their keys, worked out once a column: a list has thousands of rows. */
const choicesByKey = new WeakMap<SheetColumn, Map<string, string>>()

function choiceMap(column: SheetColumn): Map<string, string> {
  const known = choicesByKey.get(column)
  if (known) return known
  const entries = (column.choices ?? []).flatMap(({ value, label, aliases = [] }) =>
    [label, value, ...aliases].map((name) => [choiceKey(name), value] as const),
  )
  const map = new Map(entries)
  choicesByKey.set(column, map)
  return map
}

function parseChoice(column: SheetColumn, cell: SheetCell): Reading<string> {
  const value = choiceMap(column).get(choiceKey(cell.text))
  if (value !== undefined) return { ok: true, value }
  const choices = column.choices ?? []
  const shown = choices.slice(0, 8).map((choice) => choice.label)
  const labels = shown.join('; ') + (choices.length > shown.length ? '; …' : '')
  return refused('choice_unknown', vi.choiceUnknown(labels), en.choiceUnknown(labels))
}

/** How labels of choices are compared: as people type them, abbreviations written out. */
export function choiceKey(text: string): string {
  return fold(expandAbbreviations(text))
}

const PLAIN = /^-?\d+(?:,\d+)?$/
const GROUPED = /^-?\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?$/

/** 1250, 1.250, 1 250 and 12,5 are read; 12.5 is refused, because the dot groups thousands here. */
function parseNumber(cell: SheetCell): Reading<number> {
  if (cell.kind === 'number') return { ok: true, value: cell.number }
  const text = tidy(cell.text)
  if (cell.kind === 'text' && (PLAIN.test(text) || GROUPED.test(text))) {
    return { ok: true, value: Number(text.replace(/[.\s]/g, '').replace(',', '.')) }
  }
  return refused('number_unreadable', vi.numberUnreadable, en.numberUnreadable)
}

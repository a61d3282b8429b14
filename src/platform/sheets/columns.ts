import { expandAbbreviations, fold } from '../text/index.ts'
import { choiceKey } from './cell.parse.ts'
import type { SheetColumn } from './sheet.types.ts'

/** The column that a marked copy has more than the file it was made from; reading passes over it. */
export const MARK_HEADER = 'Cần sửa'

const NUMBERING = /^\s*(?:\(\d{1,2}\)|\d{1,2}[.)])\s*/

/** How headers are compared: folded, abbreviations written out, without numbering, asterisks and the word «và». */
export function headerKey(header: string): string {
  const key = fold(expandAbbreviations(header.replace(NUMBERING, '')))
  return key
    .replace(/\bva\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The same without remarks in brackets: «Ngày vào tổ (ngày/tháng/năm)» → «ngay vao to». */
export function bareHeaderKey(header: string): string {
  return headerKey(header.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '))
}

/** Every key by which a declared column may appear in a file. */
export function columnKeys(column: SheetColumn): string[] {
  return [
    ...new Set(
      [column.header, ...(column.aliases ?? [])].flatMap((name) => [headerKey(name), bareHeaderKey(name)]),
    ),
  ]
}

/**
 * Declares the columns of an import or an export, keeping their exact types. Throws on a mistake of the programmer: two
 * columns or two choices that a reader could not tell apart, a choice without choices.
 */
export function defineColumns<const C extends readonly SheetColumn[]>(columns: C): C {
  const owners = new Map<string, string>([[headerKey(MARK_HEADER), MARK_HEADER]])
  const keys = new Set<string>()
  for (const column of columns) {
    if (keys.has(column.key)) throw new Error(`Two columns have the key ${column.key}`)
    keys.add(column.key)
    for (const key of columnKeys(column)) {
      const owner = owners.get(key)
      if (owner !== undefined && owner !== column.key)
        throw new Error(`${column.key} and ${owner} share the header ${key}`)
      owners.set(key, column.key)
    }
    if (column.kind === 'choice') checkChoices(column)
  }
  return columns
}

function checkChoices(column: SheetColumn): void {
  if (!column.choices?.length) throw new Error(`${column.key} has no choices`)
  const owners = new Map<string, string>()
  for (const choice of column.choices) {
    for (const name of [choice.label, choice.value, ...(choice.aliases ?? [])]) {
      const owner = owners.get(choiceKey(name))
      if (owner !== undefined && owner !== choice.value)
        throw new Error(`${column.key}: ${name} names two choices`)
      owners.set(choiceKey(name), choice.value)
    }
  }
}

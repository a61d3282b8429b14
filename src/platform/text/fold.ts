const COMBINING_MARKS = /[\u0300-\u036f]/g
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g
const ANY_SPACE = /[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g
const NOT_LETTER_OR_DIGIT = /[^\p{L}\p{N}]+/gu

/** The composed form (NFC) in which the product stores all text. */
export function nfc(text: string): string {
  return text.normalize('NFC')
}

/** NFC, without invisible characters, every run of white space (line breaks too) made one space, trimmed. */
export function tidy(text: string): string {
  return nfc(text).replace(INVISIBLE, '').replace(ANY_SPACE, ' ').trim()
}

/** The text without Vietnamese marks, in the same case: «Đặng Thuý Hường» → «Dang Thuy Huong». */
export function unaccent(text: string): string {
  return text
    .normalize('NFD')
    .replace(COMBINING_MARKS, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFC')
}

/**
 * The key for searching and comparing: lower case, unaccented, y read as i, punctuation made a space, spaces collapsed.
 * It is many-to-one (Mỹ = Mĩ, hoà = hòa, but also Thủy = Thùy), so equal keys mean "look alike", never "are the same".
 * y becomes i everywhere, not only in lý/lí, so that a key of a prefix stays a prefix of the key (quy… in quyết),
 * and so that SQL can mirror it: translate(lower(unaccent(x)), 'y', 'i').
 */
export function fold(text: string): string {
  return unaccent(text)
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(NOT_LETTER_OR_DIGIT, ' ')
    .replaceAll('y', 'i')
    .trim()
}

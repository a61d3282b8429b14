import { tidy } from './fold.ts'

const TONES = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323']
const LETTER_MARKS = ['', '\u0306', '\u0302', '\u031b']
/** Rank of a marked letter behind its bare one: a ă â, d đ, e ê, o ô ơ, u ư. */
const RANKED: Record<string, string> = {
  a: 'a0',
  'a\u0306': 'a1',
  'a\u0302': 'a2',
  d: 'd0',
  đ: 'd1',
  e: 'e0',
  'e\u0302': 'e1',
}
Object.assign(RANKED, { o: 'o0', 'o\u0302': 'o1', 'o\u031b': 'o2', u: 'u0', 'u\u031b': 'u1' })

/**
 * A key that puts full names in the order of Vietnamese lists: by given name (tên, the last word), then family name (họ,
 * the first), then middle names (đệm). Letters a ă â b c d đ e ê … o ô ơ … u ư …; tones không, huyền, hỏi, ngã, sắc, nặng.
 * Plain ASCII: sort by bytes (in PostgreSQL with COLLATE "C"). The name itself is never split when it is stored.
 */
export function nameSortKey(fullName: string): string {
  const words = tidy(fullName).split(' ')
  const given = words.at(-1) ?? ''
  const family = words.length > 1 ? (words[0] ?? '') : ''
  return [given, family, ...words.slice(1, -1)].map(syllableKey).join(',')
}

/** Compares two full names in the order of Vietnamese lists; for Array.sort. */
export function compareNames(a: string, b: string): number {
  const [keyA, keyB] = [nameSortKey(a), nameSortKey(b)]
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0
}

/** Letters first, then the tone: the space before it is lower than any letter, so «An» comes before «Anh». */
function syllableKey(word: string): string {
  let tone = 0
  let letters = ''
  let letter = ''
  const close = () => {
    letters += RANKED[letter] ?? letter.charAt(0)
    letter = ''
  }
  for (const sign of word.toLowerCase().normalize('NFD')) {
    if (TONES.indexOf(sign) > 0) tone = TONES.indexOf(sign)
    else if (LETTER_MARKS.indexOf(sign) > 0) letter += sign
    else if (/[a-zđ0-9]/.test(sign)) {
      close()
      letter = sign
    }
  }
  close()
  return `${letters} ${tone}`
}

/**
 * A name as it is written in a sentence: «NGUYỄN VĂN A» and «nguyễn văn a» → «Nguyễn Văn A».
 * A name whose words already begin with one capital each is left as its owner writes it.
 */
export function properName(name: string): string {
  const clean = tidy(name)
  const words = clean.split(/[\s'’-]/u).filter((word) => word !== '')
  const wellCased = words.every((word) => /^\p{Lu}[^\p{Lu}]*$/u.test(word) || !/\p{L}/u.test(word))
  if (wellCased) return clean
  return clean
    .toLocaleLowerCase('vi')
    .replace(/(?<![\p{L}\p{M}])\p{L}/gu, (initial) => initial.toLocaleUpperCase('vi'))
}

export type NameProblem = 'signs' | 'digits' | 'no_letters' | 'one_letter'

/** Signs that turn the direction of writing or cannot be seen; a line break or a tab is only a space too many. */
const HIDDEN = /(?![\t\n\v\f\r])[\p{Cc}\u061c\u202a-\u202e\u2066-\u2069]/u

/** Why a text is no name of a person; null where it may be one. Asked before tidying, which takes hidden signs away. */
export function nameProblem(typed: string): NameProblem | null {
  const text = tidy(typed)
  if (HIDDEN.test(typed) || /[<>]/.test(text) || /^[=+@]/.test(text)) return 'signs'
  if (/\p{N}/u.test(text)) return 'digits'
  const letters = text.normalize('NFC').match(/\p{L}/gu)?.length ?? 0
  return letters === 0 ? 'no_letters' : letters === 1 ? 'one_letter' : null
}

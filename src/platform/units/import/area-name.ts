import { fold, normaliseTonePlacement, tidy } from '../../text/index.ts'

/** The words that say in a list what an area is, and the kind each gives; longest first. */
const AREA_WORDS = [
  ['thành phố', 'city'],
  ['thị trấn', 'township'],
  ['đặc khu', 'special_zone'],
  ['phường', 'ward'],
  ['thị xã', 'town'],
  ['huyện', 'district'],
  ['quận', 'urban_district'],
  ['tỉnh', 'province'],
  ['xã', 'commune'],
] as const

/** The word for an area's kind as a key; `city` is a province's or a district's by its level. */
export type AreaWord = (typeof AREA_WORDS)[number][1]

/** A name cut into the word that says what it is and the name itself: «Thị trấn Mậu A» → township, «Mậu A». */
export type AreaName = { word: AreaWord | null; bare: string }

const ROMAN: Readonly<Record<string, string>> = { i: '1', ii: '2', iii: '3', iv: '4', v: '5', vi: '6' }

/** Cuts a name as lists and resolutions write it; a name without such a word keeps all of itself. */
export function cutAreaName(name: string): AreaName {
  const text = tidy(name)
  const lower = text.toLowerCase()
  for (const [written, word] of AREA_WORDS) {
    if (!lower.startsWith(`${written} `)) continue
    const bare = text.slice(written.length + 1)
    // The old list has a «Phường Phường Đúc».
    return {
      word,
      bare: bare.toLowerCase().startsWith(`${written} `) ? bare.slice(written.length + 1) : bare,
    }
  }
  return { word: null, bare: text }
}

/** Lower case, one tone placement, no punctuation, no short forms, Arabic numbers: equal for two spellings of one name. */
function spelled(bare: string): string {
  const plain = normaliseTonePlacement(bare)
    .toLowerCase()
    .replace(/^n\.?\s?t\.?\s+/u, 'nông trường ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return plain.replace(/(^| )([iv]+)$/u, (whole, gap: string, number: string) => {
    const digit = ROMAN[number]
    return digit === undefined ? whole : `${gap}${digit}`
  })
}

/**
 * The keys by which a name in a text is looked for among the names of a list, the surest first: same word and spelling;
 * then without accents; then without spaces (Mađaguôi = Ma Đa Guôi); then each without the word.
 */
export function nameKeys(name: AreaName): readonly string[] {
  const exact = spelled(name.bare)
  const folded = fold(exact)
  const word = name.word ?? '?'
  return [
    `${word}|${exact}`,
    `${word}|${folded}`,
    `${word}|${folded.replaceAll(' ', '')}`,
    `|${exact}`,
    `|${folded.replaceAll(' ', '')}`,
  ]
}

/** From this key on the word for the kind no longer has to fit. */
export const firstKeyWithoutWord = 3

/** How many letters differ between two names without accents and spaces; the word for the kind does not count. */
export function lettersApart(one: AreaName, other: AreaName): number {
  const a = fold(spelled(one.bare)).replaceAll(' ', '')
  const b = fold(spelled(other.bare)).replaceAll(' ', '')
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

import { nfc } from './fold.ts'

/** Bare vowel, then the five toned forms: huyền, hỏi, ngã, sắc, nặng. */
const VOWELS = {
  a: 'aàảãáạ',
  e: 'eèẻẽéẹ',
  o: 'oòỏõóọ',
  u: 'uùủũúụ',
  y: 'yỳỷỹýỵ',
} as const
type Vowel = keyof typeof VOWELS

const TONED = (vowel: Vowel) => VOWELS[vowel].slice(1)
const LETTER = '\\p{L}'

type Move = { pattern: RegExp; first: Vowel; second: Vowel; to: 'first' | 'second' }

function moves(first: Vowel, second: Vowel): Move[] {
  const notAfterQ = first === 'u' ? '(?<![qQ])' : ''
  return [
    {
      pattern: new RegExp(`${notAfterQ}(${first})([${TONED(second)}])(?!${LETTER})`, 'giu'),
      first,
      second,
      to: 'first',
    },
    {
      pattern: new RegExp(`${notAfterQ}([${TONED(first)}])(${second})(?=${LETTER})`, 'giu'),
      first,
      second,
      to: 'second',
    },
  ]
}

const MOVES: readonly Move[] = [...moves('o', 'a'), ...moves('o', 'e'), ...moves('u', 'y')]

/**
 * Puts the tone of oa, oe, uy where the traditional spelling has it, so that the two spellings of one word become one:
 * open syllables on the first vowel (hoà → hòa, Thuý → Thúy), closed ones on the second (Hùynh → Huỳnh, hòan → hoàn).
 * After q the u is no vowel: quý stays. The two spellings differ even when decomposed, so unicode forms do not help.
 */
export function normaliseTonePlacement(text: string): string {
  let result = nfc(text)
  for (const { pattern, first, second, to } of MOVES) {
    result = result.replace(pattern, (_whole, a: string, b: string) => {
      const tone = to === 'first' ? toneOf(b, second) : toneOf(a, first)
      return to === 'first'
        ? withTone(a, first, tone) + withTone(b, second, 0)
        : withTone(a, first, 0) + withTone(b, second, tone)
    })
  }
  return result
}

function toneOf(letter: string, vowel: Vowel): number {
  return VOWELS[vowel].indexOf(letter.toLowerCase())
}

function withTone(letter: string, vowel: Vowel, tone: number): string {
  const toned = VOWELS[vowel].charAt(tone)
  return letter === letter.toLowerCase() ? toned : toned.toUpperCase()
}

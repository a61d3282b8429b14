import { expandAbbreviations } from './abbreviations.ts'
import { fold } from './fold.ts'

const CODE = /(?<!\S)(?=\S*\d)\S*[/.-]\S*/gu

/**
 * The folded words to index a text by or to look it up with: abbreviations written out, each word once, in order.
 * A code of a document gives its parts and the whole without punctuation: «123/UBND-VP» → 123, ubnd, vp, 123ubndvp.
 * Use the same function on both sides and match each token of the query as a prefix.
 */
export function searchTokens(text: string): string[] {
  const codes = (text.normalize('NFC').match(CODE) ?? []).map((code) => fold(code).replaceAll(' ', ''))
  const words = fold(expandAbbreviations(text)).split(' ')
  return [...new Set([...words, ...codes])].filter((token) => token !== '')
}

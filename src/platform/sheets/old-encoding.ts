import iconv from 'iconv-lite'
import { isVietnameseSyllable } from '../text/index.ts'

/**
 * Text typed with the old .VnTime fonts (TCVN3) shows as «NguyÔn V¨n A» everywhere else. These signs stand for letters
 * there and are hardly ever inside words in other encodings.
 */
const TCVN3_SIGN = /\p{L}[µ¸¶·¹¨»¾¼½©ª«¬\u00ad®§¦¤]|[¨©ª«¬\u00ad®µ¸¶·¹»¾¼½]\p{L}|[®§]\p{L}/u
const REAL_VIETNAMESE =
  /[\u1ea0-\u1ef9\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0]|[\u0300\u0301\u0303\u0309\u0323]/u

/** Whether texts were typed with TCVN3 fonts; judged over a whole sheet, because one word proves little. */
export function looksLikeTcvn3(texts: readonly string[]): boolean {
  let signs = 0
  for (const text of texts) {
    if (REAL_VIETNAMESE.test(text)) return false
    if (TCVN3_SIGN.test(text)) signs += 1
  }
  if (signs === 0) return false
  return plausibility(texts.map(fromTcvn3).join(' ')) > plausibility(texts.join(' '))
}

/** The letters that a TCVN3 font would have shown. */
export function fromTcvn3(text: string): string {
  if (/[\u0100-\uffff]/.test(text)) return text
  return iconv.decode(Buffer.from(text, 'latin1'), 'tcvn').normalize('NFC')
}

/** The text of a .csv file and the encoding it was found to be in. Unicode first; old 8-bit encodings by plausibility. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(buffer.subarray(2), 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(buffer.subarray(2), 'utf-16be')
  const zeroAt = buffer.subarray(0, 4096).indexOf(0)
  if (zeroAt >= 0) return decoded(buffer, zeroAt % 2 === 1 ? 'utf-16le' : 'utf-16be')
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    const candidates = ['windows-1258', 'tcvn', 'windows-1252'].map((encoding) => decoded(buffer, encoding))
    const scored = candidates.map((candidate) => ({
      ...candidate,
      score: plausibility(candidate.text.slice(0, 50_000)),
    }))
    const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
    return { text: best.text, encoding: best.encoding === 'tcvn' ? 'tcvn3' : best.encoding }
  }
}

function decoded(buffer: Buffer, encoding: string): { text: string; encoding: string } {
  return { text: iconv.decode(buffer, encoding).normalize('NFC'), encoding }
}

/** The share of words with a mark that can be Vietnamese syllables, from -1 to 1. */
function plausibility(text: string): number {
  const words = (text.match(/[^\s,;.:"'()/\d+*-]+/gu) ?? []).filter((word) => /\P{ASCII}/u.test(word))
  if (words.length === 0) return 0
  const good = words.filter((word) => isVietnameseSyllable(word.normalize('NFC'))).length
  return (2 * good - words.length) / words.length
}

import { unaccent } from './fold.ts'

const SYLLABLE =
  /^(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?(?:uye|uya|uyu|oai|oay|oao|oeo|uay|uoi|uou|ieu|yeu|[aeo]o|[aou]i|[aeiou]u|[au]y|oa|oe|ia|ie|ye|ua|ue|uo|uy|[aeiouy])(?:ng|nh|ch|[cmnpt])?$/
const TONE_MARKS = /[\u0300\u0301\u0303\u0309\u0323]/g
/** Marks of letters sit only on their own letters: breve on a, circumflex on a e o, horn on o u. */
const STRAY_MARK = /[^a]\u0306|[^aeo]\u0302|[^ou]\u031b|[\u0304\u0305\u0307\u0308\u030a-\u031a]/

/** Whether a word can be one Vietnamese syllable with at most one tone. Tells a right decoding of an old file from a wrong one. */
export function isVietnameseSyllable(word: string): boolean {
  const lower = word.toLowerCase()
  if (!SYLLABLE.test(unaccent(lower))) return false
  const tones = lower.normalize('NFD').match(TONE_MARKS)?.length ?? 0
  return tones <= 1 && !STRAY_MARK.test(lower.normalize('NFD').replace(TONE_MARKS, ''))
}

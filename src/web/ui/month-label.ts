import type { Language } from '../words.ts'

const english = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** '2022-08-30' → 'T8', 'Aug': a month under a drawing. */
export function monthLabel(on: string, language: Language): string {
  const month = Number(on.slice(5, 7))
  return language === 'vi' ? `T${month}` : (english[month - 1] ?? '')
}

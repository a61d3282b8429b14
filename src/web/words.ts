import { createContext, use } from 'react'

export type Language = 'vi' | 'en'

/** One short text in both languages. */
export interface Bilingual {
  vi: string
  en: string
}

/** What a `texts.ts` exports: `vi` is the source, `en` has its type. */
export interface Texts<T> {
  vi: T
  en: T
}

export interface LanguageChoice {
  language: Language
  chooseLanguage: (language: Language) => void
  /** The texts of the chosen language. */
  words: <T>(texts: Texts<T>) => T
}

export const LanguageContext = createContext<LanguageChoice>({
  language: 'vi',
  chooseLanguage: () => {},
  words: (texts) => texts.vi,
})

/** The language the reader chose and the way to change it. */
export function useLanguage(): LanguageChoice {
  return use(LanguageContext)
}

/** `import * as texts from '../texts.ts'` and then `const w = useWords(texts)`. */
export function useWords<T>(texts: Texts<T>): T {
  return useLanguage().words(texts)
}

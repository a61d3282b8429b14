import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { writeNumbersIn } from '../exact.ts'
import { type Language, LanguageContext, type Texts } from '../words.ts'

const place = 'ban-lang-so.language'

function keptLanguage(): Language {
  try {
    return localStorage.getItem(place) === 'en' ? 'en' : 'vi'
  } catch {
    return 'vi'
  }
}

/** Vietnamese unless the reader chose English before on this machine. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(keptLanguage)
  writeNumbersIn(language)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const chooseLanguage = useCallback((chosen: Language) => {
    setLanguage(chosen)
    try {
      localStorage.setItem(place, chosen)
    } catch {
      // A browser that keeps nothing still shows the chosen language until the page closes.
    }
  }, [])
  const choice = useMemo(
    () => ({ language, chooseLanguage, words: <T,>(texts: Texts<T>) => texts[language] }),
    [language, chooseLanguage],
  )
  return <LanguageContext value={choice}>{children}</LanguageContext>
}

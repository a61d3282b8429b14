import type { ReactNode } from 'react'
import * as shellTexts from '../web.texts.ts'
import { useWords } from '../words.ts'
import styles from './public-page.module.css'
import { DemoLine, LanguageButton, ProductName, SkipLink } from './shell-parts.tsx'

/** One calm column without a menu; put around pages whose surface is 'public'. */
export function PublicPage({ children }: { children: ReactNode }) {
  const w = useWords(shellTexts)
  return (
    <div className={styles.root}>
      <SkipLink />
      <DemoLine />
      <header className={styles.header}>
        <ProductName />
        <LanguageButton />
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.footer} data-not-printed>
        {w.product} · {w.tagline}
      </footer>
    </div>
  )
}

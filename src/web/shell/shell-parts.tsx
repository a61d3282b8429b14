import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { dayText } from '../formats.ts'
import { useConnectionLost } from '../live-changes.ts'
import { useMe } from '../me.ts'
import * as shellTexts from '../web.texts.ts'
import { useLanguage, useWords } from '../words.ts'
import styles from './shell-parts.module.css'

/** The first thing Tab reaches: over the menu, to the content. */
export function SkipLink() {
  const w = useWords(shellTexts)
  return (
    <a className={styles.skip} href="#main">
      {w.skip}
    </a>
  )
}

/** Says that the people and figures are not real, and which day it is in the demo. */
export function DemoLine() {
  const w = useWords(shellTexts)
  const { me } = useMe()
  if (me?.demo.isDemo !== true) return null
  const { workingOn } = me.demo
  return (
    <aside className={styles.demo} aria-label={w.aboutData}>
      {w.demo(workingOn === null ? null : dayText(workingOn))}
    </aside>
  )
}

/** The product's name, which leads to the first page. */
export function ProductName() {
  const w = useWords(shellTexts)
  return (
    <Link to="/" className={styles.product}>
      {w.product}
    </Link>
  )
}

/** Names the other language in that language. */
export function LanguageButton() {
  const { language, chooseLanguage, words } = useLanguage()
  const other = language === 'vi' ? 'en' : 'vi'
  return (
    <Button
      variant="subtle"
      className={styles.language}
      lang={other}
      onClick={() => chooseLanguage(other)}
      data-not-printed
    >
      {words(shellTexts).otherLanguage}
    </Button>
  )
}

/** Quietly says that live changes are not heard at the moment. */
export function ConnectionLine() {
  const w = useWords(shellTexts)
  const lost = useConnectionLost()
  return (
    <span role="status" className={styles.connection}>
      {lost ? w.reconnecting : ''}
    </span>
  )
}

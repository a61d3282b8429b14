import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { Refusal } from '../api.ts'
import { saysUnitHasGone } from '../read.ts'
import { troubleText } from '../refusal.ts'
import { useLanguage } from '../words.ts'
import { EndedUnit } from './ended-unit.tsx'
import styles from './error-words.module.css'
import * as texts from './ui.texts.ts'

export interface ErrorWordsProps {
  /** Anything thrown; null and undefined show nothing. */
  trouble: unknown
  /** Shows «Thử lại», where asking again may help. */
  onAgain?: () => void
  /** Fields that show their own error already are left out of the list. */
  shownPaths?: readonly string[]
}

/** What happened, what was kept and what to do, read out at once. */
export function ErrorWords({ trouble, onAgain, shownPaths = [] }: ErrorWordsProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  if (trouble === null || trouble === undefined) return null
  const refusal = trouble instanceof Refusal ? trouble : undefined
  const sentence = troubleText(trouble, language)
  const ofField = (field: Refusal['fields'][number]) => (language === 'en' ? field.messageEn : field.message)
  // A refusal of one field often is its sentence: said once.
  const fields =
    refusal?.fields.filter((field) => !shownPaths.includes(field.path) && ofField(field) !== sentence) ?? []
  return (
    <div className={styles.root} role="alert">
      <p className={styles.sentence}>{sentence}</p>
      {fields.length > 0 && (
        <ul className={styles.fields}>
          {fields.map((field) => (
            <li key={`${field.path} ${field.message}`}>{ofField(field)}</li>
          ))}
        </ul>
      )}
      {refusal !== undefined && refusal.links.length > 0 && (
        <ul className={styles.ways}>
          {refusal.links.map((link) => (
            <li key={link.href}>
              <Link to={link.href}>{language === 'en' ? link.labelEn : link.label}</Link>
            </li>
          ))}
        </ul>
      )}
      {saysUnitHasGone(trouble) && typeof trouble.asked?.unitId === 'string' && (
        <EndedUnit unitId={trouble.asked.unitId} asked={trouble.asked} />
      )}
      {refusal?.requestId !== undefined && refusal.status >= 500 && (
        <p className={styles.request}>{w.requestId(refusal.requestId)}</p>
      )}
      {onAgain !== undefined && !saysUnitHasGone(trouble) && (
        <Button className={styles.again} variant="default" onClick={onAgain}>
          {w.tryAgain}
        </Button>
      )}
    </div>
  )
}

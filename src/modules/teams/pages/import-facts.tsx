import { useLanguage } from '../../../web/words.ts'
import type { ImportCheckAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'

/** What of the file was not read, so that nothing is lost unnoticed. */
export function ImportFacts({ seen }: { seen: ImportCheckAnswer }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  return (
    <>
      {seen.otherWorksheets.length > 0 && (
        <p className={`${styles.said} ${styles.bad}`}>{w.otherWorksheets(seen.otherWorksheets.join(', '))}</p>
      )}
      {seen.ignoredColumns.length > 0 && (
        <p className={`${styles.said} soft`}>{w.ignoredColumns(seen.ignoredColumns.join(', '))}</p>
      )}
      {seen.skipped.length > 0 && (
        <details className={styles.former}>
          <summary>{w.skippedRows(seen.skipped.length)}</summary>
          <ul>
            {seen.skipped.map((row) => (
              <li key={row.row}>
                {w.skippedRow(row.row, row.reason[language])} <span className="soft">{row.text}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

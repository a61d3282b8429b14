import { type ReactNode, useEffect } from 'react'
import { Link } from 'react-router'
import * as shellTexts from '../web.texts.ts'
import { useWords } from '../words.ts'
import styles from './page-header.module.css'

export interface PageHeaderProps {
  /** The only h1 of the page; also names the browser tab. */
  title: string
  /** One or two sentences under the title. */
  lead?: ReactNode
  /** Where this page hangs: outermost first. */
  above?: readonly { label: string; href: string }[]
  /** Buttons that say their verb; the main one first. */
  actions?: ReactNode
  /** Facts in small type beside the title: unit, period, as of. */
  facts?: ReactNode
}

/** The head of every page. */
export function PageHeader({ title, lead, above = [], actions, facts }: PageHeaderProps) {
  const w = useWords(shellTexts)
  useEffect(() => {
    document.title = `${title} · ${w.product}`
  }, [title, w.product])
  return (
    <header className={styles.root}>
      <div className={styles.words}>
        {above.length > 0 && (
          <nav className={styles.above} aria-label={w.pageAbove} data-not-printed>
            <ol>
              {above.map((one) => (
                <li key={one.href}>
                  <Link to={one.href}>{one.label}</Link>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <h1 tabIndex={-1}>{title}</h1>
        {facts !== undefined && <div className={styles.facts}>{facts}</div>}
        {lead !== undefined && <div className={styles.lead}>{lead}</div>}
      </div>
      {actions !== undefined && (
        <div className={styles.actions} data-not-printed>
          {actions}
        </div>
      )}
    </header>
  )
}

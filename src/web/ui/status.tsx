import { useWords } from '../words.ts'
import styles from './status.module.css'
import * as texts from './ui.texts.ts'

export type StatusName = 'exceeded' | 'met' | 'on_course' | 'late' | 'not_met' | 'not_captured'

export interface StatusProps {
  value: StatusName
  /** One sentence: '142/178 cơ sở đã lên sàn; kế hoạch 70 %'. */
  reason?: string
}

/** ▲ ● ◐ ◔ ○ – drawn, because fonts disagree on half-filled circles. */
function Shape({ value }: { value: StatusName }) {
  return (
    <svg className={styles.shape} viewBox="0 0 14 14" aria-hidden="true" focusable="false">
      {value === 'exceeded' && <path d="M7 1.5 13 12.5H1Z" fill="currentColor" />}
      {value === 'met' && <circle cx="7" cy="7" r="5.5" fill="currentColor" />}
      {(value === 'on_course' || value === 'late' || value === 'not_met') && (
        <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      )}
      {value === 'on_course' && <path d="M7 2a5 5 0 0 1 0 10Z" fill="currentColor" />}
      {value === 'late' && <path d="M7 7V2a5 5 0 0 1 5 5Z" fill="currentColor" />}
      {value === 'not_captured' && <path d="M2 7h10" stroke="currentColor" strokeWidth="2" />}
    </svg>
  )
}

/** Word, shape and colour, in that order of importance; legible in grey print. */
export function Status({ value, reason }: StatusProps) {
  const w = useWords(texts)
  return (
    <span className={styles.root}>
      <span className={styles.word} data-status={value}>
        <Shape value={value} />
        {w.status[value]}
      </span>
      {reason !== undefined && <span className={styles.reason}>{reason}</span>}
    </span>
  )
}

import styles from './progress-line.module.css'

export interface ProgressLineProps {
  /** What is going on, in words with the numbers: 'Đã đọc 1.200 trong 3.400 dòng'. */
  label: string
  /** null while nobody knows how far it is. */
  done: number | null
  total: number
}

/** How far long work is, as a line and in words. */
export function ProgressLine({ label, done, total }: ProgressLineProps) {
  const share = done === null || total <= 0 ? null : Math.min(1, Math.max(0, done / total))
  return (
    <div className={styles.root}>
      <div
        className={styles.line}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.trunc(share * 100)}
        data-unknown={share === null}
      >
        <div className={styles.done} style={share === null ? undefined : { width: `${share * 100}%` }} />
      </div>
      <p className={styles.label}>{label}</p>
    </div>
  )
}

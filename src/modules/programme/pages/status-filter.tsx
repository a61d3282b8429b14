import { Status } from '../../../web/ui/status.tsx'
import { useWords } from '../../../web/words.ts'
import { type CountsAnswer, type StatusName, statuses } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './overview.module.css'

interface StatusFilterProps {
  counts: CountsAnswer
  value: StatusName | null
  onChange: (status: StatusName | null) => void
}

/** Whether a target of this status is shown under a filter: an exceeded target is met as well. */
export function fitsFilter(status: StatusName, filter: StatusName | null): boolean {
  return filter === null || status === filter || (filter === 'met' && status === 'exceeded')
}

const countOf = (counts: CountsAnswer): Record<StatusName, number> => ({
  met: counts.met,
  exceeded: counts.exceeded,
  on_course: counts.onCourse,
  late: counts.late,
  not_met: counts.notMet,
  not_captured: counts.notCaptured,
})

/** The statuses that make up all targets: exceeded is a part of met. */
const parts: readonly StatusName[] = ['met', ...statuses.filter((one) => one !== 'met' && one !== 'exceeded')]

/** How many targets stand how; each number shows its targets, and the parts add up to all of them. */
export function StatusFilter({ counts, value, onChange }: StatusFilterProps) {
  const w = useWords(texts)
  const numbers = countOf(counts)
  const isShown = (status: StatusName) => numbers[status] > 0 || status === value
  const button = (status: StatusName) => (
    <button
      type="button"
      aria-pressed={value === status}
      className={styles.count}
      onClick={() => onChange(value === status ? null : status)}
    >
      <span className={styles.number}>{numbers[status]}</span>
      <Status value={status} />
    </button>
  )
  return (
    <fieldset className={styles.filter}>
      <legend className="only-heard">{w.filter}</legend>
      <button
        type="button"
        aria-pressed={value === null}
        className={styles.count}
        onClick={() => onChange(null)}
      >
        <span className={styles.number}>{counts.total}</span>
        <span>{w.all}</span>
      </button>
      <span className={styles.parts}>
        {parts
          .filter((one) => isShown(one) || (one === 'met' && isShown('exceeded')))
          .map((status) => (
            <span key={status} className={styles.part} data-part={status}>
              {button(status)}
              {status === 'met' && isShown('exceeded') && (
                <span className={styles.within} data-within={status}>
                  {w.ofThem} {button('exceeded')}
                </span>
              )}
            </span>
          ))}
      </span>
    </fieldset>
  )
}

import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import styles from './bar-list.module.css'
import * as texts from './ui.texts.ts'

export interface Bar {
  id: string
  label: ReactNode
  /** Length of the bar; null is not captured. */
  value: number | null
  /** What stands at its end: formatted text or a `Figure`. */
  shown: ReactNode
}

export interface BarListProps {
  /** A sentence that answers the question: '18 trong 24 xã đã đạt mức 90 %'. */
  title: string
  bars: readonly Bar[]
  /** Drawn as one line through all bars. */
  target?: { value: number; text: string }
  /** The value of a full bar; the largest of values and target when not given. */
  full?: number
  /** Draws the largest first, which is the default. */
  keepOrder?: boolean
}

/** Compares units: sorted bars with the target as a line. An ordinary list to those who listen. */
export function BarList({ title, bars, target, full, keepOrder }: BarListProps) {
  const w = useWords(texts)
  const largest = Math.max(
    full ?? 0,
    target?.value ?? 0,
    ...bars.map((bar) => bar.value ?? 0),
    Number.MIN_VALUE,
  )
  const width = (value: number) => `${Math.max(0, (value / largest) * 100)}%`
  const ordered = keepOrder
    ? bars
    : bars.toSorted((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY))
  return (
    <figure className={styles.root}>
      <figcaption className={styles.title}>
        {title}
        {target !== undefined && <span className={styles.target}>{w.chart.target(target.text)}</span>}
      </figcaption>
      <ol className={styles.bars}>
        {ordered.map((bar) => (
          <li key={bar.id} className={styles.bar}>
            <span className={styles.label}>{bar.label}</span>
            <span className={styles.track} data-none={bar.value === null}>
              {bar.value !== null && (
                <span
                  className={styles.length}
                  style={{ width: width(bar.value) }}
                  data-short={target !== undefined && bar.value < target.value}
                />
              )}
              {target !== undefined && <span className={styles.line} style={{ left: width(target.value) }} />}
            </span>
            <span className={styles.shown}>{bar.value === null ? w.notCaptured : bar.shown}</span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import { dayMonthText, monthText } from '../formats.ts'
import { useLanguage } from '../words.ts'
import { MonthsChartDrawing } from './months-chart-drawing.tsx'
import styles from './path-chart.module.css'
import * as texts from './ui.texts.ts'

export interface MonthOfChart {
  /** The last day that counts in it, 'YYYY-MM-DD'. */
  on: string
  /** null where not captured. */
  value: number | null
  /** How it is written, where the value alone would say something else: '44–47'. */
  written?: string | undefined
  /** It counts up to `on` only, and the month goes on. */
  isPartial: boolean
  /** Begins after today: nothing is drawn. */
  isToCome: boolean
}

export interface MonthsChartProps {
  /** A sentence that answers the question. */
  title: string
  months: readonly MonthOfChart[]
  /** A bar of what came in each month, or a line of what there was at the end of each. */
  shape: 'bars' | 'line'
  today: string
  /** How a value is written: `numberText`, or with a unit of measure. */
  format: (value: number) => string
}

/** A value for each month, above the name of that month; the same as a table below. */
export function MonthsChart(props: MonthsChartProps) {
  const { title, months, today, format } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const titleId = useId()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const upTo = (on: string) => `${on === today ? w.chart.untilToday : w.chart.until} ${dayMonthText(on)}`
  const shown = ({ value, written, isToCome }: MonthOfChart) =>
    isToCome ? w.chart.toCome : value === null ? w.notCaptured : (written ?? format(value))
  return (
    <figure className={styles.root} aria-labelledby={titleId}>
      <figcaption id={titleId} className={styles.title}>
        {title}
      </figcaption>
      <div ref={ref} className={styles.drawing}>
        {width > 0 && (
          <MonthsChartDrawing
            {...props}
            width={width}
            language={language}
            upTo={upTo}
            toCome={w.chart.toCome}
          />
        )}
      </div>
      <details className={styles.table}>
        <summary>{w.chart.asTable}</summary>
        <table aria-labelledby={titleId}>
          <thead>
            <tr>
              <th scope="col">{w.chart.month}</th>
              <th scope="col">{w.chart.actual}</th>
            </tr>
          </thead>
          <tbody>
            {months.map((month) => (
              <tr key={month.on}>
                <th scope="row">
                  {monthText(month.on, language)}
                  {month.isPartial && ` (${upTo(month.on)})`}
                </th>
                <td>{shown(month)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

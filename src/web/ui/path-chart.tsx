import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import { dayText } from '../formats.ts'
import { useLanguage } from '../words.ts'
import styles from './path-chart.module.css'
import { PathChartDrawing } from './path-chart-drawing.tsx'
import * as texts from './ui.texts.ts'

export interface PathPoint {
  /** 'YYYY-MM-DD' */
  on: string
  /** null where not captured: the line breaks there. */
  value: number | null
}

export interface PathChartProps {
  /** A sentence that answers the question: 'Số thành viên đi đúng kế hoạch, còn 43 người nữa'. */
  title: string
  /** The level to have reached from each day on; drawn as a thin step; empty where there is no plan. */
  planned: readonly PathPoint[]
  actual: readonly PathPoint[]
  /** The last day of the actual path, marked with a line: today, or an earlier day that was asked for. */
  today: string
  /** How that day is called; 'today' unless told. */
  marked?: 'today' | 'as_of'
  /** How a value is written: `numberText`, or with a unit of measure. */
  format: (value: number) => string
  /** First and last day drawn; the days of the points when not given. */
  from?: string
  until?: string
}

/** Path against plan over time, with the same figures as a table below. */
export function PathChart(props: PathChartProps) {
  const { title, planned, actual, today, format } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const titleId = useId()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const lastActual = actual.findLast((point) => point.value !== null && point.on <= today)
  const plannedNow = planned.findLast((point) => point.value !== null && point.on <= today)
  const days = [...new Set([...planned, ...actual].map((point) => point.on))].toSorted()
  const at = (points: readonly PathPoint[], on: string) => points.find((point) => point.on === on)?.value
  const shown = (value: number | null | undefined) =>
    value === undefined ? '' : value === null ? w.notCaptured : format(value)
  return (
    <figure className={styles.root} aria-labelledby={titleId}>
      <figcaption id={titleId} className={styles.title}>
        {title}
      </figcaption>
      <ul className={styles.legend}>
        <li data-line="actual">
          {w.chart.actual} <b>{shown(lastActual?.value ?? null)}</b>
        </li>
        {planned.length > 0 && (
          <li data-line="planned">
            {w.chart.planned} <b>{shown(plannedNow?.value ?? null)}</b>
          </li>
        )}
      </ul>
      <div ref={ref} className={styles.drawing}>
        {width > 0 && (
          <PathChartDrawing
            {...props}
            width={width}
            language={language}
            todayLabel={props.marked === 'as_of' ? w.chart.asOf : w.chart.today}
          />
        )}
      </div>
      <details className={styles.table}>
        <summary>{w.chart.asTable}</summary>
        <table aria-labelledby={titleId}>
          <thead>
            <tr>
              <th scope="col">{w.chart.day}</th>
              {planned.length > 0 && <th scope="col">{w.chart.planned}</th>}
              <th scope="col">{w.chart.actual}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((on) => (
              <tr key={on}>
                <th scope="row">{dayText(on)}</th>
                {planned.length > 0 && <td>{shown(at(planned, on))}</td>}
                <td>{shown(at(actual, on))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

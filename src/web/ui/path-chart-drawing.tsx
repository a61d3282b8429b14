import { scaleLinear } from 'd3-scale'
import { curveLinear, curveStepAfter, line } from 'd3-shape'
import { dayMonthText } from '../formats.ts'
import type { Language } from '../words.ts'
import { monthLabel } from './month-label.ts'
import styles from './path-chart.module.css'
import type { PathChartProps, PathPoint } from './path-chart.tsx'

interface DrawingProps extends PathChartProps {
  width: number
  language: Language
  todayLabel: string
}

const dayNumber = (on: string) => Date.parse(`${on.slice(0, 10)}T00:00:00Z`) / 86_400_000

/** The first day of each month, quarter or year between two days: as many as fit `most`. */
function monthStarts(from: number, until: number, most: number): string[] {
  const start = new Date(from * 86_400_000)
  for (const step of [1, 2, 3, 6, 12, 24, 60]) {
    const starts: string[] = []
    const month = new Date(Date.UTC(start.getUTCFullYear(), 0, 1))
    for (; month.getTime() / 86_400_000 <= until; month.setUTCMonth(month.getUTCMonth() + step)) {
      if (month.getTime() / 86_400_000 >= from) starts.push(month.toISOString().slice(0, 10))
    }
    if (starts.length <= most || step === 60) return starts
  }
  return []
}

/** Names the month that begins on a day, January by its year. */
const startLabel = (on: string, language: Language) =>
  on.slice(5, 7) === '01' ? on.slice(0, 4) : monthLabel(on, language)

/** The middle of the month that begins on a day, where its name stands: a value at its end is not the next one's. */
const middleOfMonth = (on: string) => dayNumber(on) + 15

export function PathChartDrawing(props: DrawingProps) {
  const { planned, actual, today, format, width, language, todayLabel } = props
  const height = Math.round(Math.min(300, Math.max(190, width * 0.45)))
  const points = [...planned, ...actual]
  const values = points.flatMap((point) => (point.value === null ? [] : [point.value]))
  const days = points.map((point) => dayNumber(point.on))
  if (values.length === 0) return null
  const first = props.from === undefined ? Math.min(...days) : dayNumber(props.from)
  const last = props.until === undefined ? Math.max(...days, dayNumber(today)) : dayNumber(props.until)
  const y = scaleLinear([Math.min(0, ...values), Math.max(...values)], [height - 28, 26]).nice(4)
  const ticks = y.ticks(4)
  const left = Math.max(...ticks.map((tick) => format(tick).length)) * 8 + 10
  const x = scaleLinear([first, Math.max(last, first + 1)], [left, width - 14])
  const drawn = (curve: typeof curveLinear) =>
    line<PathPoint>()
      .defined((point) => point.value !== null)
      .x((point) => x(dayNumber(point.on)))
      .y((point) => y(point.value ?? 0))
      .curve(curve)
  const plan = planned.at(-1)
  const stretched =
    plan === undefined || dayNumber(plan.on) >= last ? planned : [...planned, endAt(plan, last)]
  const past = actual.filter((point) => point.on <= today)
  const end = past.findLast((point) => point.value !== null)
  const todayX = x(dayNumber(today))
  const inside = todayX >= left && todayX <= width
  const label = `${todayLabel} ${dayMonthText(today)}`
  return (
    <svg width={width} height={height} aria-hidden="true" focusable="false" className={styles.svg}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={left}
            x2={width}
            y1={y(tick)}
            y2={y(tick)}
            className={tick === 0 ? styles.zero : styles.grid}
          />
          <text x={left - 10} y={y(tick)} dy="0.34em" textAnchor="end" className={styles.axis}>
            {format(tick)}
          </text>
        </g>
      ))}
      {monthStarts(first, last, Math.max(2, Math.floor((width - left) / 56))).map((on) => (
        <g key={on}>
          <line
            x1={x(dayNumber(on))}
            x2={x(dayNumber(on))}
            y1={height - 28}
            y2={height - 22}
            className={styles.tick}
          />
          {x(middleOfMonth(on)) < width - 8 && (
            <text x={x(middleOfMonth(on))} y={height - 6} className={styles.axis} textAnchor="middle">
              {startLabel(on, language)}
            </text>
          )}
        </g>
      ))}
      {inside && (
        <g>
          <line x1={todayX} x2={todayX} y1={20} y2={height - 28} className={styles.today} />
          <text
            x={todayX}
            y={14}
            className={styles.todayText}
            textAnchor={todayX > width - 80 ? 'end' : todayX < left + 60 ? 'start' : 'middle'}
          >
            {label}
          </text>
        </g>
      )}
      <path d={drawn(curveStepAfter)([...stretched]) ?? ''} className={styles.planned} />
      <path d={drawn(curveLinear)(past) ?? ''} className={styles.actual} />
      {end !== undefined && (
        <circle cx={x(dayNumber(end.on))} cy={y(end.value ?? 0)} r="4.5" className={styles.end} />
      )}
    </svg>
  )
}

/** The plan holds from its last step on, to the edge of the drawing. */
function endAt(plan: PathPoint, day: number): PathPoint {
  return { on: new Date(day * 86_400_000).toISOString().slice(0, 10), value: plan.value }
}

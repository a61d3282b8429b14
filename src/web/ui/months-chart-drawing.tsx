import { scaleBand, scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { Language } from '../words.ts'
import { monthLabel } from './month-label.ts'
import type { MonthOfChart, MonthsChartProps } from './months-chart.tsx'
import styles from './path-chart.module.css'

interface DrawingProps extends MonthsChartProps {
  width: number
  language: Language
  /** '2022-12-15' → 'đến hôm nay 15/12'. */
  upTo: (on: string) => string
  toCome: string
}

/** About how wide a letter of an axis is. */
const letter = 9

/** The drawing of {@link MonthsChart}: each value stands over the middle of its own month. */
export function MonthsChartDrawing(props: DrawingProps) {
  const { months, shape, format, width, language, upTo, toCome } = props
  const values = months.flatMap(({ value }) => (value === null ? [] : [value]))
  if (values.length === 0) return null
  const height = Math.round(Math.min(300, Math.max(200, width * 0.45)))
  const foot = height - 40
  const y = scaleLinear([Math.min(0, ...values), Math.max(...values)], [foot, 40]).nice(4)
  const ticks = y.ticks(4)
  const left = Math.max(...ticks.map((tick) => format(tick).length)) * letter + 10
  const x = scaleBand(
    months.map(({ on }) => on),
    [left, width],
  )
    .paddingInner(0.35)
    .paddingOuter(0.2)
  const step = x.step()
  const middle = ({ on }: MonthOfChart) => (x(on) ?? 0) + x.bandwidth() / 2
  // As many names as find room, the last month always among them.
  const every = Math.ceil((letter * 4) / step)
  const named = months.filter((_, at) => (months.length - 1 - at) % every === 0)
  const widest = Math.max(
    ...months.map(({ value, written }) => (value === null ? 0 : (written ?? format(value)).length)),
  )
  const hasRoom = widest * letter < step
  const firstAhead = months.find(({ isToCome }) => isToCome)
  const aheadX = firstAhead === undefined ? width : middle(firstAhead) - step / 2
  const partial = months.find(({ isPartial, isToCome }) => isPartial && !isToCome)
  return (
    <svg width={width} height={height} aria-hidden="true" focusable="false" className={styles.svg}>
      {firstAhead !== undefined && (
        <g>
          <rect x={aheadX} y={20} width={width - aheadX} height={foot - 20} className={styles.ahead} />
          <text x={width - 4} y={14} textAnchor="end" className={styles.todayText}>
            {toCome}
          </text>
        </g>
      )}
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
      {named.map((month, at) => (
        <g key={month.on}>
          <text x={middle(month)} y={foot + 18} textAnchor="middle" className={styles.axis}>
            {monthLabel(month.on, language)}
          </text>
          {month.on.slice(0, 4) !== named[at - 1]?.on.slice(0, 4) && (
            <text x={middle(month)} y={foot + 35} textAnchor="middle" className={styles.axis}>
              {month.on.slice(0, 4)}
            </text>
          )}
        </g>
      ))}
      {shape === 'bars' ? (
        months.map((month) => (
          <Bar key={month.on} month={month} x={x(month.on) ?? 0} width={x.bandwidth()} y={y} />
        ))
      ) : (
        <Line months={months} middle={middle} y={y} />
      )}
      {hasRoom &&
        months.map(
          (month) =>
            month.value !== null && (
              <text
                key={month.on}
                x={middle(month)}
                y={y(Math.max(0, month.value)) - 9}
                textAnchor="middle"
                className={styles.value}
              >
                {month.written ?? format(month.value)}
              </text>
            ),
        )}
      {partial !== undefined && (
        <text
          x={middle(partial) > width - 90 ? width - 4 : middle(partial)}
          y={firstAhead === undefined ? 14 : 32}
          textAnchor={middle(partial) > width - 90 ? 'end' : 'middle'}
          className={styles.todayText}
        >
          {upTo(partial.on)}
        </text>
      )}
    </svg>
  )
}

interface BarProps {
  month: MonthOfChart
  x: number
  width: number
  y: (value: number) => number
}

function Bar({ month: { value, isPartial }, x, width, y }: BarProps) {
  if (value === null) return null
  const top = Math.min(y(0), y(value))
  return (
    <rect
      x={x}
      y={top}
      width={width}
      height={Math.abs(y(0) - y(value))}
      className={styles.bar}
      data-partial={isPartial}
    />
  )
}

interface LineProps {
  months: readonly MonthOfChart[]
  middle: (month: MonthOfChart) => number
  y: (value: number) => number
}

/** A point for each month; where one is not captured the line breaks. */
function Line({ months, middle, y }: LineProps) {
  const path = line<MonthOfChart>()
    .defined(({ value }) => value !== null)
    .x(middle)
    .y(({ value }) => y(value ?? 0))
  return (
    <g>
      <path d={path([...months]) ?? ''} className={styles.actual} />
      {months.map((month) =>
        month.value === null ? null : (
          <circle
            key={month.on}
            cx={middle(month)}
            cy={y(month.value)}
            r="4.5"
            className={styles.end}
            data-partial={month.isPartial}
          />
        ),
      )}
    </g>
  )
}

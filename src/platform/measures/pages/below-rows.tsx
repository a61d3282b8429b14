import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { useLanguage } from '../../../web/words.ts'
import type { Below } from '../below.contract.ts'
import { addsUp, type FigureAnswer, type MeasureAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { apartName } from './apart-rows.tsx'
import { PartOfFigure } from './groups-of-figure.tsx'
import styles from './measures.module.css'

/** A row of a table of units by measures: a unit, or what stands in none of them. */
export interface BelowRow {
  id: string
  name: string
  /** What stands in none of the units. */
  apart?: Below['apart'][number]['part']
  figures: readonly FigureAnswer[]
}

type FigureSpan = Pick<FigureAnswer, 'upTo' | 'atLeast'>

interface BelowCellProps {
  row: BelowRow
  at: number
  measure: MeasureAnswer | undefined
  /** Name of the unit whose table it is. */
  unit: string
}

/** One figure of a row, as a door to its list; a dash or a word where nothing adds up. */
export function BelowCell({ row, at, measure, unit }: BelowCellProps) {
  const { words } = useLanguage()
  const w = words(texts)
  const figure = row.figures[at] as FigureAnswer
  if (row.apart === undefined || measure === undefined) return <LiveFigure figure={figure} unit={row.name} />
  if (figure.numerator === null) {
    return addsUp(measure) || measure.kind === 'distinct' ? (
      '–'
    ) : (
      <span className={styles.soft}>{w.notAdded}</span>
    )
  }
  return (
    <PartOfFigure
      measure={measure}
      figure={figure}
      unit={unit}
      among={row.apart === 'rest' ? undefined : row.apart}
      what={row.name}
    />
  )
}

/**
 * The unit as a whole first, then those below, offices and schools only where something was counted in them; last what
 * stands in none of them.
 */
export function rowsOf(below: Below, w: typeof texts.vi): BelowRow[] {
  const figure = (
    column: Below['columns'][number],
    unitId: string,
    numerator: string | null,
    denominator: string | null,
    span: FigureSpan = {},
  ): FigureAnswer => ({
    measure: column.measure,
    unitId,
    asOf: below.asOf,
    from: column.from,
    numerator,
    denominator,
    percent: column.percent,
    ...span,
    ...(below.map !== 'then' && { map: below.map }),
  })
  const whole: BelowRow = {
    id: below.unit.id,
    name: w.wholeOf(below.unit.name),
    figures: below.columns.map((column) => figure(column, below.unit.id, ...column.whole, column.spans?.[0])),
  }
  const rest = below.units.ids.map(
    (id, at): BelowRow => ({
      id,
      name: below.units.names[at] ?? '',
      figures: below.columns.map((column) =>
        figure(
          column,
          id,
          column.numerators[at] ?? null,
          column.denominators?.[at] ?? null,
          column.spans?.[at + 1],
        ),
      ),
    }),
  )
  const apart = below.apart.map(
    ({ part, numerators }): BelowRow => ({
      id: part,
      name: apartName(part, below.unit.name, w),
      apart: part,
      figures: below.columns.map((column, at) => figure(column, below.unit.id, numerators[at] ?? null, null)),
    }),
  )
  return [
    whole,
    ...rest.filter(
      ({ figures }, at) =>
        below.units.areas[at] || figures.some(({ numerator }) => Number(numerator ?? 0) !== 0),
    ),
    ...apart,
  ]
}

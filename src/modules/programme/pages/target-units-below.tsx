import { figureLength } from '../../../web/figure/figure-text.ts'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { BarList } from '../../../web/ui/bar-list.tsx'
import { useWords } from '../../../web/words.ts'
import type { FigureAnswer, TargetPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './target.module.css'
import { valueText } from './target-values.ts'

/** Whether a percentage reaches a level: whole numbers against a decimal, without dividing. */
function reaches(figure: FigureAnswer, level: string): boolean {
  const { numerator, denominator } = figure
  if (numerator === null || denominator === null) return false
  const [whole = '0', places = ''] = level.split('.')
  const scale = 10n ** BigInt(places.length)
  return BigInt(numerator) * 100n * scale >= BigInt(whole + places) * BigInt(denominator)
}

/** The same measure in each unit below. Only shares compare with the level itself; counts stand for themselves. */
export function TargetUnitsBelow({ page }: { page: TargetPageAnswer }) {
  const w = useWords(texts)
  const { target, below, belowMore } = page
  if (below.length === 0) return null
  const level = valueText(target.endValue, target)
  const compared =
    target.asPercent &&
    target.direction === 'at_least' &&
    below.every(({ figure }) => !figure.numerator?.includes('.') && !figure.denominator?.includes('.'))
  const reached = compared ? below.filter(({ figure }) => reaches(figure, target.endValue)).length : 0
  return (
    <section className={styles.section}>
      <BarList
        title={compared ? w.belowReached(reached, below.length, level) : w.belowFigures}
        {...(compared && { target: { value: Number(target.endValue), text: level }, full: 100 })}
        keepOrder
        bars={below.map(({ unit, figure }) => ({
          id: unit.id,
          label: unit.name,
          value: figureLength(figure),
          shown: <LiveFigure figure={figure} unit={unit.name} />,
        }))}
      />
      {belowMore > 0 && <p className={styles.hint}>{w.belowRest(belowMore)}</p>}
    </section>
  )
}

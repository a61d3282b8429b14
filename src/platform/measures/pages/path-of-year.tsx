import { figureLength, figureText } from '../../../web/figure/figure-text.ts'
import { dayText, monthText, numberText } from '../../../web/formats.ts'
import { MonthsChart } from '../../../web/ui/months-chart.tsx'
import { type Language, useLanguage } from '../../../web/words.ts'
import type { FigurePageAnswer } from '../contract.ts'
import { periodOf } from '../period.contract.ts'
import * as texts from '../texts.ts'
import styles from './measures.module.css'

/** Twelve months of a measure: what it was at the end of each, or what came in each. */
export function PathOfYear({ page }: { page: FigurePageAnswer }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const percent = page.measure.percent
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{w.months}</h2>
      <MonthsChart
        title={sentence(page, w, language)}
        months={page.months.map((month) => ({
          on: month.asOf,
          value: figureLength(month),
          written: page.measure.kind === 'duration' ? (figureText(month) ?? undefined) : undefined,
          isPartial: periodOf('month', month.asOf).until !== month.asOf,
          isToCome: month.asOf > page.today,
        }))}
        shape={page.measure.overPeriod ? 'bars' : 'line'}
        today={page.today}
        format={(value) => (percent ? `${numberText(value, 2)} %` : numberText(value, 2))}
      />
    </section>
  )
}

function sentence(page: FigurePageAnswer, w: typeof texts.vi, language: Language): string {
  const captured = page.months.filter((month) => figureText(month) !== null)
  const [first, last] = [captured[0], captured.at(-1)]
  if (first === undefined || last === undefined) return w.noPath
  if (!page.measure.overPeriod) {
    return w.pathOf(figureText(first) ?? '', dayText(first.asOf), figureText(last) ?? '', dayText(last.asOf))
  }
  const most = captured.reduce((a, b) => ((figureLength(b) ?? 0) > (figureLength(a) ?? 0) ? b : a))
  return (page.measure.kind === 'duration' ? w.longestIn : w.mostIn)(
    figureText(most) ?? '',
    monthText(most.asOf, language),
  )
}

import { Link } from 'react-router'
import { measureHref } from '../../../web/figure/figure-text.ts'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { useUnitFigures } from '../../../web/figure/unit-figures.ts'
import { Refusal } from '../../../web/refusal.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { useLanguage } from '../../../web/words.ts'
import type { UnitSummaryAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './units.module.css'

/** Everything that is counted in a unit and below it, each number a door. Left out for whoever may not see totals here. */
export function UnitFigures({ unit, asOf }: { unit: UnitSummaryAnswer; asOf: string }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const read = useUnitFigures(unit.id, asOf)
  if (read.error instanceof Refusal && read.error.status < 500) return null
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{w.figures}</h2>
      <p className={styles.hint}>{w.figuresHint}</p>
      <Loaded read={read}>
        {({ figures }) => (
          <DataTable
            caption={w.figures}
            filter={false}
            rows={figures}
            rowKey={({ measure }) => measure.name}
            empty={<EmptyState title={w.noFigures} />}
            columns={[
              {
                id: 'measure',
                title: w.measure,
                naming: true,
                cell: ({ measure, figure }) => (
                  <Link to={measureHref(figure)}>{measure.title[language]}</Link>
                ),
              },
              {
                id: 'figure',
                title: w.figure,
                kind: 'number',
                cell: ({ measure, figure }) => (
                  <LiveFigure figure={figure} unit={unit.name} what={measure.title[language]} withNoun />
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </section>
  )
}

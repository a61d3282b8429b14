import { Link } from 'react-router'
import { figureLength, figureText, measureHref } from '../../../web/figure/figure-text.ts'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { numberText } from '../../../web/formats.ts'
import { BarList } from '../../../web/ui/bar-list.tsx'
import { useLanguage } from '../../../web/words.ts'
import type { FigureAnswer, FigurePageAnswer, MeasureAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './measures.module.css'

/** The figure by each of its dimensions, with what belongs to no group; every number a door. */
export function GroupsOfFigure({ page }: { page: FigurePageAnswer }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  return page.groups.map((group) => {
    const unclear = group.unclear
    const largest = group.members
      .filter(({ figure }) => figureText(figure) !== null)
      .toSorted((a, b) => (figureLength(b.figure) ?? 0) - (figureLength(a.figure) ?? 0))[0]
    return (
      <section key={group.key} className={styles.section}>
        <h2 className={styles.heading}>{w.byGroup(group.title[language].toLowerCase())}</h2>
        <BarList
          title={
            largest === undefined
              ? w.nothingInGroups
              : w.largestGroup(largest.title[language], figureText(largest.figure) ?? '')
          }
          keepOrder
          bars={[
            ...group.members.map(({ title, figure }) => ({
              id: figure.measure,
              label: <Link to={measureHref(figure)}>{title[language]}</Link>,
              value: figureLength(figure),
              shown: <LiveFigure figure={figure} unit={page.unit.name} what={title[language]} />,
            })),
            ...(unclear === null || Number(unclear) === 0
              ? []
              : [
                  {
                    id: 'unclear',
                    label: w.unclear,
                    value: Number(unclear),
                    shown: (
                      <PartOfFigure
                        measure={page.measure}
                        figure={{ ...page.figure, numerator: unclear }}
                        unit={page.unit.name}
                        among={`unclear.${group.key}`}
                        what={w.unclear}
                      />
                    ),
                  },
                ]),
          ]}
        />
      </section>
    )
  })
}

interface PartOfFigureProps {
  measure: MeasureAnswer
  /** The figure, with the number of the part. */
  figure: FigureAnswer
  unit: string
  /** The part of the list; undefined where it is none. */
  among: string | undefined
  what: string
}

/** A part of the figure that is no measure of its own, as a door to its rows. */
export function PartOfFigure({ measure, figure, unit, among, what }: PartOfFigureProps) {
  // A number alone would be taken for the whole figure and moved with it.
  const { language } = useLanguage()
  if (measure.rowNoun !== undefined && among !== undefined) {
    const rows = { ...figure, denominator: null, percent: false }
    return (
      <>
        <LiveFigure figure={rows} unit={unit} what={what} among={among} /> {measure.rowNoun[language]}
      </>
    )
  }
  if (measure.sections.length > 1 || among === undefined) return <>{numberText(figure.numerator ?? '0')}</>
  return <LiveFigure figure={figure} unit={unit} what={what} among={among} />
}

import { Link } from 'react-router'
import { pathWithQuery } from '../../../web/api.ts'
import { figureLength, figureText, measureHref } from '../../../web/figure/figure-text.ts'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { numberText } from '../../../web/formats.ts'
import { BarList } from '../../../web/ui/bar-list.tsx'
import { useLanguage } from '../../../web/words.ts'
import type { FigurePageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { ApartHints, apartName } from './apart-rows.tsx'
import { PartOfFigure } from './groups-of-figure.tsx'
import styles from './measures.module.css'

interface UnitsBelowProps {
  page: FigurePageAnswer
  query: Record<string, string | null>
}

/** The units directly below, the highest first, and what stands in none of them; each name and each number a door. */
export function UnitsBelow({ page, query }: UnitsBelowProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const what = page.measure.title[language]
  const table = { ...query, measures: page.figure.measure }
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{w.below}</h2>
      <BarList
        title={sentence(page, w)}
        keepOrder
        {...(page.measure.percent && { full: 100 })}
        bars={[
          ...page.below.map(({ unit, figure }) => ({
            id: unit.id,
            label: <Link to={measureHref(figure)}>{unit.name}</Link>,
            value: figureLength(figure),
            shown: <LiveFigure figure={figure} unit={unit.name} what={what} />,
          })),
          ...page.apart.map(({ part, numerator }) => ({
            id: part,
            label: apartName(part, page.unit.name, w),
            // Rows have no length among shares of units.
            value: numerator === null ? null : page.measure.rowNoun === undefined ? Number(numerator) : 0,
            shown: (
              <PartOfFigure
                measure={page.measure}
                figure={{ ...page.figure, numerator }}
                unit={page.unit.name}
                among={part === 'rest' ? undefined : part}
                what={apartName(part, page.unit.name, w)}
              />
            ),
          })),
        ]}
      />
      <ApartHints parts={page.apart.map(({ part }) => part)} kinds={[page.measure.kind]} />
      <p className={styles.download} data-not-printed>
        <a href={pathWithQuery('/api/measures/below.xlsx', table)} download>
          {w.downloadUnits}
        </a>
        <Link to={pathWithQuery('/measures/units', table)}>{w.toUnitTable}</Link>
      </p>
    </section>
  )
}

function sentence(page: FigurePageAnswer, w: typeof texts.vi): string {
  const captured = page.below.filter((one) => figureText(one.figure) !== null)
  if (captured.length === 0) return w.nothingBelow
  const top = Math.max(...captured.map((one) => figureLength(one.figure) ?? 0))
  const first = captured.filter((one) => figureLength(one.figure) === top)
  const shown = figureText(first[0]?.figure ?? page.figure) ?? ''
  const names = first.map((one) => one.unit.name)
  const highest =
    names.length === 1
      ? w.highest(names[0] ?? '', shown)
      : names.length <= 3
        ? w.highestOf(names.join(', '), shown)
        : w.highestOf(`${names.slice(0, 2).join(', ')} +${names.length - 2}`, shown)
  const without = page.below.length - captured.length
  return without === 0 ? highest : `${highest}; ${w.allBut(numberText(without))}`
}

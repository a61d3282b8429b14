import type { FigureAnswer, MeasureAnswer } from '../../platform/measures/contract.ts'
import { dayText } from '../formats.ts'
import { Figure, type FigureProps } from '../ui/figure.tsx'
import { type Language, useLanguage } from '../words.ts'
import { useAnnounced } from './announced.ts'
import { EvidencePanel } from './evidence-panel.tsx'
import type { vi } from './figure.texts.ts'
import * as texts from './figure.texts.ts'
import { figureText, measureHref, periodText } from './figure-text.ts'
import { useMeasure } from './measure-list.ts'

export interface LiveFigureProps extends Pick<FigureProps, 'size' | 'reported'> {
  figure: FigureAnswer
  /** Name of the unit the figure is of. */
  unit?: string
  /** Says what is counted; the title of the measure when not given. */
  what?: string
  /** Shows what one is called after the number: '1.157 thành viên'. */
  withNoun?: boolean
  /** Opens the page of the measure instead of the list behind the number. */
  opensPage?: boolean
  /** The part of the list that stands behind the number, where it is not the whole. */
  among?: string | undefined
}

/** A figure of the server as a door to the very rows behind it. */
export function LiveFigure(props: LiveFigureProps) {
  const { figure, unit, what, withNoun = false, opensPage = false, among, size, reported } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const measure = useMeasure(figure.measure)
  const period = periodText(figure, w)
  const value = figureText(figure)
  const counts = what ?? measure?.title[language] ?? ''
  const measuredIn = measure && measuredInWords(measure, withNoun, language, w)
  // The one figure that a page is about; all others may be asked for.
  useAnnounced(`${counts}: ${value ?? w.notCaptured}`, size === 'display')
  return (
    <Figure
      value={value}
      what={counts}
      asOf={dayText(figure.asOf)}
      {...(size !== undefined && { size })}
      {...(reported !== undefined && { reported })}
      {...(unit !== undefined && { unit })}
      {...(period !== undefined && { period })}
      {...(measuredIn !== undefined && { measuredIn })}
      {...(opensPage
        ? { href: measureHref(figure) }
        : { renderEvidence: () => <EvidencePanel {...figure} among={among} /> })}
    />
  )
}

/** What stands small after the number: hours or days of a duration always, the noun where it is asked for. */
function measuredInWords(
  measure: MeasureAnswer,
  withNoun: boolean,
  language: Language,
  w: typeof vi,
): string | undefined {
  if (measure.lengthUnit !== null) return w.lengthUnits[measure.lengthUnit]
  return withNoun && !measure.percent ? measure.noun[language] : undefined
}

import type { FigureAnswer } from '../../platform/measures/contract.ts'
import { dayText } from '../formats.ts'
import { Figure, type FigureProps } from '../ui/figure.tsx'
import { useLanguage } from '../words.ts'
import { EvidencePanel } from './evidence-panel.tsx'
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
}

/** A figure of the server as a door to the very rows behind it. */
export function LiveFigure(props: LiveFigureProps) {
  const { figure, unit, what, withNoun = false, opensPage = false, size, reported } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const measure = useMeasure(figure.measure)
  const period = periodText(figure, w)
  return (
    <Figure
      value={figureText(figure)}
      what={what ?? measure?.title[language] ?? ''}
      asOf={dayText(figure.asOf)}
      {...(size !== undefined && { size })}
      {...(reported !== undefined && { reported })}
      {...(unit !== undefined && { unit })}
      {...(period !== undefined && { period })}
      {...(withNoun && measure !== undefined && !measure.percent && { measuredIn: measure.noun[language] })}
      {...(opensPage
        ? { href: measureHref(figure) }
        : { renderEvidence: () => <EvidencePanel {...figure} /> })}
    />
  )
}

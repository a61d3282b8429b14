import { Link } from 'react-router'
import { useMe } from '../../../web/me.ts'
import { useWords } from '../../../web/words.ts'
import type { FigurePageAnswer, MeasureAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './measures.module.css'

type Part = FigurePageAnswer['apart'][number]['part']

/** What stands in none of the units of a list, as it is called. */
export function apartName(part: Part, unit: string, w: typeof texts.vi): string {
  if (part === 'own') return w.ownRows(unit)
  return part === 'unassigned' ? w.unassigned : w.restOfRows
}

interface ApartHintsProps {
  parts: readonly Part[]
  /** Of the measures shown. */
  kinds: readonly MeasureAnswer['kind'][]
}

/** Under a list of units: how its rows come to the total, or why they do not. */
export function ApartHints({ parts, kinds }: ApartHintsProps) {
  const w = useWords(texts)
  const { may } = useMe()
  return (
    <div className={styles.hints}>
      {kinds.includes('distinct') && <p className={styles.soft}>{w.countedOnce}</p>}
      {parts.includes('unassigned') && (
        <p className={styles.soft}>
          {w.unassignedHint}{' '}
          {may('units.see_unassigned') && <Link to="/units/unassigned">{w.toUnassigned}</Link>}
        </p>
      )}
      {parts.includes('rest') && <p className={styles.soft}>{w.restHint}</p>}
    </div>
  )
}

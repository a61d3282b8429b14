import { Link } from 'react-router'
import { useLanguage } from '../../../web/words.ts'
import type { UnitSummaryAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { unitHref } from './unit-address.ts'
import styles from './units.module.css'

export interface UnitLineProps {
  unit: UnitSummaryAnswer
  /** Says where it lies. */
  withPath?: boolean
  /** The day whose map is looked at, kept in the door; null is today. */
  asOf?: string | null
}

/** A unit in a list: its name as a door to its page, its kind and code, and whose name it is. */
export function UnitLine({ unit, withPath = false, asOf = null }: UnitLineProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const kind = unit.kindName[language]
  // «Huyện Văn Chấn» says itself that it is a huyện.
  const saysKind = unit.name.toLowerCase().startsWith(kind.toLowerCase())
  const about = [
    ...(saysKind ? [] : [kind]),
    unit.code,
    ...(withPath && unit.path.length > 0 ? [unit.path.join(', ')] : []),
    ...(unit.nameIsOurs ? [w.ours] : []),
  ]
  return (
    <span className={styles.line}>
      <Link className={styles.name} to={unitHref(unit.id, asOf)} data-unit={unit.id}>
        {unit.name}
      </Link>
      <span className={styles.about}>{about.join(' · ')}</span>
    </span>
  )
}

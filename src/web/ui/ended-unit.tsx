import { Link, useLocation } from 'react-router'
import { UnitPage } from '../../platform/units/contract.ts'
import { dayText } from '../formats.ts'
import { useRead } from '../read.ts'
import { useWords } from '../words.ts'
import styles from './error-words.module.css'
import * as texts from './ui.texts.ts'

const dayBefore = (on: string) => new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10)

/** The ways on from a unit that has ended: to the units into which it went, and to its figure on the map of its time. */
export function EndedUnit({ unitId }: { unitId: string }) {
  const w = useWords(texts)
  const { pathname, search } = useLocation()
  const read = useRead('units', `/api/units/${unitId}`, UnitPage)
  const { ended, unit } = read.data ?? {}
  if (!ended || unit === undefined) return null
  const asksForUnit = pathname.startsWith('/measures/')
  const figuresOf = (id: string, map: string | null) => {
    if (!asksForUnit) return `/units/${id}`
    const next = new URLSearchParams(search)
    next.set('unitId', id)
    if (map === null) next.delete('map')
    else next.set('map', map)
    return `${pathname}?${next}`
  }
  const lastDay = dayBefore(ended.on)
  return (
    <ul className={styles.ways}>
      {ended.into.map(({ id, name }) => (
        <li key={id}>
          <Link to={figuresOf(id, null)}>{w.ended.figuresOf(name)}</Link>
        </li>
      ))}
      <li>
        <Link to={figuresOf(unitId, lastDay)}>{w.ended.figuresThen(unit.name, dayText(lastDay))}</Link>
      </li>
    </ul>
  )
}

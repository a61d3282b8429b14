import { Link, useLocation } from 'react-router'
import { UnitElsewhereFound } from '../../platform/units/contract.ts'
import { dayText } from '../formats.ts'
import { useRead } from '../read.ts'
import { useWords } from '../words.ts'
import styles from './error-words.module.css'
import * as texts from './ui.texts.ts'

const dayBefore = (on: string) => new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10)
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** The day on whose map was asked; null for today. */
function mapAsked({ map, asOf }: Readonly<Record<string, unknown>>): string | null {
  const chosen = text(map) ?? 'then'
  return chosen === 'then' ? text(asOf) : chosen === 'today' ? null : chosen
}

/**
 * The ways on from a unit that is not on the map asked for: to those that stand in its place there, as far as the reader
 * sees their figures, and to its own figure on a map on which it is.
 */
export function EndedUnit({ unitId, asked }: { unitId: string; asked: Readonly<Record<string, unknown>> }) {
  const w = useWords(texts)
  const { pathname, search } = useLocation()
  const read = useRead('units', `/api/units/${unitId}/elsewhere`, UnitElsewhereFound, {
    query: { asOf: mapAsked(asked), may: 'measures.view' },
  })
  const elsewhere = read.data?.elsewhere
  if (!elsewhere) return null
  const figuresOf = (id: string, map: string | null) => {
    if (!pathname.startsWith('/measures/')) return `/units/${id}`
    const next = new URLSearchParams(search)
    next.set('unitId', id)
    if (map !== null) next.set('map', map)
    return `${pathname}?${next}`
  }
  const { from, until, state, name } = elsewhere
  const own = state === 'ended' && until !== null ? dayBefore(until) : from
  return (
    <ul className={styles.ways}>
      {elsewhere.instead.map((one) => (
        <li key={one.id}>
          <Link to={figuresOf(one.id, null)}>{w.ended.figuresOf(one.name)}</Link>
        </li>
      ))}
      <li>
        <Link to={figuresOf(unitId, own)}>{w.ended.figuresThen(name, dayText(own))}</Link>
      </li>
    </ul>
  )
}

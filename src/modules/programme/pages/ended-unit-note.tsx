import { Fragment } from 'react'
import { Link } from 'react-router'
import { dayText, numberText } from '../../../web/formats.ts'
import { useWords } from '../../../web/words.ts'
import type { OverviewAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './overview.module.css'
import { SettlingNote } from './settling-note.tsx'
import { overviewHref, useViewAddress } from './view-address.ts'

const dayBefore = (on: string) => new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10)

/** Of a unit that is not there on the day: when it ended and who carries its targets on, or when it begins. */
export function EndedUnitNote({ overview }: { overview: OverviewAnswer }) {
  const w = useWords(texts)
  const { asOf } = useViewAddress()
  const { unit, ended, begins, counts, settling } = overview
  if (begins !== null) {
    return (
      <p className={styles.note}>
        {w.begins(unit.name, dayText(begins))} <Link to={overviewHref(unit.id, begins)}>{w.firstDay}</Link>
      </p>
    )
  }
  if (ended === null) return null
  const { into, isWhole } = ended
  const day = dayText(ended.on)
  const lastDay = dayBefore(ended.on)
  return (
    <div className={styles.note}>
      <p>
        {into.length === 0 && `${w.endedAlone(day)} `}
        {into.map(({ id, name }, at) => (
          <Fragment key={id}>
            {at > 0 ? ', ' : `${isWhole ? w.endedInto(day) : w.endedShared(day)} `}
            <Link to={overviewHref(id, asOf)}>{name}</Link>
          </Fragment>
        ))}
        {into.length > 0 && '. '}
        {isWhole && into.length > 0 && w.carriedOn}
        {!isWhole && counts.total > 0 && `${w.waiting(numberText(counts.total))} `}
        {settling !== null && counts.total > 0 && <SettlingNote settling={settling} unitId={unit.id} />}
      </p>
      <p>
        <Link to={overviewHref(unit.id, lastDay)}>{w.lastDay(unit.name, dayText(lastDay))}</Link>
      </p>
    </div>
  )
}

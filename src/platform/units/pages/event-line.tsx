import { useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '../../../web/api.ts'
import { dayText, instantText, numberText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useLanguage, useWords } from '../../../web/words.ts'
import { EventUndone, UndoPreview, type UnitEventAnswer } from '../change.contract.ts'
import * as texts from '../change.texts.ts'
import styles from './changes.module.css'

/** Events as a line of time, the latest first. */
export function EventLine({ events }: { events: readonly UnitEventAnswer[] }) {
  return (
    <ol className={styles.events}>
      {events.map((event) => (
        <li key={event.id} data-undone={event.undoneAt !== null || undefined}>
          <OneEvent event={event} />
        </li>
      ))}
    </ol>
  )
}

function OneEvent({ event }: { event: UnitEventAnswer }) {
  const w = useWords(texts)
  const { me, may } = useMe()
  const what = w.kinds[event.kind as keyof typeof w.kinds] ?? event.kind
  const lies = me !== null && event.on > me.today && event.undoneAt === null
  return (
    <>
      <p className={styles.when}>
        <time dateTime={event.on}>{dayText(event.on)}</time>
        {lies && <span className={styles.small}>{w.upcoming}</span>}
      </p>
      <div className={styles.what}>
        <p>
          <strong>{what}</strong>: <Names units={event.from} />
          <Became event={event} />
          {event.to.length > 0 && (
            <>
              {' '}
              <span aria-hidden="true">→</span> <span className="only-heard">{w.arrow}</span>{' '}
              <Names units={event.to} />
            </>
          )}
        </p>
        <p className={styles.small}>
          {[
            event.legalBasis,
            event.note,
            event.unitCount > event.from.length + event.to.length
              ? w.touched(numberText(event.unitCount))
              : null,
            w.recorded(event.recordedBy || w.program, instantText(event.recordedAt)),
            event.undoneAt && w.undone(event.undoneBy || w.program, instantText(event.undoneAt)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {event.mayUndo && <UndoButton event={event} what={what} />}
        {event.undoTakes !== null && may('units.change') && (
          <p className={styles.small}>{w.undoTakes(event.undoTakes)}</p>
        )}
      </div>
    </>
  )
}

/** What a unit is called since, or where it stands. */
function Became({ event }: { event: UnitEventAnswer }) {
  const w = useWords(texts)
  const [unit] = event.from
  if (!unit?.after) return null
  const { name, code, after } = { ...unit, after: unit.after }
  if (event.kind === 'move') {
    return after.parentName === null ? null : (
      <>
        {' '}
        {w.movedTo} {after.parentName}
      </>
    )
  }
  const said = [
    ...(after.name === name ? [] : [`${event.kind === 'rename' ? w.renamed : w.became} ${after.name}`]),
    ...(after.code === code ? [] : [w.recoded(code, after.code)]),
  ]
  return said.length === 0 ? null : <> {said.join(', ')}</>
}

type NamesProps = { units: UnitEventAnswer['to'] }

function Names({ units }: NamesProps) {
  return units.map((unit, at) => (
    <span key={unit.id}>
      {at > 0 && ', '}
      {unit.isThere ? <Link to={`/units/${unit.id}`}>{unit.name}</Link> : unit.name}
    </span>
  ))
}

/** The units of an event by their names, so that one of a dozen of the same day is known again. */
function namesOf({ from, to }: UnitEventAnswer, arrow: string): string {
  const names = (units: UnitEventAnswer['to']) => [...new Set(units.map((unit) => unit.name))].join(', ')
  // A unit that moves bears one name on both sides.
  return [...new Set([names(from), names(to)])].filter((some) => some !== '').join(` ${arrow} `)
}

function UndoButton({ event, what }: { event: UnitEventAnswer; what: string }) {
  const w = useWords(texts)
  const queries = useQueryClient()
  const undo = async () => {
    await api.send('POST', `/api/units/changes/${event.id}/undo`, EventUndone, {})
    notify({ text: w.wasUndone })
    await queries.invalidateQueries()
  }
  return (
    <ConfirmButton
      size="xs"
      question={w.undoQuestion(what, dayText(event.on))}
      consequence={
        <>
          <p>{namesOf(event, w.arrow)}</p>
          <p>{w.undoConsequence}</p>
          <ComesBack eventId={event.id} />
        </>
      }
      confirm={w.undoConfirm}
      onConfirm={undo}
    >
      {w.undo}
    </ConfirmButton>
  )
}

/** What a successor has taken out since, and is back once the event is undone. */
function ComesBack({ eventId }: { eventId: string }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const read = useRead('units', `/api/units/changes/${eventId}/undo`, UndoPreview)
  return (
    <Loaded read={read} lines={1}>
      {({ back }) =>
        back.map(({ table, noun, count, rows }) => (
          <div key={table}>
            <p>{w.comesBack(numberText(count), noun[language])}</p>
            <ul>
              {rows.map(({ id, label, href }) => (
                <li key={id}>{href === null ? label : <Link to={href}>{label}</Link>}</li>
              ))}
              {count > rows.length && <li>{w.moreBack(numberText(count - rows.length))}</li>}
            </ul>
          </div>
        ))
      }
    </Loaded>
  )
}

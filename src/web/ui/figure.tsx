import { type ReactNode, useId, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useWords } from '../words.ts'
import { EvidenceDrawer } from './evidence-drawer.tsx'
import styles from './figure.module.css'
import { FigureCard } from './figure-card.tsx'
import { useFigurePointing } from './figure-pointing.ts'
import * as texts from './ui.texts.ts'

/** A figure that a person typed; it wears a pencil mark. */
export interface ReportedBy {
  name: string
  /** Already formatted. */
  expiresOn?: string
}

export interface FigureProps {
  /** Already formatted by web/formats.ts; null is «chưa có số liệu», never 0. */
  value: string | null
  /** What it counts: 'Tổ công nghệ số cộng đồng ở thôn, bản'. */
  what: string
  /** Unit of measure, small after the number: 'thành viên', 'triệu đồng'. */
  measuredIn?: string
  /** Name of the administrative unit it is of. */
  unit?: string
  /** Already formatted: 'năm 2022'. */
  period?: string
  /** Already formatted: '30/8/2022'. */
  asOf?: string
  reported?: ReportedBy
  size?: 'text' | 'large' | 'display'
  /** The records behind the number, rendered when the drawer opens. */
  renderEvidence?: () => ReactNode
  /** Opens a page instead of the drawer. */
  href?: string
}

/** A word after the number that is no longer than this, in letters, never stands alone on a line. */
const mostOnOneLine = 20

/** Every number is a door: point at it to learn what it counts, open it to see the records behind it. */
export function Figure(props: FigureProps) {
  const { value, what, measuredIn, unit, period, asOf, reported, size = 'text', renderEvidence, href } = props
  const w = useWords(texts)
  const [open, setOpen] = useState(false)
  const door = useRef<HTMLElement | null>(null)
  const pointing = useFigurePointing()
  const cardId = useId()
  if (value === null) {
    return (
      <span className={styles.none} data-size={size}>
        {w.notCaptured}
        <span className="only-heard">: {what}</span>
      </span>
    )
  }
  const number = (
    <>
      <span className={styles.number}>{value}</span>
      {measuredIn !== undefined && <span className={styles.measuredIn}> {measuredIn}</span>}
      {reported !== undefined && <Pencil />}
      <span className="only-heard">, {what}</span>
    </>
  )
  const opens = renderEvidence !== undefined || href !== undefined
  const shared = {
    className: styles.door,
    'data-size': size,
    'data-one-line': (measuredIn?.length ?? 0) <= mostOnOneLine,
    'aria-describedby': pointing.pointed ? cardId : undefined,
    ...pointing.handlers,
  }
  const keep = (element: HTMLElement | null) => {
    door.current = element
  }
  return (
    <span className={styles.root}>
      {href !== undefined ? (
        <Link {...shared} ref={keep} to={href}>
          {number}
        </Link>
      ) : (
        <button
          {...shared}
          ref={keep}
          type="button"
          aria-haspopup={opens ? 'dialog' : undefined}
          onClick={() => {
            if (renderEvidence === undefined) return pointing.point()
            pointing.leave()
            setOpen(true)
          }}
        >
          {number}
        </button>
      )}
      {pointing.pointed && door.current !== null && (
        <FigureCard id={cardId} door={door.current} onPointer={pointing.card} facts={props} opens={opens} />
      )}
      {renderEvidence !== undefined && (
        <EvidenceDrawer
          opened={open}
          onClose={() => setOpen(false)}
          title={what}
          facts={[unit, period, asOf === undefined ? undefined : `${w.figure.asOf.toLowerCase()} ${asOf}`]
            .filter((fact) => fact !== undefined)
            .join(' · ')}
        >
          {open && renderEvidence()}
        </EvidenceDrawer>
      )}
    </span>
  )
}

function Pencil() {
  return (
    <svg className={styles.pencil} viewBox="0 0 14 14" fill="none" aria-hidden="true" focusable="false">
      <path d="m2 12 .8-3L9.6 2.2l2.2 2.2L5 11.2Z" stroke="currentColor" strokeWidth="1.2" />
    </svg>
  )
}

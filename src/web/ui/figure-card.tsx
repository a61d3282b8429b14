import { useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../words.ts'
import styles from './figure.module.css'
import type { FigureProps } from './figure.tsx'
import * as texts from './ui.texts.ts'

export interface FigureCardProps {
  id: string
  door: HTMLElement
  facts: FigureProps
  opens: boolean
  onPointer: { onPointerEnter: () => void; onPointerLeave: () => void }
}

/** Made of spans, so that a figure may stand inside a paragraph. What it counts, of which unit, for which period, as of when. */
export function FigureCard({ id, door, facts, opens, onPointer }: FigureCardProps) {
  const w = useWords(texts)
  const card = useRef<HTMLSpanElement>(null)
  const [place, setPlace] = useState({ left: 0, top: 0 })
  useLayoutEffect(() => {
    const at = door.getBoundingClientRect()
    const size = card.current?.getBoundingClientRect() ?? { width: 0, height: 0 }
    const edge = 8
    const left = Math.max(edge, Math.min(at.left, document.documentElement.clientWidth - size.width - edge))
    const below = at.bottom + edge
    const fits = below + size.height <= window.innerHeight - edge
    setPlace({ left, top: fits ? below : Math.max(edge, at.top - size.height - edge) })
  }, [door])
  const rows = [
    [w.figure.unit, facts.unit],
    [w.figure.period, facts.period],
    [w.figure.asOf, facts.asOf],
  ] as const
  return (
    <span id={id} ref={card} role="tooltip" className={styles.card} style={place} {...onPointer}>
      <span className={styles.what}>{facts.what}</span>
      <span>
        {rows.map(([name, fact]) =>
          fact === undefined ? null : (
            <span key={name} className={styles.fact}>
              <span className={styles.factName}>{name} </span>
              <span>{fact}</span>
            </span>
          ),
        )}
      </span>
      {facts.reported !== undefined && (
        <span className={styles.hint}>
          {w.figure.reported(facts.reported.name)}
          {facts.reported.expiresOn !== undefined && `. ${w.figure.expires(facts.reported.expiresOn)}`}.
        </span>
      )}
      {opens && <span className={styles.hint}>{w.figure.open}</span>}
    </span>
  )
}

import { type KeyboardEvent, useState } from 'react'
import { numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { useWords } from '../../../web/words.ts'
import { UnitTreeAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { UnitLine } from './unit-line.tsx'
import styles from './units.module.css'

/** The tree from its top, opened a level at a time; with the keyboard by arrows. */
export function UnitTree({ asOf }: { asOf: string | null }) {
  const w = useWords(texts)
  return (
    <section aria-label={w.tree}>
      <p className={styles.keys}>{w.treeKeys}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move between the links and buttons inside. */}
      <div onKeyDown={moveByArrows}>
        <Branch parentId={undefined} asOf={asOf} depth={0} />
      </div>
    </section>
  )
}

type BranchProps = { parentId: string | undefined; asOf: string | null; depth: number }

function Branch({ parentId, asOf, depth }: BranchProps) {
  const w = useWords(texts)
  const read = useRead('units', '/api/units', UnitTreeAnswer, { query: { parentId, asOf }, keepLast: true })
  return (
    <Loaded read={read} lines={3}>
      {({ units }) =>
        units.length === 0 ? (
          <EmptyState title={w.noneYet}>{w.noneYetHint}</EmptyState>
        ) : (
          <ul className={styles.branch} data-depth={depth}>
            {units.map((unit) => (
              <Twig key={unit.id} unit={unit} asOf={asOf} depth={depth} alone={isOnly(unit, units)} />
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

type TwigProps = {
  unit: UnitTreeAnswerUnit
  asOf: string | null
  depth: number
  /** The only one to open is opened at once: there is nothing to choose. */
  alone: boolean
}
type UnitTreeAnswerUnit = ReturnType<typeof UnitTreeAnswer.parse>['units'][number]

/** Among its neighbours the only one with anything below it. */
const isOnly = (unit: UnitTreeAnswerUnit, units: readonly UnitTreeAnswerUnit[]) =>
  unit.below > 0 && units.every((one) => one === unit || one.below === 0)

function Twig({ unit, asOf, depth, alone }: TwigProps) {
  const w = useWords(texts)
  const [open, setOpen] = useState(alone && depth < 2)
  return (
    <li>
      <div className={styles.twig}>
        {unit.below > 0 ? (
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={open}
            aria-label={open ? w.close(unit.name) : w.open(unit.name)}
            onClick={() => setOpen(!open)}
          >
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
              <path d="m4 2 4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.6" />
            </svg>
          </button>
        ) : (
          <span className={styles.leaf} aria-hidden="true" />
        )}
        <UnitLine unit={unit} asOf={asOf} />
        {unit.below > 0 && <span className={styles.below}>{w.below(numberText(unit.below))}</span>}
      </div>
      {open && <Branch parentId={unit.id} asOf={asOf} depth={depth + 1} />}
    </li>
  )
}

/** Up and down go from unit to unit, right opens the one in focus, left closes it or goes to the one above. */
function moveByArrows(event: KeyboardEvent<HTMLDivElement>): void {
  const here = (event.target as HTMLElement).closest('li')
  if (here === null) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-unit]')]
  const link = here.querySelector<HTMLElement>('a[data-unit]')
  const toggle = here.querySelector<HTMLElement>(':scope > div > button')
  const at = link === null ? -1 : links.indexOf(link)
  const isOpen = toggle?.getAttribute('aria-expanded') === 'true'
  const above = here.parentElement?.closest('li')?.querySelector<HTMLElement>('a[data-unit]')
  if (event.altKey || event.ctrlKey || event.metaKey) return
  switch (event.key) {
    case 'ArrowDown':
      links[at + 1]?.focus()
      break
    case 'ArrowUp':
      links[at - 1]?.focus()
      break
    case 'ArrowRight':
      if (isOpen) links[at + 1]?.focus()
      else toggle?.click()
      break
    case 'ArrowLeft':
      if (isOpen) toggle?.click()
      else above?.focus()
      break
    default:
      return
  }
  event.preventDefault()
}

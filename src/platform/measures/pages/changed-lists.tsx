import { Link } from 'react-router'
import { figureText } from '../../../web/figure/figure-text.ts'
import { numberText } from '../../../web/formats.ts'
import { useLanguage } from '../../../web/words.ts'
import type { Amount, ChangedRowsAnswer, History } from '../change.contract.ts'
import { addsUp, type MeasureAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './measures.module.css'

/** What a figure came to, as it is printed; null where nothing was captured. */
export function amountText(amount: Amount, measure: MeasureAnswer): string | null {
  const place = { measure: measure.name, unitId: '', asOf: '', from: null }
  return figureText({ ...place, ...amount, percent: measure.percent })
}

type Counts = Pick<ChangedRowsAnswer, 'added' | 'taken' | 'altered'>

/** Of a list what was recorded, and what was only settled or given back. */
export function byDeed({
  added,
  taken,
  altered,
  settled,
}: ChangedRowsAnswer): Record<'recorded' | 'settled', Counts> {
  return {
    recorded: { added: added - settled.added, taken: taken - settled.taken, altered },
    settled: { ...settled, altered: 0 },
  }
}

/** What changes of units alone have made of a figure; nothing where they made none of it, or the unit has none now. */
export function byMapText(
  { byMap, before, measure }: Pick<History, 'byMap' | 'before' | 'measure'>,
  w: typeof texts.vi,
): string | null {
  if (byMap === null) return null
  const figure = amountText(byMap, measure)
  if (figure === null) return null
  const change = Number(byMap.numerator ?? 0) - Number(before.numerator ?? 0)
  const size = numberText(String(Math.abs(Math.round(change * 1e6) / 1e6)))
  return w.byMap(figure, addsUp(measure) && change !== 0 ? `${change > 0 ? '+' : '−'}${size}` : '')
}

/** '+3, −1': rows that came and left. */
export function changeSentence(lists: readonly Counts[], w: typeof texts.vi): string {
  const sum = (of: 'added' | 'taken' | 'altered') => lists.reduce((all, list) => all + list[of], 0)
  const parts = [
    sum('added') > 0 ? `+${numberText(sum('added'))}` : '',
    sum('taken') > 0 ? `−${numberText(sum('taken'))}` : '',
    sum('altered') > 0 ? w.altered(numberText(sum('altered'))) : '',
  ].filter((part) => part !== '')
  return parts.join(', ')
}

interface ChangedListsProps {
  lists: readonly ChangedRowsAnswer[]
  /** false for what is not counted row by row. */
  hasLists: boolean
  /** Of a share: items that are judged, and not rows. */
  ofItems?: boolean
}

/** The rows that came to a figure, left it, or count with another value. */
export function ChangedLists({ lists, hasLists, ofItems = false }: ChangedListsProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  if (!hasLists) return <p className={styles.soft}>{w.noRowsToCompare}</p>
  return lists.map((list) => (
    <section key={list.title.vi} className={styles.changedList}>
      {lists.length > 1 && <h3 className={styles.small}>{list.title[language]}</h3>}
      {list.rows.length > 0 && (
        <ul className={styles.changed}>
          {list.rows.map(({ id, what, settled, name, unit, within, href }) => {
            const kinds = settled ? w.changedBySettling : ofItems ? w.changedItems : w.changed
            const text = (typeof name === 'object' && name !== null ? name[language] : name) ?? w.nameless
            return (
              <li key={id} data-what={what}>
                <span className={styles.what}>{kinds[what]}</span>
                <span>
                  {href === null ? text : <Link to={href}>{text}</Link>}
                  {unit !== null && (
                    <span className={styles.soft}> · {within === null ? unit : `${unit}, ${within}`}</span>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      )}
      {list.others > 0 && <p className={styles.soft}>{w.changedOthers(numberText(list.others))}</p>}
    </section>
  ))
}

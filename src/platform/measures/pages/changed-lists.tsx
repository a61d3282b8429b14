import { Link } from 'react-router'
import { figureText } from '../../../web/figure/figure-text.ts'
import { numberText } from '../../../web/formats.ts'
import { useLanguage } from '../../../web/words.ts'
import type { Amount, ChangedRowsAnswer } from '../change.contract.ts'
import type { MeasureAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './measures.module.css'

/** What a figure came to, as it is printed; null where nothing was captured. */
export function amountText(amount: Amount, measure: MeasureAnswer): string | null {
  const place = { measure: measure.name, unitId: '', asOf: '', from: null }
  return figureText({ ...place, ...amount, percent: measure.percent })
}

/** '+3, −1': rows that came and left. */
export function changeSentence(lists: readonly ChangedRowsAnswer[], w: typeof texts.vi): string {
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
          {list.rows.map(({ id, what, name, unit, within, href }) => {
            const text = (typeof name === 'object' && name !== null ? name[language] : name) ?? w.nameless
            return (
              <li key={id} data-what={what}>
                <span className={styles.what}>{(ofItems ? w.changedItems : w.changed)[what]}</span>
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

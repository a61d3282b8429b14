import { dayText, instantText, numberText } from '../../../web/formats.ts'
import { useWords } from '../../../web/words.ts'
import type { TargetPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './target.module.css'

type Words = typeof texts.vi

/** The name of a term of a target, as revisions keep it. */
function termName(key: string, w: Words): string {
  return (w.fields as Record<string, string>)[key] ?? key
}

/** A kept value as people write it: days, numbers and choices are kept as the machine reads them. */
function termText(key: string, value: string | null, w: Words): string {
  if (value === null) return w.nothing
  if (key === 'direction') return (w.directions as Record<string, string>)[value] ?? value
  if (key === 'isAssumption') return w.values[value] ?? value
  if (key === 'startsOn' || key === 'endsOn') return dayText(value)
  if (key === 'endValue' || key === 'baseline') return numberText(value)
  if (key !== 'path') return value
  return value
    .split(', ')
    .map((point) => {
      const [on = '', level = ''] = point.split(' ')
      return `${dayText(on)}: ${numberText(level)}`
    })
    .join('; ')
}

/** What was laid down, when, by whom and why. */
export function TargetHistory({ page }: { page: TargetPageAnswer }) {
  const w = useWords(texts)
  return (
    <section className={styles.section}>
      <h2>{w.history}</h2>
      <ol className={styles.history}>
        {page.history.map((one) => (
          <li key={one.id}>
            <p>
              <b>{w.deeds[one.deed]}</b> {w.by(one.byName)},{' '}
              <time dateTime={one.at}>{instantText(one.at)}</time>
            </p>
            {one.reason !== null && <p>{w.reason(one.reason)}</p>}
            {one.changes.length > 0 && (
              <ul>
                {one.changes.map((change) => (
                  <li key={change.key}>
                    {termName(change.key, w)}: <del>{termText(change.key, change.before, w)}</del> →{' '}
                    <ins>{termText(change.key, change.after, w)}</ins>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

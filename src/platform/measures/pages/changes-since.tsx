import { useEffect, useState } from 'react'
import { instantText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { useWords } from '../../../web/words.ts'
import { type Changes, ChangesAnswer } from '../change.contract.ts'
import type { FigurePageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { amountText, byMapText, ChangedLists, changeSentence } from './changed-lists.tsx'
import { keepSeen, lastSeen } from './last-seen.ts'
import styles from './measures.module.css'

interface ChangesSinceProps {
  page: FigurePageAnswer
  askedFor: string
  path: string
  query: Record<string, string | null>
}

/** «Từ lúc anh/chị xem: +3, −1», with the rows; silent where nothing has changed. */
export function ChangesSince({ page, askedFor, path, query }: ChangesSinceProps) {
  const w = useWords(texts)
  const { me } = useMe()
  const own = `${me?.account.id ?? ''} ${askedFor}`
  const { seen, readAt } = page
  // What was seen at the last visit, or when this page was opened.
  const [before] = useState(() => lastSeen(own) ?? { seen, readAt })
  useEffect(() => keepSeen(own, { seen, readAt }), [own, seen, readAt])
  const compared = page.measure.kind !== 'share'
  const read = useRead('measures', `${path}/changes`, ChangesAnswer, {
    query: { ...query, since: before.seen },
    when: compared && before.readAt !== readAt,
    keepLast: true,
    figures: 'with_list',
  })
  const changes = read.data
  if (changes === undefined || !hasChanged(changes)) return null
  const byTime =
    changes.byTime === null ? null : w.byTime(amountText(changes.byTime, changes.measure) ?? w.nothingKnown)
  const byMap = byMapText(changes, w)
  return (
    <details className={styles.changes}>
      <summary>
        {w.sinceSeen(instantText(before.readAt))} <b>{changeSentence(changes.lists, w)}</b>{' '}
        {w.fromTo(
          amountText(changes.before, changes.measure) ?? w.nothingKnown,
          amountText(changes.now, changes.measure) ?? w.nothingKnown,
        )}
      </summary>
      {byTime !== null && <p>{byTime}</p>}
      {byMap !== null && <p>{byMap}</p>}
      <ChangedLists lists={changes.lists} hasLists={changes.hasLists} />
    </details>
  )
}

function hasChanged({ before, now, lists }: Changes): boolean {
  return (
    before.numerator !== now.numerator ||
    before.denominator !== now.denominator ||
    lists.some(({ added, taken, altered }) => added + taken + altered > 0)
  )
}

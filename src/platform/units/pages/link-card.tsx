import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { instantText } from '../../../web/formats.ts'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { useWords } from '../../../web/words.ts'
import type { UnitLinkAnswer } from '../import/links.contract.ts'
import * as texts from '../import/texts.ts'
import { LinkChoice } from './link-choice.tsx'
import { useOutcome, useTakeBack } from './link-deeds.ts'
import styles from './links.module.css'

/** One old unit: what the lists say of it, how sure that is, and where it went or may have gone. */
export function LinkCard({ link }: { link: UnitLinkAnswer }) {
  const w = useWords(texts)
  const { from, said, settled, certainty, reason } = link
  const [changing, setChanging] = useState(false)
  const waits = settled === null && certainty !== 'certain'
  return (
    <article className={styles.card} aria-label={from.name} data-link={from.code}>
      <header className={styles.head}>
        <h3>
          <Link className={styles.name} to={`/units/${from.id}`}>
            {from.name}
          </Link>
        </h3>
        <span className={styles.about}>{[from.code, ...from.path].join(' · ')}</span>
        <span className={styles.sure} data-certainty={certainty}>
          {w.sure[certainty]}
        </span>
      </header>
      <dl className={styles.facts}>
        <dt>{w.said}</dt>
        {said.length === 0 && <dd>{w.nothingSaid}</dd>}
        {said.map(({ unit, words }) => (
          <dd key={`${unit.id}.${words}`}>{w.saidOf(words, unit.name)}</dd>
        ))}
        {(said.length > 0 || reason !== 'not_named') && (
          <dd className={styles.reason}>{w.reasons[reason] ?? reason}</dd>
        )}
      </dl>
      {waits || changing ? (
        <LinkChoice link={link} onCancel={waits ? undefined : () => setChanging(false)} />
      ) : (
        <Standing link={link} onChange={() => setChanging(true)} />
      )}
    </article>
  )
}

/** A link that stands: where it went, who said so, and the ways to correct it. */
function Standing({ link, onChange }: { link: UnitLinkAnswer; onChange: () => void }) {
  const w = useWords(texts)
  const outcome = useOutcome(link)
  const takeBack = useTakeBack(link)
  const { from, to, settled } = link
  return (
    <div className={styles.standing}>
      <p>{outcome(to)}</p>
      {settled !== null && <p className={styles.about}>{w.settledBy(settled.by, instantText(settled.at))}</p>}
      <ErrorWords trouble={takeBack.trouble} />
      <div className={styles.buttons}>
        <Button variant="default" aria-label={w.changeOf(from.name)} onClick={onChange}>
          {w.change}
        </Button>
        {settled !== null && (
          <Button
            variant="default"
            aria-label={w.takeBackOf(from.name)}
            loading={takeBack.busy}
            onClick={() => void takeBack.run(link.revision)}
          >
            {w.takeBack}
          </Button>
        )}
      </div>
    </div>
  )
}

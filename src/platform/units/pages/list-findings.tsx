import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api } from '../../../web/api.ts'
import { instantText, numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { ProgressLine } from '../../../web/ui/progress-line.tsx'
import { useWords } from '../../../web/words.ts'
import {
  FindingSettled,
  type ListFindingAnswer,
  ListFindingsAnswer,
  type Verdict,
} from '../import/findings.contract.ts'
import * as findingTexts from '../import/findings.texts.ts'
import * as texts from '../import/texts.ts'
import styles from './links.module.css'
import { unitHref } from './unit-address.ts'

/** What a list says of new units that matches no old one; nothing where no list left anything. */
export function useFindings() {
  return useRead('units', '/api/units/list-findings', ListFindingsAnswer).data
}

type FindingsProps = {
  found: ReturnType<typeof useFindings>
  /** Shows an old unit in the list of links. */
  onFind: (code: string) => void
}

/** What else a list left to a person: what it says, what to do about it, and what somebody has said. */
export function ListFindings({ found, onFind }: FindingsProps) {
  const w = useWords(findingTexts)
  if (!found || found.total === 0) return null
  const { findings, total, waiting, alone } = found
  return (
    <section id="list-findings" className={styles.findings}>
      <h2>{w.title}</h2>
      <p className={styles.about}>{w.lead(numberText(total), numberText(alone))}</p>
      <ProgressLine
        label={waiting === 0 ? w.allSettled : w.progress(numberText(total - waiting), numberText(total))}
        done={total - waiting}
        total={total}
      />
      <ul className={styles.list}>
        {findings.map((finding) => (
          <li key={`${finding.unit.id}.${finding.revision}`}>
            <Finding finding={finding} onFind={onFind} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Finding({ finding, onFind }: { finding: ListFindingAnswer; onFind: (code: string) => void }) {
  const w = useWords(findingTexts)
  const { unit, on, words, isAlone, maybe, linked, settled } = finding
  return (
    <article className={styles.card} aria-label={unit.name} data-finding={unit.code}>
      <header className={styles.head}>
        <h3>
          <Link className={styles.name} to={unitHref(unit.id, on)}>
            {unit.name}
          </Link>
        </h3>
        <span className={styles.about}>{[unit.code, unit.province].join(' · ')}</span>
      </header>
      <dl className={styles.facts}>
        <dt>{w.says}</dt>
        {words.map((said) => (
          <dd key={said}>{w.noMatch(said)}</dd>
        ))}
        {isAlone && <dd className={styles.reason}>{w.alone}</dd>}
        {settled === null && (
          <>
            <dt>{w.what}</dt>
            <dd>{isAlone ? w.whatAlone : w.whatWords}</dd>
          </>
        )}
      </dl>
      {settled === null && maybe.length > 0 && (
        <div className={styles.maybe}>
          <span className={styles.about}>{w.maybe}</span>
          {maybe.map(({ id, name, code }) => (
            <Button key={id} variant="default" onClick={() => onFind(code)}>
              {w.find(name, code)}
            </Button>
          ))}
        </div>
      )}
      {linked.length > 0 && <p>{w.linked(linked.map(({ name, code }) => w.find(name, code)).join(', '))}</p>}
      <Verdicts finding={finding} />
    </article>
  )
}

function Verdicts({ finding }: { finding: ListFindingAnswer }) {
  const w = useWords(findingTexts)
  const l = useWords(texts)
  const queries = useQueryClient()
  const [busy, setBusy] = useState<Verdict | 'back' | null>(null)
  const [trouble, setTrouble] = useState<unknown>(undefined)
  const { unit, linked, settled } = finding
  const path = `/api/units/${unit.id}/list-finding`
  const run = async (deed: Verdict | 'back', revision: number) => {
    setBusy(deed)
    setTrouble(undefined)
    try {
      if (deed === 'back') {
        await api.send('POST', `${path}/take-back`, FindingSettled, { revision })
        notify({ text: w.takenBack(unit.name) })
      } else {
        const done = await api.send('POST', path, FindingSettled, { verdict: deed, revision })
        notify({ text: w.done(unit.name), undo: () => run('back', done.revision) })
      }
      await queries.invalidateQueries({ queryKey: ['units'] })
    } catch (thrown) {
      setTrouble(thrown)
    } finally {
      setBusy(null)
    }
  }
  const button = (deed: Verdict | 'back', verb: string) => (
    <Button
      variant="default"
      aria-label={w.of(verb, unit.name)}
      loading={busy === deed}
      disabled={busy !== null && busy !== deed}
      onClick={() => void run(deed, finding.revision)}
    >
      {verb}
    </Button>
  )
  return (
    <div className={styles.standing}>
      {settled !== null && (
        <>
          <p>{w.verdicts[settled.verdict]}</p>
          <p className={styles.about}>{l.settledBy(settled.by, instantText(settled.at))}</p>
        </>
      )}
      <ErrorWords trouble={trouble} />
      <div className={styles.buttons}>
        {settled !== null && button('back', l.takeBack)}
        {settled === null && linked.length > 0 && button('linked', w.isLinked)}
        {settled === null && button('none', w.none)}
      </div>
    </div>
  )
}

import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { Link } from 'react-router'
import { numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { SelectField } from '../../../web/ui/fields.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { ProgressLine } from '../../../web/ui/progress-line.tsx'
import { useWords } from '../../../web/words.ts'
import {
  type LinkState,
  linksPerPage,
  UnitLinksAnswer,
  type UnitLinksShown,
} from '../import/links.contract.ts'
import * as texts from '../import/texts.ts'
import { LinkCard } from './link-card.tsx'
import styles from './links.module.css'
import { ListFindings, useFindings } from './list-findings.tsx'

/** Where old units went as far as it is not plain: what the lists say, the choice, and how many are left. */
export function Page() {
  const w = useWords(texts)
  const [state, setState] = useState<LinkState>('waiting')
  const [provinceId, setProvinceId] = useState('')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 180)
  const [page, setPage] = useState(1)
  const read = useRead('units', '/api/units/links', UnitLinksAnswer, {
    query: { state, provinceId, q, page },
    keepLast: true,
  })
  const findings = useFindings()
  const find = (code: string) => {
    setState('waiting')
    setProvinceId('')
    setTyped(code)
    setPage(1)
    window.scrollTo({ top: 0 })
  }
  const first =
    <T,>(change: (value: T) => void) =>
    (value: T) => {
      change(value)
      setPage(1)
    }
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <Loaded read={read}>
        {(shown) =>
          Object.values(shown.counts).every((count) => count === 0) ? (
            <EmptyState title={w.never} action={<Link to="/units/changes">{w.toChanges}</Link>}>
              {w.neverLead}
            </EmptyState>
          ) : (
            <>
              <Totals totals={shown.totals} />
              <Progress counts={shown.counts} />
              {findings !== undefined && findings.waiting > 0 && (
                <p>
                  <a href="#list-findings">{w.toFindings(numberText(findings.waiting))}</a>
                </p>
              )}
              <search className={styles.filters} aria-label={w.filters}>
                <SelectField
                  name="state"
                  label={w.state}
                  value={state}
                  onChange={first(setState)}
                  choices={(['waiting', 'settled', 'certain'] as const).map((value) => ({
                    value,
                    label: w[value](numberText(shown.counts[value])),
                  }))}
                />
                <SelectField
                  name="province"
                  label={w.province}
                  value={provinceId}
                  onChange={first(setProvinceId)}
                  choices={[
                    { value: '', label: w.anyProvince },
                    ...shown.provinces.map(({ id, name, waiting }) => ({
                      value: id,
                      label: waiting === 0 ? name : w.provinceWaiting(name, numberText(waiting)),
                    })),
                  ]}
                />
                <TextInput
                  type="search"
                  label={w.search}
                  description={w.searchHint}
                  inputWrapperOrder={['label', 'input', 'description']}
                  value={typed}
                  onChange={(event) => first(setTyped)(event.currentTarget.value.normalize('NFC'))}
                />
              </search>
              <Links shown={shown} state={state} page={page} onPage={setPage} />
              <ListFindings found={findings} onFind={find} />
            </>
          )
        }
      </Loaded>
    </>
  )
}

const knownParts = ['said', 'unchanged', 'recorded'] as const
const otherParts = ['assumed', 'open', 'settled'] as const

/** Every old unit once, by how it is known where it went: what the command that imports tells as well. */
function Totals({ totals }: { totals: UnitLinksShown['totals'] }) {
  const w = useWords(texts)
  const named = (parts: readonly (keyof typeof w.totalsOf)[]) =>
    parts.flatMap((part) => (totals[part] > 0 ? [`${numberText(totals[part])} ${w.totalsOf[part]}`] : []))
  const others = named(otherParts)
  return (
    <p className={styles.totals}>
      {w.totals(numberText(totals.units), numberText(totals.known))} {named(knownParts).join(', ')}.{' '}
      {others.length > 0 && `${w.notKnown} ${others.join(', ')}.`}
    </p>
  )
}

function Progress({ counts }: { counts: UnitLinksShown['counts'] }) {
  const w = useWords(texts)
  const all = counts.waiting + counts.settled
  if (all === 0) return null
  return (
    <ProgressLine
      label={counts.waiting === 0 ? w.allSettled : w.progress(numberText(counts.settled), numberText(all))}
      done={counts.settled}
      total={all}
    />
  )
}

type LinksProps = { shown: UnitLinksShown; state: LinkState; page: number; onPage: (page: number) => void }

function Links({ shown, state, page, onPage }: LinksProps) {
  const w = useWords(texts)
  const { links, total, counts } = shown
  const pages = Math.max(1, Math.ceil(total / linksPerPage))
  if (total === 0) {
    const done = state === 'waiting' && counts.waiting === 0
    return <EmptyState title={done ? w.allSettled : w.none}>{done ? w.doneLead : w.noneLead}</EmptyState>
  }
  return (
    <section>
      <h2 className={styles.count}>
        <span role="status">{w.found(numberText(total))}</span>
      </h2>
      <ul className={styles.list}>
        {links.map((link) => (
          <li key={`${link.from.id}.${link.revision}`}>
            <LinkCard link={link} />
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <nav className={styles.pager} aria-label={w.page(numberText(page), numberText(pages))}>
          <Button variant="default" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {w.before}
          </Button>
          <span>{w.page(numberText(page), numberText(pages))}</span>
          <Button variant="default" disabled={page >= pages} onClick={() => onPage(page + 1)}>
            {w.next}
          </Button>
        </nav>
      )}
    </section>
  )
}

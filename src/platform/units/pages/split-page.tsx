import { Button, Checkbox } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api } from '../../../web/api.ts'
import { dayText, numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { SelectField } from '../../../web/ui/fields.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useLanguage } from '../../../web/words.ts'
import * as unitTexts from '../texts.ts'
import { Settled, UnassignedPage, type UnassignedPageAnswer } from '../unassigned.contract.ts'
import * as texts from '../unassigned.texts.ts'
import styles from './changes.module.css'

/** The records of a split unit, to be given to its halves. */
export function Page() {
  const { unitId = '' } = useParams()
  const { words } = useLanguage()
  const w = words(texts)
  const u = words(unitTexts)
  const read = useRead('units', `/api/units/unassigned/${unitId}`, UnassignedPage)
  return (
    <Loaded whole read={read}>
      {(page) => (
        <>
          <PageHeader
            title={w.split(page.split.name, dayText(page.split.on))}
            above={[
              { label: u.title, href: '/units' },
              { label: w.title, href: '/units/unassigned' },
            ]}
            facts={page.split.legalBasis}
            lead={standsApart(page) && page.standsIn !== null ? w.standsIn(page.standsIn) : undefined}
          />
          {shownPiles(page).length === 0 && <EmptyState title={w.nothingAtAll} />}
          {shownPiles(page).map((pile) => (
            <Pile key={pile.table} page={page} pile={pile} />
          ))}
        </>
      )}
    </Loaded>
  )
}

/** Kinds of records of which the unit had any. */
const shownPiles = ({ split }: UnassignedPageAnswer) =>
  split.piles.filter(({ open, given }) => open > 0 || given.some(({ count }) => count > 0))

const standsApart = ({ split }: UnassignedPageAnswer) => split.piles.some(({ open }) => open > 0)

type PileProps = { page: UnassignedPageAnswer; pile: UnassignedPageAnswer['split']['piles'][number] }

function Pile({ page, pile }: PileProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const noun = pile.noun[language]
  return (
    <section className={styles.pile}>
      <h2>{pile.open === 0 ? w.allGiven(noun) : w.open(numberText(pile.open), noun)}</h2>
      {pile.open > 0 && <Giving page={page} pile={pile} />}
      {pile.given.some((one) => one.count > 0) && (
        <>
          <h3>{w.given}</h3>
          <ul className={styles.rows}>
            {pile.given
              .filter((one) => one.count > 0)
              .map((one) => (
                <li key={one.id}>
                  <span>{w.givenTo(numberText(one.count), noun, one.name)}</span>
                  <TakeBack unitId={page.split.id} table={pile.table} noun={noun} half={one} />
                </li>
              ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Giving({ page, pile }: PileProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const queries = useQueryClient()
  const { halves } = page.split
  const rows = page.lists.find((one) => one.table === pile.table)?.rows ?? []
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [to, setTo] = useState(halves[0]?.id ?? '')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(undefined)
  const half = halves.find((one) => one.id === to)
  const unseen = pile.open - rows.length
  const choose = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)))
  const give = async (rowIds: readonly string[] | undefined) => {
    setBusy(true)
    try {
      const { count } = await api.send('POST', `/api/units/unassigned/${page.split.id}/settle`, Settled, {
        toUnitId: to,
        table: pile.table,
        ...(rowIds && { rowIds }),
      })
      notify({ text: w.gave(numberText(count), half?.name ?? '') })
      setChosen(new Set())
      await queries.invalidateQueries()
    } finally {
      setBusy(false)
    }
  }
  const giveChosen = () => {
    setTrouble(undefined)
    give([...chosen]).catch(setTrouble)
  }
  return (
    <>
      <ul className={styles.rows}>
        {rows.length > 1 && (
          <li>
            <Checkbox
              label={w.chooseAll}
              checked={chosen.size === rows.length}
              indeterminate={chosen.size > 0 && chosen.size < rows.length}
              onChange={(event) =>
                setChosen(new Set(event.currentTarget.checked ? rows.map((row) => row.id) : []))
              }
            />
          </li>
        )}
        {rows.map((row) => (
          <li key={row.id}>
            <Checkbox
              aria-label={`${w.choose} ${row.label}`}
              checked={chosen.has(row.id)}
              onChange={(event) => choose(row.id, event.currentTarget.checked)}
            />
            {row.href === null ? <span>{row.label}</span> : <Link to={row.href}>{row.label}</Link>}
          </li>
        ))}
      </ul>
      {unseen > 0 && <p className={styles.small}>{w.unseen(numberText(unseen))}</p>}
      <div className={styles.deeds}>
        <SelectField
          name="to"
          label={w.to}
          value={to}
          onChange={setTo}
          choices={halves.map((half) => ({ value: half.id, label: half.name }))}
        />
        <Button disabled={chosen.size === 0} loading={busy} onClick={giveChosen}>
          {chosen.size === 0 ? w.giveNone : w.giveChosen(numberText(chosen.size))}
        </Button>
        <ConfirmButton
          disabled={busy}
          question={w.giveAllQuestion(numberText(pile.open), pile.noun[language], half?.name ?? '')}
          consequence={<p>{w.giveAllConsequence(half?.name ?? '')}</p>}
          confirm={w.giveAll(numberText(pile.open))}
          onConfirm={() => give(undefined)}
        >
          {w.giveAll(numberText(pile.open))}
        </ConfirmButton>
      </div>
      <ErrorWords trouble={trouble} />
    </>
  )
}

type TakeBackProps = {
  unitId: string
  table: string
  noun: string
  half: { id: string; name: string; count: number }
}

function TakeBack({ unitId, table, noun, half }: TakeBackProps) {
  const { words } = useLanguage()
  const w = words(texts)
  const queries = useQueryClient()
  const count = numberText(half.count)
  const take = async () => {
    await api.send('POST', `/api/units/unassigned/${unitId}/return`, Settled, { toUnitId: half.id, table })
    notify({ text: w.took(count) })
    await queries.invalidateQueries()
  }
  return (
    <ConfirmButton
      size="xs"
      question={w.takeBackQuestion(count, noun, half.name)}
      consequence={<p>{w.takeBackConsequence}</p>}
      confirm={w.takeBackConfirm(count, noun)}
      onConfirm={take}
    >
      {w.takeBack}
    </ConfirmButton>
  )
}

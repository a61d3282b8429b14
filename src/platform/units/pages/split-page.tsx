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
import { type PickedUnit, UnitPicker } from '../../../web/ui/unit-picker.tsx'
import { useLanguage } from '../../../web/words.ts'
import * as unitTexts from '../texts.ts'
import { Settled, UnassignedPage, type UnassignedPageAnswer } from '../unassigned.contract.ts'
import * as texts from '../unassigned.texts.ts'
import styles from './changes.module.css'

/** The records of a unit that was split, or ended without a successor, to be given to others. */
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
            title={w.titles[page.split.kind](page.split.name, dayText(page.split.on))}
            above={[
              { label: u.title, href: '/units' },
              { label: w.title, href: '/units/unassigned' },
            ]}
            facts={page.split.legalBasis}
            lead={standsApart(page) && page.standsIn !== null ? w.standsIn(page.standsIn.name) : undefined}
          />
          {!page.split.maySettle && standsApart(page) && (
            <p className={styles.small}>{w.askWhom(page.standsIn?.name ?? page.split.name)}</p>
          )}
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
      {pile.open > 0 &&
        (page.split.maySettle ? <Giving page={page} pile={pile} /> : <Waiting page={page} pile={pile} />)}
      {pile.given.some((one) => one.count > 0) && (
        <>
          <h3>{w.given}</h3>
          <ul className={styles.rows}>
            {pile.given
              .filter((one) => one.count > 0)
              .map((one) => (
                <li key={one.id}>
                  <span>{w.givenTo(numberText(one.count), noun, one.name)}</span>
                  {page.split.maySettle && (
                    <TakeBack unitId={page.split.id} table={pile.table} noun={noun} half={one} />
                  )}
                </li>
              ))}
          </ul>
        </>
      )}
    </section>
  )
}

const rowsOf = ({ lists }: UnassignedPageAnswer, table: string) =>
  lists.find((one) => one.table === table)?.rows ?? []

/** What waits, for whoever may look only. */
function Waiting({ page, pile }: PileProps) {
  const { words } = useLanguage()
  const w = words(texts)
  const rows = rowsOf(page, pile.table)
  const unseen = pile.open - rows.length
  return (
    <>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <li key={row.id}>
            <RowName row={row} />
          </li>
        ))}
      </ul>
      {unseen > 0 && <p className={styles.small}>{w.unseenOnly(numberText(unseen))}</p>}
    </>
  )
}

function RowName({ row }: { row: UnassignedPageAnswer['lists'][number]['rows'][number] }) {
  return row.href === null ? <span>{row.label}</span> : <Link to={row.href}>{row.label}</Link>
}

function Giving({ page, pile }: PileProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const queries = useQueryClient()
  const { halves } = page.split
  const rows = rowsOf(page, pile.table)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [to, setTo] = useState<{ id: string; name: string } | null>(
    page.split.kind === 'split' ? (halves[0] ?? null) : null,
  )
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(undefined)
  const unseen = pile.open - rows.length
  const choose = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)))
  const give = async (rowIds: readonly string[] | undefined) => {
    setBusy(true)
    try {
      const { count } = await api.send('POST', `/api/units/unassigned/${page.split.id}/settle`, Settled, {
        toUnitId: to?.id ?? '',
        table: pile.table,
        ...(rowIds && { rowIds }),
      })
      notify({ text: w.gave(numberText(count), to?.name ?? '') })
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
            <RowName row={row} />
          </li>
        ))}
      </ul>
      {unseen > 0 && <p className={styles.small}>{w.unseen(numberText(unseen))}</p>}
      <div className={styles.deeds}>
        <Receiver page={page} to={to} onChange={setTo} />
        <Button disabled={chosen.size === 0 || to === null} loading={busy} onClick={giveChosen}>
          {chosen.size === 0 ? w.giveNone : w.giveChosen(numberText(chosen.size))}
        </Button>
        <ConfirmButton
          disabled={busy || to === null}
          question={w.giveAllQuestion(numberText(pile.open), pile.noun[language], to?.name ?? '')}
          consequence={<p>{w.giveAllConsequence(to?.name ?? '')}</p>}
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

type ReceiverProps = {
  page: UnassignedPageAnswer
  to: { id: string; name: string } | null
  onChange: (to: { id: string; name: string } | null) => void
}

/** One of the halves; of a unit that ended any unit that was there that day where its records count. */
function Receiver({ page, to, onChange }: ReceiverProps) {
  const { words } = useLanguage()
  const w = words(texts)
  const { halves, kind, on } = page.split
  const [picked, setPicked] = useState<PickedUnit | null>(null)
  if (kind === 'split') {
    return (
      <SelectField
        name="to"
        label={w.to}
        value={to?.id ?? ''}
        onChange={(id) => onChange(halves.find((half) => half.id === id) ?? null)}
        choices={halves.map((half) => ({ value: half.id, label: half.name }))}
      />
    )
  }
  return (
    <UnitPicker
      name="to"
      label={w.to}
      {...(page.standsIn !== null && { hint: w.toHint(page.standsIn.name, dayText(on)) })}
      value={picked}
      query={{ asOf: on, may: 'units.change', ...(page.standsIn !== null && { within: page.standsIn.id }) }}
      onChange={(unit) => {
        setPicked(unit)
        onChange(unit)
      }}
    />
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

import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { numberText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useWords } from '../../../web/words.ts'
import * as changeTexts from '../change.texts.ts'
import { UnitSearchAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import * as unassignedTexts from '../unassigned.texts.ts'
import { UnitLine } from './unit-line.tsx'
import { UnitTree } from './unit-tree.tsx'
import styles from './units.module.css'

/** Every unit as a tree, found by name, abbreviation or code, on any day. */
export function Page() {
  const w = useWords(texts)
  const c = useWords(changeTexts)
  const r = useWords(unassignedTexts)
  const { may } = useMe()
  const [params, setParams] = useSearchParams()
  const [typed, setTyped] = useState(params.get('q') ?? '')
  const [asked] = useDebouncedValue(typed.trim(), 180)
  const asOf = params.get('asOf')
  return (
    <>
      <PageHeader
        title={w.title}
        lead={w.lead}
        actions={
          <>
            <Button component={Link} to="/units/changes" variant="default">
              {c.events}
            </Button>
            {may('units.see_unassigned') && (
              <Button component={Link} to="/units/unassigned" variant="default">
                {r.title}
              </Button>
            )}
          </>
        }
      />
      <search className={styles.search} aria-label={w.search}>
        <TextInput
          className={styles.typed}
          type="search"
          label={w.search}
          description={w.searchHint}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value.normalize('NFC'))}
        />
        <DayInput
          label={w.asOf}
          value={asOf}
          onChange={(day) => setParams(day === null ? {} : { asOf: day }, { replace: true })}
        />
      </search>
      {asked === '' ? <UnitTree asOf={asOf} /> : <Found typed={asked} asOf={asOf} />}
    </>
  )
}

function Found({ typed, asOf }: { typed: string; asOf: string | null }) {
  const w = useWords(texts)
  const read = useRead('units', '/api/units/search', UnitSearchAnswer, {
    query: { q: typed, asOf, limit: 50 },
    keepLast: true,
  })
  return (
    <Loaded whole read={read}>
      {({ units }) =>
        units.length === 0 ? (
          <EmptyState title={w.noneFound(typed)}>{w.noneFoundHint}</EmptyState>
        ) : (
          <section>
            <h2 className={styles.heading}>
              <span role="status">{w.found(numberText(units.length))}</span>
            </h2>
            <ul className={styles.found}>
              {units.map((unit) => (
                <li key={unit.id}>
                  <UnitLine unit={unit} asOf={asOf} withPath />
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  )
}

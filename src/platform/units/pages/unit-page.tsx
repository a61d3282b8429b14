import { Button } from '@mantine/core'
import { Fragment } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { parseDay } from '../../../web/day-entry.ts'
import * as questionTexts from '../../../web/figure/question.texts.ts'
import { dayText, numberText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { type Language, useLanguage, useWords } from '../../../web/words.ts'
import { UnitEvents } from '../change.contract.ts'
import * as changeTexts from '../change.texts.ts'
import { UnitPage, type UnitPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { EventLine } from './event-line.tsx'
import { unitHref } from './unit-address.ts'
import { UnitFigures } from './unit-figures.tsx'
import { UnitLine } from './unit-line.tsx'
import styles from './units.module.css'

/** One unit on the day in the address, or today: where it sits, its figures, what is below it, its names and codes over time. */
export function Page() {
  const { unitId = '' } = useParams()
  return <UnitOnDay key={unitId} unitId={unitId} />
}

function UnitOnDay({ unitId }: { unitId: string }) {
  const [params] = useSearchParams()
  const day = parseDay(params.get('asOf') ?? '')
  const read = useRead('units', `/api/units/${unitId}`, UnitPage, { query: { asOf: day }, keepLast: true })
  return (
    <Loaded whole read={read}>
      {(page) => <OneUnit page={page} day={day} />}
    </Loaded>
  )
}

/** The day whose map is looked at, kept in the address. */
function DayOfMap({ day }: { day: string | null }) {
  const w = useWords(texts)
  const q = useWords(questionTexts)
  const [params, setParams] = useSearchParams()
  const typed = params.get('asOf')?.trim() || null
  return (
    <div className={styles.search} data-not-printed>
      <DayInput
        label={w.asOfUnit}
        hint={w.asOfUnitHint}
        value={day ?? typed}
        unreadable={typed === null ? undefined : q.unreadDay(typed)}
        onChange={(on) =>
          setParams(on === null ? {} : { asOf: on }, { replace: true, preventScrollReset: true })
        }
      />
    </div>
  )
}

/** `day`: as in the address; null is today. */
function OneUnit({ page, day }: { page: UnitPageAnswer; day: string | null }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { unit, asOf, ancestors, areasBelow, bodies } = page
  const c = words(changeTexts)
  const events = useRead('units', '/api/units/changes', UnitEvents, { query: { unitId: unit.id } })
  const [newest] = page.versions
  const { me } = useMe()
  const past = newest?.validUntil !== null && (newest?.validUntil ?? '') <= (me?.today ?? '')
  const wanted = day ?? me?.today ?? asOf
  return (
    <>
      <PageHeader
        title={unit.name}
        above={[
          { label: w.title, href: '/units' },
          ...ancestors.map(({ id, name }) => ({ label: name, href: unitHref(id, day) })),
        ]}
        facts={`${unit.kindName[language]} · ${w.code} ${unit.code} · ${w.asAt(dayText(asOf))}`}
        lead={unit.nameIsOurs ? w.oursWhy : undefined}
        actions={
          page.mayChange &&
          !past && (
            <>
              <Button component={Link} to={`/units/${unit.id}/change`} variant="default">
                {c.title}
              </Button>
              <Button component={Link} to={`/units/${unit.id}/change?kind=create`} variant="default">
                {w.add}
              </Button>
            </>
          )
        }
      />
      <DayOfMap day={day} />
      {page.ended !== null ? (
        <p className={styles.hint}>
          {w.endedOn(dayText(page.ended.on))}
          {page.ended.into.length > 0 && (
            <>
              {' '}
              {page.ended.isWhole ? w.wentInto : w.wentPartlyInto}{' '}
              <UnitLinks units={page.ended.into} day={day} />
            </>
          )}
          {page.ended.tookPlace.length > 0 && (
            <>
              {' '}
              {w.tookPlace} <UnitLinks units={page.ended.tookPlace} day={day} />
            </>
          )}
          . {w.shownAsOf(dayText(asOf))}
        </p>
      ) : (
        wanted !== asOf && <p className={styles.hint}>{w.notOn(dayText(wanted), dayText(asOf))}</p>
      )}
      <UnitFigures unit={unit} asOf={asOf} />
      <section className={styles.section}>
        <h2 className={styles.heading}>
          {areasBelow.length === 0 ? w.areas : w.areasCount(numberText(areasBelow.length))}
        </h2>
        {areasBelow.length === 0 && <p className={styles.hint}>{w.noAreas}</p>}
        <ul className={styles.found}>
          {areasBelow.map((area) => (
            <li key={area.id} className={styles.twig}>
              <UnitLine unit={area} asOf={day} />
              {area.below > 0 && <span className={styles.below}>{w.below(numberText(area.below))}</span>}
            </li>
          ))}
        </ul>
      </section>
      {bodies.length > 0 && (
        <section className={styles.section}>
          <h2 className={styles.heading}>{w.bodies}</h2>
          <ul className={styles.found}>
            {bodies.map((body) => (
              <li key={body.id}>
                <UnitLine unit={body} asOf={day} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles.section}>
        <h2 className={styles.heading}>{w.history}</h2>
        <DataTable
          caption={w.history}
          columns={versionColumns(w, language)}
          rows={page.versions}
          rowKey={(version) => version.validFrom}
          filter={false}
        />
      </section>
      <section className={styles.section}>
        <h2 className={styles.heading}>{c.eventsOf}</h2>
        <Loaded read={events}>
          {(found) =>
            found.events.length === 0 ? (
              <p className={styles.hint}>{c.noEvents}</p>
            ) : (
              <EventLine events={found.events} />
            )
          }
        </Loaded>
        <p>
          <Link to="/units/changes">{c.allEvents}</Link>
        </p>
      </section>
    </>
  )
}

type UnitLinksProps = { units: readonly { id: string; name: string }[]; day: string | null }

function UnitLinks({ units, day }: UnitLinksProps) {
  return units.map(({ id, name }, at) => (
    <Fragment key={id}>
      {at > 0 && ', '}
      <Link to={unitHref(id, day)}>{name}</Link>
    </Fragment>
  ))
}

type Version = UnitPageAnswer['versions'][number]

function versionColumns(w: typeof texts.vi, language: Language): Column<Version>[] {
  return [
    {
      id: 'name',
      title: w.name,
      naming: true,
      cell: (version) => (version.nameIsOurs ? `${version.name} (${w.ours})` : version.name),
    },
    { id: 'code', title: w.code, cell: (version) => <span className="numbers">{version.code}</span> },
    { id: 'kind', title: w.kind, cell: (version) => version.kindName[language] },
    { id: 'parent', title: w.parent, cell: (version) => version.parentName ?? '–' },
    { id: 'from', title: w.from, kind: 'day', cell: (version) => dayText(version.validFrom) },
    {
      id: 'until',
      title: w.until,
      kind: 'day',
      cell: (version) => (version.validUntil === null ? w.stillSo : dayText(version.validUntil)),
    },
    { id: 'basis', title: w.basis, cell: (version) => version.legalBasis ?? '–' },
  ]
}

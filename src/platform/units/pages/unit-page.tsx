import { Button } from '@mantine/core'
import { Fragment } from 'react'
import { Link, useParams } from 'react-router'
import { dayText, numberText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { type Language, useLanguage } from '../../../web/words.ts'
import { UnitEvents } from '../change.contract.ts'
import * as changeTexts from '../change.texts.ts'
import { UnitPage, type UnitPageAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { EventLine } from './event-line.tsx'
import { UnitFigures } from './unit-figures.tsx'
import { UnitLine } from './unit-line.tsx'
import styles from './units.module.css'

/** One unit: where it sits, its figures, what is below it, and its names and codes over time. */
export function Page() {
  const { unitId = '' } = useParams()
  const read = useRead('units', `/api/units/${unitId}`, UnitPage)
  return (
    <Loaded whole read={read}>
      {(page) => <OneUnit key={page.unit.id} page={page} />}
    </Loaded>
  )
}

function OneUnit({ page }: { page: UnitPageAnswer }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { unit, asOf, ancestors, areasBelow, bodies } = page
  const c = words(changeTexts)
  const events = useRead('units', '/api/units/changes', UnitEvents, { query: { unitId: unit.id } })
  const [newest] = page.versions
  const { me } = useMe()
  const past = newest?.validUntil !== null && (newest?.validUntil ?? '') <= (me?.today ?? '')
  return (
    <>
      <PageHeader
        title={unit.name}
        above={[
          { label: w.title, href: '/units' },
          ...ancestors.map(({ id, name }) => ({ label: name, href: `/units/${id}` })),
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
      {page.ended !== null ? (
        <p className={styles.hint}>
          {w.endedOn(dayText(page.ended.on))}
          {page.ended.into.length > 0 && (
            <>
              {' '}
              {page.ended.isWhole ? w.wentInto : w.wentPartlyInto} <UnitLinks units={page.ended.into} />
            </>
          )}
          {page.ended.tookPlace.length > 0 && (
            <>
              {' '}
              {w.tookPlace} <UnitLinks units={page.ended.tookPlace} />
            </>
          )}
          . {w.shownAsOf(dayText(asOf))}
        </p>
      ) : (
        past && <p className={styles.hint}>{w.notToday(dayText(asOf))}</p>
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
              <UnitLine unit={area} />
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
                <UnitLine unit={body} />
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

function UnitLinks({ units }: { units: readonly { id: string; name: string }[] }) {
  return units.map(({ id, name }, at) => (
    <Fragment key={id}>
      {at > 0 && ', '}
      <Link to={`/units/${id}`}>{name}</Link>
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

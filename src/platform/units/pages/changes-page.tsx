import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useRead } from '../../../web/read.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { SelectField } from '../../../web/ui/fields.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useWords } from '../../../web/words.ts'
import { UnitEvents } from '../change.contract.ts'
import * as texts from '../change.texts.ts'
import * as unitTexts from '../texts.ts'
import styles from './changes.module.css'
import { EventLine } from './event-line.tsx'

/** Every recorded change of units, the latest day first. */
export function Page() {
  const w = useWords(texts)
  const u = useWords(unitTexts)
  const [params, setParams] = useSearchParams()
  const kind = params.get('kind') ?? ''
  const [limit, setLimit] = useState(30)
  const read = useRead('units', '/api/units/changes', UnitEvents, {
    query: { kind, unitId: params.get('unitId'), limit },
    keepLast: true,
  })
  return (
    <>
      <PageHeader title={w.events} lead={w.eventsLead} above={[{ label: u.title, href: '/units' }]} />
      <div className={styles.filter}>
        <SelectField
          name="kind"
          label={w.kind}
          value={kind}
          onChange={(chosen) => setParams(chosen === '' ? {} : { kind: chosen }, { replace: true })}
          choices={[
            { value: '', label: w.allKinds },
            ...Object.entries(w.kinds).map(([value, label]) => ({ value, label })),
          ]}
        />
      </div>
      <Loaded whole read={read}>
        {({ events, more }) =>
          events.length === 0 ? (
            <EmptyState title={kind === '' ? w.noEvents : w.noEventsOfKind}>
              {kind === '' && w.noEventsHint}
            </EmptyState>
          ) : (
            <>
              <EventLine events={events} />
              {more && limit < 100 && (
                <Button variant="default" onClick={() => setLimit(100)}>
                  {w.more}
                </Button>
              )}
            </>
          )
        }
      </Loaded>
    </>
  )
}

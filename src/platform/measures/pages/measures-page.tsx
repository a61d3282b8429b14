import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '../../../web/api.ts'
import { useCurrentUnit } from '../../../web/current-unit.ts'
import { measureHref } from '../../../web/figure/figure-text.ts'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { useUnitFigures } from '../../../web/figure/unit-figures.ts'
import { dayText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useLanguage, useWords } from '../../../web/words.ts'
import { RecountAsked } from '../contract.ts'
import * as texts from '../texts.ts'

/** Every measure for the unit the person works for. */
export function Page() {
  const w = useWords(texts)
  const { unit } = useCurrentUnit()
  if (unit === null) {
    return (
      <>
        <PageHeader title={w.title} />
        <EmptyState title={w.noUnit}>{w.noUnitHint}</EmptyState>
      </>
    )
  }
  return <MeasuresOf key={unit.id} unit={unit} />
}

function MeasuresOf({ unit }: { unit: { id: string; name: string } }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const read = useUnitFigures(unit.id)
  const facts = read.data && `${unit.name} · ${w.asAt(dayText(read.data.asOf))}`
  return (
    <>
      <PageHeader title={w.title} lead={w.lead(unit.name)} facts={facts} actions={<RecountNow />} />
      <Loaded read={read}>
        {({ figures }) => (
          <DataTable
            caption={w.title}
            rows={figures}
            rowKey={({ measure }) => measure.name}
            empty={<EmptyState title={w.none} />}
            columns={[
              {
                id: 'measure',
                title: w.measure,
                naming: true,
                width: '24rem',
                value: ({ measure }) => measure.title[language],
                cell: ({ measure, figure }) => (
                  <Link to={measureHref(figure)}>{measure.title[language]}</Link>
                ),
              },
              {
                id: 'figure',
                title: w.figure,
                kind: 'number',
                cell: ({ measure, figure }) => (
                  <LiveFigure figure={figure} unit={unit.name} what={measure.title[language]} withNoun />
                ),
              },
              { id: 'meaning', title: w.meaning, value: ({ measure }) => measure.meaning[language] },
            ]}
          />
        )}
      </Loaded>
    </>
  )
}

/** Lets an administrator put the figures to the proof without waiting for the night. */
function RecountNow() {
  const w = useWords(texts)
  const { may } = useMe()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.send('POST', '/api/measures/recount', RecountAsked),
    onSuccess: () => notify({ text: w.recountAsked }),
  })
  if (!may('jobs.manage')) return null
  return (
    <>
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        {w.recount}
      </Button>
      <ErrorWords trouble={error ?? undefined} />
    </>
  )
}

import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { figureText } from '../../../web/figure/figure-text.ts'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { useMeasure } from '../../../web/figure/measure-list.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { useLanguage } from '../../../web/words.ts'
import type { ImportResultAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'

/** The fourth step: what was written, and the figures that moved, each a door to its rows. */
export function ImportDone({ result, onAgain }: { result: ImportResultAnswer; onAgain: () => void }) {
  const { words } = useLanguage()
  const w = words(texts)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { create, change, end } = result.counts
  return (
    <section>
      <h2 ref={heading} tabIndex={-1}>
        {w.stepDone}: {result.unit.name}
      </h2>
      <p className={styles.said} role="status">
        {w.done(create, change, end)}
      </p>
      {result.moved.length > 0 && (
        <DataTable
          caption={w.moved}
          showCaption
          filter={false}
          rows={result.moved}
          rowKey={({ after }) => after.measure}
          columns={[
            {
              id: 'measure',
              title: w.measure,
              naming: true,
              cell: ({ after }) => <MeasureTitle name={after.measure} />,
            },
            {
              id: 'before',
              title: w.before,
              kind: 'number',
              cell: ({ before }) => figureText(before) ?? '–',
            },
            {
              id: 'after',
              title: w.after,
              kind: 'number',
              cell: ({ after }) => <LiveFigure figure={after} unit={result.unit.name} />,
            },
          ]}
        />
      )}
      <div className={styles.act}>
        <Button component={Link} to={`/teams?unitId=${result.unit.id}`}>
          {w.toList}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {w.importAnother}
        </Button>
      </div>
    </section>
  )
}

function MeasureTitle({ name }: { name: string }) {
  const { language } = useLanguage()
  return useMeasure(name)?.title[language] ?? '…'
}

import { useEffect } from 'react'
import { numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useWords } from '../../../web/words.ts'
import { JobsOverview } from '../contract.ts'
import * as texts from '../texts.ts'
import { FinishedTable } from './finished-table.tsx'
import styles from './jobs-page.module.css'
import { QueuedTable } from './queued-table.tsx'

const lookAgainMs = 5_000

/** What waits, what runs and what failed, with its reason; retry and give up. */
export function Page() {
  const w = useWords(texts)
  const read = useRead('jobs', '/api/jobs', JobsOverview)
  const { refetch } = read
  // Jobs start and end without anybody writing, so no live change tells of them.
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refetch()
    }, lookAgainMs)
    return () => clearInterval(timer)
  }, [refetch])
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <Loaded read={read}>{(overview) => <Overview overview={overview} onChange={refetch} />}</Loaded>
    </>
  )
}

function Overview({ overview, onChange }: { overview: JobsOverview; onChange: () => Promise<unknown> }) {
  const w = useWords(texts)
  const { counts, queued, finished, shown } = overview
  const failed = queued.filter((job) => job.state === 'failed')
  const open = queued.filter((job) => job.state !== 'failed')
  const all = counts.failed + counts.running + counts.waiting
  const numbers = [
    [w.failed, counts.failed],
    [w.running, counts.running],
    [w.waiting, counts.waiting],
    [w.finished, counts.finishedToday],
  ] as const
  return (
    <>
      <dl className={styles.numbers} aria-label={w.summary}>
        {numbers.map(([title, count]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{numberText(count)}</dd>
          </div>
        ))}
      </dl>
      {all > shown && <p className="soft">{w.shown(numberText(queued.length), numberText(all))}</p>}
      {failed.length > 0 && (
        <section className={styles.section}>
          <h2>{w.failed}</h2>
          <p className="soft">{w.failedLead}</p>
          <QueuedTable caption={w.failed} jobs={failed} onChange={onChange} />
        </section>
      )}
      <section className={styles.section}>
        <h2>{w.open}</h2>
        {open.length === 0 ? (
          <EmptyState title={w.nothingOpen}>{w.nothingOpenLead}</EmptyState>
        ) : (
          <QueuedTable caption={w.open} jobs={open} onChange={onChange} />
        )}
      </section>
      <section className={styles.section}>
        <h2>{w.finished}</h2>
        <FinishedTable
          caption={w.finished}
          jobs={finished}
          empty={<EmptyState title={w.nothingFinished} />}
        />
      </section>
    </>
  )
}

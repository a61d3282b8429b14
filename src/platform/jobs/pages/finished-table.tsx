import type { ReactNode } from 'react'
import { instantText, numberText } from '../../../web/formats.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { useLanguage } from '../../../web/words.ts'
import type { FinishedJob } from '../contract.ts'
import * as texts from '../texts.ts'

/** What was done today, the latest first. */
export function FinishedTable(props: { caption: string; jobs: readonly FinishedJob[]; empty: ReactNode }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const columns: Column<FinishedJob>[] = [
    { id: 'job', title: w.job, naming: true, value: (job) => job.title[language] },
    {
      id: 'finishedAt',
      title: w.finishedAt,
      kind: 'day',
      value: (job) => job.finishedAt,
      cell: (job) => instantText(job.finishedAt),
    },
    { id: 'result', title: w.result, value: (job) => job.result?.[language] ?? '' },
    { id: 'tries', title: w.tries, kind: 'number', value: (job) => job.attempts },
    {
      id: 'duration',
      title: w.duration,
      kind: 'number',
      value: (job) => job.durationMs,
      cell: (job) =>
        job.durationMs < 100 ? w.instantly : w.seconds(numberText((job.durationMs / 1000).toFixed(1))),
    },
  ]
  return (
    <DataTable
      caption={props.caption}
      columns={columns}
      rows={props.jobs}
      rowKey={(job) => job.jobId}
      empty={props.empty}
    />
  )
}

import { api } from '../../../web/api.ts'
import { instantText, numberText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useLanguage } from '../../../web/words.ts'
import { JobTouched, type QueuedJob } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './jobs-page.module.css'

export interface QueuedTableProps {
  caption: string
  jobs: readonly QueuedJob[]
  /** After a job was retried or given up. */
  onChange: () => Promise<unknown>
}

/** Jobs in the queue; who may, retries them or gives them up. */
export function QueuedTable({ caption, jobs, onChange }: QueuedTableProps) {
  const { language, words } = useLanguage()
  const { may } = useMe()
  const w = words(texts)
  const reason = (job: QueuedJob) => (job.isDeclared ? (job.failure?.[language] ?? null) : w.notDeclared)
  const nextTry = (job: QueuedJob) => {
    if (job.nextTryAt === null) return null
    return Date.parse(job.nextTryAt) <= Date.now() ? w.now : instantText(job.nextTryAt)
  }
  const state = (job: QueuedJob) =>
    job.startedAt === null ? w[job.state] : `${w[job.state]}, ${w.since(instantText(job.startedAt))}`
  const columns: Column<QueuedJob>[] = [
    { id: 'job', title: w.job, naming: true, value: (job) => job.title[language] },
    { id: 'state', title: w.state, value: state },
    { id: 'reason', title: w.reason, value: reason },
    {
      id: 'tries',
      title: w.tries,
      kind: 'number',
      value: (job) => job.attempts,
      cell: (job) => w.triesOf(numberText(job.attempts), numberText(job.maxAttempts)),
    },
    { id: 'nextTry', title: w.nextTry, value: (job) => job.nextTryAt, cell: nextTry },
    {
      id: 'queuedAt',
      title: w.queuedAt,
      value: (job) => job.queuedAt,
      cell: (job) => instantText(job.queuedAt),
    },
  ]
  const touch = async (job: QueuedJob, verb: 'retry' | 'give-up', done: string) => {
    await api.send('POST', `/api/jobs/${job.jobId}/${verb}`, JobTouched)
    notify({ text: done })
    await onChange()
  }
  const actions = (job: QueuedJob) =>
    job.state === 'running' ? null : (
      <div className={styles.buttons}>
        <ConfirmButton
          question={w.retryQuestion(job.title[language])}
          consequence={w.retryConsequence}
          confirm={w.retryConfirm}
          onConfirm={() => touch(job, 'retry', w.retried(job.title[language]))}
        >
          {w.retry}
        </ConfirmButton>
        <ConfirmButton
          dangerous
          question={w.giveUpQuestion(job.title[language])}
          consequence={w.giveUpConsequence}
          confirm={w.giveUpConfirm}
          onConfirm={() => touch(job, 'give-up', w.givenUp(job.title[language]))}
        >
          {w.giveUp}
        </ConfirmButton>
      </div>
    )
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={jobs}
      rowKey={(job) => job.jobId}
      rowTone={(job) => (job.state === 'failed' ? 'attention' : undefined)}
      {...(may('jobs.manage') ? { actions } : {})}
    />
  )
}

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
  const state = (job: QueuedJob) => {
    if (job.startedAt !== null) return w.runningSince(instantText(job.startedAt))
    if (job.nextTryAt === null) return w.failed
    return Date.parse(job.nextTryAt) <= Date.now()
      ? w.waitingTurn
      : w.waitingUntil(instantText(job.nextTryAt))
  }
  const failed = jobs.every((job) => job.state === 'failed')
  const columns: Column<QueuedJob>[] = [
    { id: 'job', title: w.job, naming: true, value: (job) => job.title[language] },
    ...(failed ? [] : [{ id: 'state', title: w.state, value: state }]),
    { id: 'reason', title: w.reason, value: reason },
    {
      id: 'tries',
      title: w.tries,
      kind: 'number',
      value: (job) => job.attempts,
      cell: (job) => w.triesOf(numberText(job.attempts), numberText(job.maxAttempts)),
    },
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
  const actions = (job: QueuedJob) => {
    if (job.state === 'running') return null
    const title = job.title[language]
    const retry = job.attempts === 0 ? w.runNow : w.retry
    return (
      <span className={styles.verbs}>
        {job.isDeclared && (
          <ConfirmButton
            variant="subtle"
            question={retry.question(title)}
            consequence={retry.consequence}
            confirm={retry.confirm}
            onConfirm={() => touch(job, 'retry', retry.done(title))}
          >
            {retry.verb}
          </ConfirmButton>
        )}
        <ConfirmButton
          variant="subtle"
          dangerous
          question={w.giveUp.question(title)}
          consequence={w.giveUp.consequence}
          confirm={w.giveUp.confirm}
          onConfirm={() => touch(job, 'give-up', w.giveUp.done(title))}
        >
          {w.giveUp.verb}
        </ConfirmButton>
      </span>
    )
  }
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

/**
 * Work that is done after commit: queued in the writer's transaction, tried again until it succeeds, seen on a page.
 * Tables: jobs.worker, jobs.declared, jobs.finished; the queue itself is graphile-worker's, in schema graphile_worker.
 * Calls: access, audit.
 */
import type { Part } from '../part.ts'
import { jobsRoutes } from './jobs.routes.ts'
import { trimHistory } from './trim-history.job.ts'

export { type EnqueueOptions, enqueue } from './enqueue.ts'
export type { JobContext, JobDeclaration } from './job.ts'
export { mayManageJobs } from './jobs.policy.ts'
export { type RunningWorker, startWorker, type WorkerOptions } from './worker.ts'

export const jobs: Part = {
  name: 'jobs',
  title: { vi: 'Việc nền', en: 'Background jobs' },
  folder: import.meta.dirname,
  capabilities: [
    {
      name: 'jobs.view',
      title: { vi: 'Xem việc nền', en: 'View background jobs' },
      roles: ['administrator', 'auditor'],
    },
    {
      name: 'jobs.manage',
      title: { vi: 'Chạy lại hoặc bỏ việc nền', en: 'Retry or give up background jobs' },
      roles: ['administrator'],
    },
  ],
  scope: [
    { table: 'jobs.worker', platformOnly: 'Signs of life of the server processes.' },
    { table: 'jobs.declared', platformOnly: 'What the program says of its own jobs.' },
    { table: 'jobs.finished', platformOnly: 'Read through jobs.finished_since(), which asks for jobs.view.' },
  ],
  routes: jobsRoutes,
  jobs: [trimHistory],
}

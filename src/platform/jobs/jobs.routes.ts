import { type RouteDeclaration, route } from '../http/route.ts'
import { JobParams, JobsOverview, JobTouched } from './contract.ts'
import { giveUpJob, retryJob } from './jobs.actions.ts'
import { jobsOverview } from './jobs.views.ts'

export const jobsRoutes: readonly RouteDeclaration[] = [
  route({
    method: 'GET',
    path: '/api/jobs',
    summary: 'Việc nền: đang chạy, đang chờ, không xong, và đã xong hôm nay',
    audience: 'jobs.view',
    reply: JobsOverview,
    handle: ({ read }) => read(jobsOverview),
  }),
  route({
    method: 'POST',
    path: '/api/jobs/:jobId/retry',
    summary: 'Cho một việc chạy lại ngay, với đủ số lần thử',
    audience: 'jobs.manage',
    params: JobParams,
    reply: JobTouched,
    handle: ({ write, actor, params }) => write((tx) => retryJob(tx, actor, params.jobId)),
  }),
  route({
    method: 'POST',
    path: '/api/jobs/:jobId/give-up',
    summary: 'Bỏ hẳn một việc đang chờ hoặc không xong',
    audience: 'jobs.manage',
    params: JobParams,
    reply: JobTouched,
    handle: ({ write, actor, params }) => write((tx) => giveUpJob(tx, actor, params.jobId)),
  }),
]

import type { Probe, Probes } from '../testing/matrix.ts'
import { enqueue } from './enqueue.ts'

/** Jobs belong to the installation and to no unit: whoever holds the capability anywhere is served. */
const waiting: Probe = {
  reach: 'anyone',
  plant: async (tx) => enqueue(tx, 'testing.probe', {}, { runAt: new Date(Date.now() + 3_600_000) }),
  request: (_, { jobId }) => ({ params: { jobId: jobId ?? '' } }),
}

export const probes: Probes = {
  'GET /api/jobs': {
    ...waiting,
    // Overdue, because the list stops at the most urgent.
    plant: async (tx) => enqueue(tx, 'testing.probe', {}, { runAt: new Date(0) }),
    request: () => ({}),
    served: (answer, { jobId }) =>
      answer.body?.queued?.some((job: { jobId: string }) => job.jobId === jobId) ?? false,
  },
  'POST /api/jobs/:jobId/retry': waiting,
  'POST /api/jobs/:jobId/give-up': waiting,
}

/**
 * What can be counted, the figures, and the very rows behind them.
 * Tables: measures.measure, measures.delta, measures.total.
 * Calls: units, calendar, audit, jobs.
 */
import type { Part } from '../part.ts'
import { measuresRoutes } from './measures.routes.ts'
import { recountJob } from './recount.job.ts'

export { highestFirst } from './figure-order.ts'
export { startFolding } from './fold.loop.ts'
export { figureAnswers } from './measures.views.ts'
export { enqueueRecount } from './recount.job.ts'
export { findMeasure, registerMeasures } from './registry.ts'

export const measures: Part = {
  name: 'measures',
  title: { vi: 'Chỉ số', en: 'Measures' },
  folder: import.meta.dirname,
  capabilities: [
    {
      name: 'measures.view',
      title: { vi: 'Xem số tổng hợp', en: 'View totals' },
      roles: ['administrator', 'leader', 'standing_office', 'commune_officer', 'village_head', 'auditor'],
    },
  ],
  scope: [
    { table: 'measures.measure', unit: '', view: 'signed_in', change: 'nobody' },
    { table: 'measures.delta', unit: 'unit_id', view: 'measures.view', change: 'nobody' },
    { table: 'measures.total', unit: 'unit_id', view: 'measures.view', change: 'nobody' },
  ],
  routes: measuresRoutes,
  jobs: [recountJob],
}

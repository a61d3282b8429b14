/**
 * What can be counted, the figures, and the very rows behind them.
 * Tables: measures.counted, block, measure, rule, composition, composition_leaf, map, presence, mark, epoch, kept, kept_image; the schema counting.
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
    { table: 'measures.counted', unit: '', view: 'signed_in', change: 'nobody' },
    { table: 'measures.block', unit: '', view: 'signed_in', change: 'nobody' },
    { table: 'measures.measure', unit: '', view: 'signed_in', change: 'nobody' },
    {
      table: 'measures.rule',
      platformOnly: 'SQL that measures.rows_behind runs; written at the start alone',
    },
    { table: 'measures.kept', unit: '', view: 'signed_in', change: 'nobody' },
    {
      table: 'measures.kept_image',
      platformOnly: 'rows as they came and went; read by functions that ask for the reader’s rights',
    },
    { table: 'measures.epoch', platformOnly: 'numbers of the server, read by counting alone' },
    { table: 'measures.mark', platformOnly: 'snapshots, read through measures.mark_at' },
    {
      table: 'measures.composition',
      platformOnly: 'what totals are kept for; read by the counting functions',
    },
    { table: 'measures.composition_leaf', platformOnly: 'as measures.composition' },
    { table: 'measures.territory', platformOnly: 'one row: a number that moves with the map of units' },
    { table: 'measures.map', platformOnly: 'as measures.composition' },
    { table: 'measures.presence', platformOnly: 'keys of persons; read as counts by the counting functions' },
  ],
  routes: measuresRoutes,
  jobs: [recountJob],
}

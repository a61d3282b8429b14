/**
 * Programmes, yearly plans and their targets for a unit and a person, and how each stands, computed from records.
 * Tables: programme.programme, .plan, .field, .target, .path_point, .target_revision.
 * Calls: units, measures, calendar, audit, sheets.
 */
import type { Part } from '../../platform/part.ts'
import { programmeMeasures } from './programme.measures.ts'
import { programmeRoutes } from './programme.routes.ts'

export { createField, createPlan, createProgramme } from './programme.actions.ts'
export {
  type LoadedProgramme,
  loadProgramme,
  type ProgrammeToLoad,
  type TargetToLoad,
} from './programme.load.ts'
export { setTarget } from './target.actions.ts'

const changedHere = { unit: 'unit_id', change: 'programme.change' } as const

export const programme: Part = {
  name: 'programme',
  title: { vi: 'Chương trình', en: 'Programme' },
  folder: import.meta.dirname,
  capabilities: [
    {
      name: 'programme.view',
      title: { vi: 'Xem chỉ tiêu và kết quả', en: 'View targets and results' },
      roles: ['administrator', 'leader', 'standing_office', 'commune_officer', 'village_head', 'auditor'],
    },
    {
      name: 'programme.change',
      title: { vi: 'Lập kế hoạch, giao chỉ tiêu', en: 'Lay down plans and targets' },
      roles: ['standing_office'],
    },
  ],
  // What a programme and a plan are called is no secret: a unit reads the plan above that its targets come from.
  scope: [
    { table: 'programme.programme', view: 'signed_in', ...changedHere },
    { table: 'programme.plan', view: 'signed_in', ...changedHere },
    { table: 'programme.field', view: 'signed_in', ...changedHere },
    {
      table: 'programme.target',
      view: 'programme.view',
      noun: { vi: 'chỉ tiêu', en: 'targets', unless: 'removed_at' },
      ...changedHere,
    },
    { table: 'programme.path_point', view: 'programme.view', remove: 'programme.change', ...changedHere },
    { table: 'programme.target_revision', view: 'programme.view', ...changedHere },
  ],
  measures: programmeMeasures,
  settled: [
    {
      table: 'programme.target',
      label: ['code', 'title'],
      href: '/targets/{id}',
      taken: {
        vi: 'Trong cùng kế hoạch, đơn vị nhận đã có chỉ tiêu mang mã của một chỉ tiêu được phân bổ. Hãy phân bổ những chỉ tiêu còn lại, hoặc đổi mã hay đưa chỉ tiêu trùng mã ra khỏi kế hoạch trước.',
        en: 'In the same plan the receiving unit has a target with the code of one that is given. Give the others, or first change the code of either or take it out of the plan.',
      },
    },
  ],
  routes: programmeRoutes,
}

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
      noun: {
        vi: 'chỉ tiêu',
        en: 'targets',
        one: 'target',
        unless: 'removed_at',
        away: {
          vi: 'Hãy đưa từng chỉ tiêu ra khỏi kế hoạch, ở trang «Sửa chỉ tiêu» của nó, rồi hủy thay đổi này; còn cần thì giao lại cho đơn vị cũ.',
          en: 'Take each target out of the plan, on its page “Change the target”, then undo this change; set it again for the former unit where it is still wanted.',
        },
      },
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
      closedAfter: 'closed_after',
      stays: {
        vi: 'Trong số này có chỉ tiêu mà đơn vị nhận đã sửa hoặc đã đưa ra khỏi kế hoạch, hoặc đơn vị cũ đã có chỉ tiêu khác cùng mã. Những chỉ tiêu đó không trở lại được. Hãy giao chỉ tiêu mới ở nơi cần.',
        en: 'Among these are targets that the receiving unit has changed or taken out of the plan, or the former unit has another target with the same code. Those do not go back. Set a new target where one is needed.',
      },
    },
  ],
  routes: programmeRoutes,
}

/**
 * Files that people attach: kept once by content, checked by content, opened only through the scope of their owner unit.
 * Tables: files.stored, files.attachment; the bytes lie in `<data folder>/files/<first two>/<sha256>`.
 * Calls: access, audit, jobs.
 */
import type { Part } from '../part.ts'
import { filesRoutes } from './files.routes.ts'
import { sweepOrphans } from './sweep-orphans.job.ts'

export type { FileKind } from './file-kinds.ts'
export { configureFiles } from './file-store.ts'
export { type Attach, attach, removeAttachment } from './files.actions.ts'
export { type Attachment, type AttachmentFacts, describeAttachments, readAttachment } from './files.views.ts'
export { readUpload, type Upload } from './read-upload.ts'

export const files: Part = {
  name: 'files',
  title: { vi: 'Tệp đính kèm', en: 'Attached files' },
  folder: import.meta.dirname,
  scope: [
    {
      table: 'files.stored',
      platformOnly: 'Written by files.keep(); read through an attachment that a person may see.',
    },
    {
      table: 'files.attachment',
      unit: 'unit_id',
      view: 'nobody',
      orView: 'access.permits(view_capability, unit_id)',
      change: 'nobody',
      orChange: 'access.permits(change_capability, unit_id)',
    },
  ],
  routes: filesRoutes,
  jobs: [sweepOrphans],
}

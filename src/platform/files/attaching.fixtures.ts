import { z } from 'zod'
import { access } from '../access/index.ts'
import { auditPart } from '../audit/index.ts'
import { calendar } from '../calendar/index.ts'
import { refuse } from '../http/refusal.ts'
import { route } from '../http/route.ts'
import { jobs } from '../jobs/index.ts'
import { measures } from '../measures/index.ts'
import type { Part } from '../part.ts'
import { session } from '../session/index.ts'
import { units } from '../units/index.ts'
import { attach, type FileKind, files, readUpload } from './index.ts'

const Fields = z.strictObject({ unitId: z.string(), kinds: z.string(), undo: z.string().optional() })
const uploadRoute = route({
  method: 'POST',
  path: '/api/files-test',
  summary: 'Thử đính kèm',
  audience: 'signed_in',
  reply: z.object({ fileId: z.string() }),
  upload: true,
  handle: async ({ write, actor, request }) => {
    const upload = await readUpload(request)
    const { unitId, kinds, undo } = Fields.parse(upload.fields)
    return write(async (tx) => {
      const attached = await attach(tx, actor, {
        ...upload,
        unitId,
        viewCapability: 'files.test_view',
        changeCapability: 'files.test_change',
        kinds: kinds.split(',') as FileKind[],
      })
      if (undo) refuse('files.undone', { vi: 'Thôi.', en: 'Undone.' })
      return attached
    })
  },
})
const testFiles: Part = {
  ...files,
  routes: [...(files.routes ?? []), uploadRoute],
  capabilities: [
    {
      name: 'files.test_view',
      title: { vi: 'Xem', en: 'View' },
      roles: ['leader', 'commune_officer'] as const,
    },
    { name: 'files.test_change', title: { vi: 'Sửa', en: 'Change' }, roles: ['commune_officer'] },
  ],
}

/** The platform, with a route that attaches what it is sent: capability files.test_change to attach, files.test_view to open. */
export const partsThatAttach: readonly Part[] = [
  calendar,
  units,
  access,
  auditPart,
  session,
  testFiles,
  jobs,
  measures,
]

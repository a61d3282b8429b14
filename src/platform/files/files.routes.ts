import { type RouteDeclaration, route } from '../http/route.ts'
import { FileParams } from './contract.ts'
import { fileFormats } from './file-kinds.ts'
import { auditOpened } from './files.actions.ts'
import { readAttachment, readThumbnail } from './files.views.ts'

// Nothing in a file may run or reach out, even where a browser shows it. Browsers show no PDF inside a sandbox.
const shut = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
const policyOf = (mediaType: string) =>
  mediaType === 'application/pdf' ? `${shut}; object-src 'self'` : `${shut}; sandbox`

export const filesRoutes: readonly RouteDeclaration[] = [
  route({
    method: 'GET',
    path: '/api/files/:fileId',
    summary: 'Mở hoặc tải một tệp đính kèm trong phạm vi được giao',
    audience: 'signed_in',
    params: FileParams,
    reply: 'file',
    mediaTypes: [...new Set(Object.values(fileFormats).map(({ mediaType }) => mediaType))],
    handle: async ({ write, actor, params, reply }) => {
      const file = await write(async (tx) => {
        const found = await readAttachment(tx, params.fileId)
        if (!found.isPicture) await auditOpened(tx, actor, found)
        return found
      })
      void reply.header('content-security-policy', policyOf(file.mediaType))
      void reply.header('x-content-type-options', 'nosniff')
      return {
        bytes: file.bytes,
        mediaType: file.mediaType,
        fileName: file.name,
        inline: file.isPicture || file.mediaType === 'application/pdf',
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/files/:fileId/thumbnail',
    summary: 'Ảnh nhỏ của một ảnh đính kèm',
    audience: 'signed_in',
    params: FileParams,
    reply: 'file',
    mediaTypes: ['image/webp'],
    handle: async ({ read, params, reply }) => {
      const bytes = await read((tx) => readThumbnail(tx, params.fileId))
      void reply.header('content-security-policy', `${shut}; sandbox`)
      void reply.header('x-content-type-options', 'nosniff')
      return { bytes, mediaType: 'image/webp', fileName: `${params.fileId}.webp`, inline: true }
    },
  }),
]

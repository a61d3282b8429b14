import { z } from 'zod'

/** An attached file as pages see it; open it at `/api/files/<fileId>`, its thumbnail at `…/thumbnail`. */
export const AttachmentFacts = z.object({
  fileId: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  /** Bytes. */
  size: z.int(),
  isPicture: z.boolean(),
  attachedAt: z.iso.datetime(),
})
export type AttachmentFacts = z.infer<typeof AttachmentFacts>

export const FileParams = z.strictObject({ fileId: z.uuid() })

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { refuse, refuseNotFound } from '../http/refusal.ts'
import type { AttachmentFacts } from './contract.ts'
import { imageMediaTypes } from './file-kinds.ts'
import { storedBytes, storedThumbnail } from './file-store.ts'
import { drawThumbnail } from './picture.ts'

export type { AttachmentFacts } from './contract.ts'

/** An attachment with its bytes. */
export type Attachment = AttachmentFacts & { unitId: string; sha256: string; bytes: Uint8Array }

/** Facts of those of the attachments that the reader may see, in the order asked for; removed ones are left out. */
export async function describeAttachments(tx: Tx, fileIds: readonly string[]): Promise<AttachmentFacts[]> {
  const found = new Map((await findAttachments(tx, fileIds)).map((row) => [row.fileId, row]))
  return fileIds.flatMap((id) => {
    const row = found.get(id)
    return row ? [factsOf(row)] : []
  })
}

/** Reads an attachment. What is not there, removed or outside the reader's scope is refused in the same words. */
export async function readAttachment(tx: Tx, fileId: string): Promise<Attachment> {
  const [row] = await findAttachments(tx, [fileId])
  if (!row) refuseNotFound()
  return {
    ...factsOf(row),
    unitId: row.unitId,
    sha256: row.sha256,
    bytes: (await storedBytes(row.sha256)) ?? refuseLost(),
  }
}

/** A small WebP of an attached picture; refused as not found for anything else. */
export async function readThumbnail(tx: Tx, fileId: string): Promise<Uint8Array> {
  const [row] = await findAttachments(tx, [fileId])
  if (!row || !imageMediaTypes.includes(row.mediaType)) refuseNotFound()
  return storedThumbnail(row.sha256, async () =>
    drawThumbnail((await storedBytes(row.sha256)) ?? refuseLost()),
  )
}

type AttachmentRow = {
  fileId: string
  name: string
  mediaType: string
  size: number
  attachedAt: Date
  unitId: string
  sha256: string
}

async function findAttachments(tx: Tx, fileIds: readonly string[]): Promise<AttachmentRow[]> {
  if (fileIds.length === 0) return []
  const { rows } = await sql<AttachmentRow>`
    with seen as materialized (
      select id, name, attached_at, unit_id, sha256 from files.attachment
      where id = any(${fileIds}::uuid[]) and removed_at is null)
    select a.id as "fileId", a.name, s.media_type as "mediaType", s.size, a.attached_at as "attachedAt",
           a.unit_id as "unitId", a.sha256
    from seen a
    join files.facts_of(array(select sha256 from seen)) s on s.sha256 = a.sha256`.execute(tx)
  return rows
}

function factsOf(row: AttachmentRow): AttachmentFacts {
  return {
    fileId: row.fileId,
    name: row.name,
    mediaType: row.mediaType,
    size: row.size,
    isPicture: imageMediaTypes.includes(row.mediaType),
    attachedAt: row.attachedAt.toISOString(),
  }
}

function refuseLost(): never {
  refuse(
    'files.lost',
    {
      vi: 'Tệp này có trong sổ nhưng không còn nguyên vẹn trong kho tệp. Hãy báo người quản trị khôi phục từ bản sao lưu.',
      en: 'This file is on record but no longer whole in the store. Ask the administrator to restore it from a backup.',
    },
    { status: 410 },
  )
}

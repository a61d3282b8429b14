import { sql } from 'kysely'
import type { Actor } from '../actor/actor.ts'
import { audit } from '../audit/index.ts'
import type { Tx } from '../db/database.ts'
import { refuseNotFound } from '../http/refusal.ts'
import { checkContent } from './file-content.ts'
import { type FileKind, fileFormats } from './file-kinds.ts'
import { cleanFileName, namedAs } from './file-name.ts'
import { sha256Of, storeBytes } from './file-store.ts'
import { isPicture, redrawPicture } from './picture.ts'

export type Attach = {
  bytes: Uint8Array
  name: string
  unitId: string
  /** Who holds it over the unit may open the file. */
  viewCapability: string
  /** Who holds it over the unit may attach and remove the file; the same as for viewing unless told. */
  changeCapability?: string
  kinds: readonly FileKind[]
}

/**
 * Attaches a file in the writer's transaction. The content is checked, pictures are drawn anew, and the bytes are on the
 * disk before the transaction can commit; if it is undone, a later sweep takes them away. Refuses, naming the field
 * `file`, what is of another kind than `kinds`; outside the actor's scope the database refuses.
 */
export async function attach(tx: Tx, actor: Actor, file: Attach): Promise<{ fileId: string }> {
  const name = cleanFileName(file.name)
  const format = await checkContent(file.bytes, name, file.kinds)
  const bytes = isPicture(format) ? await redrawPicture(file.bytes, format) : file.bytes
  const sha256 = sha256Of(bytes)
  await sql`select files.hold(${sha256})`.execute(tx)
  await storeBytes(sha256, bytes)
  await sql`select files.keep(${sha256}, ${bytes.length}, ${fileFormats[format].mediaType})`.execute(tx)
  const kept = namedAs(name, format)
  const { rows } = await sql<{ id: string }>`
    insert into files.attachment (unit_id, sha256, name, view_capability, change_capability, attached_by)
    values (${file.unitId}, ${sha256}, ${kept}, ${file.viewCapability},
            ${file.changeCapability ?? file.viewCapability}, ${actor.accountId})
    returning id`.execute(tx)
  const fileId = rows[0]?.id ?? ''
  await audit(tx, actor, {
    action: 'files.file_attached',
    subject: 'files.attachment',
    subjectId: fileId,
    unitId: file.unitId,
    after: { name: kept, sha256, size: bytes.length },
  })
  return { fileId }
}

/** Takes an attachment out of sight; that it was there, and its bytes, stay on record. */
export async function removeAttachment(tx: Tx, actor: Actor, fileId: string): Promise<void> {
  const { rows } = await sql<{ unit_id: string; name: string; sha256: string }>`
    update files.attachment set removed_at = now() where id = ${fileId} and removed_at is null
    returning unit_id, name, sha256`.execute(tx)
  const [removed] = rows
  if (!removed) refuseNotFound()
  await audit(tx, actor, {
    action: 'files.file_removed',
    subject: 'files.attachment',
    subjectId: fileId,
    unitId: removed.unit_id,
    before: { name: removed.name, sha256: removed.sha256 },
  })
}

/** Notes that a person opened a file that may hold personal data. */
export async function auditOpened(
  tx: Tx,
  actor: Actor,
  file: { fileId: string; unitId: string; name: string },
): Promise<void> {
  await audit(tx, actor, {
    action: 'files.file_opened',
    subject: 'files.attachment',
    subjectId: file.fileId,
    unitId: file.unitId,
    after: { name: file.name },
  })
}

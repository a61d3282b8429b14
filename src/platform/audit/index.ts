/**
 * What was done, by whom, to what: written in the transaction of the deed itself.
 * Tables: audit.entry.
 * Calls: nothing.
 */
import { sql } from 'kysely'
import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { answeredLater, ask } from '../db/prepared.ts'
import type { Part } from '../part.ts'

export type AuditEntry = {
  /** `<part>.<what was done>`, e.g. `teams.member_added`; the part is also the topic that open pages hear of. */
  action: string
  /** `schema.table` and key of what it was done to. */
  subject: string
  subjectId: string
  unitId: string
  before?: object | null
  after?: object | null
}

const addEntry = `${answeredLater}insert into audit.entry
    (actor_id, unit_id, action, subject, subject_id, before, after, request_id, address)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

/** Writes the entry of a deed. A transaction that writes rows and has none cannot commit. */
export async function audit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  const { action, subject, subjectId, unitId, before, after } = entry
  await ask(tx, addEntry, [
    actor.accountId,
    unitId,
    action,
    subject,
    subjectId,
    json(before),
    json(after),
    actor.requestId,
    actor.address,
  ])
}

const json = (value: object | null | undefined) => (value ? JSON.stringify(value) : null)

/** The entries of a batch, in one statement. */
export async function auditMany(tx: Tx, actor: Actor, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = JSON.stringify(
    entries.map((entry) => ({
      action: entry.action,
      subject: entry.subject,
      subject_id: entry.subjectId,
      unit_id: entry.unitId,
      before: entry.before ?? null,
      after: entry.after ?? null,
    })),
  )
  await sql`
    insert into audit.entry (actor_id, unit_id, action, subject, subject_id, before, after, request_id, address)
    select ${actor.accountId}::bigint, r.unit_id, r.action, r.subject, r.subject_id,
           nullif(r.before, 'null'::jsonb), nullif(r.after, 'null'::jsonb), ${actor.requestId}, ${actor.address}
    from jsonb_to_recordset(${rows}::jsonb)
      as r(action text, subject text, subject_id text, unit_id bigint, before jsonb, after jsonb)`.execute(tx)
}

export const auditPart: Part = {
  name: 'audit',
  title: { vi: 'Nhật ký', en: 'Audit' },
  folder: import.meta.dirname,
  capabilities: [
    {
      name: 'audit.view',
      title: { vi: 'Xem nhật ký', en: 'View the audit log' },
      roles: ['administrator', 'auditor'],
    },
  ],
  scope: [
    {
      table: 'audit.entry',
      unit: 'unit_id',
      view: 'audit.view',
      change: 'nobody',
      orChange: 'actor_id is not distinct from access.current_account()',
    },
  ],
}

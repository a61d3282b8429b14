import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { refuseField } from '../http/refusal.ts'

/** What had been written up to an instant; null: all that is written. */
export type Known = { at: string; epoch: number; seen: string } | null

/**
 * The last moment at or before an instant of which the product kept what was written until then (each minute in which
 * something was). Refuses an instant before the first one, and one at which a table that is asked of was not kept yet.
 */
export async function knownSnapshot(tx: Tx, at: string | null, tables: readonly string[]): Promise<Known> {
  if (at === null) return null
  const { rows } = await sql<{ at: Date; epoch: number; seen: string; kept: boolean }>`
    select m.at, m.epoch, m.seen::text as seen, not exists (
      select from measures.counted c where c.name = any(${[...new Set(tables)]}::text[]) and c.known_from > m.at) as kept
    from measures.mark_at(${at}::timestamptz) m`.execute(tx)
  const mark = rows[0]
  if (!mark?.kept) {
    refuseField('measures.not_known_then', 'knownAt', {
      vi: 'Phần mềm chưa ghi nhận số liệu vào thời điểm đó. Hãy chọn một thời điểm muộn hơn.',
      en: 'Nothing had been recorded at that instant. Choose a later one.',
    })
  }
  return { at: mark.at.toISOString(), epoch: mark.epoch, seen: mark.seen }
}

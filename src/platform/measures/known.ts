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
  if (!mark?.kept) refuseKnown(await firstKnown(tx, tables))
  return { at: mark.at.toISOString(), epoch: mark.epoch, seen: mark.seen }
}

const minute = 60_000
const ahead = 7 * 60 * minute

/** The first whole minute from an instant on, as the clock in Việt Nam shows it: '14:05 30/8/2022'. */
function minuteText(instant: Date): string {
  const shown = new Date(Math.ceil(instant.getTime() / minute) * minute + ahead).toISOString()
  const [year, month, day] = shown.slice(0, 10).split('-').map(Number)
  return `${shown.slice(11, 16)} ${day}/${month}/${year}`
}

/** Says from when on it can be asked, in whole minutes, as people write an instant. */
function refuseKnown(first: Date | null): never {
  const from = first && minuteText(first)
  refuseField(
    'measures.not_known_then',
    'knownAt',
    from === null
      ? {
          vi: 'Phần mềm chưa ghi nhận số liệu vào thời điểm đó, vì vừa mới bắt đầu ghi. Hãy xem lại sau ít phút.',
          en: 'Nothing had been recorded at that instant, as recording has only just begun. Ask again in some minutes.',
        }
      : {
          vi: `Phần mềm chưa ghi nhận số liệu vào thời điểm đó. Xem được từ ${from}; hãy chọn thời điểm đó hoặc muộn hơn.`,
          en: `Nothing had been recorded at that instant. It can be asked from ${from} on; choose that instant or a later one.`,
        },
  )
}

/**
 * The first instant of which it is kept what had been written in all of these tables; null where there is none yet.
 * Marks are told one at a time, the last before an instant, so the first is searched for by halves.
 */
async function firstKnown(tx: Tx, tables: readonly string[]): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    with recursive search(since, low, high) as (
      select max(c.known_from), max(c.known_from), now() from measures.counted c
      where c.name = any(${[...new Set(tables)]}::text[])
      union all
      select since, case when is_kept then low else middle end, case when is_kept then middle else high end
      from search
      cross join lateral (select low + (high - low) / 2 as middle) half
      cross join lateral (
        select exists (select from measures.mark_at(middle) m where m.at >= since) as is_kept) kept
      where high - low > interval '1 second'
    )
    select (select m.at from measures.mark_at(s.high) m where m.at >= s.since) as at
    from search s order by s.high - s.low limit 1`.execute(tx)
  return rows[0]?.at ?? null
}

import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { refuseField } from '../http/refusal.ts'
import type { Reading } from './reading.ts'

/**
 * What had been written up to an instant; null: all that is written. `mapChanged`: a change of units was recorded or undone
 * since, so that it is read on the map as it was known.
 */
export type Known = { at: string; epoch: number; seen: string; mapChanged: boolean } | null

/** What has been read already: the day and hour, and what had been written until then. `hour`: another one than that of now. */
export type Given = { now?: Reading; known?: Known; hour?: number }

/** The tables that say which units there are, what stands in them and where they went. */
const mapTables = ['units.unit_version', 'units.succession', 'units.place', 'units.ancestry']

/**
 * The last moment at or before an instant of which the product kept what was written until then (each minute in which
 * something was). Refuses an instant before the first one, and one at which a table that is asked of was not kept yet.
 * `tables`: those whose rows are counted; `kept`: others that the figure is judged by.
 */
export async function knownSnapshot(
  tx: Tx,
  at: string | null,
  tables: readonly string[],
  kept: readonly string[] = [],
): Promise<Known> {
  if (at === null) return null
  const counted = [...new Set(tables)]
  const { rows } = await sql<Mark>`
    select m.at, m.epoch, m.seen::text as seen, not exists (
        select from measures.counted c where c.name = any(${counted}::text[]) and c.known_from > m.at) as "isCounted",
      array(select measures.not_kept_at(${[...mapTables, ...kept]}::text[], ${at}::timestamptz)) as missing,
      measures.map_changed_since(m.epoch, m.seen) as "mapChanged"
    from measures.mark_at(${at}::timestamptz) m`.execute(tx)
  const [mark] = rows
  if (!mark?.isCounted) refuseKnown(await firstKnown(tx, counted))
  if (mark.missing.length > 0) await refuseKept(tx, mark.missing)
  return { at: mark.at.toISOString(), epoch: mark.epoch, seen: mark.seen, mapChanged: mark.mapChanged }
}

/** Whether a change of units was recorded or undone since a snapshot. */
export async function mapChangedSince(
  tx: Tx,
  { epoch, seen }: Pick<NonNullable<Known>, 'epoch' | 'seen'>,
): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select measures.map_changed_since(${epoch}::int, ${seen}::pg_snapshot) as is`.execute(tx)
  return rows[0]?.is ?? false
}

/** Whether a unit was made of something else on the map of a day as it was known. */
export async function mapDiffers(tx: Tx, known: Known, unitId: string, day: string): Promise<boolean> {
  if (!known?.mapChanged) return false
  const { rows } = await sql<{ is: boolean }>`
    select measures.map_differs(${unitId}::bigint, ${day}::date, ${known.epoch}::int, ${known.seen}::pg_snapshot) as is`.execute(
    tx,
  )
  return rows[0]?.is ?? false
}

/** Whether a unit stood on the map of a day as it was known; false where that is the map of now. */
export async function stoodOnMapKnown(tx: Tx, known: Known, unitId: string, day: string): Promise<boolean> {
  if (!known?.mapChanged) return false
  const { rows } = await sql<{ is: boolean }>`
    select measures.stood_known(${unitId}::bigint, ${day}::date, ${known.epoch}::int, ${known.seen}::pg_snapshot) as is`.execute(
    tx,
  )
  return rows[0]?.is ?? false
}

type Mark = {
  at: Date
  epoch: number
  seen: string
  isCounted: boolean
  missing: string[]
  mapChanged: boolean
}

/** Refuses an instant at which rows of these counted tables were not kept yet. */
export async function requireCounted(
  tx: Tx,
  known: NonNullable<Known>,
  tables: readonly string[],
): Promise<void> {
  const { rows } = await sql`
    select from measures.counted c
    where c.name = any(${[...new Set(tables)]}::text[]) and c.known_from > ${known.at}::timestamptz limit 1`.execute(
    tx,
  )
  if (rows.length > 0) refuseKnown(await firstKnown(tx, tables))
}

/** Says why what was not kept then cannot be made up for, and from when on it can be asked. */
async function refuseKept(tx: Tx, missing: readonly string[]): Promise<never> {
  const { rows } = await sql<{ at: Date }>`
    select max(k.known_from) as at from measures.kept k where k.name = any(${[...missing]}::text[])`.execute(
    tx,
  )
  const from = minuteText(rows[0]?.at ?? new Date())
  const isMap = missing.some((table) => mapTables.includes(table))
  refuseField('measures.not_known_then', 'knownAt', {
    vi: `${isMap ? 'Địa bàn' : 'Những mục được chấm'} đã đổi sau thời điểm đó mà trước ${from} phần mềm chưa giữ lại bản cũ, nên không nói được lúc ấy in ra con số nào. Hãy chọn ${from} hoặc muộn hơn.`,
    en: `${isMap ? 'Units' : 'The items that are judged'} were changed after that instant, and until ${from} what they had been was not kept, so nobody can say what was printed then. Choose ${from} or later.`,
  })
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

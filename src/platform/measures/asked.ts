import { sql } from 'kysely'
import { type Actor, holds } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { refuse, refuseField } from '../http/refusal.ts'
import type { Words } from '../part.ts'
import { elsewhereWords, whereabouts } from '../units/index.ts'
import { isOverPeriod } from './bases.ts'
import type { FigureQueryInput } from './contract.ts'
import type { Measure } from './declare.ts'
import { periodStart } from './period.contract.ts'
import {
  blocksOf,
  hourAsOf,
  type MapChoice,
  type Moment,
  moment,
  type Reading,
  readingAt,
} from './reading.ts'
import { findMeasure } from './registry.ts'

/** The unit, day and map that figures are asked for, checked, and the moment at which they are read. */
export type Asked = {
  unit: { id: string; name: string; kindName: Words; isArea: boolean }
  /** false only where it is asked by what had been recorded then, and has left that map since. */
  isOnMap: boolean
  asOf: string
  map: MapChoice
  /** The day whose map places the records, and whose names units bear. */
  mapDay: string
  now: Reading
  answered: Answered
}

/** What every answer says of itself; see the contract. */
export type Answered = { readAt: string; today: string; countedUntil: string; seen: string; mapDay: string }

/** The declared measure of a name; refuses in words. */
export function requireMeasure(name: string): Measure {
  return (
    findMeasure(name) ??
    refuse(
      'measures.unknown',
      {
        vi: `Không có chỉ số «${name}». Hãy chọn trong danh sách chỉ số.`,
        en: `There is no measure “${name}”. Choose one from the list of measures.`,
      },
      { status: 404 },
    )
  )
}

type Found = Moment & {
  at: Date
  seen: string
  day: string
  path: string[] | null
  name: string | null
  kindName: Words
  isArea: boolean
}

/**
 * Checks for which unit, day and map figures are asked, in one statement: the reader must hold `measures.view` over the
 * unit, and the unit must stand on the map. `measures`: those that will be read; `stoodThen`: whether the unit stood on the
 * map of a day as it was known then, where that is enough.
 */
export async function placeAsked(
  tx: Tx,
  actor: Actor,
  query: Pick<FigureQueryInput, 'unitId' | 'asOf' | 'map'>,
  measures: readonly Measure[],
  stoodThen?: (day: string) => Promise<boolean>,
): Promise<Asked> {
  const { unitId, asOf = null, map = 'then' } = query
  const day = map === 'then' ? asOf : map === 'today' ? null : map
  const blocks = blocksOf(measures)
  const { rows } = await sql<Found>`
    select now.*, v.name, k.is_area as "isArea", jsonb_build_object('vi', k.name_vi, 'en', k.name_en) as "kindName",
      (select array_agg(s.ancestor_id::text) from units.standing s where s.unit_id = ${unitId}::bigint) as path
    from (
      select ${moment(blocks)}, now() as at, measures.seen_now() as seen,
        coalesce(${day}::date, calendar.today()) as day
    ) now
    left join units.unit_version v on v.unit_id = ${unitId}::bigint
      and v.valid_from <= now.day and (v.valid_until is null or v.valid_until > now.day)
    left join units.kind k on k.key = v.kind`.execute(tx)
  const found = rows[0] as Found
  if (!holds(actor, 'measures.view', found.path ?? [])) refuseUnit()
  const isOnMap = found.name !== null
  if (!isOnMap && !(await stoodThen?.(found.day))) await refuseOffMap(tx, unitId, map, found.day)
  const now = await readingAt(tx, found, blocks)
  const onDay = asOf ?? found.today
  return {
    unit: { id: unitId, ...(isOnMap ? named(found) : await lastNamed(tx, unitId, found.day)) },
    isOnMap,
    asOf: onDay,
    map,
    mapDay: found.day,
    now,
    answered: {
      readAt: found.at.toISOString(),
      today: found.today,
      countedUntil: instantOfHour(hourAsOf(onDay, now)),
      seen: found.seen,
      mapDay: found.day,
    },
  }
}

type Named = Omit<Asked['unit'], 'id'>
const named = ({ name, kindName, isArea }: Found): Named => ({ name: name ?? '', kindName, isArea })

/** How a unit was called when it was last there before a day. */
async function lastNamed(tx: Tx, unitId: string, day: string): Promise<Named> {
  const { rows } = await sql<Named>`
    select v.name, k.is_area as "isArea", jsonb_build_object('vi', k.name_vi, 'en', k.name_en) as "kindName"
    from units.unit_version v join units.kind k on k.key = v.kind
    where v.unit_id = ${unitId}::bigint order by v.valid_from <= ${day}::date desc, v.valid_from desc limit 1`.execute(
    tx,
  )
  return rows[0] ?? refuseUnit()
}

/** The instant up to which records count: the beginning of the hour for today, the end of its day for any other. */
export function instantOfHour(hour: number): string {
  const endOfDay = hour % 24 === 23
  return new Date((hour - 7 + (endOfDay ? 1 : 0)) * 3_600_000).toISOString()
}

function refuseUnit(): never {
  refuse(
    'measures.unit_not_yours',
    {
      vi: 'Không có đơn vị này, hoặc số liệu của đơn vị này không thuộc phạm vi anh/chị được giao. Hãy chọn đơn vị của mình.',
      en: 'There is no such unit, or its figures lie outside what you have been given. Choose a unit of yours.',
    },
    { status: 404 },
  )
}

/** A unit that is not on the map asked for: says when it was, and what stands in its place. */
async function refuseOffMap(tx: Tx, unitId: string, map: MapChoice, day: string): Promise<never> {
  const found = await whereabouts(tx, unitId, day)
  if (!found) refuseUnit()
  const on = day.split('-').map(Number).reverse().join('/')
  const where =
    map === 'then'
      ? { vi: `vào ngày đang chọn, ${on}`, en: `on ${on}` }
      : { vi: `trên địa bàn ngày ${on}`, en: `on the map of ${on}` }
  refuseField('measures.not_on_map', map === 'then' ? 'asOf' : 'map', elsewhereWords(found, day, where))
}

/** First day of the period that is asked for; null since the start, and for what is read at an instant. */
export function firstDayAsked(
  measure: Measure | null,
  query: Pick<FigureQueryInput, 'from' | 'period'>,
  asOf: string,
): string | null {
  const { from, period } = query
  if (from !== undefined && period !== undefined) {
    refuseField('measures.two_periods', 'period', {
      vi: 'Chỉ chọn một trong hai: một kỳ có sẵn, hoặc ngày đầu kỳ.',
      en: 'Choose one of the two: a period, or its first day.',
    })
  }
  if (measure !== null && !isOverPeriod(measure)) return null
  if (period !== undefined) return periodStart(period, asOf)
  if (from === undefined) return null
  if (from > asOf) {
    refuseField('measures.period_backwards', 'from', {
      vi: 'Ngày đầu kỳ sau ngày cuối kỳ. Hãy chọn lại kỳ.',
      en: 'The period begins after it ends. Choose it again.',
    })
  }
  return from
}

import { type Actor, holds } from '../actor/actor.ts'
import type { Database } from '../db/database.ts'
import { type FieldRefusal, refuse } from '../http/refusal.ts'
import { basesOf, isOverPeriod } from '../measures/bases.ts'
import type { Measure } from '../measures/declare.ts'
import { findMeasure } from '../measures/index.ts'
import type { WatchedFigureInput } from './contract.ts'
import { pathsOf } from './live.views.ts'

/** The right that shows totals: the same as of the routes of figures. */
export const watchCapability = 'measures.view'

/** A figure that is watched: a question to counting whose day may be "today", whichever day that is. */
export type WatchedAsk = {
  measure: Measure
  unitId: string
  asOf: string | null
  from: string | null
  map?: string
  /** Topics under which the rows that it counts are written; none where that cannot be told. */
  topics: readonly string[]
}

export const notYours = {
  vi: 'Không có đơn vị này, hoặc số liệu của đơn vị này không thuộc phạm vi anh/chị được giao. Hãy chọn đơn vị của mình.',
  en: 'There is no such unit, or its figures lie outside what you have been given. Choose a unit of yours.',
}

/** The figures that a page wants to watch, checked as the routes of figures check them; names every field that is refused. */
export async function requireWatchable(
  database: Database,
  actor: Actor,
  wanted: readonly WatchedFigureInput[],
): Promise<WatchedAsk[]> {
  if (wanted.length === 0) return []
  const paths = await pathsOf(database.owner, [...new Set(wanted.map(({ unitId }) => unitId))])
  const refused: FieldRefusal[] = []
  const asks = wanted.flatMap((figure, at): WatchedAsk[] => {
    const measure = findMeasure(figure.measure)
    if (!measure) {
      refused.push({
        path: `figures.${at}.measure`,
        message: {
          vi: `Không có chỉ số «${figure.measure}». Hãy chọn trong danh sách chỉ số.`,
          en: `There is no measure “${figure.measure}”. Choose one from the list of measures.`,
        },
      })
      return []
    }
    if (!holds(actor, watchCapability, paths.get(figure.unitId) ?? [])) {
      refused.push({ path: `figures.${at}.unitId`, message: notYours })
      return []
    }
    const from = isOverPeriod(measure) ? (figure.from ?? null) : null
    if (from !== null && figure.asOf !== undefined && from > figure.asOf) {
      refused.push({
        path: `figures.${at}.from`,
        message: {
          vi: 'Ngày đầu kỳ sau ngày cuối kỳ. Hãy chọn lại kỳ.',
          en: 'The period begins after it ends. Choose it again.',
        },
      })
      return []
    }
    const { unitId, asOf = null, map } = figure
    return [{ measure, unitId, asOf, from, topics: topicsOf(measure), ...(map !== undefined && { map }) }]
  })
  if (refused.length > 0) {
    const [{ message }] = refused as [FieldRefusal]
    refuse('live.not_watchable', message, { status: 404, fields: refused })
  }
  return asks
}

/**
 * A measure is declared by the part that owns its rows and writes under its name; a sum or ratio may stand on several.
 * None for what is made of anything (the share of targets met): all that is written may move it.
 */
function topicsOf(measure: Measure): string[] {
  const counted = measure.kind === 'distinct' ? [measure] : basesOf(measure)
  return [...new Set(counted.map(({ name }) => name.split('.')[0] ?? ''))]
}

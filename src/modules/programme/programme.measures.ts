import { today } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { tablesOf } from '../../platform/measures/bases.ts'
import { type JudgedItem, type JudgedPlace, type Measure, share } from '../../platform/measures/declare.ts'
import { type Given, requireCounted } from '../../platform/measures/known.ts'
import { mapDay } from '../../platform/measures/reading.ts'
import { findMeasure } from '../../platform/measures/registry.ts'
import type { JudgementAnswer } from './contract.ts'
import { judgeAll } from './programme.overview.ts'
import { targetsOf } from './target.held.views.ts'
import type { StoredTarget } from './target.views.ts'

/** The targets that each unit has on its map, with how they stand on each day: one judging for all that are asked on a day and a map. */
async function judgedTargets(
  tx: Tx,
  places: readonly JudgedPlace[],
  { now: read, known = null }: Given,
): Promise<readonly JudgedItem[][]> {
  const found = new Map<JudgedPlace, JudgedItem[]>()
  const now = read?.today ?? (await today(tx))
  const key = (place: JudgedPlace) => `${place.asOf} ${mapDay(place.map, place.asOf, now)}`
  for (const [days, group] of Map.groupBy(places, key)) {
    const [asOf = '', onMap = ''] = days.split(' ')
    const unitIds = [...new Set(group.map(({ unitId }) => unitId))]
    const targets = (
      await targetsOf(tx, { unitIds, year: Number(asOf.slice(0, 4)), asOf, mapDay: onMap, known })
    ).filter(isOwnFigure)
    const map = onMap === asOf ? undefined : onMap
    if (known !== null) await requireCounted(tx, known, targets.flatMap(tablesRead))
    const judged = await judgeAll(tx, targets, asOf, { map, known, hour: read?.hourNow })
    const byUnit = Map.groupBy(judged, ({ target }) => target.bearing.heirId)
    const address = addressOn({ asOf: asOf === now ? undefined : asOf, map })
    for (const place of group)
      found.set(
        place,
        (byUnit.get(place.unitId) ?? []).map((one) => itemOf(one, address)),
      )
  }
  return places.map((place) => found.get(place) ?? [])
}

function tablesRead({ measure }: StoredTarget): string[] {
  const declared = measure === null ? undefined : findMeasure(measure)
  return declared ? tablesOf(declared) : []
}

/** A target that is itself measured by a share of targets is not judged within one: it would never end. */
function isOwnFigure({ measure }: StoredTarget): boolean {
  return measure === null || findMeasure(measure)?.kind !== 'share'
}

/** What leads to a target on the day and map that it was judged on. */
function addressOn(on: { asOf: string | undefined; map: string | undefined }): string {
  const said = Object.entries(on).flatMap(([name, day]) => (day === undefined ? [] : [`${name}=${day}`]))
  return said.length === 0 ? '' : `?${said.join('&')}`
}

function itemOf(
  { target, judgement }: { target: StoredTarget; judgement: JudgementAnswer },
  address: string,
): JudgedItem {
  const { status } = judgement
  return {
    id: target.id,
    title: `${target.code} · ${target.title}`,
    href: `/targets/${target.id}${address}`,
    isMet: status === 'not_captured' ? null : status === 'met' || status === 'exceeded',
    reason: judgement.reason,
  }
}

export const programmeMeasures: readonly Measure[] = [
  share({
    name: 'programme.targets_met',
    title: { vi: 'Chỉ tiêu đạt', en: 'Targets met' },
    meaning: {
      vi: 'Số chỉ tiêu của chính đơn vị đã đạt hoặc vượt vào ngày được hỏi, trên số chỉ tiêu có số liệu để chấm. Chỉ tiêu chưa có số liệu không tính.',
      en: 'Targets of the unit itself that are met or exceeded on the day asked for, out of those that there are figures to judge by. Targets without figures are not counted.',
    },
    noun: { vi: 'chỉ tiêu', en: 'targets' },
    kept: ['programme.target', 'programme.path_point'],
    judged: judgedTargets,
  }),
]

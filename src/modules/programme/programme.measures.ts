import type { Tx } from '../../platform/db/database.ts'
import { type JudgedItem, type JudgedPlace, type Measure, share } from '../../platform/measures/declare.ts'
import { findMeasure } from '../../platform/measures/registry.ts'
import type { JudgementAnswer } from './contract.ts'
import { judgeAll } from './programme.overview.ts'
import { type StoredTarget, targetsOf } from './target.views.ts'

/** The targets of each unit on each day with how they stand: one judging for all that are asked on a day. */
async function judgedTargets(tx: Tx, places: readonly JudgedPlace[]): Promise<readonly JudgedItem[][]> {
  const found = new Map<JudgedPlace, JudgedItem[]>()
  for (const [asOf, group] of Map.groupBy(places, (place) => place.asOf)) {
    const unitIds = [...new Set(group.map(({ unitId }) => unitId))]
    const targets = await targetsOf(tx, unitIds, Number(asOf.slice(0, 4)))
    const judged = await judgeAll(tx, targets.filter(isOwnFigure), asOf)
    const byUnit = Map.groupBy(judged, ({ target }) => target.unitId)
    for (const place of group) found.set(place, (byUnit.get(place.unitId) ?? []).map(itemOf))
  }
  return places.map((place) => found.get(place) ?? [])
}

/** A target that is itself measured by a share of targets is not judged within one: it would never end. */
function isOwnFigure({ measure }: StoredTarget): boolean {
  return measure === null || findMeasure(measure)?.kind !== 'share'
}

function itemOf({ target, judgement }: { target: StoredTarget; judgement: JudgementAnswer }): JudgedItem {
  const { status } = judgement
  return {
    id: target.id,
    title: `${target.code} · ${target.title}`,
    href: `/targets/${target.id}`,
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
    judged: judgedTargets,
  }),
]

import type { TargetPageAnswer, TargetTermsInput } from '../contract.ts'

/** A point of the path while it is typed. */
export interface PointDraft {
  key: number
  dueOn: string | null
  value: number | null
}

/** A target while it is typed; numbers are numbers, empty is null. */
export interface TargetDraft {
  planId: string
  fieldId: string
  code: string
  title: string
  measure: string
  direction: TargetTermsInput['direction']
  valueUnit: string
  baseline: number | null
  endValue: number | null
  startsOn: string | null
  endsOn: string | null
  path: PointDraft[]
  answerableName: string
  answerablePosition: string
  answerableAccountId: string | null
  legalBasis: string
  note: string
  isAssumption: boolean
  reason: string
}

// Begins anew with each visit and above every key of an earlier one: a draft kept from then comes back with its keys.
let lastKey = Date.now()
/** A point with a key of its own, so that a removed row takes nothing of its neighbour's with it. */
export function point(dueOn: string | null, value: number | null): PointDraft {
  lastKey += 1
  return { key: lastKey, dueOn, value }
}

export function emptyDraft(plan: { id: string; year: number }, fieldId: string): TargetDraft {
  return {
    planId: plan.id,
    fieldId,
    code: '',
    title: '',
    measure: '',
    direction: 'at_least',
    valueUnit: '',
    baseline: null,
    endValue: null,
    startsOn: `${plan.year}-01-01`,
    endsOn: `${plan.year}-12-31`,
    path: [],
    answerableName: '',
    answerablePosition: '',
    answerableAccountId: null,
    legalBasis: '',
    note: '',
    isAssumption: false,
    reason: '',
  }
}

export function draftOf(target: TargetPageAnswer['target']): TargetDraft {
  const { planId, fieldId, code, title, measure, direction, valueUnit, startsOn, endsOn } = target
  const { answerableName, answerablePosition, answerableAccountId, legalBasis, note, isAssumption } = target
  return {
    ...{ planId, fieldId, code, title, direction, valueUnit, startsOn, endsOn },
    ...{ answerableName, answerablePosition, answerableAccountId, legalBasis, note, isAssumption },
    measure: measure?.name ?? '',
    baseline: target.baseline === null ? null : Number(target.baseline),
    endValue: Number(target.endValue),
    path: target.path.map(({ dueOn, value }) => point(dueOn, Number(value))),
    reason: '',
  }
}

const decimal = (value: number | null) => (value === null ? null : String(value))

/** What counts for the status of a draft, or null while something needed is still empty. */
export function previewOf(draft: TargetDraft, unitId: string) {
  const { planId, startsOn, endsOn, direction } = draft
  const endValue = decimal(draft.endValue)
  const path = pathOf(draft)
  if (endValue === null || startsOn === null || endsOn === null || path === null) return null
  const measure = draft.measure === '' ? null : draft.measure
  const baseline = decimal(draft.baseline)
  return { unitId, planId, measure, direction, baseline, endValue, startsOn, endsOn, path }
}

function pathOf(draft: TargetDraft) {
  const points = draft.path.map(({ dueOn, value }) => ({ dueOn, value: decimal(value) }))
  const whole = points.filter(
    (one): one is { dueOn: string; value: string } => one.dueOn !== null && one.value !== null,
  )
  return whole.length === points.length ? whole : null
}

/** The terms as they are sent; what is still empty is sent empty, so that the server names the field. */
export function termsOf(draft: TargetDraft) {
  const { key: _, ...none } = point(null, null)
  const { planId: __, reason: ___, ...rest } = draft
  return {
    ...rest,
    measure: draft.measure === '' ? null : draft.measure,
    baseline: decimal(draft.baseline),
    endValue: decimal(draft.endValue),
    path: draft.path.map(({ dueOn, value }) => ({ ...none, dueOn, value: decimal(value) })),
  }
}

/** The path with its last point following the end value, where that point stands on the last day. */
export function withEnd(draft: TargetDraft, endValue: number | null): PointDraft[] {
  const { path, endsOn } = draft
  const last = path.at(-1)
  if (last === undefined || last.dueOn !== endsOn) return path
  return [...path.slice(0, -1), { ...last, value: endValue }]
}

/** Points at the ends of the quarters, level and days spread evenly from the baseline to the end value. */
export function quarterlyPath(draft: TargetDraft): PointDraft[] {
  const { startsOn, endsOn, endValue } = draft
  if (startsOn === null || endsOn === null || endValue === null) return draft.path
  const year = Number(startsOn.slice(0, 4))
  const ends = [3, 6, 9, 12]
    .map((month) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10))
    .filter((end) => end >= startsOn && end < endsOn)
  const from = draft.baseline ?? (draft.direction === 'at_most' ? endValue : 0)
  const days = [...ends, endsOn]
  return days.map((dueOn, at) => {
    const level = from + ((endValue - from) * (at + 1)) / days.length
    return point(dueOn, at === days.length - 1 ? endValue : Math.floor(level))
  })
}

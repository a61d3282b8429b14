import { isOverPeriod } from '../../platform/measures/bases.ts'
import { isPercent } from '../../platform/measures/declare.ts'
import type { Ask, Figure } from '../../platform/measures/figures.ts'
import { findMeasure } from '../../platform/measures/registry.ts'
import type { FigureAnswer, JudgementAnswer } from './contract.ts'
import { judge } from './programme.reason.ts'
import { type Case, judgedOn, type Terms } from './programme.rules.ts'
import type { KnownMeasure } from './programme.terms.ts'
import { areaOn, type Bearing } from './target.bearing.ts'

/** The part of a target that its figure and status follow from. */
export type Measured = Omit<Terms, 'percent'> & {
  bearing: Bearing
  measure: string | null
  asPercent: boolean
}

/** What is known of a measure by its name; null for none and for one that no part declares. */
export function knownMeasure(name: string | null): KnownMeasure {
  const declared = name === null ? undefined : findMeasure(name)
  return declared ? { percent: isPercent(declared), ofWhole: declared.kind === 'coverage' } : null
}

/** The measure of a target in words, or null where it has none. */
export function measureWords(name: string | null) {
  const declared = name === null ? undefined : findMeasure(name)
  return declared ? { name: declared.name, title: declared.title, noun: declared.noun } : null
}

/**
 * The question to counting behind a target on a day, or null where it has no measure. A flow counts from the first day.
 * `map`: the day of another map that the target is judged on, for which its bearing was read.
 */
export function askOf(target: Measured, asOf: string, map?: string): Ask | null {
  const measure = target.measure === null ? undefined : findMeasure(target.measure)
  if (!measure) return null
  const on = judgedOn(target, asOf)
  return { measure, ...areaOn(target.bearing, on, map), asOf: on, from: target.startsOn }
}

/** A figure as it travels, under the question that it answers. */
export function figureAnswer(ask: Ask, figure: Figure): FigureAnswer {
  return {
    measure: ask.measure.name,
    unitId: ask.unitId,
    asOf: ask.asOf,
    from: isOverPeriod(ask.measure) ? (ask.from ?? null) : null,
    numerator: figure.numerator,
    denominator: figure.denominator,
    percent: isPercent(ask.measure),
    ...(ask.map !== undefined && { map: ask.map }),
  }
}

const nothing: Case['noun'] = { vi: '', en: '' }

/** How a target stands on a day, from the figure that `askOf` asked for. */
export function judgementOf(
  target: Measured,
  asOf: string,
  asked: { ask: Ask; figure: Figure } | null,
): JudgementAnswer {
  const verdict = judge({
    direction: target.direction,
    endValue: target.endValue,
    baseline: target.baseline,
    startsOn: target.startsOn,
    endsOn: target.endsOn,
    path: target.path,
    percent: target.asPercent,
    figure: asked?.figure ?? null,
    noun: asked?.ask.measure.noun ?? nothing,
    asOf,
  })
  return {
    status: verdict.status,
    reason: verdict.reason,
    figure: asked ? figureAnswer(asked.ask, asked.figure) : null,
    plannedNow: { numerator: String(verdict.planned.n), denominator: String(verdict.planned.d) },
  }
}

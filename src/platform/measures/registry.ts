import type { Part, Words } from '../part.ts'
import { basesOf, type Counted, isOverPeriod, membersOf, wholeOf } from './bases.ts'
import type { MeasureAnswer } from './contract.ts'
import { type BaseMeasure, type Dimension, isPercent, type Measure } from './declare.ts'

let declared: ReadonlyMap<string, Measure> = new Map()
let members: ReadonlyMap<string, Measure> = new Map()

/**
 * Makes the measures of all parts known to the routes; called once at start. Refuses two measures of one name. The base
 * measures inside a sum or ratio are known by their own names too, so that each has its page.
 */
export function registerMeasures(parts: readonly Part[]): void {
  const found = new Map<string, Measure>()
  const own = parts.flatMap((part) => part.measures ?? [])
  for (const measure of own) {
    const before = found.get(measure.name)
    if (before && before !== measure) throw new Error(`measures: ${measure.name} is declared twice`)
    found.set(measure.name, measure)
  }
  for (const base of own.filter((one) => one.kind !== 'duration').flatMap(basesOf))
    if (!found.has(base.name)) found.set(base.name, base)
  declared = found
  members = new Map(
    [...found.values()].flatMap((measure) =>
      dimensionsOf(measure).flatMap((dimension) =>
        membersOf(measure as BaseMeasure, dimension).map((member) => [
          member.name,
          { ...member, title: between(measure.title, member.title), meaning: measure.meaning },
        ]),
      ),
    ),
  )
}

const between = (whole: Words, part: Words): Words => ({
  vi: `${whole.vi}: ${part.vi}`,
  en: `${whole.en}: ${part.en}`,
})

/** The declared measure of a name, or undefined; a group of a dimension is one too. */
export function findMeasure(name: string): Measure | undefined {
  return declared.get(name) ?? members.get(name)
}

/** Every declared measure in the order of the parts. */
export function declaredMeasures(): readonly Measure[] {
  return [...declared.values()]
}

/** A list behind a figure: rows of a base measure, units with and without any of a stock, or what was judged. */
export type Section =
  | { key: string; title: Words; base: Counted }
  | { key: 'covered' | 'missing'; title: Words; base: null }
  | { key: JudgedSection; title: Words; base: null }
export type JudgedSection = 'met' | 'judged' | 'not_judged'

/** The lists behind a figure, the first of which opens with it. */
export function sectionsOf(measure: Measure): readonly Section[] {
  switch (measure.kind) {
    case 'flow':
    case 'stock':
      return [{ key: measure.name, title: measure.title, base: measure }]
    case 'duration':
      return [{ key: measure.name, title: measure.title, base: wholeOf(measure) }]
    case 'distinct':
      return [{ key: measure.name, title: measure.title, base: measure }]
    case 'difference':
      return [
        { key: 'minuend', title: measure.minuend.title, base: measure.minuend },
        { key: 'subtrahend', title: measure.subtrahend.title, base: measure.subtrahend },
      ]
    case 'sum':
      return measure.parts.map((base) => ({ key: base.name, title: base.title, base }))
    case 'ratio':
      return [
        { key: 'numerator', title: measure.numerator.title, base: measure.numerator },
        { key: 'denominator', title: measure.denominator.title, base: measure.denominator },
      ]
    case 'coverage':
      return [
        { key: 'covered', title: { vi: 'Đơn vị đã có', en: 'Units that have it' }, base: null },
        { key: 'missing', title: { vi: 'Đơn vị chưa có', en: 'Units that do not' }, base: null },
      ]
    case 'share':
      return [
        { key: 'met', title: { vi: 'Đã đạt', en: 'Met' }, base: null },
        { key: 'judged', title: { vi: 'Đã chấm', en: 'Judged' }, base: null },
        {
          key: 'not_judged',
          title: { vi: 'Chưa có số liệu để chấm', en: 'No figures to judge by' },
          base: null,
        },
      ]
  }
}

/** What a measure can be broken down by; only what is counted row by row can. */
export function dimensionsOf(measure: Measure): readonly Dimension[] {
  return measure.kind === 'flow' || measure.kind === 'stock' ? (measure.dimensions ?? []) : []
}

/** A measure as it travels. */
export function measureAnswer(measure: Measure): MeasureAnswer {
  return {
    name: measure.name,
    kind: measure.kind,
    title: measure.title,
    meaning: measure.meaning,
    noun: measure.noun,
    percent: isPercent(measure),
    overPeriod: isOverPeriod(measure),
    lengthUnit: measure.kind === 'duration' ? measure.lengthUnit : null,
    dimensions: dimensionsOf(measure).map(({ key, title }) => ({ key, title })),
    ...(measure.kind === 'coverage' && { rowNoun: measure.of.noun }),
    sections: sectionsOf(measure).map(({ key, title }) => ({ key, title })),
  }
}

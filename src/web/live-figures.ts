import type { WatchedFigureInput } from '../platform/live/contract.ts'
import type { FigureAnswer } from '../platform/measures/contract.ts'

/** What makes a figure the same figure, whatever it comes to. */
export function figureKey(figure: FigureAnswer): string {
  const { measure, unitId, asOf, from, map } = figure
  return `${measure} ${unitId} ${asOf} ${from ?? ''} ${map ?? ''}`
}

/** A figure as the page asks to be told of it. */
export function watchedFigure(figure: FigureAnswer): WatchedFigureInput {
  const { measure, unitId, asOf, from, map } = figure
  return { measure, unitId, asOf, from, ...(map !== undefined && { map }) }
}

function isFigure(value: object): value is FigureAnswer {
  return (
    'measure' in value &&
    typeof value.measure === 'string' &&
    'unitId' in value &&
    'asOf' in value &&
    'numerator' in value &&
    'percent' in value
  )
}

/** Every figure in an answer of the server, however deep. */
export function figuresIn(answer: unknown): FigureAnswer[] {
  if (typeof answer !== 'object' || answer === null) return []
  if (isFigure(answer)) return [answer]
  return Object.values(answer).flatMap(figuresIn)
}

/** The answer with the figures that have moved; the very same object where none of them stands in it. */
export function withMoved<T>(answer: T, moved: ReadonlyMap<string, FigureAnswer>): T {
  if (typeof answer !== 'object' || answer === null) return answer
  if (isFigure(answer)) {
    const now = moved.get(figureKey(answer))
    return now === undefined || isSame(answer, now) ? answer : ({ ...answer, ...now } as T)
  }
  if (Array.isArray(answer)) {
    const next = answer.map((one: unknown) => withMoved(one, moved))
    return next.every((one, at) => one === answer[at]) ? answer : (next as T)
  }
  const before = Object.entries(answer)
  const next = before.map(([name, value]) => [name, withMoved(value, moved)] as const)
  return next.every(([, value], at) => value === before[at]?.[1]) ? answer : (Object.fromEntries(next) as T)
}

function isSame(one: FigureAnswer, other: FigureAnswer): boolean {
  const [before, now] = [new Map(Object.entries(one)), Object.entries(other)]
  return now.every(([name, value]) => before.get(name) === value)
}

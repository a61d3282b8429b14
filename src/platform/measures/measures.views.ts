import type { Actor } from '../actor/actor.ts'
import type { Tx } from '../db/database.ts'
import { partsOfBreakdown, restOf } from './apart.ts'
import { type Asked, firstDayAsked, placeAsked, requireMeasure } from './asked.ts'
import { isOverPeriod } from './bases.ts'
import { unitsBelow } from './below.views.ts'
import type { FigureAnswer, FigurePageAnswer, FigureQueryInput } from './contract.ts'
import { isPercent, type Measure } from './declare.ts'
import { highestFirst } from './figure-order.ts'
import { type Ask, type Figure, figures } from './figures.ts'
import { readGroups } from './groups.ts'
import type { Given } from './known.ts'
import { lastMonthEnds } from './period.contract.ts'
import { declaredMeasures, measureAnswer } from './registry.ts'

const notCaptured: Figure = { value: null, numerator: null, denominator: null }

/** A figure as it travels. */
export function figureAnswer(ask: Ask, answered: Figure): FigureAnswer {
  const { counted, upTo, atLeast } = answered
  return {
    measure: ask.measure.name,
    unitId: ask.unitId,
    asOf: ask.asOf,
    from: ask.from ?? null,
    // A quotient with nothing below the line is not captured, whatever stands above it.
    numerator: answered.value === null ? null : answered.numerator,
    denominator: answered.denominator,
    percent: isPercent(ask.measure),
    ...(counted !== undefined && { counted }),
    ...(upTo !== undefined && { upTo }),
    ...(atLeast === true && { atLeast }),
    ...(ask.map !== undefined && ask.map !== 'then' && { map: ask.map }),
  }
}

/** The figures for many asks as they travel, in order, all of one snapshot. */
export async function figureAnswers(
  tx: Tx,
  asks: readonly Ask[],
  given: Given = {},
): Promise<FigureAnswer[]> {
  const answered = await figures(tx, asks, given)
  return asks.map((ask, at) => figureAnswer(ask, answered[at] ?? notCaptured))
}

/** All declared measures for one unit: stocks as of the day, what adds up over time since the year began. */
export async function figuresOfUnit(
  tx: Tx,
  actor: Actor,
  query: Pick<FigureQueryInput, 'unitId' | 'asOf' | 'period' | 'map'>,
) {
  const measures = declaredMeasures()
  const asked = await placeAsked(tx, actor, query, measures)
  const { unit, asOf, map } = asked
  const period = query.period ?? 'year'
  const asks = measures.map(
    (measure): Ask => ({
      measure,
      unitId: unit.id,
      asOf,
      from: firstDayAsked(measure, { period }, asOf),
      map,
    }),
  )
  const answers = await figureAnswers(tx, asks, asked)
  return {
    unit: unitAnswer(asked),
    asOf,
    ...asked.answered,
    figures: answers.map((answer, at) => ({
      measure: measureAnswer(measures[at] as Measure),
      figure: answer,
    })),
  }
}

/** One measure of one unit and nothing else. */
export async function oneFigure(tx: Tx, actor: Actor, name: string, query: FigureQueryInput) {
  const measure = requireMeasure(name)
  const asked = await placeAsked(tx, actor, query, [])
  const { unit, asOf, map } = asked
  const ask: Ask = { measure, unitId: unit.id, asOf, from: firstDayAsked(measure, query, asOf), map }
  const [figure] = await figureAnswers(tx, [ask], asked)
  return { figure: figure as FigureAnswer, ...asked.answered }
}

/** A unit as answers name it. */
export function unitAnswer({ unit }: Asked) {
  return { id: unit.id, name: unit.name, kindName: unit.kindName }
}

/** One measure of one unit: its figure, twelve months of it, and the units directly below. */
export async function figurePage(
  tx: Tx,
  actor: Actor,
  name: string,
  query: FigureQueryInput,
): Promise<FigurePageAnswer> {
  const measure = requireMeasure(name)
  const asked = await placeAsked(tx, actor, query, [measure])
  const { unit, asOf, map } = asked
  const from = firstDayAsked(measure, query, asOf)
  const children = await unitsBelow(tx, asked)
  const over = isOverPeriod(measure)
  const months = lastMonthEnds(asOf, asked.now.today)
  const asks: Ask[] = [
    { measure, unitId: unit.id, asOf, from, map },
    ...months.map((month) => ({
      measure,
      unitId: unit.id,
      asOf: month.asOf,
      from: over ? month.from : null,
      map,
    })),
    ...children.map((child) => ({ measure, unitId: child.id, asOf, from, map })),
  ]
  const answered = await figures(tx, asks, asked)
  const [whole = notCaptured] = answered
  const [own, ...rest] = answered.map((answer, at) =>
    // A month to come has no figure yet, whatever is on record for it.
    figureAnswer(asks[at] as Ask, months[at - 1]?.isToCome ? notCaptured : answer),
  )
  const ask = asks[0] as Ask
  const apart =
    children.length === 0
      ? []
      : (await partsOfBreakdown(tx, ask, asked.now)).map(({ part, figure: { numerator } }) => ({
          part,
          numerator,
        }))
  const groups = await readGroups(tx, ask, whole, asked)
  const below = children.map((child, at) => ({
    unit: { id: child.id, name: child.name },
    isArea: child.isArea,
    figure: rest[12 + at] as FigureAnswer,
  }))
  // Of a difference of two tables nothing is known where one of its parts is not captured, and it still counts in the whole.
  const left =
    children.length === 0 || measure.kind !== 'difference'
      ? null
      : restOf(whole.numerator, [
          ...below.map((one) => one.figure.numerator),
          ...apart.map((one) => one.numerator),
        ])
  return {
    measure: measureAnswer(measure),
    unit: unitAnswer(asked),
    figure: own as FigureAnswer,
    ...asked.answered,
    months: rest.slice(0, 12),
    // Offices and schools stand in the list only where something was counted in them.
    below: highestFirst(below.filter((one) => one.isArea || Number(one.figure.numerator ?? 0) !== 0)),
    apart: left === null ? apart : [...apart, { part: 'rest', numerator: left }],
    groups: groups.map(({ dimension, members, unclear }) => ({
      key: dimension.key,
      title: dimension.title,
      members: members.map(({ member, figure }) => ({
        title: member.title,
        figure: figureAnswer({ ...ask, measure: member }, figure),
      })),
      unclear,
    })),
  }
}

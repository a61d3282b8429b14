import { type Actor, holds } from '../actor/actor.ts'
import { today } from '../calendar/index.ts'
import type { Tx } from '../db/database.ts'
import { refuse, refuseField } from '../http/refusal.ts'
import type { UnitSummaryAnswer } from '../units/contract.ts'
import { childrenOf, requireUnit, unitPath } from '../units/index.ts'
import { type Counted, isOverPeriod } from './bases.ts'
import type { EvidencePage, FigureAnswer, FigurePageAnswer } from './contract.ts'
import { isPercent, type Measure } from './declare.ts'
import { type EvidenceAsk, listRows } from './evidence.ts'
import { listUnits } from './evidence.units.ts'
import { highestFirst } from './figure-order.ts'
import { type Ask, type Figure, figure, figures, rowsHeld } from './figures.ts'
import { declaredMeasures, findMeasure, measureAnswer, sectionsOf } from './registry.ts'

/** A figure as it travels. */
export function figureAnswer(ask: Ask, answered: Figure): FigureAnswer {
  return {
    measure: ask.measure.name,
    unitId: ask.unitId,
    asOf: ask.asOf,
    from: ask.from ?? null,
    // A quotient with nothing below the line is not captured, whatever stands above it.
    numerator: answered.value === null ? null : answered.numerator,
    denominator: answered.denominator,
    percent: isPercent(ask.measure),
  }
}

/** The figures for many asks as they travel, in order, all of one snapshot. */
export async function figureAnswers(tx: Tx, asks: readonly Ask[]): Promise<FigureAnswer[]> {
  const answered = await figures(tx, asks)
  return asks.map((ask, at) =>
    figureAnswer(ask, answered[at] ?? { value: null, numerator: null, denominator: null }),
  )
}

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

type Place = { unit: UnitSummaryAnswer; asOf: string }

/** The unit and day that a figure is asked for, checked: the reader must hold `measures.view` over the unit. */
export async function placeAsked(
  tx: Tx,
  actor: Actor,
  query: { unitId: string; asOf?: string | undefined },
): Promise<Place> {
  const path = await unitPath(tx, query.unitId)
  if (!holds(actor, 'measures.view', path)) {
    refuse(
      'measures.unit_not_yours',
      {
        vi: 'Không có đơn vị này, hoặc số liệu của đơn vị này không thuộc phạm vi anh/chị được giao. Hãy chọn đơn vị của mình.',
        en: 'There is no such unit, or its figures lie outside what you have been given. Choose a unit of yours.',
      },
      { status: 404 },
    )
  }
  const asOf = query.asOf ?? (await today(tx))
  return { unit: await requireUnit(tx, query.unitId, asOf, 'asOf'), asOf }
}

function periodStart(measure: Measure, from: string | undefined, asOf: string): string | null {
  if (from === undefined || !isOverPeriod(measure)) return null
  if (from > asOf) {
    refuseField('measures.period_backwards', 'from', {
      vi: 'Ngày đầu kỳ sau ngày cuối kỳ. Hãy chọn lại kỳ.',
      en: 'The period begins after it ends. Choose it again.',
    })
  }
  return from
}

/** The last day of each of the twelve months up to a day; the day itself stands for its own month. */
export function lastMonthEnds(asOf: string): { from: string; asOf: string }[] {
  const year = Number(asOf.slice(0, 4))
  const month = Number(asOf.slice(5, 7)) - 1
  const day = (date: number) => new Date(date).toISOString().slice(0, 10)
  return Array.from({ length: 12 }, (_, at) => {
    const back = month - 11 + at
    return { from: day(Date.UTC(year, back, 1)), asOf: at === 11 ? asOf : day(Date.UTC(year, back + 1, 0)) }
  })
}

/** All declared measures for one unit: stocks as of the day, what adds up over time since the year began. */
export async function figuresOfUnit(
  tx: Tx,
  actor: Actor,
  query: { unitId: string; asOf?: string | undefined },
) {
  const { unit, asOf } = await placeAsked(tx, actor, query)
  const measures = declaredMeasures()
  const asks = measures.map((measure) => ({
    measure,
    unitId: unit.id,
    asOf,
    from: isOverPeriod(measure) ? `${asOf.slice(0, 4)}-01-01` : null,
  }))
  const answers = await figureAnswers(tx, asks)
  return {
    unit: { id: unit.id, name: unit.name, kindName: unit.kindName },
    asOf,
    readAt: new Date().toISOString(),
    figures: answers.map((answer, at) => ({
      measure: measureAnswer(measures[at] as Measure),
      figure: answer,
    })),
  }
}

type FigureAsked = { unitId: string; asOf?: string | undefined; from?: string | undefined }

/** One measure of one unit: its figure, twelve months of it, and the units directly below. */
export async function figurePage(
  tx: Tx,
  actor: Actor,
  name: string,
  query: FigureAsked,
): Promise<FigurePageAnswer> {
  const measure = requireMeasure(name)
  const { unit, asOf } = await placeAsked(tx, actor, query)
  const from = periodStart(measure, query.from, asOf)
  const children = await childrenOf(tx, unit.id, asOf)
  const over = isOverPeriod(measure)
  const asks: Ask[] = [
    { measure, unitId: unit.id, asOf, from },
    ...lastMonthEnds(asOf).map((month) => ({
      measure,
      unitId: unit.id,
      asOf: month.asOf,
      from: over ? month.from : null,
    })),
    ...children.map((child) => ({ measure, unitId: child.id, asOf, from })),
  ]
  const [own, ...rest] = await figureAnswers(tx, asks)
  const below = children.map((child, at) => ({
    unit: { id: child.id, name: child.name },
    isArea: child.isArea,
    figure: rest[12 + at] as FigureAnswer,
  }))
  return {
    measure: measureAnswer(measure),
    unit: { id: unit.id, name: unit.name, kindName: unit.kindName },
    figure: own as FigureAnswer,
    readAt: new Date().toISOString(),
    months: rest.slice(0, 12),
    // Offices and schools stand in the list only where something was counted in them.
    below: highestFirst(below.filter((one) => one.isArea || one.figure.numerator !== null)),
  }
}

type EvidenceAsked = FigureAsked & {
  section?: string | undefined
  search?: string | undefined
  offset: number
  limit: number
}

/**
 * The list behind a figure or a part of it, with the figure, read in one snapshot: its number is the length of its
 * list, counting the rows that the reader may not open.
 */
export async function evidencePage(
  tx: Tx,
  actor: Actor,
  name: string,
  query: EvidenceAsked,
): Promise<EvidencePage> {
  const measure = requireMeasure(name)
  const { unit, asOf } = await placeAsked(tx, actor, query)
  const from = periodStart(measure, query.from, asOf)
  const sections = sectionsOf(measure)
  const section = sections.find((one) => one.key === (query.section ?? sections[0]?.key)) ?? refuseSection()
  const { search = '', offset, limit } = query
  const ask: EvidenceAsk = { unitId: unit.id, asOf, from, search, offset, limit }
  const whole = await figure(tx, { measure, unitId: unit.id, asOf, from })
  const shared = {
    measure: measureAnswer(measure),
    figure: figureAnswer({ measure, unitId: unit.id, asOf, from }, whole),
    section: section.key,
    readAt: new Date().toISOString(),
  }
  if (section.base === null) {
    if (measure.kind !== 'coverage') throw new Error(`measures: ${name} has no list of units`)
    const { visible, ...list } = await listUnits(tx, measure, section.key, ask)
    // Units are visible to whoever is signed in, so nothing is hidden.
    // Nobody has captured anything: that is no list of units that have nothing.
    const number = section.key === 'covered' && whole.value === null ? null : String(visible)
    return { ...shared, ...list, number, hidden: 0 }
  }
  const { visible, ...list } = await listRows(tx, section.base, ask)
  const part = await partBehind(tx, measure, section.base, { unitId: unit.id, asOf, from }, whole)
  return { ...shared, ...list, number: part.number, hidden: Math.max(0, part.rows - visible) }
}

/** The number of a list and how many rows it has, those that the reader may not open among them. */
async function partBehind(
  tx: Tx,
  measure: Measure,
  base: Counted,
  ask: { unitId: string; asOf: string; from: string | null },
  whole: Figure,
): Promise<{ number: string | null; rows: number }> {
  // Of a duration every row that was measured is listed; of what is counted once, one row a key.
  if (measure.kind === 'duration') return { number: whole.counted ?? null, rows: Number(whole.counted ?? 0) }
  if (base.kind === 'distinct') return { number: whole.numerator, rows: Number(whole.numerator ?? 0) }
  const part = await figure(tx, { measure: base, ...ask })
  return { number: part.numerator, rows: await rowsHeld(tx, { measure: base, ...ask }) }
}

function refuseSection(): never {
  refuseField('measures.no_such_list', 'section', {
    vi: 'Con số này không có danh sách đó. Hãy mở lại từ con số.',
    en: 'The figure has no such list. Open it again from the figure.',
  })
}

import type { FileReply } from '../http/route.ts'
import { type SheetColumn, writeTable } from '../sheets/index.ts'
import { aheadText } from './ahead.contract.ts'
import { isOverPeriod } from './bases.ts'
import type { Below } from './below.contract.ts'
import type { EvidencePage, FigureAnswer, FigurePageAnswer } from './contract.ts'
import { type DurationMeasure, isPercent, isQuotient, type Measure } from './declare.ts'
import { spanOf } from './duration.ts'
import { divide, fraction } from './fraction.ts'
import { periodOf } from './period.contract.ts'
import { vi } from './texts.ts'

/** What is not captured stays an empty cell, because a spreadsheet would add up a 0; the legend says so. */
export const legend = 'Ô trống: chưa có số liệu (không phải là 0).'

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const writtenDay = (day: string) => day.split('-').map(Number).reverse().join('/')

/** An exact decimal as a number of a cell; as text where a number would lose digits. */
function cellOf(amount: string | null): number | string | null {
  if (amount === null) return null
  const number = Number(amount)
  return Number.isSafeInteger(Math.trunc(number)) && amount.replace(/[-.]/g, '').length <= 15
    ? number
    : amount
}

type Amounts = { numerator: string | null; denominator: string | null }

/** Per cent or quotient with two decimals, cut and not rounded. */
function quotientCell({ numerator, denominator }: Amounts, percent: boolean): number | null {
  if (numerator === null || denominator === null) return null
  const value = divide(fraction(numerator), fraction(denominator))
  if (value === null) return null
  const scaled = (value.n * (percent ? 10_000n : 100n)) / value.d
  return Number(scaled) / 100
}

/** The columns that a figure takes: one, or above, below and the quotient. */
function figureColumns(measure: Measure, key: string, percent: boolean): SheetColumn[] {
  const title = measure.title.vi
  const unit = measure.kind === 'duration' ? ` (${measure.lengthUnit === 'hours' ? 'giờ' : 'ngày'})` : ''
  if (!isQuotient(measure)) return [{ key, header: `${title}${unit}`, kind: 'number' }]
  return [
    { key: `${key}.above`, header: `${title}: tử số`, kind: 'number' },
    { key: `${key}.below`, header: `${title}: mẫu số`, kind: 'number' },
    { key, header: percent ? `${title} (%)` : title, kind: 'number' },
  ]
}

/** A length as a number; as text where its class is wider than one, so that nobody takes its least for all of it. */
function lengthCell(measure: DurationMeasure, least: string | null): number | string | null {
  const { upTo, atLeast } = spanOf(measure, least)
  if (atLeast === true) return `≥ ${least}`
  return upTo === undefined ? cellOf(least) : `${least}–${upTo}`
}

function figureCells(measure: Measure, key: string, figure: Amounts, percent: boolean) {
  if (measure.kind === 'duration') return { [key]: lengthCell(measure, figure.numerator) }
  if (!isQuotient(measure)) return { [key]: cellOf(figure.numerator) }
  const value = quotientCell(figure, percent)
  return {
    [`${key}.above`]: value === null ? null : cellOf(figure.numerator),
    [`${key}.below`]: cellOf(figure.denominator),
    [key]: value,
  }
}

/** How percentages and quotients in the cells are cut, and what stands for long times, where there are any. */
function cutWords(measures: readonly Measure[]): string[] {
  const quotients = measures.filter(isQuotient)
  return [
    ...(measures.some(({ kind }) => kind === 'duration') ? [vi.lengthsAsClasses] : []),
    ...(quotients.some(isPercent) ? [vi.cutPercent] : []),
    ...(quotients.some((measure) => !isPercent(measure)) ? [vi.cutQuotient] : []),
  ]
}

const periodWords = (figure: Pick<FigureAnswer, 'from' | 'asOf'>) =>
  figure.from === null
    ? `tính đến ${writtenDay(figure.asOf)}`
    : `${writtenDay(figure.from)} – ${writtenDay(figure.asOf)}`

/** Which map placed the records, in words. */
export function mapWords({
  map,
  asOf,
  mapDay,
}: {
  map?: string | undefined
  asOf: string
  mapDay: string
}): string {
  if (map === undefined || map === 'then') return `Theo địa bàn lúc đó (${writtenDay(asOf)})`
  return map === 'today'
    ? `Theo địa bàn hôm nay (${writtenDay(mapDay)})`
    : `Theo địa bàn ngày ${writtenDay(mapDay)}`
}

/** Says of figures that reach ahead of today how far they are counted. */
function aheadWords(
  measures: readonly { measure: Measure; from: string | null }[],
  { asOf, today }: { asOf: string; today: string },
): string[] {
  const sentences = measures.map(({ measure, from }) =>
    aheadText({ asOf, from, today, overPeriod: isOverPeriod(measure) }, vi.ahead, writtenDay),
  )
  return [...new Set(sentences)].filter((sentence) => sentence !== null)
}

function readWords(readAt: string): string {
  const clock = new Date(Date.parse(readAt) + 7 * 3_600_000).toISOString()
  return `Đúng lúc ${clock.slice(11, 16)} ngày ${writtenDay(clock.slice(0, 10))}`
}

/** The list behind a figure as a spreadsheet. */
export async function listSheet(page: EvidencePage, measure: Measure): Promise<FileReply> {
  const kinds = {
    text: 'text',
    unit: 'text',
    day: 'day',
    instant: 'text',
    number: 'number',
    phone: 'phone',
  } as const
  const hidden = page.hidden > 0 ? `; ${page.hidden} dòng không được mở` : ''
  const number = page.number === null ? 'chưa có số liệu' : `${page.number} ${page.measure.noun.vi}`
  const { recounted } = page
  const bytes = await writeTable({
    columns: page.columns.map(({ key, title, kind }) => ({ key, header: title.vi, kind: kinds[kind] })),
    sheetName: 'Danh sách',
    title: [
      `${page.measure.title.vi} · ${page.unit.name}`,
      `${capital(periodWords(page.figure))}: ${number}${hidden}`,
      ...(recounted === null ? [] : [vi.notAgreed(page.number ?? '0', recounted.number, recounted.rows)]),
      `${mapWords({ map: page.figure.map, asOf: page.figure.asOf, mapDay: page.mapDay })}. ${readWords(page.readAt)}. ${legend}`,
      ...aheadWords([{ measure, from: page.figure.from }], { asOf: page.figure.asOf, today: page.today }),
    ],
    rows: page.rows.map((row) =>
      Object.fromEntries(
        page.columns.map(({ key, kind }) => {
          const cell = row.cells[key] ?? null
          if (cell !== null && typeof cell === 'object') return [key, cell.vi]
          return [key, kind === 'number' ? cellOf(cell) : cell]
        }),
      ),
    ),
  })
  return { bytes, mediaType, fileName: `${measure.title.vi} ${page.figure.asOf}.xlsx` }
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** How the series ends: in a month under way, or before months to come. */
function monthsWords({ months, today }: FigurePageAnswer): string[] {
  const isUnderWay = months.some(({ asOf }) => asOf === today && periodOf('month', today).until !== today)
  return [
    ...(isUnderWay ? [vi.monthUnderWay(writtenDay(today))] : []),
    ...(months.some(({ asOf }) => asOf > today) ? [vi.monthsEndToday(writtenDay(today))] : []),
  ]
}

/** Twelve months of a figure as a spreadsheet. */
export async function monthsSheet(page: FigurePageAnswer, measure: Measure): Promise<FileReply> {
  const { percent } = page.figure
  const bytes = await writeTable({
    columns: [
      { key: 'from', header: 'Từ ngày', kind: 'day' },
      { key: 'until', header: 'Đến ngày', kind: 'day' },
      ...figureColumns(measure, 'figure', percent),
    ],
    sheetName: 'Mười hai tháng',
    title: [
      `${measure.title.vi} · ${page.unit.name}`,
      `${mapWords({ map: page.figure.map, asOf: page.figure.asOf, mapDay: page.mapDay })}. ${readWords(page.readAt)}. ${legend}`,
      ...monthsWords(page),
      ...cutWords([measure]),
    ],
    rows: page.months.map((month) => ({
      from: month.from,
      until: month.asOf,
      ...figureCells(measure, 'figure', month, percent),
    })),
  })
  return { bytes, mediaType, fileName: `${measure.title.vi} 12 tháng ${page.figure.asOf}.xlsx` }
}

/** The rows of what stands in none of the units listed, as they are called. */
const apartWords = {
  own: vi.ownRows,
  unassigned: () => vi.unassigned,
  rest: () => vi.restOfRows,
}

/** Units by measures as a spreadsheet; the first row is the unit as a whole. */
export async function belowSheet(below: Below, measures: readonly Measure[]): Promise<FileReply> {
  const columns = below.columns.map((column, at) => ({ column, measure: measures[at] as Measure }))
  const row = (name: string, amounts: (column: Below['columns'][number], at: number) => Amounts) => ({
    unit: name,
    ...Object.assign(
      {},
      ...columns.map(({ column, measure }, at) =>
        figureCells(measure, column.measure, amounts(column, at), column.percent),
      ),
    ),
  })
  const periods = new Set(below.columns.map(({ from }) => capital(periodWords({ from, asOf: below.asOf }))))
  const bytes = await writeTable({
    columns: [
      { key: 'unit', header: 'Đơn vị', kind: 'text', width: 30 },
      ...columns.flatMap(({ column, measure }) => figureColumns(measure, column.measure, column.percent)),
    ],
    sheetName: 'Các đơn vị',
    title: [
      `${below.unit.name} và các đơn vị trực thuộc`,
      [...periods].join('; '),
      `${mapWords(below)}. ${readWords(below.readAt)}. ${legend}`,
      ...aheadWords(
        columns.map(({ column, measure }) => ({ measure, from: column.from })),
        below,
      ),
      ...cutWords(measures),
      ...(measures.some(({ kind }) => kind === 'distinct') ? [vi.countedOnce] : []),
      ...(below.apart.some(({ part }) => part === 'rest') ? [vi.restHint] : []),
    ],
    rows: [
      row(`${below.unit.name} (cả đơn vị)`, ({ whole }) => ({ numerator: whole[0], denominator: whole[1] })),
      ...below.units.names.map((name, at) =>
        row(name, ({ numerators, denominators }) => ({
          numerator: numerators[at] ?? null,
          denominator: denominators?.[at] ?? null,
        })),
      ),
      ...below.apart.map(({ part, numerators }) =>
        row(apartWords[part](below.unit.name), (_column, at) => ({
          numerator: numerators[at] ?? null,
          denominator: null,
        })),
      ),
    ],
  })
  return { bytes, mediaType, fileName: `${below.unit.name} ${below.asOf}.xlsx` }
}

import type { FileReply } from '../../platform/http/route.ts'
import { type SheetColumn, writeTable } from '../../platform/sheets/index.ts'
import { dayText, numberText, percentText, percentValueText, quotientText } from '../../web/formats.ts'
import type { OverviewAnswer, TargetRowAnswer } from './contract.ts'
import { vi } from './texts.ts'

const columns = [
  { key: 'field', header: 'Lĩnh vực', kind: 'text', width: 26 },
  { key: 'code', header: 'Mã', kind: 'text', width: 12 },
  { key: 'title', header: 'Chỉ tiêu', kind: 'text', width: 52 },
  { key: 'actual', header: 'Thực hiện', kind: 'text', width: 16 },
  { key: 'planned', header: 'Kế hoạch đến ngày', kind: 'text', width: 18 },
  { key: 'end', header: 'Phải đạt', kind: 'text', width: 16 },
  { key: 'status', header: 'Kết quả', kind: 'text', width: 16 },
  { key: 'reason', header: 'Căn cứ', kind: 'text', width: 70 },
  { key: 'person', header: 'Người chịu trách nhiệm', kind: 'text', width: 28 },
  { key: 'position', header: 'Chức vụ', kind: 'text', width: 36 },
  { key: 'assumption', header: 'Ghi chú', kind: 'text', width: 40 },
] as const satisfies readonly SheetColumn[]

/** The overview of a unit as a spreadsheet, written as it reads on the page. */
export async function overviewSheet(overview: OverviewAnswer): Promise<FileReply> {
  const { unit, asOf, counts } = overview
  const bytes = await writeTable({
    sheetName: `Chỉ tiêu ${overview.year}`,
    title: [
      `Chỉ tiêu năm ${overview.year} của ${unit.name}`,
      `Tính đến ngày ${dayText(asOf)}: đạt ${counts.met}/${counts.total} chỉ tiêu, trong đó vượt ${counts.exceeded}`,
    ],
    columns,
    rows: overview.fields.flatMap((field) =>
      field.targets.map((target) => ({
        field: field.name,
        code: target.code,
        title: target.title,
        actual: actualText(target),
        planned: valueText(quotientText(target.plannedNow.numerator, target.plannedNow.denominator), target),
        end: endText(target),
        status: vi.statuses[target.status],
        reason: target.reason.vi,
        person: target.answerableName,
        position: target.answerablePosition,
        assumption: notes(target),
      })),
    ),
  })
  return {
    bytes,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    fileName: `Chỉ tiêu ${unit.name} ${asOf}.xlsx`,
  }
}

/** What is to be known of a target besides its result. */
const notes = ({ origin, isAssumption }: TargetRowAnswer) =>
  [origin ? vi.origins[origin.kind](origin.name) : '', isAssumption ? vi.assumption : '']
    .filter((note) => note !== '')
    .join('; ')

const valueText = (value: string, { valueUnit }: TargetRowAnswer) => `${value} ${valueUnit}`.trim()

function endText(target: TargetRowAnswer): string {
  const value = target.asPercent
    ? percentValueText(target.endValue)
    : valueText(numberText(target.endValue), target)
  return target.direction === 'at_least' ? value : `${vi.directions[target.direction].toLowerCase()} ${value}`
}

function actualText({ figure }: TargetRowAnswer): string {
  if (figure === null || figure.numerator === null) return vi.statuses.not_captured
  if (figure.denominator === null) {
    const most = figure.upTo === undefined ? '' : `–${numberText(figure.upTo)}`
    return `${figure.atLeast === true ? '≥ ' : ''}${numberText(figure.numerator)}${most}`
  }
  return figure.percent
    ? percentText(figure.numerator, figure.denominator)
    : quotientText(figure.numerator, figure.denominator)
}

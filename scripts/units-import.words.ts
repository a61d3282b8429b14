import { StartRefusal } from '../src/platform/start-refusal.ts'
import type { CountryReport } from '../src/platform/units/import/index.ts'
import { dayText, numberText } from '../src/web/formats.ts'

/** What an operator asks for on the command line. */
export type ImportOrder = { files: string[]; since: string; day: string; legalBasis: string | null }

/** The lists do not say since when they hold; records before this day count by the first place of their unit. */
const usualSince = '2020-01-01'

/** The codes and names from 1 July 2025 are those of Decision 19/2025/QĐ-TTg (30/6/2025). */
const basisByDay: Readonly<Record<string, string>> = { '2025-07-01': 'QĐ 19/2025/QĐ-TTg' }

const DAY = /\d{4}-\d{2}-\d{2}/

const isDay = (text: string) =>
  DAY.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

/**
 * Reads «[FIRST DAY] [DAY OF THE CHANGE] FILES»: arguments that are days are days, the others files. Without the day of
 * the change it is the one that stands in the name of a file.
 */
export function readOrder(args: readonly string[]): ImportOrder {
  const days = args.filter((arg) => DAY.exec(arg)?.[0] === arg).toSorted()
  const files = args.filter((arg) => !days.includes(arg))
  const wrong = days.find((day) => !isDay(day))
  if (wrong !== undefined)
    throw new StartRefusal(`Không có ngày ${wrong}.`, `There is no such day: ${wrong}.`)
  if (files.length === 0 || days.length > 2)
    throw new StartRefusal(
      'Hãy cho tên các tệp danh mục, ví dụ: npm run units:import danh-muc-cu.csv danh-muc-moi-2025-07-01.csv. Thêm ngày thay đổi (2025-07-01) nếu tên tệp không có; thêm ngày bắt đầu của danh mục cũ nếu biết.',
      'Give the files of the lists, for example: npm run units:import old.csv new-2025-07-01.csv. Add the day of the change if no file name has it, and the first day of the old list if you know it.',
    )
  const named = [
    ...new Set(files.flatMap((file) => DAY.exec(file.replace(/^.*[/\\]/, ''))?.[0] ?? [])),
  ].filter(isDay)
  const [first, second] = days
  const day = second ?? first ?? (named.length === 1 ? named[0] : undefined)
  if (day === undefined)
    throw new StartRefusal(
      'Không biết danh mục mới có hiệu lực từ ngày nào. Hãy thêm ngày đó vào lệnh, ví dụ: npm run units:import 2025-07-01 TỆP…',
      'It is not known from which day the new list holds. Add that day, for example: npm run units:import 2025-07-01 FILES…',
    )
  const since = second !== undefined && first !== undefined ? first : usualSince
  if (since >= day)
    throw new StartRefusal(
      `Danh mục cũ phải bắt đầu trước ngày ${day}.`,
      `The old list must begin before ${day}.`,
    )
  return { files, since, day, legalBasis: basisByDay[day] ?? null }
}

const kindNames = [
  ['commune', 'xã'],
  ['ward', 'phường'],
  ['special_zone', 'đặc khu'],
  ['township', 'thị trấn'],
] as const

const listed = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  – ${line}`)]

/** What an import did and left open, line by line, for the terminal. */
export function reportLines(report: CountryReport, order: ImportOrder): string[] {
  const { before, since, links, changes, totals, waitingFindings } = report
  const waiting = totals.assumed + totals.open
  const n = (count: number) => numberText(count)
  const kinds = kindNames
    .flatMap(([kind, name]) => (since.byKind[kind] ? [`${n(since.byKind[kind] ?? 0)} ${name}`] : []))
    .join(', ')
  const changed = Object.values(changes).some((count) => count > 0)
  return [
    `Trước ${dayText(order.day)}: ${n(before.provinces)} tỉnh, ${n(before.districts)} huyện, ${n(before.communes)} xã (coi như có từ ${dayText(order.since)}: giả định).`,
    `Từ ${dayText(order.day)}: ${n(since.provinces)} tỉnh, ${n(since.communes)} xã (${kinds}).`,
    changed
      ? `Đã ghi: ${n(changes.units)} đơn vị mới, ${n(changes.versions)} giai đoạn, ${n(changes.ended)} đơn vị kết thúc, ${n(changes.successions)} liên kết cũ–mới, ${n(changes.findings)} xã mới có điều chưa khớp. / written.`
      : 'Không có gì thay đổi: mọi đơn vị và liên kết đã có. / nothing changed.',
    `${n(totals.units)} xã cũ: ${n(totals.known)} đã rõ về đâu (${n(totals.said)} danh mục nêu rõ, ${n(totals.unchanged)} giữ nguyên, ${n(totals.recorded)} đã ghi thành thay đổi ở đây), ${n(totals.assumed)} suy ra, ${n(totals.open)} chưa rõ, ${n(totals.settled)} đã có người xác nhận (known, assumed, open, settled).`,
    `  Theo danh mục: ${n(links.unchanged)} giữ nguyên, ${n(links.whole)} nhập trọn vào một xã mới, ${n(links.split)} chia cho nhiều xã mới.`,
    ...listed('Xã cũ chưa có nơi đến:', report.withoutSuccessor),
    ...listed('Xã mới chưa rõ hình thành từ xã cũ nào:', report.withoutPredecessor),
    ...listed('Câu chữ không khớp xã cũ nào:', report.unmatched),
    waiting > 0 || waitingFindings > 0
      ? `${n(waiting)} liên kết và ${n(waitingFindings)} xã mới có điều chưa khớp cần người xem: mở trang «Liên kết cần người xác nhận» (/units/links). / these need a person.`
      : 'Không còn gì cần người xác nhận. / nothing needs a person.',
  ]
}

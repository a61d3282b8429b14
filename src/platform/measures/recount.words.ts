import type { RecountResult } from './recount.tally.ts'

const number = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, '.')

/** What a recount found, as lines for whoever runs the product. */
export function recountLines(found: RecountResult): string[] {
  const { measures, figures, instants, seconds, differences, different, faults } = found
  const compared = `${number(figures)} con số của ${measures} chỉ số, ${instants} thời điểm, ${String(seconds).replace('.', ',')} giây`
  const lines = [
    ...faults.map((fault) => `! ${fault}`),
    ...differences.map(
      ({ measure, title, unit, at, what, shown, counted }) =>
        `≠ ${measure} «${title.vi}», ${unit}${at === '' ? '' : `, ${at}`}: ${what.vi} đang hiện ${shown}, đếm lại ${counted} / shown ${shown}, counted ${counted} (${what.en})`,
    ),
  ]
  if (different > differences.length) lines.push(`… và ${different - differences.length} chỗ khác / and more`)
  if (different === 0 && faults.length === 0)
    return [`Khớp: ${compared}. / All agree: ${figures} figures in ${seconds} s.`]
  return [
    ...lines,
    `${different} chỗ không khớp, ${faults.length} điều bất thường; đã so ${compared}. / ${different} differences, ${faults.length} faults. "npm run recount -- --rebuild" đếm lại từ hồ sơ / counts anew from the rows.`,
  ]
}

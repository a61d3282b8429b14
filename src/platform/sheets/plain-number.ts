const FORMAT = new Intl.NumberFormat('vi-VN', { useGrouping: false, maximumFractionDigits: 15 })

/** A number as a person would type it: digits without grouping, a comma for decimals, to the 15 digits that Excel keeps. */
export function plainNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  return FORMAT.format(Number(value.toPrecision(15)))
}

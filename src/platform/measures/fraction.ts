/** An exact number; `d` is positive. Figures are compared as fractions and cut to decimals only to be printed. */
export type Fraction = { n: bigint; d: bigint }

/** Reads a decimal such as '62.6' or '-3' exactly; throws on anything else. */
export function fraction(decimal: string): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal)
  if (!match) throw new Error(`not a decimal: ${decimal}`)
  const [, sign, whole = '0', decimals = ''] = match
  const n = BigInt(whole + decimals)
  return { n: sign ? -n : n, d: 10n ** BigInt(decimals.length) }
}

/** a / b, or null where b is zero. */
export function divide(a: Fraction, b: Fraction): Fraction | null {
  if (b.n === 0n) return null
  const n = a.n * b.d
  const d = a.d * b.n
  return d < 0n ? { n: -n, d: -d } : { n, d }
}

export function add(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d }
}

/** -1, 0 or 1. */
export function compare(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** An exact number; `d` is positive. Figures are compared as fractions and cut to decimals only to be printed. */
export type Fraction = { n: bigint; d: bigint }

const shortWhole = /^\d{1,15}$/

/** Reads a decimal such as '62.6' or '-3' exactly; throws on anything else. */
export function fraction(decimal: string): Fraction {
  if (shortWhole.test(decimal)) return { n: BigInt(decimal), d: 1n }
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

export function subtract(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d - b.n * a.d, d: a.d * b.d }
}

/** A fraction whose denominator is a power of ten, as a decimal: sums of decimals are. */
export function decimal(value: Fraction): string {
  const places = String(value.d).length - 1
  if (places === 0) return String(value.n)
  const digits = String(value.n < 0n ? -value.n : value.n).padStart(places + 1, '0')
  const text = `${value.n < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
  return text.replace(/\.?0+$/, '')
}

/** a − b of exact decimals; what is not there is nothing. */
export function less(a: string | null, b: string | null): string | null {
  if (b === null) return a
  const places = Math.max(decimals(a ?? ''), decimals(b))
  const difference = scaled(a ?? '0', places) - scaled(b, places)
  if (places === 0) return String(difference)
  const digits = String(difference < 0n ? -difference : difference).padStart(places + 1, '0')
  return `${difference < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

const decimals = (text: string) => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0)
const scaled = (text: string, places: number) =>
  BigInt(text.replace('.', '')) * 10n ** BigInt(places - decimals(text))

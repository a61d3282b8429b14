/** A number held exactly: `digits` divided by ten to the power `places`. */
export interface Exact {
  digits: bigint
  places: number
}

/** What formats accept: an integer, a decimal as text ('62.6', as PostgreSQL writes numeric), or a number. */
export type ExactInput = bigint | number | string

/** Reads a decimal without losing a digit. Throws RangeError on what is not a decimal. */
export function exact(value: ExactInput): Exact {
  if (typeof value === 'bigint') return { digits: value, places: 0 }
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(String(value).trim())
  if (match === null) throw new RangeError(`not a decimal: ${value}`)
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
  const places = fraction.length - Number(power)
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places }
}

/** The same number with `places` decimals, the rest cut off towards zero. */
export function cutTo(value: Exact, places: number): Exact {
  if (places >= value.places) return { digits: value.digits * 10n ** BigInt(places - value.places), places }
  return { digits: value.digits / 10n ** BigInt(value.places - places), places }
}

/** numerator ÷ denominator, cut (never rounded) to `places` decimals. The denominator must not be 0. */
export function cutQuotient(numerator: Exact, denominator: Exact, places: number): Exact {
  const scale = 10n ** BigInt(places + denominator.places)
  return {
    digits: (numerator.digits * scale) / (denominator.digits * 10n ** BigInt(numerator.places)),
    places,
  }
}

/** How numbers are written: '1.234,5' in Vietnamese, '1,234.5' in English. */
export type Notation = 'vi' | 'en'

let current: Notation = 'vi'

/** Sets how numbers are written from now on: the shell says so when its language is chosen. The server writes Vietnamese. */
export function writeNumbersIn(notation: Notation): void {
  current = notation
}

export function currentNotation(): Notation {
  return current
}

const marks = { vi: ['.', ','], en: [',', '.'] } as const

/** Thousands and decimals parted as the language has it, trailing zeros dropped. */
export function exactText(value: Exact, notation: Notation = current): string {
  const [thousands, decimal] = marks[notation]
  const negative = value.digits < 0n
  const digits = (negative ? -value.digits : value.digits).toString().padStart(value.places + 1, '0')
  const whole = digits.slice(0, digits.length - value.places).replace(/\B(?=(\d{3})+$)/g, thousands)
  const fraction = digits.slice(digits.length - value.places).replace(/0+$/, '')
  const text = fraction === '' ? whole : `${whole}${decimal}${fraction}`
  return negative && text !== '0' ? `-${text}` : text
}

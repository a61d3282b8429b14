import { numberText, percentValueText, quotientText } from '../../../web/formats.ts'
import type { TargetRowAnswer } from '../contract.ts'
import type { vi } from '../texts.ts'

type Valued = Pick<TargetRowAnswer, 'asPercent' | 'valueUnit'>

/** A value of a target as it is written: '70 %', '1.100 người'. */
export function valueText(value: string | number, { asPercent, valueUnit }: Valued): string {
  return asPercent ? percentValueText(value) : `${numberText(value, 2)} ${valueUnit}`.trim()
}

/** What the plan asks for by the day; the word after the number stands with the end value. */
export function plannedText(target: TargetRowAnswer): string {
  const { numerator, denominator } = target.plannedNow
  const value = quotientText(BigInt(numerator), BigInt(denominator))
  return target.asPercent ? `${value} %` : value
}

/** The end value with its direction where that is not "at least". */
export function endText(target: TargetRowAnswer, w: typeof vi): string {
  const value = valueText(target.endValue, target)
  return target.direction === 'at_least' ? value : `${w.directions[target.direction].toLowerCase()} ${value}`
}

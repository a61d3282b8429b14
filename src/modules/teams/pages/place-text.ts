import { dayText } from '../../../web/formats.ts'
import type { TeamRowAnswer } from '../contract.ts'
import type * as texts from '../texts.ts'

/** In which unit a team's unit stands, or where it last stood if it is no more. */
export function placeText(unit: TeamRowAnswer['unit'], w: typeof texts.vi): string {
  if (unit.within === '') return unit.name
  return unit.lastOn === null ? unit.within : w.wasWithin(dayText(unit.lastOn), unit.within)
}

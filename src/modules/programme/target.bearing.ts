import { addDays } from '../../platform/measures/period.contract.ts'
import type { OriginAnswer } from './contract.ts'

/** Who carries a target on, on a day, once the unit that it was set for has ended; see `units.heirs_on`. */
export type Bearing = {
  /** The unit to which it belongs on that day. */
  heirId: string
  /** The unit that it was set for. */
  originId: string
  /** The day on which that unit ended, where it had by then. */
  since: string | null
  /** The unit whose figures it is judged by, and the day on which that one ended, where it had by then. */
  areaId: string
  areaUntil: string | null
}

/** A target of a unit that stands: its own. */
export function ownBearing(unitId: string): Bearing {
  return { heirId: unitId, originId: unitId, since: null, areaId: unitId, areaUntil: null }
}

/**
 * The unit whose figures a target is judged by on a day, and the map that places their records: what was inherited is
 * judged on the area of the unit that ended, as it last stood, so that no record counts for the targets of two units.
 * `map`: the day of another map, for which the bearing holds.
 */
export function areaOn(bearing: Bearing, day: string, map?: string): { unitId: string; map?: string } {
  const { originId, since, areaId, areaUntil } = bearing
  const drawnOn = map ?? day
  const on = map === undefined ? {} : { map }
  if (since !== null && drawnOn < since) return { unitId: originId, ...on }
  if (areaUntil === null || drawnOn < areaUntil) return { unitId: areaId, ...on }
  return { unitId: areaId, map: addDays(areaUntil, -1) }
}

/** Whether a target was taken out of its plan, by a successor, by the end of a day; not where the end of its unit was undone. */
export function isClosed(target: { closedOn: string | null; bearing: Bearing }, day: string): boolean {
  return target.closedOn !== null && target.closedOn <= day && target.bearing.since !== null
}

/** Where a target comes from that its unit has from one that ended; null for a unit's own. */
export function originOf(bearing: Bearing, nameOf: (unitId: string) => string): OriginAnswer | null {
  const { originId, since } = bearing
  if (since === null) return null
  return {
    kind: originKind(bearing),
    id: originId,
    name: nameOf(originId),
    lastOn: addDays(since, -1),
    area: nameOf(bearing.areaId),
  }
}

function originKind({ heirId, originId, areaId }: Bearing): OriginAnswer['kind'] {
  if (heirId === originId) return 'left'
  return areaId === originId ? 'inherited' : 'given'
}

import { UnitFigures } from '../../platform/measures/contract.ts'
import { useRead } from '../read.ts'

/** Every declared measure for one unit on a day, today when not given; kept current. */
export function useUnitFigures(unitId: string, asOf?: string) {
  return useRead('measures', '/api/measures/figures', UnitFigures, {
    query: { unitId, asOf },
    keepLast: true,
  })
}

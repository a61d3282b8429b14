/** The address of a unit's page on the day whose map is looked at; null is today. */
export function unitHref(unitId: string, asOf: string | null): string {
  return `/units/${unitId}${asOf === null ? '' : `?asOf=${asOf}`}`
}

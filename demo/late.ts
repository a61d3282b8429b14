import type { DemoActivity, DemoTeam } from './team-types.ts'

/** Communes of Văn Chấn whose village teams, in the demonstration, write on paper and send it on when there is signal. */
const lateCommunes = ['04639', '04642', '04645', '04648', '04654', '04669']
const lateFromOn = '2022-10-01'

/**
 * Whether an activity reaches the product later than all the rest: its day stays what it was, so no figure by the dates
 * in the records is another one, but what had been recorded before is less.
 */
export function comesLate(team: Pick<DemoTeam, 'unitCode' | 'level'>, activity: DemoActivity): boolean {
  return (
    team.level === 'village' &&
    lateCommunes.includes(team.unitCode.slice(0, 5)) &&
    activity.heldOn >= lateFromOn &&
    !activity.hasPhoto
  )
}

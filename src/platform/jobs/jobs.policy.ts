import type { Actor } from '../actor/actor.ts'

/**
 * Jobs belong to the installation and to no unit: whoever may manage them anywhere may manage them all. Returns the unit
 * from which the right comes, under which the deed is audited, or null.
 */
export function mayManageJobs(actor: Actor): string | null {
  const grant = actor.held.find((one) => one.capability === 'jobs.manage' || one.capability === '*')
  return grant?.unitId ?? null
}

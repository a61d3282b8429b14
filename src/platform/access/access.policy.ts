import { type Actor, holds } from '../actor/actor.ts'

/** The capability of those who add people and give them roles. */
export const manage = 'access.manage'

/**
 * Who may give a role over a unit whose path (itself and its ancestors) is `path`: a holder of access.manage there, for
 * somebody else, and nothing of the administration beyond what the giver holds there. What the administrator role does
 * not hold (the work of the modules) may be handed out without holding it: an administrator appoints an officer
 * without being one.
 */
export function mayGiveRole(giver: Actor, gift: Gift): boolean {
  if (gift.accountId === giver.accountId) return false
  if (!holds(giver, manage, gift.path)) return false
  return gift.roleHolds.every(
    (capability) =>
      capability !== '*' &&
      (holds(giver, capability, gift.path) || !gift.administratorHolds.includes(capability)),
  )
}

export type Gift = {
  accountId: string
  path: readonly string[]
  /** Capabilities of the role that is given. */
  roleHolds: readonly string[]
  /** Capabilities of the administrator role. */
  administratorHolds: readonly string[]
}

/**
 * Who may suspend, restore or reset a person: a holder of access.manage over the person's own unit and over every unit
 * where the person has been given a role. Never oneself.
 */
export function mayManagePerson(actor: Actor, person: { accountId: string; managedWhole: boolean }): boolean {
  return person.accountId !== actor.accountId && person.managedWhole
}

/** Who acts: a signed-in person, the program itself, or nobody yet. Grants hold for the moment of the request. */
export type Actor = {
  accountId: string | null
  displayName: string
  held: readonly { capability: string; unitId: string }[]
  requestId: string | null
  address: string | null
}

export const nobody: Actor = { accountId: null, displayName: '', held: [], requestId: null, address: null }

/** True if a grant of `capability` covers a unit whose path (itself and its ancestors) is `path`. Pure. */
export function holds(actor: Actor, capability: string, path: readonly string[]): boolean {
  return actor.held.some(
    (grant) => (grant.capability === capability || grant.capability === '*') && path.includes(grant.unitId),
  )
}

/** True if the actor holds `capability` over any unit at all. Pure. */
export function holdsAnywhere(actor: Actor, capability: string): boolean {
  return actor.held.some((grant) => grant.capability === capability || grant.capability === '*')
}

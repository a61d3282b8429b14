import type { Draft, Version } from './change.draft.ts'

const compared = [
  'kind',
  'code',
  'name',
  'parentId',
  'validFrom',
  'validUntil',
  'legalBasis',
  'nameIsOurs',
] as const

/** Whether two images of a version say the same. */
export function isSame(one: Version | undefined, other: Version): boolean {
  return one !== undefined && compared.every((key) => one[key] === other[key])
}

/** Versions to write: those that changed or are new, and those that are no more. */
export function differences(before: readonly Version[], draft: Draft) {
  const after = [...draft.units.values()].flat()
  const kept = new Map(after.flatMap((one) => (one.id === null ? [] : [[one.id, one] as const])))
  const removed = before.filter((one) => one.id !== null && !kept.has(one.id))
  const revised = before.flatMap((one) => {
    const now = one.id === null ? undefined : kept.get(one.id)
    return now && !isSame(one, now) ? [{ before: one, after: now }] : []
  })
  const added = after.filter((one) => one.id === null)
  return { removed, revised, added }
}

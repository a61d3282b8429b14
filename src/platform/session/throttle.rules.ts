/** How many failures in how many minutes make the next attempt wait. */
export const limits = { minutes: 15, perName: 5, perAddress: 50 } as const

/** Newest failures first, as minutes ago; the minutes to wait until fewer than `limit` are within the window, or 0. */
export function minutesToWait(failuresMinutesAgo: readonly number[], limit: number): number {
  const decisive = failuresMinutesAgo[limit - 1]
  if (decisive === undefined || decisive >= limits.minutes) return 0
  return Math.max(1, Math.ceil(limits.minutes - decisive))
}

type Life = { validFrom: string; validUntil: string | null }

/** The day on which to show a unit that is not there on `wanted`: its last day if it has ended, else its first. */
export function dayToShow(versions: readonly Life[], wanted: string): string {
  const ended = versions.flatMap((one) =>
    one.validUntil !== null && one.validUntil <= wanted ? [one.validUntil] : [],
  )
  const [until] = ended.toSorted((a, b) => (a < b ? 1 : -1))
  if (!until) return versions.map((one) => one.validFrom).toSorted((a, b) => (a < b ? -1 : 1))[0] ?? wanted
  return new Date(Date.parse(`${until}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
